import { fold, type Span } from './tokens.ts';

/** A condition and where it stands. */
export interface Condition extends Span {
  /** As the wording writes it, shortened to the clause. */
  readonly words: string;
}

const LONGEST = 160;

/** Things that a condition on the product speaks of; "si le patient…" tells what a scenario shows, not when a piece is due. */
const SUBJECTS =
  '(?:systeme|logiciel|solution|produit|application|editeur|industriel|module|connecteur|fournisseur|entreprise|referentiel|hebergeur|mode|dispositif)';
const ARTICLE = "(?:le |la |les |l ?['’] ?|un |une |votre |vos |ce |cette |aucune? )";

/** What may begin a condition once a sentence, a parenthesis or an item of a list begins. */
const CLAUSE = new RegExp(
  [
    'si besoin',
    'si (?:necessaire|applicable|concerne|disponible|possible)',
    '(?:uniquement|seulement) (?:si|lorsque?|pour|en|dans)\\b',
    `si ${ARTICLE}${SUBJECTS}`,
    `lorsqu(?:e |['’] ?)${ARTICLE}?${SUBJECTS}`,
    `pour (?:les |le |la |l['’])(?:seuls? )?${SUBJECTS}s?\\b`,
    "pour le cas (?:d |d['’]|ou|où|de la|des)",
    "dans le cas (?:où|ou|d['’]un)",
    'sous reserve',
  ].join('|'),
  'uy',
);
/** Words that begin a condition only at the very start: further on they tell what a scenario shows. */
const FIRST = /(?:si|lorsqu[e'’]|en cas d[e'’])(?=[\s\p{L}])/uy;
const CASE = /cas (?:n ?° ?)?\d{1,2} ?(?::|[-–—] )/gu;
const BRACKET = /\[ ?(?=si\b)[^\]\n]{0,300}\]/gu;
const IF_NEED_BE = /(?<![a-z])le cas echeant(?![a-z])/gu;
const ONLY_IF = /(?<![a-z])(?:uniquement|seulement) (?:si|lorsque?)(?![a-z])/gu;
const STARTS = /[.;\n[(•*,:]/u;

/**
 * Cases and conditions that the wording states, in their order: "Cas 1 : …", "[Si …]", "Le cas échéant, …", "Pour les
 * logiciels …". A condition on a part of the demand ("le produit et le connecteur (le cas échéant)") is none.
 *
 * @param text bounded wording
 * @param naming places where a piece is named, in order: a clause without a mark at its end stops before the next one
 */
export function findConditions(text: string, naming: readonly number[]): readonly Condition[] {
  // Non-breaking and other spaces count as one space, without moving anything.
  const folded = fold(text).replace(/[^\S\n\r]/gu, ' ');
  const found = [...casesOf(text, folded, naming), ...bracketsOf(text, folded), ...clausesOf(text, folded, naming)];
  found.sort((left, right) => left.start - right.start || right.end - left.end);
  let next = 0;
  return found.filter(({ start, end }) => {
    if (start < next) return false;
    next = end;
    return true;
  });
}

/** All conditions of a wording on one line, bounded. */
export function conditionWords(conditions: readonly Condition[]): string | undefined {
  const words = [...new Set(conditions.map((one) => one.words))];
  return words.length === 0 ? undefined : shorten(words.join(' / '), 2 * LONGEST);
}

function casesOf(text: string, folded: string, naming: readonly number[]): readonly Condition[] {
  const matches = Array.from(folded.matchAll(CASE)).filter((match) => beginsWord(text, match.index));
  return matches.map((match, index) => {
    const after = match.index + match[0].length;
    const label = text.slice(match.index, after).replace(/\s*[:–—-]\s*$/u, '');
    // "Cas 1 : le produit traite des données : attestation": what stands between two colons is the case itself.
    const stop = Math.min(endOfClause(folded, after, ':.;[\n'), matches[index + 1]?.index ?? text.length);
    const isClause = folded.charAt(stop) === ':' && !naming.some((place) => place >= after && place < stop);
    const words = isClause ? `${label} : ${tidy(text.slice(after, stop))}` : label;
    return { start: match.index, end: isClause ? stop + 1 : after, role: 'case', words: shorten(words, LONGEST) };
  });
}

/** Also where a cell lost its line break: "personnelCAS 2", "OUCAS 2". */
function beginsWord(text: string, place: number): boolean {
  const before = text.slice(Math.max(0, place - 2), place);
  return !/[\p{L}\p{N}]$/u.test(before) || (text.charAt(place) === 'C' && (/\p{Ll}$/u.test(before) || before === 'OU'));
}

function bracketsOf(text: string, folded: string): readonly Condition[] {
  return Array.from(folded.matchAll(BRACKET), (match) => {
    const end = match.index + match[0].length;
    return {
      start: match.index,
      end,
      role: 'case',
      words: shorten(tidy(text.slice(match.index + 1, end - 1)), LONGEST),
    };
  });
}

function clausesOf(text: string, folded: string, naming: readonly number[]): readonly Condition[] {
  const found: Condition[] = [];
  const add = (start: number): void => {
    const redirects = /veuillez|deposer la preuve/u.test(folded.slice(start, endOfClause(folded, start, '.\n')));
    // A sentence that sends to another slot is kept whole: half of it would say the contrary.
    const mark = endOfClause(folded, start, redirects ? '.\n' : '.;:,)]\n');
    const naming1 = naming.find((place) => place > start && place < mark);
    const open = mark === folded.length || '.;)]\n'.includes(folded.charAt(mark));
    const end = !redirects && open && naming1 !== undefined ? naming1 : mark;
    found.push({ start, end, role: 'clause', words: shorten(tidy(text.slice(start, end)), LONGEST) });
  };
  for (const start of clauseStarts(folded)) {
    CLAUSE.lastIndex = start;
    FIRST.lastIndex = start;
    if (CLAUSE.test(folded) || (folded.slice(0, start).trim() === '' && FIRST.test(folded))) add(start);
  }
  for (const match of folded.matchAll(ONLY_IF)) add(match.index);
  for (const match of folded.matchAll(IF_NEED_BE)) {
    if (isOnTheWhole(folded, match.index)) {
      const end = match.index + match[0].length;
      found.push({ start: match.index, end, role: 'clause', words: text.slice(match.index, end) });
    }
  }
  return found;
}

/** "A et B (le cas échéant)" speaks of B alone: the slot stays due for A. */
function isOnTheWhole(folded: string, place: number): boolean {
  const before = folded.slice(Math.max(0, place - 200), place);
  const clause = before.slice(Math.max(before.lastIndexOf('.'), before.lastIndexOf('\n')) + 1);
  return !/ et [^,.;:]*[,(]? ?$/u.test(clause);
}

function clauseStarts(folded: string): readonly number[] {
  const starts: number[] = [];
  let fresh = true;
  for (let at = 0; at < folded.length; at += 1) {
    const letter = folded.charAt(at);
    if (STARTS.test(letter)) fresh = true;
    else if (fresh && letter !== ' ') {
      starts.push(at);
      fresh = false;
    }
  }
  return starts;
}

/** Place of the first of `marks` from `start` on; a dot counts only where a sentence ends. */
function endOfClause(folded: string, start: number, marks: string): number {
  for (let at = start; at < folded.length; at += 1) {
    const letter = folded.charAt(at);
    if (!marks.includes(letter)) continue;
    if (letter === '.' && /\S/u.test(folded.charAt(at + 1))) continue;
    return at;
  }
  return folded.length;
}

function tidy(words: string): string {
  return words.replace(/\s+/gu, ' ').trim();
}

function shorten(words: string, most: number): string {
  if (words.length <= most) return words;
  const cut = words.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).trim()}…`;
}
