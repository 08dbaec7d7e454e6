import type { Breach } from '../rule/index.ts';
import rules from './data/directory.json' with { type: 'json' };
import type { Extraction } from './extraction.ts';
import { isWithin, movementBetween, type Bounds, type Movement, type Table } from './table.ts';
import type { ImportRule, ImportSubject } from './types.ts';

const EMPTY = new Uint8Array();

const IMPORT: readonly string[] = ['ANN/va1.01'];
const SOURCE = 'Extraction publique PS_LibreAcces_Personne_activite de l’Annuaire Santé';

export const IMPORT_RULES: readonly ImportRule[] = [
  {
    id: 'ANN-EXTRACTION-DOWNLOADED',
    layer: 'wire',
    severity: 'error',
    requirements: IMPORT,
    source: SOURCE,
    title: 'Le produit a téléchargé l’extraction publique.',
    expected: 'une réponse 200 avec le fichier Personne_activite, ou 304 si rien n’a changé',
    remedy: 'Téléchargez l’extraction à l’adresse réglée, puis intégrez-la.',
    judge: ({ extractions }) =>
      delivered(extractions).length > 0 || extractions.some(({ status }) => status === 304)
        ? []
        : [
            {
              where: 'échanges avec l’annuaire',
              received:
                extractions.map((one) => `${one.place} : HTTP ${one.status}`).join(', ') || 'aucun téléchargement',
            },
          ],
  },
  {
    id: 'ANN-IMPORT-COUNT',
    layer: 'business',
    severity: 'error',
    requirements: IMPORT,
    source: SOURCE,
    title: 'Le rapport d’intégration compte toutes les lignes de l’extraction.',
    expected: 'le nombre de lignes de l’extraction',
    remedy: 'Lisez toutes les lignes, et comptez celles que vous rejetez.',
    judge: (subject) => {
      const last = loaded(subject);
      if (!last || isDamaged(last)) return [];
      const people = sum(last.files.filter((file) => isPeople(file.name)));
      const all = sum(last.files);
      const { read } = subject.report;
      return read === people || read === all
        ? []
        : [{ where: REPORT, received: `${read} lignes lues`, expected: `${people} lignes` }];
    },
  },
  {
    id: 'ANN-IMPORT-COHERENT',
    layer: 'business',
    severity: 'error',
    requirements: IMPORT,
    source: SOURCE,
    title: 'Le rapport d’intégration est cohérent.',
    expected: 'créations + mises à jour + rejets ≤ lignes lues, et des lignes qui ne sont pas toutes rejetées',
    remedy: 'Corrigez les compteurs du rapport, ou la lecture de l’extraction.',
    judge: ({ report: { read, created, updated, rejected } }) => {
      const counts = [read, created, updated, rejected];
      const natural = counts.every((one) => Number.isInteger(one) && one >= 0);
      return natural && created + updated + rejected <= read && (read === 0 || rejected < read)
        ? []
        : [
            {
              where: 'rapport d’intégration',
              received: `${read} lues, ${created} créées, ${updated} mises à jour, ${rejected} rejetées`,
            },
          ];
    },
  },
  {
    id: 'ANN-IMPORT-CREATED',
    layer: 'business',
    severity: 'error',
    requirements: IMPORT,
    source: SOURCE,
    title: 'Le rapport compte les professionnels arrivés depuis le fichier précédent.',
    expected: 'les professionnels, ou les lignes, qui n’étaient pas dans le fichier précédent',
    remedy: 'Comptez en création ce que votre base ne connaissait pas, en mise à jour celui qui y revient.',
    judge: (subject) => {
      const moved = movementOf(subject);
      if (!moved) return [];
      const { created, updated } = subject.report;
      const { least, most } = moved.created;
      // Whoever comes back to a base that kept him is updated there: nothing tells which file it first knew him from.
      const told = created >= least || created + updated >= least + moved.updated.least;
      return told && created <= most
        ? []
        : [{ where: REPORT, received: `${created} création(s)`, expected: boundsText(moved.created) }];
    },
  },
  {
    id: 'ANN-IMPORT-UPDATED',
    layer: 'business',
    severity: 'error',
    requirements: IMPORT,
    source: SOURCE,
    title: 'Le rapport compte les professionnels qui ont changé depuis le fichier précédent.',
    expected: 'au moins ceux dont le nom ou la profession a changé, au plus toutes les lignes changées ou revenues',
    remedy: 'Comparez chaque ligne à votre base, et comptez en mise à jour celles qui la changent.',
    judge: (subject) => {
      const chosen = ({ created, updated }: Movement): Bounds => ({ ...updated, most: updated.most + created.most });
      return outside(subject, chosen, subject.report.updated, 'mise(s) à jour');
    },
  },
  {
    id: 'ANN-IMPORT-LEFT',
    layer: 'business',
    severity: 'error',
    requirements: IMPORT,
    source: SOURCE,
    title: 'Le rapport dit combien de professionnels ne sont plus dans le fichier.',
    expected: 'le nombre de professionnels du fichier précédent qui ne sont plus dans celui-ci',
    remedy: 'Cherchez qui n’est plus dans le fichier, marquez-le comme parti, et comptez-le.',
    judge: (subject) => {
      const { left, report } = subject.report;
      if (left !== undefined) return outside(subject, (movement) => movement.left, left, 'départ(s)');
      const moved = movementOf(subject);
      if (!moved || moved.left.least === 0) return [];
      const told = (report.match(/\d+/gu) ?? []).some((one) => isWithin(moved.left, Number(one)));
      return told
        ? []
        : [{ where: REPORT, received: 'aucun nombre de départs', expected: `${moved.left.least} départ(s)` }];
    },
  },
  {
    id: 'ANN-IMPORT-REJECTED',
    layer: 'business',
    severity: 'error',
    requirements: IMPORT,
    source: SOURCE,
    title: 'Le rapport compte les lignes illisibles, et elles seules.',
    expected: 'autant de rejets que de lignes sans identifiant ou sans tous leurs champs',
    remedy: 'Rejetez et comptez les lignes illisibles ; intégrez les autres.',
    judge: (subject) => {
      const malformed = peopleOf(loaded(subject))?.malformed;
      const { read, rejected } = subject.report;
      if (malformed === undefined || rejected === malformed || rejected >= read) return [];
      // A product may have reasons of its own to leave a line out.
      const severity = rejected > malformed ? 'warning' : 'error';
      return [
        { where: REPORT, received: `${rejected} ligne(s) rejetée(s)`, expected: `${malformed} ligne(s)`, severity },
      ];
    },
  },
  {
    id: 'ANN-IMPORT-DAMAGED',
    layer: 'business',
    severity: 'error',
    requirements: IMPORT,
    source: SOURCE,
    title: 'Une extraction inexploitable ne change rien à la base du produit.',
    expected: 'un refus, ou un rapport sans création, mise à jour ni départ',
    remedy: 'Vérifiez l’archive, le type du fichier et les titres des colonnes avant d’intégrer la première ligne.',
    judge: (subject) => {
      const last = subject.extractions.findLast(({ status }) => status === 200);
      const { created, updated, left = 0 } = subject.report;
      return last && isDamaged(last) && created + updated + left > 0
        ? [
            {
              where: `${last.place}, puis ${REPORT}`,
              received: `${created} création(s), ${updated} mise(s) à jour, ${left} départ(s) d’un fichier inexploitable`,
            },
          ]
        : [];
    },
  },
  {
    id: 'ANN-EXTRACTION-NEW',
    layer: 'wire',
    severity: 'warning',
    requirements: ['ANN/va1.04'],
    source: SOURCE,
    title: 'Le produit ne télécharge l’extraction que si elle a changé.',
    expected: 'un en-tête If-None-Match ou If-Modified-Since à partir du deuxième téléchargement',
    remedy: 'Gardez l’ETag ou la date du dernier fichier, et redonnez-les : la réponse 304 dit que rien n’a changé.',
    judge: ({ extractions }) =>
      extractions.flatMap((one, index) => {
        const before = extractions
          .slice(0, index)
          .findLast(({ status, url }) => status === 200 && url.href === one.url.href);
        return one.status === 200 && before !== undefined && !isConditional(one) && sameBytes(before, one)
          ? [{ where: one.place, received: 'le même fichier, téléchargé en entier une nouvelle fois' }]
          : [];
      }),
  },
];

const REPORT = 'rapport d’intégration';

/** The delivery that the report is about; undefined when the last answer said that nothing is new. */
function loaded({ extractions }: ImportSubject): Extraction | undefined {
  const last = extractions.findLast(({ status }) => status === 200 || status === 304);
  return last?.status === 200 && delivered([last]).length > 0 ? last : undefined;
}

function peopleOf(extraction: Extraction | undefined): Table | undefined {
  return extraction?.files.find((file) => isPeople(file.name))?.table();
}

/** No file of professionals, or one whose columns nobody knows. */
function isDamaged(extraction: Extraction): boolean {
  const file = extraction.files.find(({ name }) => isPeople(name));
  return file === undefined || (file.rows <= rules.largestTable && file.table() === undefined);
}

/**
 * What moved between the delivery and the one before it that could be read. Behind a line that cannot be read there may be
 * anybody: nothing is said of files that have one.
 */
function movementOf(subject: ImportSubject): Movement | undefined {
  const last = loaded(subject);
  const after = peopleOf(last);
  const earlier = last === undefined ? [] : subject.extractions.slice(0, subject.extractions.indexOf(last));
  const before = peopleOf(delivered(earlier).findLast((one) => !isDamaged(one)));
  const whole = before?.malformed === 0 && after?.malformed === 0;
  return whole ? movementBetween(before, after) : undefined;
}

function outside(
  subject: ImportSubject,
  choose: (movement: Movement) => Bounds,
  counted: number,
  what: string,
): readonly Breach[] {
  const moved = movementOf(subject);
  if (!moved || isWithin(choose(moved), counted)) return [];
  return [{ where: REPORT, received: `${counted} ${what}`, expected: boundsText(choose(moved)) }];
}

function boundsText({ least, most }: Bounds): string {
  return least === most ? `${least}` : `de ${least} à ${most}`;
}

function isConditional({ exchange }: Extraction): boolean {
  return exchange.request.headers.some(([name]) => /^if-(?:none-match|modified-since)$/i.test(name));
}

function sameBytes(one: Extraction, other: Extraction): boolean {
  return Buffer.compare(one.exchange.response?.body ?? EMPTY, other.exchange.response?.body ?? EMPTY) === 0;
}

/** Deliveries that hold the file of professionals. */
function delivered(extractions: ImportSubject['extractions']): ImportSubject['extractions'] {
  return extractions.filter((one) => one.status === 200 && one.files.some((file) => isPeople(file.name)));
}

function isPeople(name: string): boolean {
  return /personne_activite/i.test(name);
}

function sum(files: readonly { readonly rows: number }[]): number {
  return files.reduce((total, file) => total + file.rows, 0);
}
