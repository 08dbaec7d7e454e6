import { readEuros, type Cents } from '../money/index.ts';
import {
  readDataFile,
  shippedFigures,
  shippedJson,
  type DataProblem,
  type DataReading,
  type DataVersion,
} from '../official-data/index.ts';
import type { Band, Scales, UnknownScale } from './types.ts';

const ADVANCE_RATE = 3000;
const VAT_RATE = 2000;

type BandEntry = Omit<Band, 'ceilingHt' | 'ceilingTtc' | 'advanceRate' | 'confidence' | 'data'> & {
  readonly ceilingHt: string;
  readonly ceilingTtc?: string;
  readonly advanceRate?: number;
  readonly confidence?: Band['confidence'];
};

interface ScalesFile {
  readonly version: string;
  readonly source: string;
  readonly advanceRate?: number;
  readonly vatRate?: number;
  readonly bands: readonly BandEntry[];
  readonly unknown?: readonly {
    readonly couloirs: readonly string[];
    readonly wave?: string;
    readonly note: string;
    readonly source: string;
  }[];
}

/** The JSON Schema of such a file, as published in this folder. */
const scalesSchema = shippedJson(import.meta.url, 'scales.schema.json');

/** The scale shipped with Jalon. */
export const loadScales = shippedFigures(import.meta.url, 'scales.json', (text) => readScalesFile(text));

/**
 * Reads a scale file (`scales.schema.json`).
 *
 * @param text the file
 * @param file its path, named in every answer that follows from it
 * @returns the scale that it alone makes, to be put over another by {@link withScales}; or everything wrong in it
 */
export function readScalesFile(text: string, file?: string): DataReading<Scales> {
  const reading = readDataFile<ScalesFile>(text, scalesSchema());
  if (!reading.ok) return reading;
  const { version, source, advanceRate = ADVANCE_RATE, vatRate = VAT_RATE, bands, unknown = [] } = reading.value;
  const problems = overlaps(bands);
  if (problems.length > 0) return { ok: false, problems };
  const data: DataVersion = { version, source, ...(file === undefined ? {} : { file }) };
  return {
    ok: true,
    value: {
      versions: [data],
      advanceRate,
      vatRate,
      bands: bands.map((entry) => toBand(entry, advanceRate, data)),
      unknown: unknown.flatMap(({ couloirs, ...rest }) =>
        couloirs.map((couloir): UnknownScale => ({ ...rest, couloir, data })),
      ),
    },
  };
}

/** A scale over another: a couloir and wave of which the newer one says something is taken from it alone. */
export function withScales(base: Scales, newer: Scales): Scales {
  const told = new Set(newer.bands.map(({ couloir, wave }) => `${couloir} ${wave}`));
  return {
    versions: [...newer.versions, ...base.versions],
    advanceRate: newer.advanceRate,
    vatRate: newer.vatRate,
    bands: [...newer.bands, ...base.bands.filter(({ couloir, wave }) => !told.has(`${couloir} ${wave}`))],
    unknown: [...newer.unknown, ...base.unknown],
  };
}

function toBand(entry: BandEntry, advanceRate: number, data: DataVersion): Band {
  const { ceilingHt, ceilingTtc, confidence = 'seen', ...rest } = entry;
  return {
    advanceRate,
    ...rest,
    ceilingHt: amountOf(ceilingHt),
    ...(ceilingTtc === undefined ? {} : { ceilingTtc: amountOf(ceilingTtc) }),
    confidence,
    data,
  };
}

function amountOf(text: string): Cents {
  const amount = readEuros(text);
  if (amount === undefined) throw new Error(`montant illisible après le schéma : ${text}`);
  return amount;
}

/** Two bands that would take the same number of sites, or one that takes none. */
function overlaps(bands: readonly BandEntry[]): readonly DataProblem[] {
  return bands.flatMap((band, index): readonly DataProblem[] => {
    const { sitesMin, sitesMax = Infinity } = band;
    const problem = (message: string, remedy: string): DataProblem => ({
      code: 'DATA_BANDS',
      path: `/bands/${index}`,
      message,
      remedy,
    });
    if (sitesMax < sitesMin) {
      return [
        problem(
          `La tranche ${band.band} finit avant de commencer (${sitesMin} à ${sitesMax} sites).`,
          'Corrigez sitesMin ou sitesMax.',
        ),
      ];
    }
    const other = bands
      .slice(0, index)
      .findIndex(
        (one) =>
          one.couloir === band.couloir &&
          one.wave === band.wave &&
          one.sitesMin <= (one.sitesMax ?? Infinity) &&
          one.sitesMin <= sitesMax &&
          sitesMin <= (one.sitesMax ?? Infinity),
      );
    return other === -1
      ? []
      : [
          problem(
            `La tranche ${band.band} et celle de /bands/${other} prennent les mêmes nombres de sites.`,
            'Séparez leurs bornes.',
          ),
        ];
  });
}
