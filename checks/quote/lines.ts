import { cents, minus, sum, type Cents } from '#dsr/money/index.ts';
import { couloirsIn, printedCouloirs, readDsr, type DsrName } from './dsr.ts';
import type { LineCategory, Payer, QuoteDocument, QuoteLine } from './types.ts';
import { CATEGORIES, categoriesIn, saysSegur, saysState, type Nature } from './vocabulary.ts';
import { quotedWords } from './words.ts';

/** A line with what follows from it. */
export interface ReadLine {
  readonly line: QuoteLine;
  /** `/lines/3`. */
  readonly path: string;
  /** As told, else by the wording of the State line; absent: nobody said. */
  readonly payer: Payer | undefined;
  readonly dsr: readonly DsrName[];
  /** Couloirs that its label names beside those, without saying whether the line sells them. */
  readonly dsrUnclear: readonly string[];
  /** Whether it is told to be of the Ségur service: the State pays it, it has a DSR, or its label says so. */
  readonly segur: boolean;
  /** What it sells, by its category and by its words. */
  readonly natures: readonly { readonly category: LineCategory; readonly nature: Nature; readonly seen: string }[];
  /** Pre-tax part that the State bears. */
  readonly stateHt: Cents | undefined;
  /** What the client bears: pre-tax, else all-in. */
  readonly clientPart: Cents;
}

const ZERO = cents(0);

export function readLines(document: QuoteDocument): readonly ReadLine[] {
  return (document.lines ?? []).map((line, index) => readLine(line, `/lines/${index}`, document));
}

function readLine(line: QuoteLine, path: string, document: QuoteDocument): ReadLine {
  const payer = line.payer ?? (saysState(line.label) ? 'state' : undefined);
  const own = line.dsr ?? [];
  const residual = line.residualHt ?? ZERO;
  return {
    line,
    path,
    payer,
    ...dsrOf(line, own, document),
    segur: payer === 'state' || payer === 'shared' || own.length > 0 || saysSegur(line.label),
    natures: naturesOf(line),
    stateHt: stateHtOf(line.ht, payer, residual),
    clientPart: payer === 'client' ? (line.ht ?? line.ttc ?? ZERO) : residual,
  };
}

function stateHtOf(ht: Cents | undefined, payer: Payer | undefined, residual: Cents): Cents | undefined {
  if (payer !== 'state' && payer !== 'shared') return undefined;
  return ht === undefined ? undefined : minus(ht, residual);
}

function dsrOf(
  line: QuoteLine,
  own: readonly string[],
  { couloir, wave }: QuoteDocument,
): Pick<ReadLine, 'dsr' | 'dsrUnclear'> {
  const printed = printedCouloirs(line.label);
  // What is printed counts: two DSR in the label are two, whatever the column says.
  const told = own.length > 0 ? own : couloir === undefined ? namedFirst(line.label, printed.sold) : [couloir];
  const names = printed.sold.length > 1 ? printed.sold : told;
  const read = names.map((name) => {
    const dsr = readDsr(name);
    return { couloir: dsr.couloir, wave: dsr.wave ?? wave ?? '1' };
  });
  const dsr = read.filter((one, index) => read.findIndex((other) => other.couloir === one.couloir) === index);
  const known = new Set(dsr.map((one) => one.couloir));
  return { dsr, dsrUnclear: [...printed.sold, ...printed.unclear].filter((one) => !known.has(one)) };
}

/** What the label sells, else what it names at all: an interface alone is that of its couloir. */
function namedFirst(label: string, [first]: readonly string[]): readonly string[] {
  return first === undefined ? couloirsIn(label) : [first];
}

function naturesOf({ category, label }: QuoteLine): ReadLine['natures'] {
  const words = categoriesIn(label)
    .filter((found) => found.category !== category)
    .map(({ category, nature, words }) => ({ category, nature, seen: `${quotedWords(words)} dans le libellé` }));
  if (category === undefined) return words;
  const { nature, title } = CATEGORIES[category];
  return [{ category, nature, seen: `nature « ${title} »` }, ...words];
}

/** Lines that the State bears, whole or in part. */
export function stateLines(lines: readonly ReadLine[]): readonly ReadLine[] {
  return lines.filter(({ payer }) => payer === 'state' || payer === 'shared');
}

/** What the State bears by DSR: the pre-tax amounts of its lines that name it alone, added up. */
export function stateTotals(
  lines: readonly ReadLine[],
): readonly { readonly dsr: DsrName; readonly ht: Cents; readonly ttc: Cents; readonly lines: readonly ReadLine[] }[] {
  const single = stateLines(lines).filter(({ dsr, stateHt }) => dsr.length === 1 && stateHt !== undefined);
  const byDsr = Map.groupBy(single, ({ dsr }) => dsr.map(({ couloir, wave }) => `${couloir} ${wave}`).join());
  return [...byDsr.values()].map((own) => ({
    dsr: own[0]!.dsr[0]!,
    ht: sum(own.map(({ stateHt }) => stateHt ?? ZERO)),
    ttc: sum(own.map(({ line }) => line.ttc ?? ZERO)),
    lines: own,
  }));
}
