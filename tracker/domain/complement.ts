import { missedFrom, type Deadline } from '#dsr/dates/index.ts';
import { refusal, type Outcome } from './refusal.ts';

/** A request of the authority for more: on a slot, a requirement, a chapter or the whole file. */
export interface Complement {
  readonly id: string;
  readonly subject: ComplementSubject;
  /** What the authority wrote. */
  readonly text: string;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  /** When the answer is due; absent when the authority gave no date. */
  readonly answerDue?: Deadline;
  readonly state: ComplementState;
  readonly answer?: { readonly text: string; readonly author: string; readonly at: string };
  readonly closed?: { readonly outcome: ComplementOutcome; readonly note: string; readonly at: string };
}

export type ComplementState =
  /** Entered, nobody answered yet. */
  | 'recu'
  /** An answer is being written. */
  | 'en-preparation'
  /** The answer was sent. */
  | 'repondu'
  /** The authority was satisfied, or refused: nothing more is awaited. */
  | 'clos';

export type ComplementOutcome = 'satisfait' | 'refuse' | 'sans-suite';

export type ComplementSubject =
  | { readonly kind: 'preuve'; readonly slot: string }
  | { readonly kind: 'exigence'; readonly requirement: string }
  | { readonly kind: 'chapitre'; readonly section: string }
  | { readonly kind: 'dossier' };

export type ComplementMove =
  | { readonly kind: 'preparer' }
  | { readonly kind: 'repondre'; readonly text: string; readonly author: string; readonly at: string }
  | { readonly kind: 'clore'; readonly outcome: ComplementOutcome; readonly note: string; readonly at: string }
  /** The authority comes back, or the closing was a mistake. */
  | { readonly kind: 'rouvrir' };

const ALLOWED: Readonly<Record<ComplementState, readonly ComplementMove['kind'][]>> = {
  recu: ['preparer', 'repondre', 'clore'],
  'en-preparation': ['repondre', 'clore'],
  repondu: ['clore', 'rouvrir'],
  clos: ['rouvrir'],
};

/**
 * Moves a request on.
 *
 * @returns `COMPLEMENT_MOVE_REFUSED`, `ANSWER_EMPTY`, or `ANSWER_BEFORE_REQUEST` when the answer is dated before the request
 */
export function moveComplement(complement: Complement, move: ComplementMove): Outcome<Complement> {
  if (!ALLOWED[complement.state].includes(move.kind)) {
    return refusal(
      'COMPLEMENT_MOVE_REFUSED',
      `La demande ${complement.id} est « ${complement.state} » : ce changement n’y est pas possible.`,
      `Possibles : ${ALLOWED[complement.state].join(', ')}.`,
    );
  }
  switch (move.kind) {
    case 'preparer':
      return { ok: true, value: { ...complement, state: 'en-preparation' } };
    case 'repondre': {
      const { text, author, at } = move;
      if (text.trim() === '') {
        return refusal('ANSWER_EMPTY', 'La réponse est vide.', 'Écrivez ce qui a été envoyé à l’ANS.');
      }
      if (Date.parse(at) < Date.parse(complement.receivedAt)) {
        return refusal(
          'ANSWER_BEFORE_REQUEST',
          'La réponse porte une date antérieure à celle de la demande.',
          'Corrigez la date de la réponse, ou celle de la réception.',
        );
      }
      return { ok: true, value: { ...complement, state: 'repondu', answer: { text, author, at } } };
    }
    case 'clore': {
      const { outcome, note, at } = move;
      return { ok: true, value: { ...complement, state: 'clos', closed: { outcome, note, at } } };
    }
    case 'rouvrir': {
      const { closed: _, ...open } = complement;
      // What was answered stays readable; the next answer takes its place, and the audit keeps both.
      return { ok: true, value: { ...open, state: 'en-preparation' } };
    }
  }
}

export type RemainingTime =
  /** Answered or closed: no clock runs. */
  | { readonly kind: 'aucun' }
  | { readonly kind: 'sans-echeance' }
  | { readonly kind: 'reste' | 'depasse'; readonly minutes: number };

/**
 * Time left to answer, in Paris where the deadline is a day.
 *
 * @param now the moment of the question
 */
export function remainingTime(complement: Complement, now: Date): RemainingTime {
  if (complement.state === 'repondu' || complement.state === 'clos') return { kind: 'aucun' };
  if (complement.answerDue === undefined) return { kind: 'sans-echeance' };
  const minutes = Math.floor((missedFrom(complement.answerDue).getTime() - now.getTime()) / 60_000);
  return minutes > 0 ? { kind: 'reste', minutes } : { kind: 'depasse', minutes: Math.abs(minutes) };
}
