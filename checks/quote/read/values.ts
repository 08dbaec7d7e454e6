import { readCivilDate } from '#dsr/dates/index.ts';
import { readEuros } from '#dsr/money/index.ts';
import { waveNumber } from '#dsr/official-data/index.ts';
import { splitDsr } from '../dsr.ts';
import {
  ACCEPTANCES,
  AMENDMENT_STATUSES,
  CATEGORIES,
  codeOf,
  KINDS,
  PAYERS,
  PIECES,
  RESERVES,
  SIGNATURES,
} from '../vocabulary.ts';
import { fold } from '../words.ts';
import type { Form } from './columns.ts';

interface Reader {
  /** What is expected, French. */
  readonly expected: string;
  /** @returns undefined when the text is no such value */
  readonly read: (text: string) => unknown;
}

const titles = (terms: Readonly<Record<string, { readonly title: string }>>): string =>
  Object.values(terms)
    .map(({ title }) => title)
    .join(', ');
const split = (text: string): readonly string[] =>
  text
    .split(/[;,|\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const RATE = /^(\d{1,2}(?:[.,]\d{1,2})?)%?$/u;
const LONGEST = 2000;
const bounded = (text: string): string | undefined => (text.length > LONGEST ? undefined : text);

/** A rate as `20 %`, `20`, `8,5 %`, or as a sheet keeps a percentage: `0,2`. */
function readRate(text: string): number | undefined {
  const [, digits] = RATE.exec(text.replaceAll(/\s/gu, '')) ?? [];
  if (digits === undefined) return undefined;
  const number = Number(digits.replace(',', '.'));
  return Math.round(number * (number > 0 && number < 1 && !text.includes('%') ? 10_000 : 100));
}

/** How each form of value is read from a cell. */
export const READERS: Readonly<Record<Form, Reader>> = {
  text: { expected: `un texte de ${LONGEST} caractères au plus`, read: bounded },
  texts: { expected: `un texte de ${LONGEST} caractères au plus`, read: (text) => bounded(text) && [text] },
  list: { expected: 'une liste, séparée par des virgules', read: (text) => pieces(split(text)) },
  dsr: { expected: 'un DSR, par exemple SGL', read: splitDsr },
  kind: { expected: `l’un de : ${titles(KINDS)}`, read: (text) => codeOf(KINDS, text) },
  payer: { expected: `l’un de : ${titles(PAYERS)}`, read: (text) => codeOf(PAYERS, text) },
  category: { expected: `l’une de : ${titles(CATEGORIES)}`, read: (text) => codeOf(CATEGORIES, text) },
  signature: { expected: `l’une de : ${titles(SIGNATURES)}`, read: (text) => codeOf(SIGNATURES, text) },
  date: { expected: 'une date, JJ/MM/AAAA ou AAAA-MM-JJ', read: readCivilDate },
  euros: { expected: 'un montant en euros, deux décimales au plus', read: readEuros },
  rate: { expected: 'un taux, par exemple 20 %', read: readRate },
  count: {
    expected: 'un nombre entier, 1 au moins',
    read: (text) => (/^[1-9]\d{0,5}$/u.test(text) ? Number(text) : undefined),
  },
  wave: { expected: '1 ou 2', read: (text) => ['1', '2'].find((wave) => wave === waveNumber(text)) },
  acceptance: { expected: `l’une de : ${titles(ACCEPTANCES)}`, read: (text) => codeOf(ACCEPTANCES, text) },
  reserves: { expected: `l’une de : ${titles(RESERVES)}`, read: (text) => codeOf(RESERVES, text) },
  amendment: {
    expected: `l’un de : ${titles(AMENDMENT_STATUSES)}`,
    read: (text) => {
      const status = codeOf(AMENDMENT_STATUSES, text);
      return status && [{ number: '(dernier)', status }];
    },
  },
  flag: { expected: 'oui ou non', read: (text) => ({ oui: true, non: false })[fold(text)] },
};

/** Pieces of an enrolment by their title or code; other lists as they are. */
function pieces(items: readonly string[]): readonly string[] {
  return items.map((item) => codeOf(PIECES, item) ?? item);
}
