import { refusal, type Outcome } from './refusal.ts';

/** A line of what is said about a requirement; lines are added, never rewritten. */
export interface Remark {
  readonly id: string;
  readonly kind: 'question' | 'reponse' | 'commentaire';
  readonly text: string;
  readonly author: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The question that it answers. */
  readonly answers?: string;
  /** Taken back by its author; the text stays in the audit. */
  readonly retracted?: string;
}

const LONGEST = 20_000;

/**
 * Adds a line.
 *
 * @returns `REMARK_EMPTY`, `REMARK_TOO_LONG`, or `QUESTION_UNKNOWN` when an answer answers no open question
 */
export function addRemark(thread: readonly Remark[], remark: Remark): Outcome<readonly Remark[]> {
  if (remark.text.trim() === '') return refusal('REMARK_EMPTY', 'Le texte est vide.', 'Écrivez-le.');
  if (remark.text.length > LONGEST) {
    return refusal('REMARK_TOO_LONG', `Le texte dépasse ${LONGEST} caractères.`, 'Joignez plutôt une pièce.');
  }
  if (remark.kind === 'reponse') {
    const question = thread.find(
      ({ id, kind, retracted }) => id === remark.answers && kind === 'question' && !retracted,
    );
    if (question === undefined) {
      return refusal('QUESTION_UNKNOWN', 'Cette réponse ne répond à aucune question.', 'Choisissez la question.');
    }
  }
  return { ok: true, value: [...thread, remark] };
}

/** Questions that nobody answered yet. */
export function openQuestions(thread: readonly Remark[]): readonly Remark[] {
  const answered = new Set(
    thread.flatMap(({ answers, retracted }) => (answers === undefined || retracted ? [] : [answers])),
  );
  return thread.filter(({ id, kind, retracted }) => kind === 'question' && !retracted && !answered.has(id));
}

/**
 * Takes a line back; only its author may.
 *
 * @param at ISO 8601 UTC
 * @returns `REMARK_UNKNOWN` or `REMARK_OF_ANOTHER`
 */
export function retractRemark(
  thread: readonly Remark[],
  id: string,
  author: string,
  at: string,
): Outcome<readonly Remark[]> {
  const found = thread.find((remark) => remark.id === id && !remark.retracted);
  if (found === undefined) return refusal('REMARK_UNKNOWN', 'Ce message n’existe pas, ou plus.', 'Rechargez la page.');
  if (found.author !== author) {
    return refusal(
      'REMARK_OF_ANOTHER',
      'Ce message est d’une autre personne.',
      'Répondez-y, ou demandez-lui de le retirer.',
    );
  }
  return { ok: true, value: thread.map((remark) => (remark === found ? { ...remark, retracted: at } : remark)) };
}
