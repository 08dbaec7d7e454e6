import type { Kysely } from 'kysely';
import type { ExternalReferenceKind } from '../domain/index.ts';
import type { Schema } from './schema.ts';

/** What an official tool gave for a slot, and who entered it. */
export interface StoredReference {
  readonly id: number;
  readonly kind: ExternalReferenceKind;
  readonly value: string;
  readonly author: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** References of a slot, the last one first. */
export async function references(
  db: Kysely<Schema>,
  campaign: string,
  slot: string,
): Promise<readonly StoredReference[]> {
  const rows = await db
    .selectFrom('slot_reference')
    .select(['id', 'kind', 'value', 'author', 'at'])
    .where('campaign', '=', campaign)
    .where('slot', '=', slot)
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as ExternalReferenceKind }));
}

/** References of some slots, by slot, the last one first. */
export async function referencesOfSlots(
  db: Kysely<Schema>,
  campaign: string,
  slots: readonly string[],
): Promise<ReadonlyMap<string, readonly StoredReference[]>> {
  if (slots.length === 0) return new Map();
  const rows = await db
    .selectFrom('slot_reference')
    .select(['id', 'slot', 'kind', 'value', 'author', 'at'])
    .where('campaign', '=', campaign)
    .where('slot', 'in', slots)
    .orderBy('id', 'desc')
    .execute();
  const found = new Map<string, StoredReference[]>();
  for (const { slot, kind, ...row } of rows) {
    const known = found.get(slot) ?? [];
    found.set(slot, known);
    known.push({ ...row, kind: kind as ExternalReferenceKind });
  }
  return found;
}
