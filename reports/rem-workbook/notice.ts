import type { XlsxTable } from '#formats/xlsx/index.ts';
import { loadColumns } from '#dsr/rem/index.ts';
import type { Field, Rem } from '#dsr/rem/index.ts';
import { count, moment } from '../words/index.ts';
import { vendorSpecs } from './classification.ts';
import type { SheetColumn } from './official.ts';
import type { CarriedProgress, Edition, VendorProgress } from './types.ts';

/** What each of the vendor's columns means. */
const MEANINGS: Readonly<Record<string, string>> = {
  applicable:
    'oui ou non, d’après les profils déclarés ; une réponse lue dans un classeur précédent est reprise. Vide tant qu’aucun profil n’est déclaré.',
  whyNot: 'La raison pour laquelle l’exigence ne s’applique pas au produit.',
  carriedBy: 'Le module, le partenaire ou l’équipe qui répond de l’exigence ; à remplir par l’éditeur.',
  conform:
    'Ce que le banc a conclu des derniers passages des scénarios de l’exigence ; vide si elle n’a jamais été jouée. ' +
    '« déclaré : » précède une réponse de l’éditeur, ou un mot relu d’un classeur précédent, que le banc n’a pas vérifié. Ne vaut jamais acceptation par l’ANS.',
  status: 'Où en est chaque preuve de la ligne dans le suivi de Jalon ; une preuve par ligne de la cellule.',
  pieces: 'Les fichiers déposés par la dernière exécution dans chaque preuve de la ligne.',
  vendorComment: 'Libre, à remplir par l’éditeur.',
  lastRun: 'Date et numéro de la dernière exécution qui a touché chaque preuve de la ligne.',
  classification:
    'Les preuves de la ligne que l’éditeur a classées lui-même : pièces demandées, classe et motif ; une par ligne de la cellule. Jalon ne relit pas cette colonne.',
};

/** The sheet that says what the copy is, where it comes from and what its added columns mean. */
export function noticeTable(
  rem: Rem,
  progress: VendorProgress,
  complement: readonly SheetColumn[],
  edition: Edition | undefined,
): XlsxTable {
  const { complement: data } = loadColumns();
  const { campaign, profiles } = progress;
  const rows: (readonly [string, string])[] = [
    [
      'Avertissement',
      'Cette copie est faite par Jalon pour le travail de l’éditeur. Elle ne remplace pas le classeur publié par l’ANS, qui seul fait foi.',
    ],
    ['Liste', `REM ${rem.category} ${rem.wave}`],
    ['Lue dans', rem.source],
    ['Empreinte SHA-256 du fichier lu', rem.sha256],
    ...(rem.layout === 'catalogue' ? [CATALOGUE] : []),
    ...(campaign === undefined
      ? [['Campagne', 'aucune : les colonnes de suivi ne portent que ce que le classeur lu disait'] as const]
      : [
          ['Produit', campaign.product.name] as const,
          ['Numéro de version du produit', campaign.product.version] as const,
          ['Campagne', campaign.id] as const,
          ...(campaign.carried === undefined ? [] : [['Suivi repris', carriedWords(campaign.carried)] as const]),
        ]),
    [
      'Profils déclarés',
      profiles === undefined ? 'aucun' : ['general', ...profiles.filter((one) => one !== 'general')].join(', '),
    ],
    ...(edition === undefined
      ? []
      : [['Écrit le', moment(edition.at)] as const, ['Écrit par', `Jalon ${edition.benchVersion}`] as const]),
    ['Numéros', 'Les numéros sont ceux du classeur lu, tels quels ; une case vide l’était aussi.'],
    ...complement.map(
      (column) =>
        [column.header, 'Lue dans le classeur d’origine ; cette disposition n’a pas de colonne pour elle.'] as const,
    ),
    ...vendorSpecs(rem).map(({ field, label }) => [data.prefix + label, MEANINGS[field as Field] ?? ''] as const),
  ];
  return {
    name: 'Lisez-moi',
    columns: [
      { header: 'Rubrique', width: 34 },
      { header: 'Ce que cela dit', width: 100 },
    ],
    rows,
  };
}

function carriedWords({ source, slots, filled }: CarriedProgress): string {
  return (
    `La campagne suit une autre REM, « ${source} ». Seul est repris le suivi des preuves dont le texte est le même ici : ` +
    `${count(slots, 'preuve')} sur ${filled}. Une case de suivi vide ne dit rien.`
  );
}

const CATALOGUE = [
  'Textes officiels',
  'absents : la liste est le catalogue embarqué de Jalon, ses intitulés sont les nôtres. Importez le classeur de l’ANS pour avoir les énoncés.',
] as const;
