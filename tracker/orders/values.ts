import { parseCivilDate, readCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import data from './choices.json' with { type: 'json' };
import { fold } from './columns.ts';

export type ChoiceKind = keyof typeof data.choices;

const CHOICES: Readonly<Record<ChoiceKind, Readonly<Record<string, readonly string[]>>>> = data.choices;

/** The code that a word stands for; undefined when it is none of the choice. */
export function readChoice(kind: ChoiceKind, text: string): string | undefined {
  const folded = fold(text);
  return Object.entries(CHOICES[kind]).find(([code, words]) => fold(code) === folded || words.includes(folded))?.[0];
}

/** The codes of a choice, as they are published. */
export function choicesOf(kind: ChoiceKind): readonly string[] {
  return Object.keys(CHOICES[kind]);
}

/** A date as typed, or as a spreadsheet program kept it: a midnight behind the day is only its format. */
export function readDay(text: string): CivilDate | undefined {
  const trimmed = text.trim();
  const [day = trimmed] = /^\d{4}-\d{2}-\d{2}(?=[ T]00:00(?::00)?$)/u.exec(trimmed) ?? [];
  return parseCivilDate(day) ?? readCivilDate(day);
}

const RATE = /^(\d{1,3})(?:[.,](\d{1,6}))?\s*%?$/u;

/**
 * A rate of tax in ten-thousandths: `20`, `20 %`, `8,5`. Between 0 and 1 it is the value that a spreadsheet program keeps
 * of a cell in per cent (`0.2`): no rate of tax is that low.
 *
 * @returns absent above 100 %, and for what is no whole number of ten-thousandths
 */
export function readRate(text: string): number | undefined {
  const [, whole, decimals = ''] = RATE.exec(text.trim()) ?? [];
  if (whole === undefined) return undefined;
  const fraction = Number(whole) === 0 && Number(decimals) > 0 && !text.includes('%');
  // In millionths of a per cent, so that no float decides.
  const millionths = Number(`${whole}${decimals.padEnd(6, '0')}`) * (fraction ? 100 : 1);
  const rate = millionths / 10_000;
  return Number.isInteger(rate) && rate <= 10_000 ? rate : undefined;
}

/** Items of one cell, separated as people do it; no item is empty. */
export function readItems(text: string, separators: RegExp): readonly string[] {
  return text
    .split(separators)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
