import type { CivilDate } from '#dsr/dates/index.ts';
import { FEWEST_COMPLETIONS, FEWEST_WEEKS, WEEKS_KEPT, type Forecast, type TooLittleData } from './forecast.ts';
import { counted, frenchDate } from './words.ts';

/** How the range is made, for whoever reads it. */
export const FORECAST_METHOD =
  `Prévision : chaque semaine à venir ressemble à l’une des semaines écoulées (${WEEKS_KEPT} au plus, toutes aussi probables), ` +
  'comptées en preuves complétées moins celles qui ont cessé de l’être ; le premier jour de suivi, qui remplit beaucoup d’un coup, n’est pas compté. ' +
  'La fourchette laisse une chance sur dix d’un côté comme de l’autre. Le temps que prend l’ANS pour réputer le dossier complet n’y est pas compris.';

const WHY: Readonly<Record<TooLittleData, string>> = {
  'not-enough-weeks': `moins de ${FEWEST_WEEKS} semaines entières de suivi`,
  'not-enough-completions': `moins de ${FEWEST_COMPLETIONS} preuves complétées depuis le premier jour de suivi`,
};

/** The forecast in one French sentence. @param within a date whose year goes without saying */
export function forecastSentence(forecast: Forecast, within?: CivilDate): string {
  switch (forecast.kind) {
    case 'done':
      return 'Toutes les preuves sont complètes : le dossier peut partir.';
    case 'too-little-data':
      return `Trop peu de recul pour une prévision : ${forecast.why.map((code) => WHY[code]).join(', ')}.`;
    case 'no-end':
      return `Au rythme constaté (${pace(forecast.weeks)}), le dossier n’est pas complet d’ici deux ans.`;
    case 'range': {
      const { from, to, weeks } = forecast;
      const range =
        to === null
          ? `au plus tôt vers le ${frenchDate(from, within)}, sans date au plus tard avant deux ans`
          : `entre le ${frenchDate(from, within)} et le ${frenchDate(to, within)}`;
      return `Au rythme constaté (${pace(weeks)}), le dossier est complet ${range}.`;
    }
  }
}

function pace(weeks: readonly number[]): string {
  const least = Math.min(...weeks);
  const most = Math.max(...weeks);
  const span = least === most ? counted(most, 'preuve') : `${least} à ${counted(most, 'preuve')}`;
  return `${span} par semaine sur ${counted(weeks.length, 'semaine')}`;
}
