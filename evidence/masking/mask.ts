import type { GuardedPiece, GuardNotes, SeenAlarm } from '../intake/index.ts';
import { alarmOf, allHits, lookInto, type KnownPeople, type Looked, type PlacedHit } from '../guard/index.ts';

export interface Masked extends Pick<GuardNotes, 'masks'> {
  readonly bytes: Uint8Array;
  /** What is still seen: in a picture of text, a PDF, something compressed. */
  readonly unmaskable: readonly SeenAlarm[];
}

/**
 * Covers with asterisks what the guard sees in a piece, one a byte, wherever it is wrapped: lengths, line breaks, boundaries and separators do not
 * move; archives are written again. The result is looked into again: what is still seen is told.
 *
 * @param chosen whether an alarm is to be masked; the others stay
 */
export async function maskPiece(
  piece: GuardedPiece,
  known: KnownPeople,
  chosen: (hit: Pick<PlacedHit, 'id' | 'code'>) => boolean,
): Promise<Masked> {
  const { looked } = await lookInto(piece, known);
  const wanted = allHits(looked).filter(chosen);
  if (wanted.length === 0) return { bytes: piece.bytes, masks: [], unmaskable: [] };
  const bytes = await cover(piece.bytes, looked, chosen);
  const again = await lookInto({ ...piece, bytes }, known);
  return {
    bytes,
    masks: wanted.filter((hit) => hit.bytes !== undefined).map((hit) => place(hit, piece.name)),
    unmaskable: allHits(again.looked)
      .filter(chosen)
      .map((hit) => alarmOf(hit, piece.name)),
  };
}

async function cover(bytes: Uint8Array, looked: Looked, chosen: (hit: PlacedHit) => boolean): Promise<Uint8Array> {
  const { reading, hits, children } = looked;
  const own = hits.filter(chosen);
  const inner = await Promise.all(
    children.map(async ({ child, looked: below }) => ({
      child,
      masked: allHits(below).some(chosen) ? await cover(child.bytes, below, chosen) : child.bytes,
    })),
  );
  if (reading.assemble !== undefined) {
    // A child that was too deep to be looked into stays as it is.
    const masked = new Map(inner.map((one) => [one.child, one.masked]));
    return reading.assemble(reading.children.map((child) => masked.get(child) ?? child.bytes));
  }
  let holder: Buffer = Buffer.from(bytes);
  const changed = inner.filter(({ child, masked }) => masked !== child.bytes);
  // What keeps its length first, and what stands in the holder itself; then from the end, what moves what follows it.
  for (const { child, masked } of changed) {
    if (masked.length === child.bytes.length) holder = child.embed(holder, masked);
  }
  for (const { view, bytes: span } of own) if (span !== undefined) view.cover?.(holder, span[0], span[1]);
  for (const { child, masked } of changed.toReversed()) {
    if (masked.length !== child.bytes.length) holder = child.embed(holder, masked);
  }
  return holder;
}

function place(hit: PlacedHit, name: string): { readonly where: string; readonly code: string } {
  return { where: alarmOf(hit, name).where, code: hit.code };
}
