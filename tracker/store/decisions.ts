import type { Kysely, Transaction } from 'kysely';
import type { Assignment, Carrier, NotApplicable, Outcome } from '../domain/index.ts';
import { appendAudit } from './audit.ts';
import type { Author } from './author.ts';
import { TrackerStoreError } from './errors.ts';
import type { Schema } from './schema.ts';

/** What people decided about one requirement, and how many times it changed: 0 when nobody did. */
export interface RequirementFile {
  readonly requirement: string;
  readonly notApplicable?: NotApplicable;
  readonly carrier?: Carrier;
  readonly assignment?: Assignment;
  readonly revision: number;
  readonly updatedAt?: string;
}

type Decided = Pick<RequirementFile, 'notApplicable' | 'carrier' | 'assignment'>;

/** Requirements about which somebody decided something. */
export async function requirementFiles(db: Kysely<Schema>, campaign: string): Promise<readonly RequirementFile[]> {
  const rows = await db
    .selectFrom('requirement_file')
    .selectAll()
    .where('campaign', '=', campaign)
    .orderBy('requirement')
    .execute();
  return rows.map(fileOf);
}

/** What is decided about a requirement; an empty file of revision 0 when nothing is. */
export async function requirementFile(
  db: Kysely<Schema>,
  campaign: string,
  requirement: string,
): Promise<RequirementFile> {
  const row = await db
    .selectFrom('requirement_file')
    .selectAll()
    .where('campaign', '=', campaign)
    .where('requirement', '=', requirement)
    .executeTakeFirst();
  return row === undefined ? { requirement, revision: 0 } : fileOf(row);
}

export interface Decision {
  readonly campaign: string;
  readonly requirement: string;
  /** Revision that the person saw: another one in between is not overwritten. */
  readonly seen: number;
  /** What the rules of the domain make of the former file. */
  readonly decide: (former: RequirementFile) => Outcome<Decided>;
  /** French: what was done, for the audit. */
  readonly action: string;
}

/**
 * Changes what is decided about a requirement, in one transaction with its line of audit.
 *
 * @returns the refusal of the domain when there is one: nothing is then written
 * @throws {TrackerStoreError} `CHANGED_MEANWHILE` when somebody else changed it since it was read
 */
export function decide(db: Kysely<Schema>, decision: Decision, author: Author): Promise<Outcome<RequirementFile>> {
  return db.transaction().execute(async (trx): Promise<Outcome<RequirementFile>> => {
    const { campaign, requirement, seen, action } = decision;
    const former = await requirementFile(trx, campaign, requirement);
    if (former.revision !== seen) throw changedMeanwhile(requirement);
    const decided = decision.decide(former);
    if (!decided.ok) return decided;
    const next: RequirementFile = { requirement, ...decided.value, revision: seen + 1, updatedAt: author.at };
    await write(trx, campaign, next);
    await appendAudit(trx, [
      {
        at: author.at,
        actor: author.by,
        action,
        subject: requirement,
        campaign,
        detail: '',
        before: JSON.stringify(bare(former)),
        after: JSON.stringify(bare(next)),
      },
    ]);
    return { ok: true, value: next };
  });
}

/** Whoever wrote on what somebody else has changed since must read it again. */
export function changedMeanwhile(what: string): TrackerStoreError {
  return new TrackerStoreError(
    'CHANGED_MEANWHILE',
    `${what} a changé pendant que vous l’aviez sous les yeux.`,
    'Rechargez la page, puis refaites votre changement.',
  );
}

async function write(trx: Transaction<Schema>, campaign: string, file: RequirementFile): Promise<void> {
  const { requirement, notApplicable, carrier, assignment, revision, updatedAt = '' } = file;
  const values = {
    not_applicable: textOf(notApplicable),
    carrier: textOf(carrier),
    assignment: textOf(assignment),
    revision,
    updated_at: updatedAt,
  };
  await trx
    .insertInto('requirement_file')
    .values({ campaign, requirement, ...values })
    .onConflict((conflict) => conflict.columns(['campaign', 'requirement']).doUpdateSet(values))
    .execute();
}

function fileOf(row: Schema['requirement_file']): RequirementFile {
  const { requirement, not_applicable, carrier, assignment, revision, updated_at } = row;
  return {
    requirement,
    ...(not_applicable === null ? {} : { notApplicable: JSON.parse(not_applicable) as NotApplicable }),
    ...(carrier === null ? {} : { carrier: JSON.parse(carrier) as Carrier }),
    ...(assignment === null ? {} : { assignment: JSON.parse(assignment) as Assignment }),
    revision,
    updatedAt: updated_at,
  };
}

function bare({ notApplicable, carrier, assignment }: RequirementFile): Decided {
  return {
    ...(notApplicable === undefined ? {} : { notApplicable }),
    ...(carrier === undefined ? {} : { carrier }),
    ...(assignment === undefined ? {} : { assignment }),
  };
}

function textOf(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
