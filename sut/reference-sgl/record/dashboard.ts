import { localTime } from '../documents/index.ts';
import { shareableIns } from '../identity/index.ts';
import type { Report, Transmission } from '../model/index.ts';
import { dayBounds } from './times.ts';
import type { RecordDeps } from './types.ts';

export interface DashboardQuery {
  period: 'mois-courant' | 'annee-courante' | 'annee-precedente';
  finess?: string;
  rpps?: string;
}

interface Counts {
  total: number;
  qualified: number;
  notQualified: number;
}

export interface Dashboard extends DashboardQuery {
  from: string;
  to: string;
  reports: Record<'dmp' | 'mssProfessional' | 'mssPatient', Counts>;
  files: Record<'dmp' | 'mssProfessional' | 'mssPatient' | 'allThree', number>;
  failures: Record<'dmp' | 'mssProfessional' | 'mssPatient', number>;
  extraction: string;
}

const CHANNELS = {
  dmp: 'dmp',
  mssProfessional: 'mssante-professionnel',
  mssPatient: 'mssante-patient',
} as const satisfies Record<string, Transmission['channel']>;
type Channel = keyof typeof CHANNELS;
const NAMES = Object.keys(CHANNELS) as Channel[];

/**
 * Figures of activity (TBB/va1.03, TBB/va1.05). A report counts in the period of its date, once a channel, whatever the
 * number of documents or of recipients; a file is a request for tests.
 */
export function dashboardOf(query: DashboardQuery, deps: RecordDeps): Dashboard {
  const { config, faults, now, outbox, reports } = deps;
  const { from, to } = boundsOf(query.period, now(), faults);
  const [first, last] = [dayBounds(from).first, dayBounds(to).last.getTime() + 1_000];
  const chosen = reports()
    .list()
    .map(({ report }) => report)
    .filter((report) => report.letter === undefined)
    .filter((report) => report.validatedAt >= first && report.validatedAt.getTime() < last)
    .filter(() => isOfStructure(query.finess, config.laboratory.finess, faults))
    .filter(
      (report) =>
        query.rpps === undefined || report.biologist.nationalId === `8${query.rpps}` || faults.has('tbb-ignore-rpps'),
    );
  const transmissions = outbox().list();
  const sent = (report: Report, channel: Channel): Transmission[] =>
    transmissions.filter((line) => line.reportId === report.id && line.channel === CHANNELS[channel]);
  const reached = (report: Report, channel: Channel): boolean =>
    sent(report, channel).some(
      ({ state }) => state === 'transmis' || (faults.has('tbb-compte-les-bloques') && state === 'bloque'),
    );
  const failed = (report: Report, channel: Channel): boolean =>
    sent(report, channel).some(({ state }) => state === 'refuse') && !reached(report, channel);
  const ofAll = <Value>(give: (channel: Channel) => Value): Record<Channel, Value> =>
    Object.fromEntries(NAMES.map((name) => [name, give(name)])) as Record<Channel, Value>;
  const through = ofAll((channel) => chosen.filter((report) => reached(report, channel)));
  const files = ofAll((channel) => new Set(through[channel].map(({ requestId }) => requestId)));
  const allThree = [...files.dmp].filter((file) => NAMES.every((name) => files[name].has(file))).length;
  const counted = ofAll((channel) =>
    faults.has('tbb-compte-les-documents') ? lines(through, channel, sent) : count(through[channel]),
  );
  const figures = {
    ...query,
    from,
    to,
    reports: counted,
    files: { ...ofAll((channel) => files[channel].size), allThree },
    failures: ofAll((channel) =>
      faults.has('tbb-sans-echecs') ? 0 : chosen.filter((report) => failed(report, channel)).length,
    ),
  };
  const written = faults.has('tbb-extraction-fausse') ? { ...figures, reports: ofAll(() => count([])) } : figures;
  return { ...figures, extraction: extractionOf(written) };
}

function count(reports: readonly Report[]): Counts {
  const qualified = reports.filter(({ patient }) => shareableIns(patient) !== undefined).length;
  return { total: reports.length, qualified, notQualified: reports.length - qualified };
}

/** Only with its fault: counts what was sent instead of reports. */
function lines(
  through: Record<Channel, readonly Report[]>,
  channel: Channel,
  sent: (report: Report, channel: Channel) => readonly Transmission[],
): Counts {
  return count(through[channel].flatMap((report) => sent(report, channel).map(() => report)));
}

function isOfStructure(asked: string | undefined, own: string, faults: ReadonlySet<string>): boolean {
  return asked === undefined || asked === own || faults.has('tbb-ignore-finess');
}

/** Civil days of a period, in French local time. */
function boundsOf(
  period: DashboardQuery['period'],
  at: Date,
  faults: ReadonlySet<string>,
): { from: string; to: string } {
  const digits = localTime(at);
  const year = Number(digits.slice(0, 4));
  const month = digits.slice(4, 6);
  if (period === 'annee-courante') return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (period === 'annee-precedente' && faults.has('tbb-annee-glissante')) {
    const day = `${month}-${digits.slice(6, 8)}`;
    return { from: `${year - 1}-${day}`, to: `${year}-${day}` };
  }
  if (period === 'annee-precedente') return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  const days = new Date(Date.UTC(year, Number(month), 0)).getUTCDate();
  return { from: `${year}-${month}-01`, to: `${year}-${month}-${days}` };
}

/** One line a channel, as a spreadsheet of this country opens it. */
function extractionOf(figures: Omit<Dashboard, 'extraction'>): string {
  const head = 'debut;fin;finess;rpps;canal;total;ins_qualifiee;ins_non_qualifiee;dossiers;echecs';
  const rows = NAMES.map((name) => {
    const { total, qualified, notQualified } = figures.reports[name];
    return [
      figures.from,
      figures.to,
      figures.finess ?? '',
      figures.rpps ?? '',
      CHANNELS[name],
      total,
      qualified,
      notQualified,
      figures.files[name],
      figures.failures[name],
    ].join(';');
  });
  const all = [figures.from, figures.to, figures.finess ?? '', figures.rpps ?? '', 'trois-canaux', '', '', ''];
  return `${[head, ...rows, [...all, figures.files.allThree, ''].join(';')].join('\r\n')}\r\n`;
}
