import type { LoneEntry, ProofEntry, RemDiff, Segment, WordingEntry } from '#dsr/rem-diff/index.ts';
import {
  factsWords,
  isAlarming,
  LEVELS,
  LISTS,
  listWords,
  loneText,
  notComparedSentence,
  PLACES,
  PROOF_CHANGES,
  renumberingWords,
  sideName,
} from '#reports/rem-diff/index.ts';
import { count } from '#reports/words/index.ts';
import { styledLines, type Styled } from './rem-diff-lines.ts';

/** A list longer than this is better read in the page; what vanished in silence is always said whole. */
const SHOWN = 40;
/** Unchanged words kept on each side of a change. */
const CONTEXT = 60;
const TITLE = 100;
/** Longest stretch of changed words shown; the page and the JSON document have it whole. */
const CHANGED = 200;
/** Changes of one text shown. */
const SEGMENTS = 24;

const INDENT = 2;
const ALERT = '1;31';
const HEADING = '1';
const REMOVED = '9;31';
const ADDED = '32';

type ListName = keyof typeof LISTS;

/** One paragraph of the text: it is cut into lines at the end. */
interface Paragraph {
  readonly pieces: readonly Styled[];
  /** Spaces before its second line and the next ones. */
  readonly indent: number;
}

/**
 * The comparison as terminal text, in French: numbers first, then what matters most. No line is longer than the width.
 *
 * @param colour true on a terminal; otherwise words are marked `[-removed-]{+added+}`
 * @param width characters of a line
 */
export function remDiffText(diff: RemDiff, colour: boolean, width: number): string {
  const { from, to, summary } = diff;
  const names = (Object.keys(LISTS) as ListName[]).filter((list) => diff[list].length > 0);
  const paragraphs: readonly Paragraph[] = [
    said(`De  ${plain(sideName(from))} (${count(from.requirements, 'exigence')}, ${count(from.slots, 'preuve')})`),
    said(`À   ${plain(sideName(to))} (${count(to.requirements, 'exigence')}, ${count(to.slots, 'preuve')})`),
    ...(diff.notCompared.length > 0 ? [said(notComparedSentence(diff.notCompared))] : []),
    said(''),
    ...(diff.identical
      ? [said(`Rien ne change : ${count(summary.unchanged, 'exigence identique', 'exigences identiques')}.`)]
      : [
          ...names.map((list) => {
            const { one, many } = listWords(list, diff);
            const line = `  ${count(diff[list].length, one, many)}`;
            return isAlarming(list, diff) ? said(`${line} !`, ALERT) : said(line);
          }),
          said(`  ${count(summary.unchanged, 'exigence sans changement', 'exigences sans changement')}`),
        ]),
    ...names.flatMap((list) => section(diff, list, colour)),
  ];
  const lines = paragraphs.flatMap(({ pieces, indent }) => styledLines(pieces, { width, indent, colour }));
  return `${lines.join('\n')}\n`;
}

function section(diff: RemDiff, list: ListName, colour: boolean): readonly Paragraph[] {
  const entries = entriesOf(diff, list, colour);
  const alarming = isAlarming(list, diff);
  const shown = alarming ? entries : entries.slice(0, SHOWN);
  const rest = entries.length - shown.length;
  const { title, meaning } = listWords(list, diff);
  return [
    said(''),
    said(title, alarming ? ALERT : HEADING),
    { ...said(`  ${meaning}`), indent: INDENT },
    ...shown.map((entry) => entry()),
    ...(rest > 0 ? [said(`  … et ${count(rest, 'autre')} : --html FICHIER ou --json les montrent tous`)] : []),
  ];
}

/** Entries of a list, each laid out only when it is shown. */
function entriesOf(diff: RemDiff, list: ListName, colour: boolean): readonly (() => Paragraph)[] {
  switch (list) {
    case 'silentlyRemoved':
      return diff[list].map((entry) => () => said(lone(isAlarming(list, diff) ? '!' : '-', entry)));
    case 'added':
      return diff[list].map((entry) => () => said(`${lone('+', entry)}${related(entry.relatedTo)}`));
    case 'obsoleted':
      return diff[list].map((entry) => () => said(lone('-', entry)));
    case 'reworded':
      return diff[list].map((entry) => () => reworded(entry, colour));
    case 'typographyOnly':
      return diff[list].map(
        ({ level, target }) =>
          () =>
            said(`  ${LEVELS[level]} ${plain(target)}`),
      );
    case 'natureChanged':
      return diff[list].map(
        ({ id, before, after }) =>
          () =>
            said(`  ${plain(id)} : ${before} → ${after}`),
      );
    case 'proofsChanged':
      return diff[list].map((entry) => () => said(proof(entry)));
    case 'renumbered':
      return diff[list].map(
        (entry) => () =>
          said(`  ${plain(entry.before.join(', '))} → ${plain(entry.after.join(', '))} (${renumberingWords(entry)})`),
      );
    case 'moved':
      return diff[list].flatMap(({ id, fields, before, after }) =>
        fields.map(
          (field) => () =>
            said(`  ${plain(id)}, ${PLACES[field]} : ${quoted(before[field])} → ${quoted(after[field])}`),
        ),
      );
  }
}

function said(text: string, style?: string): Paragraph {
  return { pieces: [{ text, style }], indent: 2 * INDENT };
}

function lone(sign: string, entry: LoneEntry): string {
  const { id, nature, slots } = entry;
  return `  ${sign} ${plain(id)} (${nature}, ${count(slots.length, 'preuve')}) ${cut(plain(loneText(entry)), TITLE)}`;
}

function related(ids: readonly string[]): string {
  return ids.length === 0 ? '' : ` (à rapprocher de ${cut(plain(ids.join(', ')), TITLE)})`;
}

function reworded({ level, target, segments }: WordingEntry, colour: boolean): Paragraph {
  const shown = segments.slice(0, SEGMENTS);
  const pieces = [
    { text: `  ${LEVELS[level]} ${plain(target)} : ` },
    ...shown.map((segment, index) => words(segment, index, segments.length, colour)),
    ...(segments.length > shown.length ? [{ text: ' […]' }] : []),
  ];
  return { pieces, indent: 2 * INDENT };
}

function words({ kind, text }: Segment, index: number, total: number, colour: boolean): Styled {
  if (kind === 'same') return { text: around(plain(text), index > 0, index < total - 1) };
  const shown = cut(plain(text), CHANGED);
  if (colour) return { text: shown, style: kind === 'removed' ? REMOVED : ADDED };
  return { text: kind === 'removed' ? `[-${shown}-]` : `{+${shown}+}` };
}

function proof(entry: ProofEntry): string {
  const what = `  ${entry.level === 'scenario' ? 'scénario' : 'preuve'} ${plain(entry.target)}, ${entry.changes.map((change) => PROOF_CHANGES[change]).join(', ')}`;
  if (entry.before !== null && entry.after !== null) {
    return `${what} : ${plain(factsWords(entry.before))} → ${plain(factsWords(entry.after))}`;
  }
  return `${what} : ${cut(plain(entry.text), TITLE)}`;
}

/** Only the neighbourhood of a change. */
function around(text: string, after: boolean, before: boolean): string {
  const kept = (after ? CONTEXT : 0) + (before ? CONTEXT : 0);
  if (text.length <= kept + 3) return text;
  return `${after ? text.slice(0, CONTEXT) : ''}…${before ? text.slice(-CONTEXT) : ''}`.toWellFormed();
}

/** A workbook may hold anything: no control character reaches the terminal, and a text stays on its line. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '');
}

const quoted = (text: string | undefined): string => `« ${cut(plain(text ?? ''), CHANGED)} »`;

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1).toWellFormed()}…` : text;
}
