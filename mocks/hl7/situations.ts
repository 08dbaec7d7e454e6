import type { Situation } from '../situations/types.ts';
import { ackError, type Judgement } from './errors.ts';
import table from './situations.json' with { type: 'json' };

const LONGEST_DELAY_MS = 600_000;
const USUAL_DELAY_MS = 10_000;

/** What the receiver can play on any message: refusals of a good one, and answers that are late, absent, wrong or unreadable. */
const OF_ANY: readonly string[] = [...table.refusals, ...table.others].map(({ name }) => name);

const ON_DOCUMENTS = 'document-';

/**
 * Every situation, and its twin for the messages that carry documents alone: an identity message about the same person, sent
 * meanwhile, is answered as usual.
 */
export const HL7_SITUATIONS: readonly string[] = [...OF_ANY, ...OF_ANY.map((name) => `${ON_DOCUMENTS}${name}`)];

/** Situations that this message may play. */
export function playableOn(aboutDocuments: boolean): readonly string[] {
  return aboutDocuments ? HL7_SITUATIONS : OF_ANY;
}

/** What is played, under the name of the situation of any message. */
export function playedAs(situation: Situation | undefined): Situation | undefined {
  return situation?.situation.startsWith(ON_DOCUMENTS) === true
    ? { ...situation, situation: situation.situation.slice(ON_DOCUMENTS.length) }
    : situation;
}

/** French: what is wrong with the parameters of a situation; undefined when it can be played. */
export function checkHl7Situation({ parameters }: Situation): string | undefined {
  const delay = parameters?.['delayMs'];
  if (delay === undefined) return undefined;
  return typeof delay === 'number' && delay >= 0 && delay <= LONGEST_DELAY_MS
    ? undefined
    : `« delayMs » est un nombre de millisecondes, de 0 à ${LONGEST_DELAY_MS}.`;
}

/** How long `accuse-tardif` waits. */
export function delayOf({ parameters }: Situation): number {
  const delay = parameters?.['delayMs'];
  return typeof delay === 'number' ? delay : USUAL_DELAY_MS;
}

/** The refusal that a situation forces; undefined for those that are no refusal. */
export function forcedRefusal(situation: string | undefined): Judgement | undefined {
  const refusal = table.refusals.find(({ name }) => name === situation);
  if (refusal === undefined) return undefined;
  const { error, location, application } = refusal;
  const code = refusal.code === 'AR' ? 'AR' : 'AE';
  const detail = application === undefined ? '' : `, erreur applicative ${application}`;
  return {
    code,
    error: ackError(error, location, application),
    outcome: `acquitté ${code} ${error}${detail} (situation demandée au banc)`,
  };
}
