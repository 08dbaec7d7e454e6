import type { ImportRule, ImportSubject } from './types.ts';

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
    expected: 'une réponse 200 avec le fichier Personne_activite',
    remedy: 'Téléchargez l’extraction à l’adresse réglée, puis intégrez-la.',
    judge: ({ extractions }) =>
      delivered(extractions).length > 0
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
    judge: ({ extractions, report }) => {
      const last = delivered(extractions).at(-1);
      if (!last) return [];
      const people = sum(last.files.filter((file) => isPeople(file.name)));
      const all = sum(last.files);
      return report.read === people || report.read === all
        ? []
        : [{ where: 'rapport d’intégration', received: `${report.read} lignes lues`, expected: `${people} lignes` }];
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
];

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
