import { normalizeName } from '../population/index.ts';
import type { Population, TestPatient } from '../population/types.ts';
import type { CardCriteria } from './criteria.ts';
import type { SentTraits } from './trait-fields.ts';

/** Who answers a search, and why nobody does when the reason is not plain. */
export interface Found {
  readonly people: readonly TestPatient[];
  /** French, for the journal. */
  readonly reason?: string;
}

/** People who answer a search by traits: nobody, one person, or several who cannot be told apart. */
export function searchTraits(population: Population, traits: SentTraits): Found {
  return { people: population.byTraits(traits) };
}

/**
 * People whom a Vitale card designates. What the card says besides the number must agree with what is known of the
 * bearer; without the number of the bearer, the holder, the birth date, the name and the rank find it, and the rank alone
 * tells twins apart.
 * Source: protocols.md §1.4 (RECVITALE) and §1.2 (coherence of card and beneficiary).
 */
export function searchCard(population: Population, card: CardCriteria): Found {
  const people = population.byCard(card);
  const bearer = people.length === 0 && card.bearer !== undefined ? population.byIns(card.bearer) : undefined;
  const reason = bearer && bearer.situation !== 'inconnu' ? incoherence(bearer, card) : undefined;
  return { people, ...(reason !== undefined && { reason: `carte incohérente : ${reason}` }) };
}

function incoherence({ card }: TestPatient, read: CardCriteria): string | undefined {
  if (read.holder !== undefined && read.holder !== card.holder) return 'MatriculeOD d’un autre ouvrant droit';
  if (read.birthName !== undefined && normalizeName(read.birthName) !== normalizeName(card.birthName)) {
    return 'NomNaissance d’une autre personne';
  }
  if (read.birthDate !== undefined && read.birthDate !== card.birthDate) return 'DateNaissance d’une autre personne';
  if (read.birthRank !== undefined && read.birthRank !== card.birthRank) return 'RangNaissance d’une autre personne';
  return undefined;
}

/**
 * Whose search by traits it is, when nobody answered: the person of that birth name and birth date. It only serves to
 * attribute the exchange (first name that does not match, patient whom INSi does not know).
 */
export function concernedByTraits(population: Population, traits: SentTraits): TestPatient | undefined {
  const name = normalizeName(traits.birthName);
  const namesakes = population.patients.filter((patient) => normalizeName(patient.birthName) === name);
  const firstNames = new Set(traits.firstNames.map(normalizeName));
  const bearsOne = (patient: TestPatient): boolean =>
    patient.firstNames.some((one) => firstNames.has(normalizeName(one)));
  const bornThen = namesakes.filter((patient) => patient.birthDate === traits.birthDate);
  return (
    bornThen.find(bearsOne) ??
    bornThen[0] ??
    namesakes.find((patient) => bearsOne(patient) && patient.birthDate.slice(0, 4) === traits.birthDate.slice(0, 4)) ??
    (namesakes.length === 1 ? namesakes[0] : undefined)
  );
}

/** Whose search by card it is, when nobody answered. */
export function concernedByCard(population: Population, card: CardCriteria): TestPatient | undefined {
  if (card.bearer !== undefined) return population.byIns(card.bearer);
  return population.byCard(card)[0] ?? population.patients.find((one) => one.card.holder === card.holder);
}
