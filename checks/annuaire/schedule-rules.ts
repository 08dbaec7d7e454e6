import rules from './data/directory.json' with { type: 'json' };
import type { ScheduleRule } from './types.ts';

const FREQUENCY: readonly string[] = ['ANN/va1.04'];
const SOURCE = 'ANN/va1.04 : fréquence d’intégration automatique paramétrable';
const HOUR_MS = 3_600_000;

/** What holds of the automatic loading of the directory. */
export const SCHEDULE_RULES: readonly ScheduleRule[] = [
  {
    id: 'ANN-FREQUENCY-NEXT',
    layer: 'business',
    severity: 'error',
    requirements: FREQUENCY,
    source: SOURCE,
    title: 'Le prochain chargement est prévu à la fréquence réglée.',
    expected: 'la date du dernier chargement, plus la fréquence réglée',
    remedy: 'Calculez le prochain chargement avec le réglage, et recalculez-le quand le réglage change.',
    judge: ({ schedule: { everyHours, lastImport, nextImport } }) => {
      if (lastImport === undefined) return [];
      const hours = (Date.parse(nextImport ?? '') - Date.parse(lastImport)) / HOUR_MS;
      return isAsSet(hours, everyHours)
        ? []
        : [
            {
              where: 'prochain chargement',
              received: Number.isNaN(hours) ? 'aucune date' : `${rounded(hours)} h après le dernier`,
              expected: `${everyHours} h après le dernier`,
            },
          ];
    },
  },
  {
    id: 'ANN-FREQUENCY-LOADS',
    layer: 'wire',
    severity: 'error',
    requirements: FREQUENCY,
    source: SOURCE,
    title: 'Deux chargements automatiques sont espacés de la fréquence réglée.',
    expected: 'l’intervalle réglé entre deux téléchargements du même fichier',
    remedy: 'Déclenchez le chargement au rythme du réglage, et une seule fois.',
    judge: ({ schedule: { everyHours }, loads }) =>
      loads.flatMap((load, index) => {
        const before = loads.slice(0, index).findLast(({ url }) => url.pathname === load.url.pathname);
        if (before === undefined) return [];
        const hours = (load.startedAt - before.startedAt) / HOUR_MS;
        return isAsSet(hours, everyHours)
          ? []
          : [{ where: load.place, received: `${rounded(hours)} h après le précédent`, expected: `${everyHours} h` }];
      }),
  },
];

function isAsSet(hours: number, everyHours: number): boolean {
  return Math.abs(hours - everyHours) <= everyHours * rules.frequency.tolerance;
}

function rounded(hours: number): string {
  return (Math.round(hours * 100) / 100).toString().replace('.', ',');
}
