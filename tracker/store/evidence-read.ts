import type { Kysely, Selectable } from 'kysely';
import type { Evidence } from '#evidence/intake/index.ts';
import { chunks } from './author.ts';
import type { Schema } from './schema.ts';

/** A slot that a piece is brought for. */
export interface WantedSlot {
  readonly slot: string;
  /** Reference documents of its requirement and the versions that held when it was filed, as they are shown. */
  readonly references: readonly string[];
  /** French: why a piece of another version of the product still shows what is asked. */
  readonly stillHolds?: string;
}

/** A piece in a slot. */
export interface Filing extends WantedSlot {
  readonly evidence: string;
  readonly campaign: string;
  readonly author: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** A piece that somebody brought, and where it is. */
export interface StoredEvidence {
  readonly evidence: Evidence;
  /** Campaign where it was brought first. */
  readonly campaign: string;
  /** Slots of that campaign that it goes to once the guard lets it pass. */
  readonly wanted: readonly WantedSlot[];
  readonly filings: readonly Filing[];
  readonly revision: number;
}

/** What a row keeps. */
export interface EvidenceRecord {
  readonly evidence: Evidence;
  readonly wanted: readonly WantedSlot[];
}

type Facts = Pick<Filing, 'references' | 'stillHolds'>;

export async function evidenceById(db: Kysely<Schema>, id: string): Promise<StoredEvidence | undefined> {
  const row = await db.selectFrom('evidence').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const [stored] = await withFilings(db, [row]);
  return stored;
}

/** Pieces that were brought to a campaign or serve one of its slots, the last brought first. */
export async function evidenceOfCampaign(db: Kysely<Schema>, campaign: string): Promise<readonly StoredEvidence[]> {
  const rows = await db
    .selectFrom('evidence')
    .selectAll()
    .where((where) =>
      where.or([
        where('campaign', '=', campaign),
        where('id', 'in', db.selectFrom('filing').select('evidence').where('campaign', '=', campaign)),
      ]),
    )
    .orderBy('added_at', 'desc')
    .orderBy('id')
    .execute();
  return withFilings(db, rows);
}

/** Pieces of people in some slots, by slot, the last filed first. */
export async function evidenceOfSlots(
  db: Kysely<Schema>,
  campaign: string,
  slots: readonly string[],
): Promise<ReadonlyMap<string, readonly FiledEvidence[]>> {
  const found = new Map<string, FiledEvidence[]>();
  if (slots.length === 0) return found;
  const rows = await db
    .selectFrom('filing')
    .innerJoin('evidence', 'evidence.id', 'filing.evidence')
    .select(['filing.evidence', 'filing.campaign', 'filing.slot', 'filing.author', 'filing.at', 'filing.json'])
    .select(['evidence.json as record', 'evidence.revision'])
    .where('filing.campaign', '=', campaign)
    .where('filing.slot', 'in', slots)
    .orderBy('filing.id', 'desc')
    .execute();
  for (const { record, revision, ...row } of rows) {
    const { evidence } = JSON.parse(record) as EvidenceRecord;
    const known = found.get(row.slot) ?? [];
    found.set(row.slot, known);
    known.push({ evidence, filing: filingOf(row), revision });
  }
  return found;
}

/** A piece with the filing that put it in a slot. */
export interface FiledEvidence {
  readonly evidence: Evidence;
  readonly filing: Filing;
  readonly revision: number;
}

/** Hashes that the vault holds for the pieces of people. */
export async function evidenceHashes(db: Kysely<Schema>): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('evidence').select(['json']).execute();
  return new Set(
    rows.flatMap(({ json }) => {
      const { original, shared, originalElsewhere } = (JSON.parse(json) as EvidenceRecord).evidence;
      return [...(originalElsewhere ? [] : [original.sha256]), ...(shared === undefined ? [] : [shared.sha256])];
    }),
  );
}

export function filingOf(row: Pick<Selectable<Schema['filing']>, keyof Omit<Filing, keyof Facts> | 'json'>): Filing {
  const { evidence, campaign, slot, author, at, json } = row;
  return { evidence, campaign, slot, author, at, ...(JSON.parse(json) as Facts) };
}

async function withFilings(
  db: Kysely<Schema>,
  rows: readonly Selectable<Schema['evidence']>[],
): Promise<readonly StoredEvidence[]> {
  const filings: Selectable<Schema['filing']>[] = [];
  for (const some of chunks(rows.map(({ id }) => id))) {
    filings.push(...(await db.selectFrom('filing').selectAll().where('evidence', 'in', some).orderBy('id').execute()));
  }
  const byEvidence = Map.groupBy(filings, ({ evidence }) => evidence);
  return rows.map(({ id, campaign, json, revision }) => ({
    ...(JSON.parse(json) as EvidenceRecord),
    campaign,
    filings: (byEvidence.get(id) ?? []).map(filingOf),
    revision,
  }));
}
