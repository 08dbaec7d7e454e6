import type { TestPatient } from '../population/types.ts';
import type { ExchangeInProgress } from '../network/types.ts';
import type { InsiCriteria } from './criteria.ts';
import { type Defect, identityOf } from './identity.ts';
import type { InsiRequest } from './request.ts';
import { concernedByCard, concernedByTraits, type Found, searchCard, searchTraits } from './search.ts';
import type { Play } from './situations.ts';
import type { InsiState, Said } from './types.ts';

export type SearchCriteria = Exclude<InsiCriteria, { readonly kind: 'verification' }>;

/** A search that was run: who answers it, and whose it is. */
export interface Searched extends Found {
  /** Whose search it is, even when nobody answers. */
  readonly concerned: TestPatient | undefined;
}

/** Runs a search and says on the exchange whose it is. */
export function runSearch(criteria: SearchCriteria, exchange: ExchangeInProgress, { population }: InsiState): Searched {
  const found =
    criteria.kind === 'traits' ? searchTraits(population, criteria.traits) : searchCard(population, criteria.card);
  const [first] = found.people;
  // Among several who answer, the one whose first names were sent in full is the one searched for.
  const named =
    criteria.kind === 'traits' && found.people.length > 1 ? concernedByTraits(population, criteria.traits) : undefined;
  const concerned =
    (named && found.people.includes(named) ? named : undefined) ??
    first ??
    (criteria.kind === 'traits'
      ? concernedByTraits(population, criteria.traits)
      : concernedByCard(population, criteria.card));
  if (concerned) exchange.attribute({ patient: concerned.key, ins: concerned.ins });
  else if (criteria.kind === 'vitale') {
    const ins = criteria.card.bearer ?? criteria.card.holder;
    if (ins !== undefined) exchange.attribute({ ins });
  }
  return { ...found, concerned };
}

/**
 * What INSi answers to a search.
 * @param play scripted for this call: a code or a defect of the identity
 * Source: protocols.md §1.4 and §1.5.
 */
export function answerSearch(searched: Searched, request: InsiRequest, state: InsiState, play?: Play): Said {
  if (play?.kind === 'code') return coded(play.code, searched);
  const [only] = searched.people;
  const why = searched.reason === undefined ? '' : ` (${searched.reason})`;
  if (!only && state.settings.profile.unknownPersonIsTechnicalFailure) {
    const fault = state.settings.faults[request.operation.failure];
    return { verdict: { kind: 'fault', fault }, said: `répondu ${fault.code} : personne inconnue${why}` };
  }
  const code = only ? (searched.people.length > 1 ? '02' : '00') : '01';
  if (code !== '00' || only === undefined) return { verdict: { kind: 'search', code }, said: `répondu ${code}${why}` };
  return found(only, play?.kind === 'defect' ? play.defect : undefined);
}

function coded(name: string, { people, concerned }: Searched): Said {
  const patient = people[0] ?? concerned;
  if (name === 'code-00' && patient) return found(patient);
  const code = name === 'code-02' ? '02' : '01';
  return { verdict: { kind: 'search', code }, said: `répondu ${code}` };
}

function found(patient: TestPatient, defect?: Defect): Said {
  return { verdict: { kind: 'search', code: '00', identity: identityOf(patient, defect) }, said: 'répondu 00' };
}
