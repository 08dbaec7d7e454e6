import { cents, exactEuros, minus, type Amounts } from '../money/index.ts';
import { waveNumber } from '../official-data/index.ts';
import { loadScales } from './load.ts';
import type { BandAnswer, CeilingAnswer, Scales } from './types.ts';

/**
 * The band of the scale that an instance falls in.
 *
 * @param wave `1` or `va1`
 * @param siteCount geographic sites of the instance
 * @returns `unknown` with the reason for a couloir whose amounts were not found: no amount is ever guessed
 */
export function bandFor(couloir: string, wave: string, siteCount: number, scales: Scales = loadScales()): BandAnswer {
  const name = couloir.trim().toUpperCase();
  const number = waveNumber(wave);
  const bands = scales.bands.filter((one) => one.couloir === name && one.wave === number);
  const [first] = bands;
  if (first === undefined) return unknownScale(name, number, scales);
  const found = bands.find(({ sitesMin, sitesMax = Infinity }) => sitesMin <= siteCount && siteCount <= sitesMax);
  if (found !== undefined && Number.isInteger(siteCount)) return { status: 'known', band: found, data: found.data };
  return {
    status: 'no-band',
    reason: `Aucune tranche du couloir ${name}, vague ${number}, ne prend ${siteCount} site${Math.abs(siteCount) > 1 ? 's' : ''}.`,
    data: first.data,
  };
}

function unknownScale(couloir: string, wave: string, scales: Scales): BandAnswer {
  const told = scales.unknown.find((one) => one.couloir === couloir && (one.wave ?? wave) === wave);
  const data = told?.data ?? scales.versions[0];
  if (data === undefined) throw new Error('barème sans édition');
  return {
    status: 'unknown',
    reason: told?.note ?? `Aucun montant connu pour le couloir ${couloir}, vague ${wave}.`,
    data,
  };
}

/**
 * Compares the amount of an order with the ceiling of its band. The pre-tax amount alone decides, to the cent (ANS note
 * 1265): the printed all-in ceilings were rounded to the euro, and contradict it both ways.
 */
export function checkCeiling(
  couloir: string,
  wave: string,
  siteCount: number,
  amounts: Pick<Amounts, 'ht' | 'ttc'>,
  scales: Scales = loadScales(),
): CeilingAnswer {
  const answer = bandFor(couloir, wave, siteCount, scales);
  if (answer.status !== 'known') {
    return { status: 'unknown', excess: cents(0), message: answer.reason, data: answer.data };
  }
  const { band, data } = answer;
  const printed = band.ceilingTtc;
  const above = amounts.ht > band.ceilingHt;
  const aboveTtc = printed !== undefined && amounts.ttc > printed;
  const ceiling = `plafond ${exactEuros(band.ceilingHt)} HT de la tranche ${band.band}`;
  if (above) {
    const excess = minus(amounts.ht, band.ceilingHt);
    const trap = printed !== undefined && !aboveTtc;
    const message = `${exactEuros(amounts.ht)} HT dépasse de ${exactEuros(excess)} le ${ceiling}${
      trap
        ? ` ; le TTC (${exactEuros(amounts.ttc)}) tient sous les ${exactEuros(printed)} imprimés, arrondis, mais c'est le HT qui compte`
        : ''
    }.`;
    return { status: 'above', band, excess, ...(trap ? { trap: 'ttc-within-printed' } : {}), message, data };
  }
  const message = `${exactEuros(amounts.ht)} HT tient sous le ${ceiling}${
    aboveTtc
      ? ` ; le TTC (${exactEuros(amounts.ttc)}) dépasse les ${exactEuros(printed)} imprimés, arrondis : c'est le HT qui compte`
      : ''
  }.`;
  return {
    status: 'within',
    band,
    excess: cents(0),
    ...(aboveTtc ? { trap: 'ttc-above-printed' } : {}),
    message,
    data,
  };
}

/** Share of the advance of a couloir, in ten-thousandths: that of its band, else that of the scale. */
export function advanceRateFor(
  couloir: string,
  wave: string,
  siteCount: number,
  scales: Scales = loadScales(),
): number {
  const answer = bandFor(couloir, wave, siteCount, scales);
  return answer.status === 'known' ? answer.band.advanceRate : scales.advanceRate;
}
