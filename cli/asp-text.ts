import { count } from '#reports/words/index.ts';
import { briefEuros, type Cents } from '#dsr/money/index.ts';
import type { Layout, Note, RequestKind, Unjudged } from '#tracker/asp/index.ts';
import { editionLines, type Editions } from './editions.ts';
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

/** Something that nobody judged of an order, because no official table says it. */
export interface UnjudgedOrder {
  readonly what: Unjudged;
  readonly order: string;
  readonly couloir: string;
  readonly wave: string;
}

/** Something to know of what was done, which hinders nothing. */
export type Warning = Readonly<Record<'code' | 'what' | 'remedy', string>>;

/** Each on lines of its own. */
export function noteLines(notes: readonly Warning[], width: number): string {
  return notes
    .flatMap(({ what, remedy, code }) => wrap(`${what} ${remedy} [${code}]`, width, 'À savoir : '))
    .map((line) => `${line}\n`)
    .join('');
}

export interface RequestOutcome {
  readonly kind: RequestKind;
  readonly layout: Pick<Layout, 'name' | 'version' | 'proposed'>;
  readonly files: readonly string[];
  readonly total: Cents;
  /** Whether the layout is the one that Jalon proposes. */
  readonly ours: boolean;
  readonly editions: Editions;
  readonly unjudged: readonly UnjudgedOrder[];
  readonly notes: readonly (Note & { readonly order: string })[];
  readonly refused: readonly RefusedRow[];
  readonly out: string;
}

/** Told in the terminal; `--json` has them all. */
const SHOWN_FILES = 10;
const SHOWN_NOTES = 20;
const SHOWN_REFUSED = 50;

const TITLES: Readonly<Record<RequestKind, string>> = { avance: 'Demandes d’avance', solde: 'Demandes de solde' };

const UNJUDGED: Readonly<Record<Unjudged, readonly [string, string]>> = {
  ceiling: ['Aucun barème n’est connu pour', 'le plafond n’a pas été jugé'],
  deadline: ['Aucune date limite n’est connue pour', 'le retard n’a pas été jugé'],
};
/** Orders named in one sentence. */
const NAMED = 5;

/** One sentence by couloir, with the orders that it is about. */
function unjudgedLines(unjudged: readonly UnjudgedOrder[], width: number): readonly string[] {
  const groups = Map.groupBy(unjudged, ({ what, couloir, wave }) => `${what} ${couloir} vague ${wave}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const [known, consequence] = UNJUDGED[first.what];
    const rest = group.length - NAMED;
    const orders = group
      .slice(0, NAMED)
      .map(({ order }) => order)
      .join(', ');
    const others = rest > 0 ? ` et ${count(rest, 'autre bon', 'autres bons')}` : '';
    const sentence = `${known} ${first.couloir} vague ${first.wave} : ${consequence} (${orders}${others}).`;
    return wrap(sentence, width, '  À savoir : ');
  });
}

const DRAFTS = {
  ours: 'BROUILLON : cette disposition est une proposition de Jalon, pas celle de l’ASP. Ne déposez pas ces fichiers. Avec le modèle officiel, donnez son schéma et une correspondance par --layout (tracker/asp/layouts/README.md).',
  own: 'BROUILLON : votre disposition, ou son schéma, se dit proposée. Ne déposez pas ces fichiers. Quand elle est le modèle de l’ASP, écrivez "status": "official" dans sa correspondance (tracker/asp/layouts/README.md).',
} as const;

/** What a command of requests made, and every reason of what it refused. */
export function requestText(outcome: RequestOutcome, width: number): string {
  const { kind, layout, files, refused, total, out } = outcome;
  const { name, version, proposed } = layout;
  const rest = files.length - SHOWN_FILES;
  return `${[
    `${TITLES[kind]} : ${count(files.length, 'fichier écrit', 'fichiers écrits')} dans ${out}, ${briefEuros(total)} TTC demandés ; ${count(refused.length, 'bon refusé', 'bons refusés')}`,
    `  Disposition ${name} ${version}`,
    ...editionLines(outcome.editions, width),
    ...(proposed ? wrap(DRAFTS[outcome.ours ? 'ours' : 'own'], width, '  ') : []),
    ...unjudgedLines(outcome.unjudged, width),
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
