import { allHits, lookInto, MESSAGES, type AlarmCode, type KnownPeople } from './guard/index.ts';
import { maskPiece } from './masking/index.ts';
import type { Capture, GuardRefusal } from './types.ts';

/** What never leaves, masked or not: a scenario that showed a person, or a key, is played again otherwise. */
const STOPS: ReadonlySet<AlarmCode> = new Set(['INS_REEL_POSSIBLE', 'IDENTITE_REELLE_POSSIBLE', 'CLE_PRIVEE']);

/** A capture that went past the guard. */
export interface JudgedCapture {
  readonly refusals: readonly GuardRefusal[];
  /** What may be shared: the capture itself when nothing was masked. */
  readonly shared: Uint8Array;
  readonly masked: boolean;
}

/**
 * The guard of what the bench captures (DESIGN §5.7): tokens, passwords, phone numbers and addresses are masked; an identity that may be real, or a private
 * key, stops the piece.
 */
export async function judgeCapture(capture: Capture, known: KnownPeople): Promise<JudgedCapture> {
  const piece = { bytes: capture.bytes, mediaType: capture.mediaType, name: `${capture.name}${capture.extension}` };
  const { looked } = await lookInto(piece, known);
  const hits = allHits(looked);
  const nothing = { shared: capture.bytes, masked: false };
  if (hits.length === 0) return { ...nothing, refusals: [] };
  const stops = Map.groupBy(
    hits.filter(({ code }) => STOPS.has(code)),
    ({ code, view }) => JSON.stringify([code, view.where === '' ? piece.name : view.where]),
  );
  if (stops.size > 0) {
    return {
      ...nothing,
      refusals: Array.from(stops, ([key, [first, ...others]]): GuardRefusal => {
        const [code, where] = JSON.parse(key) as [AlarmCode, string];
        const line = first === undefined ? 1 : first.view.text.slice(0, first.from).split('\n').length;
        const more = others.length === 0 ? '' : ` (et ${others.length} autre(s) ici)`;
        return {
          code,
          where: `${where}, ligne ${line}${more}`,
          message: `${MESSAGES[code]} La pièce n’est pas versée.`,
        };
      }),
    };
  }
  const { bytes, unmaskable } = await maskPiece(piece, known, () => true);
  return {
    shared: bytes,
    masked: true,
    refusals: unmaskable.map(({ code, where, message }) => ({
      code: code as AlarmCode,
      where,
      message: `${message} Elle ne se masque pas ici : la pièce n’est pas versée.`,
    })),
  };
}
