import type { RemMessage } from '#dsr/rem/index.ts';
import type { CliContext } from './context.ts';
import type { LoadedRem } from './load-rem.ts';
import { oneLine } from './table.ts';

/** A requirement or a proof whose rows contradict each other: what is compared may not be what the list says. */
const CONTRADICTIONS: ReadonlySet<string> = new Set(['J03', 'J07']);
/** Told one by one on the terminal; `rem import` has them all. */
const SHOWN = 5;
/** Given whole in the JSON document: a hostile workbook has one error on each of its rows. */
const GIVEN = 200;
const LONGEST = 160;

/** What the reader said of a workbook, as a JSON document gives it. */
export interface ReadingMessages {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Errors, and rows that contradict each other, at most 200. */
  readonly list: readonly RemMessage[];
}

export function readingMessages(messages: readonly RemMessage[]): ReadingMessages {
  const count = (severity: RemMessage['severity']): number =>
    messages.filter((message) => message.severity === severity).length;
  const list = messages
    .filter(({ severity, code }) => severity === 'error' || CONTRADICTIONS.has(code))
    .toSorted((left, right) => Number(left.severity !== 'error') - Number(right.severity !== 'error'))
    .slice(0, GIVEN);
  return { errors: count('error'), warnings: count('warning'), infos: count('info'), list };
}

/** Says beside the result that a workbook was not read without remarks, and names what contradicts itself in it. */
export function warnOfReading(context: Pick<CliContext, 'err'>, { rem, messages }: LoadedRem): void {
  const { errors, warnings } = readingMessages(messages);
  if (errors + warnings === 0) return;
  const contradictions = messages.filter(({ code }) => CONTRADICTIONS.has(code));
  const rest = contradictions.length - SHOWN;
  const lines = [
    `${errors} erreur(s), ${warnings} avertissement(s) à la lecture de « ${oneLine(rem.source)} » : npm run jalon -- rem import les détaille`,
    ...contradictions.slice(0, SHOWN).map(({ code, row, message }) => {
      const line = oneLine(message);
      return `  ${code} ligne ${row} : ${line.length > LONGEST ? `${line.slice(0, LONGEST - 1).toWellFormed()}…` : line}`;
    }),
    ...(rest > 0 ? [`  … et ${rest} autre(s)`] : []),
  ];
  context.err(`${lines.join('\n')}\n`);
}
