import type { EvidenceClass } from '#tracker/api/index.ts';
import { CLASSES } from '../words/nouns.ts';
import { NO_PROOF, NOT_PLAYED, SLOT_STATES, VERDICTS } from '../words/states.ts';

/** One closed filter of the list of requirements, named as the API names it. */
export interface Choice {
  readonly name: 'state' | 'verdict' | 'class';
  readonly label: string;
  readonly options: readonly (readonly [value: string, label: string])[];
}

const labels = (words: Readonly<Record<string, { readonly label: string }>>): Choice['options'] =>
  Object.entries(words).map(([value, { label }]) => [value, label] as const);

export const CHOICES: readonly Choice[] = [
  {
    name: 'state',
    label: 'État',
    options: [...labels(SLOT_STATES), ['sans-preuve', NO_PROOF.label]],
  },
  { name: 'verdict', label: 'Dernier résultat', options: [...labels(VERDICTS), ['non-jouee', NOT_PLAYED.label]] },
  { name: 'class', label: 'Classe de preuve', options: labels(CLASSES satisfies Record<EvidenceClass, object>) },
];

/** Query of the address after one filter changed: others stay, an empty one goes. */
export function withFilter(query: string, name: string, value: string): string {
  const parameters = new URLSearchParams(query);
  if (value === '') parameters.delete(name);
  else parameters.set(name, value);
  return parameters.toString();
}

/** What the API takes of an address that a person may have typed: its own filters, not empty. */
export function apiQuery(query: string): string {
  const names = new Set(['section', 'q', ...CHOICES.map(({ name }) => name)]);
  return new URLSearchParams(
    [...new URLSearchParams(query)].filter(([name, value]) => names.has(name) && value !== ''),
  ).toString();
}
