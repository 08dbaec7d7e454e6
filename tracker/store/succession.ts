import { randomUUID } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { checkProfiles, profilesOfRem } from '#dsr/profiles/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import { planSuccession, type Decisions, type Succession } from '../adoption/index.ts';
import type { Remark } from '../domain/index.ts';
import { appendAudit, type AuditLine } from './audit.ts';
import { chunks, type Author } from './author.ts';
import { campaignsFollowing, freeCampaignId, keepRem } from './campaign.ts';
import { requirementFiles } from './decisions.ts';
import { TrackerStoreError } from './errors.ts';
import { campaigns, remOf, slotStatuses, type Campaign } from './read.ts';
import type { Schema } from './schema.ts';

/** The campaign that follows another one. */
export interface NextCampaign {
  /** Campaign that it follows. */
  readonly from: string;
  /** Version of the product; that of the former campaign when absent. */
  readonly version?: string;
  /** List of requirements; that of the former campaign when absent. */
  readonly rem?: Rem;
  /** Profiles that the product declares now; those of the former campaign when absent. */
  readonly profiles?: readonly string[];
}

export interface PlannedCampaign {
  readonly product: string;
  readonly version: string;
  readonly rem: { readonly source: string; readonly sha256: string };
  readonly succession: Succession;
}

interface Planned extends PlannedCampaign {
  readonly after: { readonly rem: Rem; readonly profiles: readonly string[] };
}

/**
 * What {@link openNext} would do; writes nothing.
 *
 * @throws {TrackerStoreError} `CAMPAIGN_UNKNOWN`, `PROFILES_REFUSED`, `CAMPAIGN_EXISTS` when that version of the product already has a campaign
 *   with that list, or when nothing would change
 */
export async function previewNext(db: Kysely<Schema>, next: NextCampaign): Promise<PlannedCampaign> {
  const { after: _, ...planned } = await plan(db, next);
  return planned;
}

/**
 * Opens the campaign that follows another one, in one transaction: states, decisions and discussions that carry over. The
 * former campaign and its pieces stay as they are.
 *
 * @returns id of the new campaign, and what was carried
 * @throws {TrackerStoreError} as {@link previewNext}
 */
export function openNext(
  db: Kysely<Schema>,
  next: NextCampaign,
  author: Author,
): Promise<PlannedCampaign & { readonly campaign: string }> {
  return db.transaction().execute(async (trx) => {
    const { after, ...planned } = await plan(trx, next);
    const { product, version, succession } = planned;
    await keepRem(trx, after.rem);
    const id = await freeCampaignId(trx, { name: product, version }, after.rem);
    await trx
      .insertInto('campaign')
      .values({
        id,
        product,
        version,
        category: after.rem.category,
        wave: after.rem.wave,
        rem_sha256: after.rem.sha256,
        profiles: JSON.stringify(after.profiles),
        created_at: author.at,
        updated_at: author.at,
        follows: next.from,
      })
      .execute();
    const said = (action: string, subject: string, detail: string): AuditLine => ({
      at: author.at,
      actor: author.by,
      action,
      subject,
      detail,
      campaign: id,
    });
    const lines = [said('campagne ouverte', id, `à la suite de ${next.from} : ${succession.kinds.join(', ')}`)];
    for (const { slot, was, state, reason } of succession.slots) {
      if (state === 'vide') continue;
      await trx
        .insertInto('slot_state')
        .values({
          campaign: id,
          slot,
          state,
          run: null,
          updated_at: author.at,
          reason: state === 'perimee' ? reason : null,
        })
        .execute();
      lines.push(said('état de preuve', slot, `${was} → ${state}${reason === '' ? '' : ` : ${reason}`}`));
    }
    await carryPieces(trx, next.from, id, succession);
    for (const decisions of succession.decisions) await keepDecisions(trx, id, decisions, author);
    for (const { requirement, toConfirm } of succession.decisions) {
      lines.push(...toConfirm.map((sentence) => said('à confirmer', requirement, sentence)));
    }
    await appendAudit(trx, lines);
    return { campaign: id, ...planned };
  });
}

/**
 * Pieces of people and references of official tools go where their slot goes, so that whoever looks at it again has them under the eyes;
 * what the bench collected goes along where it still holds.
 */
async function carryPieces(
  trx: Transaction<Schema>,
  from: string,
  campaign: string,
  { slots }: Succession,
): Promise<void> {
  const heirs = new Map<string, { readonly slot: string; readonly holds: boolean }[]>();
  for (const one of slots) {
    if (one.from === null || one.state === 'vide') continue;
    const known = heirs.get(one.from) ?? [];
    heirs.set(one.from, known);
    known.push({ slot: one.slot, holds: one.state !== 'perimee' });
  }
  for (const table of ['piece', 'filing', 'slot_reference'] as const) {
    const rows = await trx.selectFrom(table).selectAll().where('campaign', '=', from).orderBy('id').execute();
    const carried = rows.flatMap((row) => {
      const { id: _, ...facts } = row;
      return (heirs.get(row.slot) ?? [])
        .filter(({ holds }) => holds || table !== 'piece')
        .map(({ slot }) => ({ ...facts, campaign, slot }));
    });
    for (const some of chunks(carried)) {
      await trx
        .insertInto(table)
        .values(some as never)
        // Two slots that became one hold a piece once.
        .$if(table === 'filing', (insert) => insert.onConflict((conflict) => conflict.doNothing()))
        .execute();
    }
  }
}

async function plan(db: Kysely<Schema>, { from, version, rem, profiles }: NextCampaign): Promise<Planned> {
  const former = (await campaigns(db)).find(({ id }) => id === from);
  const formerRem = former && (await remOf(db, former.remSha256));
  if (former === undefined || formerRem === undefined) {
    throw new TrackerStoreError(
      'CAMPAIGN_UNKNOWN',
      `Aucune campagne ne porte l'identifiant ${from}.`,
      'Les campagnes : « npm run jalon -- tracker list ».',
    );
  }
  const after = { rem: rem ?? formerRem, profiles: profiles ?? former.profiles };
  const [refused] = profiles === undefined ? [] : checkProfiles(profilesOfRem(after.rem), profiles);
  if (refused !== undefined) throw new TrackerStoreError('PROFILES_REFUSED', refused.message, refused.remedy);
  const product = { name: former.product, version: version ?? former.version };
  const [known] = await campaignsFollowing(db, product, after.rem);
  if (known !== undefined) {
    throw new TrackerStoreError(
      'CAMPAIGN_EXISTS',
      `${product.name} ${product.version} a déjà une campagne avec cette liste d’exigences (${known}).`,
      'Donnez la nouvelle version du produit, ou une autre liste d’exigences.',
    );
  }
  const succession = planSuccession(
    { product: { name: former.product, version: former.version }, rem: formerRem, profiles: former.profiles },
    { product, rem: after.rem, profiles: after.profiles },
    await slotStatuses(db, from),
    await decisionsOf(db, former),
  );
  const { source, sha256 } = after.rem;
  return { product: product.name, version: product.version, rem: { source, sha256 }, succession, after };
}

async function decisionsOf(db: Kysely<Schema>, { id }: Campaign): Promise<readonly Decisions[]> {
  const rows = await db
    .selectFrom('remark')
    .select(['requirement', 'json'])
    .where('campaign', '=', id)
    .orderBy('at')
    .execute();
  const threads = Map.groupBy(rows, ({ requirement }) => requirement);
  const files = new Map((await requirementFiles(db, id)).map((file) => [file.requirement, file]));
  return [...new Set([...files.keys(), ...threads.keys()])].map((requirement): Decisions => {
    const { notApplicable, carrier, assignment } = files.get(requirement) ?? {};
    const remarks = (threads.get(requirement) ?? []).map(({ json }) => JSON.parse(json) as Remark);
    return {
      requirement,
      ...(notApplicable === undefined ? {} : { notApplicable }),
      ...(carrier === undefined ? {} : { carrier }),
      ...(assignment === undefined ? {} : { assignment }),
      ...(remarks.length === 0 ? {} : { remarks }),
    };
  });
}

async function keepDecisions(
  trx: Transaction<Schema>,
  campaign: string,
  { requirement, notApplicable, carrier, assignment, remarks = [] }: Decisions,
  author: Author,
): Promise<void> {
  const text = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value));
  if (notApplicable !== undefined || carrier !== undefined || assignment !== undefined) {
    await trx
      .insertInto('requirement_file')
      .values({
        campaign,
        requirement,
        not_applicable: text(notApplicable),
        carrier: text(carrier),
        assignment: text(assignment),
        revision: 1,
        updated_at: author.at,
      })
      // Two requirements that became one: what the first said stays.
      .onConflict((conflict) => conflict.columns(['campaign', 'requirement']).doNothing())
      .execute();
  }
  const ids = new Map(remarks.map(({ id }) => [id, randomUUID()]));
  for (const remark of remarks) {
    const id = ids.get(remark.id) ?? randomUUID();
    const answers = remark.answers === undefined ? undefined : ids.get(remark.answers);
    const copied: Remark = { ...remark, id, ...(answers === undefined ? {} : { answers }) };
    await trx
      .insertInto('remark')
      .values({ id, campaign, requirement, at: remark.at, json: JSON.stringify(copied) })
      .execute();
  }
}
