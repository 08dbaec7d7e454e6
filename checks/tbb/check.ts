import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../report/index.ts';
import { RULES, type TbbRule } from './rules.ts';
import type { Channel, Dashboard, Figures } from './types.ts';

const CHANNELS: readonly (readonly [Channel, string])[] = [
  ['dmp', 'DMP'],
  ['mssProfessional', 'MSSanté professionnelle'],
  ['mssPatient', 'MSSanté patient'],
];
const COUNTS = [
  ['total', 'total'],
  ['qualified', 'INS qualifiée'],
  ['notQualified', 'INS non qualifiée'],
] as const;

/**
 * Judges how much the figures of a period grew by what was done between two readings: a product counts what it did before
 * too, and nobody but it knows that.
 *
 * @param grown what the scenario did in the period
 */
export function checkGrowth(before: Dashboard, after: Dashboard, grown: Figures): readonly Finding[] {
  const report = openReport(RULES);
  const compare = (rule: TbbRule, what: string, from: number, to: number, by: number): void => {
    if (to - from === by) return;
    report.add(rule, {
      where: `tableau de bord « ${after.period} », ${what}`,
      received: `${to} (${from} avant le scénario)`,
      expected: `${from + by}`,
      remedy:
        'Comptez les comptes rendus arrivés, une fois chacun, et non les documents, les destinataires ni les essais.',
    });
  };
  for (const [channel, name] of CHANNELS) {
    for (const [count, label] of COUNTS) {
      const what = `comptes rendus par ${name}, ${label}`;
      compare(
        'TBB-REPORTS',
        what,
        before.reports[channel][count],
        after.reports[channel][count],
        grown.reports[channel][count],
      );
    }
    compare('TBB-FILES', `dossiers par ${name}`, before.files[channel], after.files[channel], grown.files[channel]);
    compare(
      'TBB-FAILURES',
      `échecs par ${name}`,
      before.failures[channel],
      after.failures[channel],
      grown.failures[channel],
    );
  }
  compare(
    'TBB-FILES',
    'dossiers par les trois canaux',
    before.files.allThree,
    after.files.allThree,
    grown.files.allThree,
  );
  return report.findings;
}

/** Judges the bounds of a period. @param today civil day in France, `YYYY-MM-DD` */
export function checkPeriod({ period, from, to }: Dashboard, today: string): readonly Finding[] {
  const report = openReport(RULES);
  const year = Number(today.slice(0, 4));
  const first = {
    'mois-courant': `${today.slice(0, 7)}-01`,
    'annee-courante': `${year}-01-01`,
    'annee-precedente': `${year - 1}-01-01`,
  }[period];
  // A period that has not ended may be shown up to today.
  const lasts = {
    'mois-courant': [today, lastDay(today)],
    'annee-courante': [today, `${year}-12-31`],
    'annee-precedente': [`${year - 1}-12-31`],
  }[period];
  if (first === undefined || lasts === undefined) return report.findings;
  if (from !== first || !lasts.includes(to)) {
    report.add('TBB-PERIOD', {
      where: `tableau de bord « ${period} »`,
      received: `du ${from} au ${to}`,
      expected: `du ${first} au ${lasts.join(' ou au ')}`,
      remedy: 'Bornez la période en jours civils.',
    });
  }
  return report.findings;
}

function lastDay(day: string): string {
  const days = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
  return `${day.slice(0, 7)}-${days}`;
}

/** Judges the figures asked for a FINESS that is not that of the laboratory: all of them are nought. */
export function checkOtherStructure(figures: Dashboard): readonly Finding[] {
  const report = openReport(RULES);
  const sum = (of: (channel: Channel) => number): number =>
    CHANNELS.reduce((total, [channel]) => total + of(channel), 0);
  const counted: readonly (readonly [what: string, count: number])[] = [
    ['compte(s) rendu(s)', sum((channel) => figures.reports[channel].total)],
    ['compte(s) rendu(s) à INS qualifiée', sum((channel) => figures.reports[channel].qualified)],
    ['compte(s) rendu(s) à INS non qualifiée', sum((channel) => figures.reports[channel].notQualified)],
    ['dossier(s)', sum((channel) => figures.files[channel]) + figures.files.allThree],
    ['échec(s)', sum((channel) => figures.failures[channel])],
  ];
  const shown = counted.filter(([, count]) => count > 0);
  if (shown.length > 0) {
    report.add('TBB-STRUCTURE', {
      where: `tableau de bord « ${figures.period} » d'un autre FINESS`,
      received: shown.map(([what, count]) => `${count} ${what}`).join(', '),
      expected: 'aucun : ce FINESS n’est pas celui du laboratoire',
      remedy: 'Ne comptez que ce qui est du FINESS géographique choisi : comptes rendus, dossiers et échecs.',
    });
  }
  return report.findings;
}
