import type { Kysely, Transaction } from 'kysely';
import type { Piece } from '#evidence/index.ts';
import type { Evidence } from '#evidence/intake/index.ts';
import { appendAudit } from './audit.ts';
import { chunks, type Author } from './author.ts';
import type { Row } from './backup.ts';
import { TrackerStoreError } from './errors.ts';
import type { EvidenceRecord } from './evidence-read.ts';
import { digestRuns, retakeResults } from './latest.ts';
import type { Schema } from './schema.ts';

/** Tables of a campaign, those that others name first. */
const OWN = [
  'run',
  'slot_state',
  'piece',
  'requirement_file',
  'remark',
  'complement',
  'slot_reference',
  'evidence',
  'filing',
] as const;
type Own = (typeof OWN)[number];

/** A campaign out of a tracker: what it is, its list of requirements, everything that is kept of it. */
export interface CampaignCopy {
  readonly campaign: Row;
  readonly rem: Row;
  readonly tables: Readonly<Record<Own, readonly Row[]>>;
  /** Lines of the audit that speak of it, to be read; they belong to the chain of the tracker that wrote them. */
  readonly history: readonly Row[];
}

/** A file of a run that goes with a campaign. */
export interface CampaignFile {
  readonly run: string;
  /** Relative to the folder of the run, with `/`. */
  readonly path: string;
  /** Of the bytes; absent for what explains a piece. */
  readonly sha256?: string;
}

/**
 * Everything that is kept of a campaign, as it is at one moment.
 *
 * @throws {TrackerStoreError} `CAMPAIGN_UNKNOWN`
 */
export function dumpCampaign(db: Kysely<Schema>, id: string): Promise<CampaignCopy> {
  return db.transaction().execute(async (trx) => {
    const campaign = await trx.selectFrom('campaign').selectAll().where('id', '=', id).executeTakeFirst();
    if (campaign === undefined) throw unknown(id);
    const rem = await trx
      .selectFrom('rem')
      .selectAll()
      .where('sha256', '=', campaign.rem_sha256)
      .executeTakeFirstOrThrow();
    const tables = {} as Record<Own, readonly Row[]>;
    for (const table of OWN) tables[table] = await rowsOf(trx, table, id);
    tables.evidence = await sharedEvidence(trx, id);
    // What came from a former campaign stays with the run that collected it.
    const runs = new Set(tables.run.map((row) => row['id']));
    tables.piece = tables.piece.filter((row) => runs.has(row['run']));
    const kept = new Set(tables.evidence.map((row) => row['id']));
    tables.filing = tables.filing.filter((row) => kept.has(row['evidence']));
    const subjects = new Set<unknown>([
      id,
      ...tables.run.map((row) => row['id']),
      ...tables.slot_state.map((row) => row['slot']),
      ...tables.requirement_file.map((row) => row['requirement']),
      ...tables.complement.map((row) => row['id']),
      ...tables.evidence.map((row) => row['id']),
    ]);
    const lines = await trx.selectFrom('audit').selectAll().orderBy('id').execute();
    return {
      campaign,
      rem,
      tables,
      history: lines.filter((line) => (line.campaign === null ? subjects.has(line.subject) : line.campaign === id)),
    };
  });
}

/** Files that the pieces of a copy are, each once, with what explains them. */
export function filesOf({ tables }: CampaignCopy): readonly CampaignFile[] {
  const files = new Map<string, CampaignFile>();
  for (const row of tables.piece) {
    const run = String(row['run']);
    const { path, provenance } = JSON.parse(String(row['json'])) as Piece;
    files.set(`${run}/${path}`, { run, path, sha256: provenance.sha256 });
    for (const sheet of ['json', 'txt']) {
      const beside = `${path}.provenance.${sheet}`;
      files.set(`${run}/${beside}`, { run, path: beside });
    }
  }
  return [...files.values()];
}

/** Hashes of the pieces of people that go with a copy: what may be shared of them. */
export function sharedHashesOf({ tables }: CampaignCopy): readonly string[] {
  return [...new Set(tables.evidence.map((row) => String(row['shared'])))];
}

/**
 * Brings a campaign that another tracker wrote, in one transaction.
 *
 * @param dirOf folder of each run on this machine
 * @throws {TrackerStoreError} `CAMPAIGN_EXISTS` when the campaign or one of its runs is here already, `COPY_BROKEN` when a row
 *   is not one of its campaign
 */
export function importCampaign(
  db: Kysely<Schema>,
  copy: CampaignCopy,
  dirOf: (run: string) => string,
  author: Author,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const id = String(copy.campaign['id']);
    if ((await trx.selectFrom('campaign').select('id').where('id', '=', id).executeTakeFirst()) !== undefined) {
      throw exists(`La campagne ${id} est déjà dans ce suivi.`);
    }
    const strangers = OWN.flatMap((table) => copy.tables[table]).some((row) => row['campaign'] !== id);
    if (strangers || copy.rem['sha256'] !== copy.campaign['rem_sha256']) {
      throw new TrackerStoreError(
        'COPY_BROKEN',
        'Ce fichier de campagne est abîmé : des lignes ne sont pas celles de sa campagne.',
        'Demandez-en un autre à qui l’a exporté : rien n’a été écrit.',
      );
    }
    const runs = copy.tables.run.map((row) => String(row['id']));
    for (const some of chunks(runs)) {
      const known = await trx.selectFrom('run').select('id').where('id', 'in', some).executeTakeFirst();
      if (known !== undefined) throw exists(`L’exécution ${known.id} est déjà dans ce suivi.`);
    }
    await trx
      .insertInto('rem')
      .values(copy.rem as unknown as Schema['rem'])
      .onConflict((conflict) => conflict.column('sha256').doNothing())
      .execute();
    await trx
      .insertInto('campaign')
      .values(copy.campaign as never)
      .execute();
    for (const table of OWN) {
      // Rows that the store numbers get numbers of this one.
      const rows = copy.tables[table].map(({ id: number, ...row }) => ({
        ...row,
        ...(typeof number === 'string' ? { id: number } : {}),
        ...(table === 'run' ? { dir: dirOf(String(number)) } : {}),
      }));
      for (const some of chunks(rows))
        await trx
          .insertInto(table)
          .values(some as never)
          // A piece that serves two campaigns comes with both.
          .$if(table === 'evidence', (insert) => insert.onConflict((conflict) => conflict.column('id').doNothing()))
          .execute();
    }
    await digestRuns(trx, runs);
    await retakeResults(trx, id);
    await appendAudit(trx, [
      {
        at: author.at,
        actor: author.by,
        action: 'campagne importée',
        subject: id,
        campaign: id,
        detail: `${runs.length} exécution(s), ${copy.tables.piece.length + copy.tables.filing.length} pièce(s), ${copy.history.length} ligne(s) d’audit jointes`,
      },
    ]);
    return id;
  });
}

function unknown(id: string): TrackerStoreError {
  return new TrackerStoreError(
    'CAMPAIGN_UNKNOWN',
    `Aucune campagne ne porte l'identifiant ${id}.`,
    'Les campagnes : « npm run jalon -- tracker list ».',
  );
}

function exists(message: string): TrackerStoreError {
  return new TrackerStoreError(
    'CAMPAIGN_EXISTS',
    message,
    'Importez-la dans un autre dossier de travail (--data) : rien n’a été écrit.',
  );
}

async function rowsOf(trx: Transaction<Schema>, table: Own, campaign: string): Promise<readonly Row[]> {
  return trx.selectFrom(table).selectAll().where('campaign', '=', campaign).execute();
}

/** Pieces of people that serve a campaign and may be shared; their originals stay where they were brought. */
async function sharedEvidence(trx: Transaction<Schema>, campaign: string): Promise<readonly Row[]> {
  const rows = await trx
    .selectFrom('evidence')
    .selectAll()
    .where('shared', 'is not', null)
    .where('id', 'in', trx.selectFrom('filing').select('evidence').where('campaign', '=', campaign))
    .orderBy('added_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    const { evidence, wanted } = JSON.parse(row.json) as EvidenceRecord;
    const elsewhere: Evidence = row.original === row.shared ? evidence : { ...evidence, originalElsewhere: true };
    return { ...row, campaign, json: JSON.stringify({ evidence: elsewhere, wanted } satisfies EvidenceRecord) };
  });
}
