import type { ProofKind } from '../rem/types.ts';
import { originOf } from './kinds.ts';
import { findMentions, loadWords, type Mention } from './mentions.ts';
import { anyOf, combine, readable, type Joint, type Sets } from './sets.ts';
import type { Token } from './tokens.ts';

/** Something asked for, alone or in parentheses, and the words since the last one. */
interface Demand {
  readonly lead: readonly string[];
  readonly kind: Mention['kind'] | 'group';
  readonly general: boolean;
  readonly sets: Sets;
}

type Role = 'asked' | 'part' | 'shown';

interface Level {
  readonly demands: Demand[];
  lead: string[];
  /** Inside "montrant …": what is named there is what the piece shows. */
  shown: boolean;
  /** "montrant : a ; b": a list that only a whole stop ends. */
  list: boolean;
  /** Something was named as shown: what is joined to it is shown as well. */
  shownNames: boolean;
  open: boolean;
  /** The last demand stood after a preposition: "fourniture d'une vidéo". */
  afterOf: boolean;
}

const EITHER: Sets = [['video'], ['screenshot']];
const DEEPEST = 6;
const JOINING: ReadonlySet<string> = new Set(['et', 'ou', ',', '/', 'avec']);

/**
 * What the words ask for: sets of kinds of which one is enough, none when nothing is named.
 *
 * What stands after "montrant", "présentant"… is what the piece shows, and what stands after "de" is its complement:
 * neither is asked for. An external body or tool always counts, wherever it is named.
 */
export function readDemands(tokens: readonly Token[]): Sets {
  const mentions = findMentions(tokens);
  const strict = read(tokens, mentions, 'asked');
  // "Échantillon de messages HL7": no known word asks for it, its complement says what it is.
  return readable(strict.length > 0 ? strict : read(tokens, mentions, 'part'));
}

/** External kinds named anywhere in the words, even as a topic. */
export function externalNames(tokens: readonly Token[]): readonly ProofKind[] {
  const kinds = findMentions(tokens).flatMap(({ kind }) => (kind === 'demonstration' ? [] : [kind]));
  return [...new Set(kinds.filter((kind) => originOf(kind) === 'external'))];
}

function read(tokens: readonly Token[], mentions: readonly Mention[], least: Role): Sets {
  const byStart = new Map(mentions.map((mention) => [mention.first, mention]));
  const levels: Level[] = [newLevel(false)];
  let index = 0;
  while (index < tokens.length) {
    const level = levels.at(-1) ?? newLevel(false);
    const word = tokens[index]?.text ?? '';
    const mention = byStart.get(index);
    if (mention !== undefined) {
      const role = roleOf(tokens, mention, level);
      if (role === 'shown') level.shownNames = true;
      if (role === 'asked' || (role === 'part' && least === 'part')) {
        addMention(level, mention);
        level.afterOf = loadWords().of.has(tokens[mention.first - wordsBack(tokens, mention)]?.text ?? '');
      } else level.lead.push('x');
      index = mention.last + 1;
      continue;
    }
    if (word === '(' && levels.length < DEEPEST) levels.push(newLevel(level.shown));
    else if (word === ')' && levels.length > 1) closeGroup(levels);
    else enterWord(level, word, tokens[index - 1]?.text ?? '', tokens[index + 1]?.text ?? '');
    index += 1;
  }
  while (levels.length > 1) closeGroup(levels);
  return combineLevel(levels[0] ?? newLevel(false));
}

function newLevel(shown: boolean): Level {
  return { demands: [], lead: [], shown, list: false, shownNames: false, open: false, afterOf: false };
}

function addMention(level: Level, mention: Mention): void {
  const sets: Sets = mention.kind === 'demonstration' ? EITHER : [[mention.kind]];
  level.demands.push({ lead: level.lead, kind: mention.kind, general: mention.tier === 'general', sets });
  level.lead = [];
}

function closeGroup(levels: Level[]): void {
  const inner = levels.pop();
  const outer = levels.at(-1);
  if (inner === undefined || outer === undefined || inner.demands.length === 0) return;
  const afterDemonstration = outer.demands.at(-1)?.kind === 'demonstration' && outer.lead.length === 0;
  const isChoice = afterDemonstration || inner.open;
  const sets = isChoice && listed(inner) ? anyOf(inner.demands.map((one) => one.sets)) : combineLevel(inner);
  outer.demands.push({ lead: outer.lead, kind: 'group', general: false, sets });
  outer.lead = [];
}

/** Forms given as examples: only commas between them. */
function listed(level: Level): boolean {
  return level.demands.slice(1).every(({ lead }) => lead.every((word) => [',', '/', 'etc'].includes(word)));
}

function enterWord(level: Level, word: string, before: string, after: string): void {
  const { shows } = loadWords();
  level.lead.push(word);
  if (word === 'etc') level.open = true;
  const stops = word === '.' || word === 'OU' || word === '§' || (word === ';' && !level.list);
  if (stops || word === 'soit') Object.assign(level, { shown: false, list: false, shownNames: false });
  else if (shows.has(word) && before !== 'ainsi') Object.assign(level, { shown: true, list: after === ':' });
}

/** How far before a mention its article ends. */
function wordsBack(tokens: readonly Token[], mention: Mention): number {
  const { determiners } = loadWords();
  let back = 1;
  for (; back < 6; back += 1) {
    const word = tokens[mention.first - back]?.text ?? '.';
    if (!determiners.has(word) && !/^\d+$/u.test(word)) break;
  }
  return back;
}

function roleOf(tokens: readonly Token[], mention: Mention, level: Level): Role {
  if (mention.kind !== 'demonstration' && mention.tier === 'named' && originOf(mention.kind) === 'external')
    return 'asked';
  const before = (distance: number): string => tokens[mention.first - distance]?.text ?? '.';
  const back = wordsBack(tokens, mention);

  const isPart = isComplement(before(back), before(back + 1), level.afterOf);
  if (level.shown) {
    const isJoined = JOINING.has(before(back)) || (/^qu?e?$/u.test(before(back)) && before(back + 1) === 'ainsi');
    return mention.tier === 'named' && isJoined && !level.shownNames && !isPart ? 'asked' : 'shown';
  }
  if (isPart) return 'part';
  return mention.tier === 'named' || isOpening(tokens, mention.first) ? 'asked' : 'part';
}

/**
 * "trace de l'envoi" but not "fourniture d'une trace". After a conjunction it goes on as the last demand did: "rapport du
 * fichier A et du fichier B", "fourniture d'une vidéo ou d'un journal"; "des" alone is then an article.
 */
function isComplement(preposition: string, carrier: string, afterOf: boolean): boolean {
  const { of, carriers } = loadWords();
  if (!of.has(preposition) || carriers.has(carrier)) return false;
  if (JOINING.has(carrier)) return preposition !== 'des' && !afterOf;
  return carrier === ')' || !isMark(carrier);
}

/** Whether a demand begins there: only articles and verbs such as "fournir" since the last mark or conjunction. */
function isOpening(tokens: readonly Token[], first: number): boolean {
  const { light } = loadWords();
  for (let index = first - 1; index >= 0; index -= 1) {
    const word = tokens[index]?.text ?? '';
    if (isMark(word)) return true;
    if (!light.has(word) && !/^\d+$/u.test(word)) return false;
  }
  return true;
}

function isMark(word: string): boolean {
  return /^[^a-z0-9]$/u.test(word) || ['et', 'ou', 'OU', 'soit', 'avec', 'etc', 'sinon', 'puis'].includes(word);
}

/** Leaves out what another demand says better, then joins the rest. */
function combineLevel(level: Level): Sets {
  const demands: Demand[] = [];
  for (const demand of level.demands) {
    const last = demands.at(-1);
    const formOfLast = last !== undefined && isFormOf(last, demand);
    if (formOfLast) demands[demands.length - 1] = { ...demand, lead: last.lead };
    else if (!isSaidAgain(demand, demands)) demands.push(demand);
  }
  const joints = demands.slice(1).map((demand, index) => jointOf(demand, demands.slice(0, index + 1)));
  // A comma joins as the conjunction that ends its list.
  const settled: Joint[] = [];
  for (let index = joints.length - 1; index >= 0; index -= 1) {
    const joint = joints[index];
    const next = settled[0];
    const waysToShow = areShown(demands[index], demands[index + 1]);
    const isChoice =
      (waysToShow && next !== 'and') ||
      next === 'or' ||
      next === 'or-shown' ||
      (next === undefined && level.open && listed(level));
    settled.unshift(joint ?? (isChoice ? 'or' : 'and'));
  }
  return combine(
    demands.map((one) => one.sets),
    settled.map((joint, index) =>
      joint === 'or' && areShown(demands[index], demands[index + 1]) ? 'or-shown' : joint,
    ),
  );
}

/** "Démonstration (vidéo…)", "Démonstration vidéo", "le document au format PDF": the second word says the form. */
function isFormOf(last: Demand, demand: Demand): boolean {
  if (last.kind === 'demonstration')
    return demand.lead.length === 0 && (demand.kind === 'group' || areShown(demand, demand));
  const isFormat = demand.kind === 'pdf' || demand.kind === 'cda-document' || demand.kind === 'csv-file';
  return last.general && isFormat && demand.lead.every((word) => /^[a-z0-9]/u.test(word) && !isMark(word));
}

/** "…, une documentation. La documentation décrit…": another sentence speaks of what was asked for. */
function isSaidAgain(demand: Demand, before: readonly Demand[]): boolean {
  const { lead } = demand;
  const isDefinite = ['la', 'le', 'les', 'l'].includes(lead.at(-1) ?? '') && lead.at(-2) === '.';
  return isDefinite && before.some((one) => one.kind === demand.kind);
}

function areShown(left: Demand | undefined, right: Demand | undefined): boolean {
  return [left, right].every((one) => one !== undefined && ['video', 'screenshot', 'demonstration'].includes(one.kind));
}

/** How a demand is joined to the one before it; undefined after a mere comma. */
function jointOf(demand: Demand, before: readonly Demand[]): Joint | undefined {
  const { lead } = demand;
  if (lead.includes('§')) return before.some((one) => one.lead.includes('§')) ? 'or-case' : 'and-cases';
  const { light } = loadWords();
  let from = lead.length;
  while (
    from > 0 &&
    (light.has(lead[from - 1] ?? '') || isLink(lead[from - 1] ?? '') || /^\d+$/u.test(lead[from - 1] ?? ''))
  )
    from -= 1;
  const link = lead.slice(from);
  const has = (word: string): boolean => link.includes(word);
  const whole = lead.includes('.') || lead.includes(';');
  if (has('OU') || has('soit') || has('defaut') || has('sinon')) {
    return has('soit') && has('et') && !has('ou') ? 'and-either' : 'or-whole';
  }
  if (has('ou')) return has('.') ? 'or-whole' : 'or';
  if (has('/') && link.length === 1) return 'or';
  if (whole || has('ainsi') || (has(',') && has('et'))) return 'and-whole';
  return has(',') && !has('et') && !has('avec') ? undefined : 'and';
}

function isLink(word: string): boolean {
  return isMark(word) || ['defaut', 'ainsi', 'que', 'qu'].includes(word);
}
