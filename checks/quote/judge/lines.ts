import { exactEuros } from '#dsr/money/index.ts';
import type { Breach } from '../../rule/index.ts';
import { couloirsIn } from '../dsr.ts';
import { stateLines, type ReadLine } from '../lines.ts';
import { PAYERS, saysState } from '../vocabulary.ts';
import type { Case, Judge, Judges } from './types.ts';

const quoted = (text: string): string => `« ${text} »`;

/** A breach by line that has one; the place is a field of the line. */
function perLine(
  field: 'label' | 'category' | 'dsr' | 'ht' | 'payer' | 'residualHt',
  see: (line: ReadLine, subject: Case) => Omit<Breach, 'where'> | undefined,
  of: (lines: readonly ReadLine[]) => readonly ReadLine[] = (lines) => lines,
): Judge {
  return (subject) =>
    of(subject.lines).flatMap((read) => {
      const breach = see(read, subject);
      return breach === undefined ? [] : [{ where: subject.locate(`${read.path}/${field}`), ...breach }];
    });
}

/** What shows that a line is of a nature, all of it; undefined when it is not. */
function seenOf({ natures }: ReadLine, nature: ReadLine['natures'][number]['nature']): string | undefined {
  const found = natures.filter((one) => one.nature === nature);
  return found.length === 0 ? undefined : found.map(({ seen }) => seen).join(', ');
}

/** Whether a line that the client pays is of the Ségur service, by its category, or by its words when it is told so. */
function ofService({ line, segur, natures }: ReadLine): 'yes' | 'unclear' | 'no' {
  if (natures.some(({ category, nature }) => category === line.category && nature === 'service')) return 'yes';
  const service = natures.some(({ nature }) => nature === 'service');
  const elsewhere = natures.some(({ nature }) => nature !== 'service');
  if (elsewhere) return segur && service && line.category === 'autre' ? 'unclear' : 'no';
  // A couloir named by the label is that of the service, when the words are those of the service too.
  if (segur || (service && couloirsIn(line.label).length > 0)) return 'yes';
  return service ? 'unclear' : 'no';
}

const bears = ({ line, clientPart }: ReadLine): string =>
  `${quoted(line.label)} : ${exactEuros(clientPart)} à la charge du client`;

const residualCharge: Judge = ({ lines, locate }) =>
  lines
    .filter((read) => read.clientPart !== 0)
    .flatMap((read) => {
      const received = bears(read);
      if (read.payer !== 'client') return [{ where: locate(`${read.path}/residualHt`), received }];
      return ofService(read) === 'yes' ? [{ where: locate(`${read.path}/payer`), received }] : [];
    });

const serviceUnclear = perLine('label', (read) =>
  read.payer === 'client' && read.clientPart !== 0 && ofService(read) === 'unclear'
    ? { received: bears(read) }
    : undefined,
);

const statesApart = perLine('payer', (read) => {
  const { line, payer } = read;
  if (payer === 'shared') return { received: `${quoted(line.label)} : ${PAYERS.shared.title.toLowerCase()}` };
  const other = payer === 'state' ? seenOf(read, 'other') : undefined;
  return other === undefined ? undefined : { received: `${quoted(line.label)} à la charge de l’État : ${other}` };
});

const oneDsr = perLine(
  'dsr',
  ({ line, dsr }) => {
    if (dsr.length === 1) return undefined;
    const names = dsr.map(({ couloir }) => couloir).join(' et ');
    return { received: `${quoted(line.label)} : ${names || 'aucun DSR'}` };
  },
  stateLines,
);

const dsrClear = perLine(
  'label',
  ({ line, dsr, dsrUnclear }) =>
    dsrUnclear.length === 0
      ? undefined
      : {
          received: `${quoted(line.label)} : ${dsr.map(({ couloir }) => couloir).join(' et ') || 'aucun DSR'}, et peut-être ${dsrUnclear.join(' et ')}`,
        },
  stateLines,
);

const payerKnown = perLine('payer', ({ line, payer }) =>
  payer === undefined ? { received: `${quoted(line.label)} : rien` } : undefined,
);

const stateWording: Judge = ({ lines, locate }) => {
  const borne = stateLines(lines);
  if (borne.length === 0) return [];
  // One line by DSR says it: the other lines of that DSR only detail it.
  const said = new Set(
    borne.filter(({ line }) => saysState(line.label)).flatMap(({ dsr }) => dsr.map(({ couloir }) => couloir)),
  );
  return borne
    .filter(
      ({ line, dsr }) => !saysState(line.label) && !(dsr.length > 0 && dsr.every(({ couloir }) => said.has(couloir))),
    )
    .map(({ line, path }) => ({ where: locate(`${path}/label`), received: quoted(line.label) }));
};

const notFundable = perLine(
  'category',
  (read) => {
    const found = seenOf(read, 'not-fundable');
    return found === undefined
      ? undefined
      : { received: `${quoted(read.line.label)} à la charge de l’État : ${found}` };
  },
  stateLines,
);

const catchUpApart = perLine('category', (read) => {
  const found = seenOf(read, 'catch-up');
  // On a line of its own that the client pays, with no DSR, it is where it belongs.
  const apart = read.payer === 'client' && (read.line.dsr ?? []).length === 0 && !seenOf(read, 'service');
  return found && read.segur && !apart ? { received: `${quoted(read.line.label)} : ${found}` } : undefined;
});

const catchUpObsolete = perLine('category', (read, { document }) => {
  const found = read.payer === 'client' ? seenOf(read, 'catch-up') : undefined;
  if (found === undefined || document.obsoleteVersionDeclared === true) return undefined;
  const told =
    document.obsoleteVersionDeclared === undefined ? 'rien n’est dit de la version' : 'version non déclarée obsolète';
  return { received: `${quoted(read.line.label)} : ${told}` };
});

export const LINE_JUDGES: Judges = {
  'QUOTE-RESIDUAL-CHARGE': residualCharge,
  'QUOTE-SERVICE-UNCLEAR': serviceUnclear,
  'QUOTE-STATE-LINES-APART': statesApart,
  'QUOTE-PAYER-KNOWN': payerKnown,
  'QUOTE-ONE-DSR': oneDsr,
  'QUOTE-DSR-CLEAR': dsrClear,
  'QUOTE-STATE-WORDING': stateWording,
  'QUOTE-NOT-FUNDABLE': notFundable,
  'QUOTE-CATCH-UP-APART': catchUpApart,
  'QUOTE-CATCH-UP-OBSOLETE': catchUpObsolete,
};
