import type { LoneEntry, ProofEntry, RemDiff, Segment, WordingEntry } from '#dsr/rem-diff/index.ts';
import {
  factsWords,
  LEVELS,
  listMeaning,
  LISTS,
  notComparedSentence,
  PLACES,
  PROOF_CHANGES,
  renumberingWords,
  sideName,
} from '#reports/rem-diff/index.ts';
import { count } from '#reports/words/index.ts';

/** A list longer than this is better read in the page; what vanished in silence is always said whole. */
const SHOWN = 40;
/** Unchanged words kept on each side of a change. */
const CONTEXT = 60;
const TITLE = 100;

type ListName = keyof typeof LISTS;

/**
 * The comparison as terminal text, in French: numbers first, then what matters most.
 *
 * @param colour true on a terminal; otherwise words are marked `[-removed-]{+added+}`
 */
export function remDiffText(diff: RemDiff, colour: boolean): string {
  const paint = painter(colour);
  const { from, to, summary } = diff;
  const names = (Object.keys(LISTS) as ListName[]).filter((list) => diff[list].length > 0);
  return `${[
    `De  ${plain(sideName(from))} (${count(from.requirements, 'exigence')}, ${count(from.slots, 'preuve')})`,
    `À   ${plain(sideName(to))} (${count(to.requirements, 'exigence')}, ${count(to.slots, 'preuve')})`,
    ...(diff.notCompared.length > 0 ? [notComparedSentence(diff.notCompared)] : []),
    '',
    ...(diff.identical
      ? [`Rien ne change : ${count(summary.unchanged, 'exigence identique', 'exigences identiques')}.`]
      : [
          ...names.map((list) => {
            const line = `  ${count(diff[list].length, LISTS[list].one, LISTS[list].many)}`;
            return list === 'silentlyRemoved' ? paint.alert(`${line} !`) : line;
          }),
          `  ${count(summary.unchanged, 'exigence sans changement', 'exigences sans changement')}`,
        ]),
    ...names.flatMap((list) => section(diff, list, paint)),
  ].join('\n')}\n`;
}

function section(diff: RemDiff, list: ListName, paint: Painter): readonly string[] {
  const lines = linesOf(diff, list, paint);
  const shown = list === 'silentlyRemoved' ? lines : lines.slice(0, SHOWN);
  const rest = lines.length - shown.length;
  return [
    '',
    paint.title(LISTS[list].title),
    `  ${listMeaning(list, diff)}`,
    ...shown,
    ...(rest > 0 ? [`  … et ${count(rest, 'autre')} : --html FICHIER ou --json les montrent tous`] : []),
  ];
}

function linesOf(diff: RemDiff, list: ListName, paint: Painter): readonly string[] {
  switch (list) {
    case 'silentlyRemoved':
      return diff[list].map((entry) => lone('!', entry));
    case 'added':
      return diff[list].map((entry) => lone('+', entry));
    case 'obsoleted':
      return diff[list].map((entry) => lone('-', entry));
    case 'reworded':
      return diff[list].map((entry) => reworded(entry, paint));
    case 'typographyOnly':
      return diff[list].map(({ level, target }) => `  ${LEVELS[level]} ${plain(target)}`);
    case 'natureChanged':
      return diff[list].map(({ id, before, after }) => `  ${plain(id)} : ${before} → ${after}`);
    case 'proofsChanged':
      return diff[list].map(proof);
    case 'renumbered':
      return diff[list].map(
        (entry) =>
          `  ${plain(entry.before.join(', '))} → ${plain(entry.after.join(', '))} (${renumberingWords(entry)})`,
      );
    case 'moved':
      return diff[list].flatMap(({ id, fields, before, after }) =>
        fields.map((field) => `  ${plain(id)}, ${PLACES[field]} : ${quoted(before[field])} → ${quoted(after[field])}`),
      );
  }
}

function lone(sign: string, { id, nature, title, statement, slots }: LoneEntry): string {
  return `  ${sign} ${plain(id)} (${nature}, ${count(slots.length, 'preuve')}) ${cut(plain(title || statement))}`;
}

function reworded({ level, target, segments }: WordingEntry, paint: Painter): string {
  return `  ${LEVELS[level]} ${plain(target)} : ${segments.map((segment, index) => paint.words(segment, index, segments.length)).join('')}`;
}

function proof(entry: ProofEntry): string {
  const what = `  ${entry.level === 'scenario' ? 'scénario' : 'preuve'} ${plain(entry.target)}, ${entry.changes.map((change) => PROOF_CHANGES[change]).join(', ')}`;
  if (entry.before !== null && entry.after !== null) {
    return `${what} : ${plain(factsWords(entry.before))} → ${plain(factsWords(entry.after))}`;
  }
  return `${what} : ${cut(plain(entry.text))}`;
}

interface Painter {
  alert(text: string): string;
  title(text: string): string;
  words(segment: Segment, index: number, total: number): string;
}

function painter(colour: boolean): Painter {
  const style = (code: string, text: string): string => (colour ? `\u001B[${code}m${text}\u001B[0m` : text);
  return {
    alert: (text) => style('1;31', text),
    title: (text) => style('1', text),
    words: ({ kind, text }, index, total) => {
      const words = plain(text);
      if (kind === 'same') return around(words, index > 0, index < total - 1);
      if (colour) return style(kind === 'removed' ? '9;31' : '32', words);
      return kind === 'removed' ? `[-${words}-]` : `{+${words}+}`;
    },
  };
}

/** Only the neighbourhood of a change. */
function around(text: string, after: boolean, before: boolean): string {
  const kept = (after ? CONTEXT : 0) + (before ? CONTEXT : 0);
  if (text.length <= kept + 3) return text;
  return `${after ? text.slice(0, CONTEXT) : ''}…${before ? text.slice(-CONTEXT) : ''}`;
}

/** A workbook may hold anything: no control character reaches the terminal, and a text stays on its line. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '');
}

const quoted = (text: string | undefined): string => `« ${plain(text ?? '')} »`;

function cut(text: string): string {
  return text.length > TITLE ? `${text.slice(0, TITLE - 1).toWellFormed()}…` : text;
}
