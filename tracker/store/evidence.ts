import type { Kysely, Transaction } from 'kysely';
import type { EvidenceClass } from '#dsr/rem/index.ts';
import type { Evidence } from '#evidence/intake/index.ts';
import { moveSlot, refusal, type Outcome } from '../domain/index.ts';
import type { SlotState } from '../types.ts';
import { appendAudit, type AuditLine } from './audit.ts';
import type { Author } from './author.ts';
import { changedMeanwhile } from './decisions.ts';
import { evidenceById, type EvidenceRecord, type StoredEvidence, type WantedSlot } from './evidence-read.ts';
import { campaignOf } from './read.ts';
import type { Schema } from './schema.ts';
import { slotRow, writeState, type MovedSlot } from './slot-moves.ts';

/** What a change of a piece of a person leaves. */
export interface ChangedEvidence {
  /** Undefined once it is removed. */
  readonly stored: StoredEvidence;
  /** Slots whose state changed. */
  readonly moved: readonly MovedSlot[];
}

/**
 * Keeps a piece that somebody brought, whose bytes are in the vault already, and files it in its slots, in one transaction. A piece that the guard
 * holds waits for them.
 *
 * @returns the refusal of the domain when one of the slots takes no piece now: nothing is then written
 */
export function addEvidence(
  db: Kysely<Schema>,
  given: { readonly evidence: Evidence; readonly campaign: string; readonly slots: readonly WantedSlot[] },
  author: Author,
): Promise<Outcome<ChangedEvidence>> {
  return inOneGo(db, async (trx) => {
    const { evidence, campaign, slots } = given;
    const held = evidence.shared === undefined;
    await trx
      .insertInto('evidence')
      .values({
        id: evidence.id,
        campaign,
        original: evidence.original.sha256,
        shared: evidence.shared?.sha256 ?? null,
        added_at: evidence.addedAt,
        author: evidence.operator,
        json: JSON.stringify({ evidence, wanted: held ? slots : [] } satisfies EvidenceRecord),
      })
      .execute();
    const brought = told(
      author,
      campaign,
      held ? 'pièce retenue' : 'pièce apportée',
      evidence.id,
      `${evidence.name}, ${evidence.original.sha256}${held ? `, ${evidence.guard.alarms.length} alerte(s)` : ''}`,
    );
    const filed = await fileIn(trx, evidence, campaign, held ? [] : slots, author);
    if (!filed.ok) return filed;
    await appendAudit(trx, [brought, ...filed.value.lines]);
    return changed(trx, evidence.id, filed.value.moved);
  });
}

/**
 * Keeps what became of a piece that the guard held: masked, or let through. Once it may be shared, it goes to the slots that it waited for.
 *
 * @param seen revision that the person saw
 * @throws {TrackerStoreError} `CHANGED_MEANWHILE`
 */
export function settleEvidence(
  db: Kysely<Schema>,
  { evidence, seen }: { readonly evidence: Evidence; readonly seen: number },
  author: Author,
): Promise<Outcome<ChangedEvidence>> {
  return inOneGo(db, async (trx) => {
    const former = await evidenceById(trx, evidence.id);
    if (former === undefined) return unknown(evidence.id);
    if (former.revision !== seen) throw changedMeanwhile(evidence.name);
    const free = evidence.shared !== undefined;
    const filed = await fileIn(trx, evidence, former.campaign, free ? former.wanted : [], author);
    if (!filed.ok) return filed;
    await write(trx, former, { evidence, wanted: free ? [] : former.wanted });
    const { falseAlarms, masks } = evidence.guard;
    const known = new Set(former.evidence.guard.falseAlarms.map(({ alarm }) => alarm));
    await appendAudit(trx, [
      ...falseAlarms
        .filter(({ alarm }) => !known.has(alarm))
        .map(({ alarm, reason }) =>
          told(author, former.campaign, 'fausse alerte', evidence.id, `${alarm} : ${reason}`),
        ),
      told(
        author,
        former.campaign,
        free ? 'pièce partageable' : 'pièce retenue',
        evidence.id,
        `${masks.length} endroit(s) masqué(s)${evidence.shared === undefined ? '' : `, ${evidence.shared.sha256}`}`,
      ),
      ...filed.value.lines,
    ]);
    return changed(trx, evidence.id, filed.value.moved);
  });
}

/**
 * Files a piece in other slots, of any campaign, or says of one that is there that it still holds.
 *
 * @returns the refusal of the domain: nothing is then written
 */
export function fileEvidence(
  db: Kysely<Schema>,
  given: { readonly id: string; readonly campaign: string; readonly slots: readonly WantedSlot[] },
  author: Author,
): Promise<Outcome<ChangedEvidence>> {
  return inOneGo(db, async (trx) => {
    const { id, campaign, slots } = given;
    const stored = await evidenceById(trx, id);
    const place = await campaignOf(trx, campaign);
    if (stored === undefined || place === undefined) return unknown(id);
    const { evidence, filings } = stored;
    if (evidence.shared === undefined) return held(evidence);
    const { version } = evidence.product;
    if (version !== place.version && slots.some(({ stillHolds = '' }) => stillHolds.trim() === '')) {
      return refusal(
        'EVIDENCE_OTHER_VERSION',
        `« ${evidence.name} » a été apportée pour la version ${version}, la campagne est celle de la version ${place.version}.`,
        'Dites en une phrase pourquoi elle vaut encore, ou apportez-en une autre.',
      );
    }
    const there = new Set(filings.filter((filing) => filing.campaign === campaign).map(({ slot }) => slot));
    const renewed = slots.filter(({ slot, stillHolds }) => stillHolds !== undefined || !there.has(slot));
    for (const { slot } of renewed.filter((one) => there.has(one.slot))) {
      await trx
        .deleteFrom('filing')
        .where('evidence', '=', id)
        .where('campaign', '=', campaign)
        .where('slot', '=', slot)
        .execute();
    }
    const filed = await fileIn(trx, evidence, campaign, renewed, author);
    if (!filed.ok) return filed;
    await write(trx, stored, stored);
    await appendAudit(trx, filed.value.lines);
    return changed(trx, id, filed.value.moved);
  });
}

/**
 * Takes a piece out of a slot. Empty, the slot is `vide` again; with what the bench collected alone, it is what the bench makes of it; with
 * other pieces of people, what was reviewed has to be looked at again.
 */
export function withdrawEvidence(
  db: Kysely<Schema>,
  given: {
    readonly id: string;
    readonly campaign: string;
    readonly slot: string;
    /** Of the slot. */
    readonly evidenceClass: EvidenceClass;
    /** French. */
    readonly reason: string;
  },
  author: Author,
): Promise<Outcome<ChangedEvidence>> {
  return inOneGo(db, async (trx) => {
    const { id, campaign, slot, evidenceClass, reason } = given;
    const stored = await evidenceById(trx, id);
    if (stored?.filings.some((filing) => filing.campaign === campaign && filing.slot === slot) !== true) {
      return unknown(id);
    }
    const row = await slotRow(trx, campaign, slot);
    const former = (row?.state ?? 'vide') as SlotState;
    const emptied = moveSlot(former, 'vider', reason);
    if (!emptied.ok) return emptied;
    await trx
      .deleteFrom('filing')
      .where('evidence', '=', id)
      .where('campaign', '=', campaign)
      .where('slot', '=', slot)
      .execute();
    const to = await stateWithout(trx, { campaign, slot, evidenceClass, former });
    const detail = `${stored.evidence.name} retirée : ${reason}`;
    const { next, line } = await writeState(trx, { campaign, slot, move: 'vider', to, row, detail }, author);
    await write(trx, stored, stored);
    await appendAudit(trx, [line]);
    return changed(trx, id, [next]);
  });
}

/**
 * Forgets a piece that no slot holds.
 *
 * @param reason French
 * @returns the hashes that no piece names any more: their bytes may leave the vault
 */
export function removeEvidence(
  db: Kysely<Schema>,
  { id, reason }: { readonly id: string; readonly reason: string },
  author: Author,
): Promise<Outcome<readonly string[]>> {
  return inOneGo(db, async (trx): Promise<Outcome<readonly string[]>> => {
    const stored = await evidenceById(trx, id);
    if (stored === undefined) return unknown(id);
    const { evidence, filings, campaign } = stored;
    if (filings.length > 0) {
      return refusal(
        'EVIDENCE_FILED',
        `« ${evidence.name} » est versée dans ${filings.map(({ slot }) => slot).join(', ')}.`,
        'Retirez-la d’abord de ces preuves.',
      );
    }
    if (reason.trim() === '') {
      return refusal('REASON_MISSING', 'Pour retirer une pièce, il faut une raison.', 'Dites-la en une phrase.');
    }
    await trx.deleteFrom('evidence').where('id', '=', id).execute();
    const hashes = new Set([
      evidence.original.sha256,
      ...(evidence.shared === undefined ? [] : [evidence.shared.sha256]),
    ]);
    const free: string[] = [];
    for (const hash of hashes) {
      const other = await trx
        .selectFrom('evidence')
        .select('id')
        .where((where) => where.or([where('original', '=', hash), where('shared', '=', hash)]))
        .executeTakeFirst();
      if (other === undefined) free.push(hash);
    }
    await appendAudit(trx, [
      told(author, campaign, 'pièce retirée', id, `${evidence.name}, ${evidence.original.sha256} : ${reason}`),
    ]);
    return { ok: true, value: free };
  });
}

async function fileIn(
  trx: Transaction<Schema>,
  evidence: Evidence,
  campaign: string,
  slots: readonly WantedSlot[],
  author: Author,
): Promise<Outcome<{ readonly moved: readonly MovedSlot[]; readonly lines: readonly AuditLine[] }>> {
  const moved: MovedSlot[] = [];
  const lines: AuditLine[] = [];
  for (const { slot, references, stillHolds } of slots) {
    const row = await slotRow(trx, campaign, slot);
    const move = moveSlot((row?.state ?? 'vide') as SlotState, 'verser');
    if (!move.ok) return { ok: false, refusal: { ...move.refusal, message: `${slot} : ${move.refusal.message}` } };
    const facts = { references, ...(stillHolds === undefined ? {} : { stillHolds }) };
    await trx
      .insertInto('filing')
      .values({ evidence: evidence.id, campaign, slot, author: author.by, at: author.at, json: JSON.stringify(facts) })
      .execute();
    const detail = `${evidence.id}, ${evidence.name}${stillHolds === undefined ? '' : ` ; ${stillHolds}`}`;
    const { next, line } = await writeState(
      trx,
      { campaign, slot, move: 'verser', to: move.value, row, detail },
      author,
    );
    moved.push(next);
    lines.push(line);
  }
  return { ok: true, value: { moved, lines } };
}

async function stateWithout(
  trx: Transaction<Schema>,
  place: {
    readonly campaign: string;
    readonly slot: string;
    readonly evidenceClass: EvidenceClass;
    readonly former: SlotState;
  },
): Promise<SlotState> {
  const { campaign, slot, evidenceClass, former } = place;
  const holds = async (table: 'filing' | 'slot_reference' | 'piece'): Promise<boolean> =>
    (await trx
      .selectFrom(table)
      .select('id')
      .where('campaign', '=', campaign)
      .where('slot', '=', slot)
      .executeTakeFirst()) !== undefined;
  if ((await holds('filing')) || (await holds('slot_reference'))) {
    return former === 'validee-interne' ? 'recueillie' : former;
  }
  if (!(await holds('piece'))) return 'vide';
  return evidenceClass === 'bench' ? 'recueillie' : 'rejouee';
}

async function write(
  trx: Transaction<Schema>,
  { evidence: { id }, revision }: StoredEvidence,
  { evidence, wanted }: EvidenceRecord,
): Promise<void> {
  await trx
    .updateTable('evidence')
    .set({
      shared: evidence.shared?.sha256 ?? null,
      json: JSON.stringify({ evidence, wanted } satisfies EvidenceRecord),
      revision: revision + 1,
    })
    .where('id', '=', id)
    .execute();
}

async function changed(
  trx: Transaction<Schema>,
  id: string,
  moved: readonly MovedSlot[],
): Promise<Outcome<ChangedEvidence>> {
  const stored = await evidenceById(trx, id);
  return stored === undefined ? unknown(id) : { ok: true, value: { stored, moved } };
}

/** A refusal takes back what the transaction wrote before it. */
async function inOneGo<Value>(
  db: Kysely<Schema>,
  work: (trx: Transaction<Schema>) => Promise<Outcome<Value>>,
): Promise<Outcome<Value>> {
  try {
    return await db.transaction().execute(async (trx) => {
      const outcome = await work(trx);
      if (!outcome.ok) throw new Refused(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof Refused) return error.outcome as Outcome<Value>;
    throw error;
  }
}

class Refused extends Error {
  readonly outcome: Outcome<unknown>;

  constructor(outcome: Outcome<unknown>) {
    super('refusé');
    this.outcome = outcome;
  }
}

function told(author: Author, campaign: string, action: string, subject: string, detail: string): AuditLine {
  return { at: author.at, actor: author.by, action, subject, detail, campaign };
}

function unknown(id: string): ReturnType<typeof refusal> {
  return refusal(
    'EVIDENCE_UNKNOWN',
    `Aucune pièce ${id.slice(0, 40)} n’est là.`,
    'Les pièces : « npm run jalon -- evidence list ».',
  );
}

function held({ name }: Evidence): ReturnType<typeof refusal> {
  return refusal(
    'EVIDENCE_HELD',
    `Le garde retient « ${name} » : elle ne va dans aucune preuve.`,
    'Masquez ce qu’il a vu, ou déclarez une fausse alerte avec sa raison.',
  );
}
