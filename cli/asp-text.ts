import { count } from '#reports/words/index.ts';
import type { Cents } from '#dsr/money/index.ts';
import { frenchEuros } from '#tracker/window/index.ts';
import type { Layout, Note, RequestKind, Unjudged } from '#tracker/asp/index.ts';
import { wrap } from './table.ts';

/** An order without file: its number, or its place in the list, and every reason. */
export interface RefusedRow {
  readonly order: string;
  readonly reasons: readonly {
    readonly code: string;
    readonly where: string;
    readonly what: string;
    readonly remedy: string;
  }[];
}

export interface RequestOutcome {
  readonly kind: RequestKind;
  readonly layout: Pick<Layout, 'name' | 'version' | 'proposed'>;
  readonly files: readonly string[];
  readonly total: Cents;
  readonly unjudged: ReadonlySet<Unjudged>;
  readonly notes: readonly (Note & { readonly order: string })[];
  readonly refused: readonly RefusedRow[];
  readonly out: string;
}

/** Told in the terminal; `--json` has them all. */
const SHOWN_FILES = 10;
const SHOWN_NOTES = 20;
const SHOWN_REFUSED = 50;

const TITLES: Readonly<Record<RequestKind, string>> = { avance: 'Demandes d’avance', solde: 'Demandes de solde' };

const UNJUDGED: Readonly<Record<Unjudged, string>> = {
  ceiling: 'Aucun barème n’est connu pour un des couloirs : son plafond n’a pas été jugé.',
  deadline: 'Aucune date limite n’est connue pour un des couloirs : le retard n’a pas été jugé.',
};

/** What a command of requests made, and every reason of what it refused. */
export function requestText(outcome: RequestOutcome, width: number): string {
  const { kind, layout, files, refused, total, out } = outcome;
  const { name, version, proposed } = layout;
  const rest = files.length - SHOWN_FILES;
  return `${[
    `${TITLES[kind]} : ${count(files.length, 'fichier écrit', 'fichiers écrits')} dans ${out}, ${frenchEuros(total)} TTC demandés ; ${count(refused.length, 'bon refusé', 'bons refusés')}`,
    `  Disposition ${name} ${version}`,
    ...(proposed
      ? wrap(
          'BROUILLON : cette disposition est une proposition de Jalon, pas celle de l’ASP. Ne déposez pas ces fichiers. Avec le modèle officiel, donnez son schéma et une correspondance par --layout (tracker/asp/layouts/README.md).',
          width,
          '  ',
        )
      : []),
    ...[...outcome.unjudged].flatMap((each) => wrap(UNJUDGED[each], width, '  À savoir : ')),
    ...outcome.notes
      .slice(0, SHOWN_NOTES)
      .flatMap(({ order, what, remedy, code }) =>
        wrap(`${order} : ${what} ${remedy} [${code}]`, width, '  À savoir : '),
      ),
    ...(outcome.notes.length > SHOWN_NOTES
      ? [
          `  … et ${count(outcome.notes.length - SHOWN_NOTES, 'autre remarque', 'autres remarques')} (--json les donne toutes)`,
        ]
      : []),
    ...files.slice(0, SHOWN_FILES).map((file) => `  - ${file}`),
    ...(rest > 0 ? [`  … et ${count(rest, 'autre', 'autres')} (--json les donne tous)`] : []),
    ...refusedLines(refused, width),
    ...(files.length > 0 && !proposed
      ? ['Suite : déposez le JSON puis le zip, et notez-le : npm run jalon -- asp status ID --set deposee']
      : []),
  ].join('\n')}\n`;
}

/** Orders that were refused, each with every reason. */
export function refusedLines(refused: readonly RefusedRow[], width: number): readonly string[] {
  const rest = refused.length - SHOWN_REFUSED;
  return [
    ...refused
      .slice(0, SHOWN_REFUSED)
      .flatMap(({ order, reasons }) => [
        `Refusé, ${order} : ${count(reasons.length, 'raison', 'raisons')}`,
        ...reasons.flatMap(({ code, where, what, remedy }) => [
          ...wrap(`${what} [${code}${where === '' ? '' : `, ${where}`}]`, width, '  - '),
          ...wrap(remedy, width, '    → '),
        ]),
      ]),
    ...(rest > 0 ? [`… et ${count(rest, 'autre bon refusé', 'autres bons refusés')} (--json les donne tous)`] : []),
  ];
}
