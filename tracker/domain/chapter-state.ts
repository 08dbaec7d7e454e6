import type { ChapterState, SlotState } from '../types.ts';
import { isReady } from './readiness.ts';

const SENT: ReadonlySet<SlotState> = new Set(['deposee', 'acceptee']);

/**
 * State of a REM section from its slots (DESIGN §4.5). A single request of the ANS speaks for the chapter; a rehearsal
 * is not the official proof, so a chapter that has one is not complete.
 *
 * @returns null when the chapter asks for no proof
 */
export function chapterState(slots: readonly SlotState[]): ChapterState | null {
  if (slots.length === 0) return null;
  if (slots.includes('complement-demande')) return 'a-completer';
  if (slots.every((state) => state === 'acceptee')) return 'valide';
  if (slots.every((state) => SENT.has(state))) return 'depose';
  return slots.every(isReady) ? 'complet' : 'incomplet';
}
