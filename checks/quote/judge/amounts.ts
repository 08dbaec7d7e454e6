import { exactEuros, part, withVat, type Cents } from '#dsr/money/index.ts';
import { checkCeiling, type Scales } from '#dsr/scales/index.ts';
import type { Breach } from '../../rule/index.ts';
import { stateLines, stateTotals, type ReadLine } from '../lines.ts';
import type { Case, Judge, Judges } from './types.ts';

const FULL_RATE = 2000;

const empty: Judge = ({ lines, locate }) =>
  lines.length > 0 ? [] : [{ where: locate('/lines'), received: 'aucune ligne' }];

const stateLine: Judge = ({ lines, locate }) =>
  lines.length === 0 || stateLines(lines).length > 0
    ? []
    : [{ where: locate('/lines'), received: 'aucune ligne à la charge de l’État' }];

/** A line that is nothing, or less, whatever the client pays elsewhere. */
const realAmount: Judge = ({ lines, locate }) =>
  stateLines(lines).flatMap(({ line, path, stateHt }) => {
    if (stateHt === undefined || stateHt > 0) return [];
    return [
      { where: locate(`${path}/ht`), received: `« ${line.label} » : ${exactEuros(stateHt)} HT à la charge de l’État` },
    ];
  });

/** Number of sites that the ceiling depends on; of no weight where the scale has one band for all. */
function sitesOf({ document, scales }: Case, couloir: string, wave: string | undefined): number | undefined {
  const told = document.siteCount ?? document.sites?.length;
  if (told !== undefined) return told;
  const bands = scales.bands.filter((band) => band.couloir === couloir && band.wave === wave);
  return bands.length === 1 ? bands[0]?.sitesMin : undefined;
}

interface Compared {
  readonly where: string;
  readonly status: 'within' | 'above' | 'unknown';
  readonly received: string;
  readonly expected?: string;
}

function compare(subject: Case): readonly Compared[] {
  const { lines, locate, scales } = subject;
  return stateTotals(lines).map(({ dsr, ht, ttc, lines: own }): Compared => {
    const wave = dsr.wave ?? '1';
    const where = locate(own.length === 1 ? `${own[0]?.path}/ht` : '/lines');
    const sites = sitesOf(subject, dsr.couloir, wave);
    if (sites === undefined && isBanded(scales, dsr.couloir, wave)) {
      return {
        where: locate('/siteCount'),
        status: 'unknown',
        received: 'aucun nombre de sites : la tranche du barème n’est pas connue',
      };
    }
    const answer = checkCeiling(dsr.couloir, wave, sites ?? 1, { ht, ttc }, scales);
    const { status, band, message } = answer;
    const count = own.length > 1 ? ` (${own.length} lignes additionnées)` : '';
    return {
      where,
      status,
      received: `${dsr.couloir}, vague ${wave}${count} : ${message}`,
      ...(band === undefined
        ? {}
        : { expected: `${exactEuros(band.ceilingHt)} HT au plus (tranche ${band.band}, ${band.source})` }),
    };
  });
}

const isBanded = (scales: Scales, couloir: string, wave: string): boolean =>
  scales.bands.some((band) => band.couloir === couloir && band.wave === wave);

const compared =
  (status: Compared['status']): Judge =>
  (subject) =>
    compare(subject)
      .filter((one) => one.status === status)
      .map(({ where, received, expected }) => ({ where, received, ...(expected === undefined ? {} : { expected }) }));

const htMissing: Judge = ({ lines, locate }) =>
  lines
    .filter(({ line }) => line.ht === undefined)
    .map(({ line, path }) => ({
      where: locate(`${path}/ht`),
      received: `« ${line.label} » : ${line.ttc === undefined ? 'aucun montant' : `${exactEuros(line.ttc)} TTC seul`}`,
    }));

const ttcOfHt: Judge = ({ lines, locate, scales }) =>
  lines.flatMap(({ line, path, dsr }): readonly Breach[] => {
    const { ht, ttc, vatRate = FULL_RATE } = line;
    if (ht === undefined || ttc === undefined) return [];
    const exact = withVat(ht, vatRate).ttc;
    if (ttc === exact) return [];
    const printed = isPrintedCeiling(ttc, dsr, scales) ? ' : c’est le plafond TTC imprimé, arrondi à l’euro' : '';
    return [
      {
        where: locate(`${path}/ttc`),
        received: `${exactEuros(ttc)} TTC pour ${exactEuros(ht)} HT${printed}`,
        expected: `${exactEuros(exact)} TTC (${exactEuros(ht)} HT plus ${exactEuros(part(ht, vatRate))} de TVA)`,
      },
    ];
  });

const isPrintedCeiling = (ttc: Cents, dsr: ReadLine['dsr'], { bands }: Scales): boolean =>
  bands.some((band) => band.ceilingTtc === ttc && dsr.some(({ couloir }) => couloir === band.couloir));

const vatRate: Judge = ({ lines, locate }) =>
  stateLines(lines).flatMap(({ line, path }) => {
    const rate = line.vatRate ?? FULL_RATE;
    if (rate === FULL_RATE) return [];
    return [{ where: locate(`${path}/vatRate`), received: `${String(rate / 100).replace('.', ',')} %` }];
  });

export const AMOUNT_JUDGES: Judges = {
  'QUOTE-EMPTY': empty,
  'QUOTE-STATE-LINE': stateLine,
  'QUOTE-STATE-AMOUNT': realAmount,
  'QUOTE-REAL-AMOUNT': realAmount,
  'QUOTE-CEILING': compared('above'),
  'QUOTE-CEILING-KNOWN': compared('unknown'),
  'QUOTE-HT-REFERENCE': htMissing,
  'QUOTE-TTC': ttcOfHt,
  'QUOTE-VAT-RATE': vatRate,
};
