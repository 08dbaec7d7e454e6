import type { Rule } from '#dsr/verdict/index.ts';

const source = 'REM SGL vague 1, LOI/va1.01 à LOI/va1.09 ; couloir LOINC du DSR';
const EXPORTS = ['LOI/va1.01', 'LOI/va1.02', 'LOI/va1.03'] as const;
const IMPORTS = ['LOI/va1.04', 'LOI/va1.05', 'LOI/va1.06'] as const;
const FILES = [...EXPORTS, ...IMPORTS];

/** Rules on the files between a laboratory system and its LOINC transcoder, and on what the product does with them. */
export const RULES = [
  {
    id: 'LOI-READABLE',
    layer: 'wellformed',
    severity: 'error',
    requirements: FILES,
    source,
    title: 'Le fichier est du texte CSV, lisible jusqu’à sa dernière ligne.',
  },
  {
    id: 'LOI-NAME',
    layer: 'business',
    severity: 'error',
    requirements: FILES,
    source,
    title: 'Le fichier porte le nom demandé, avec sa date en AAAAMMJJ.',
  },
  {
    id: 'LOI-DATE',
    layer: 'business',
    severity: 'error',
    requirements: FILES,
    source,
    title: 'La date du nom est celle de l’extraction.',
  },
  {
    id: 'LOI-SEPARATOR',
    layer: 'business',
    severity: 'error',
    requirements: FILES,
    source,
    title: 'Les données sont séparées par un point-virgule.',
  },
  {
    id: 'LOI-ENCODING',
    layer: 'business',
    severity: 'warning',
    requirements: FILES,
    source: 'Aucune source ne donne l’encodage : le banc conseille UTF-8, que tout outil lit sans deviner',
    title: 'Le fichier dit son encodage, ou est en UTF-8.',
  },
  {
    id: 'LOI-COLUMNS',
    layer: 'business',
    severity: 'error',
    requirements: FILES,
    source,
    title: 'Chaque ligne a les champs demandés, ni plus, ni moins.',
  },
  {
    id: 'LOI-MANDATORY',
    layer: 'business',
    severity: 'error',
    requirements: FILES,
    source,
    title: 'Les données obligatoires sont remplies.',
  },
  {
    id: 'LOI-TEN',
    layer: 'business',
    severity: 'error',
    requirements: EXPORTS,
    source: 'REM SGL vague 1, scénarios LOI/va1.01.01, LOI/va1.02.01 et LOI/va1.03.01',
    title: 'Le fichier d’essai porte au moins dix chapitres et sous-chapitres, ou dix analyses.',
  },
  {
    id: 'LOI-DUPLICATE',
    layer: 'business',
    severity: 'error',
    requirements: FILES,
    source,
    title: 'Rien n’y est écrit deux fois, et un code n’a qu’un libellé.',
  },
  {
    id: 'LOI-ANALYSIS-A-LINE',
    layer: 'business',
    severity: 'error',
    requirements: ['LOI/va1.02'],
    source: 'REM SGL vague 1, LOI/va1.02',
    title: 'Un examen de N analyses fait N lignes.',
  },
  {
    id: 'LOI-CROSS',
    layer: 'business',
    severity: 'warning',
    requirements: ['LOI/va1.02', 'LOI/va1.03'],
    source: 'Cohérence des trois exports : le transcodeur les rapproche par leurs codes',
    title: 'Les chapitres et les analyses que LOINC_2 nomme sont dans LOINC_1 et LOINC_3.',
  },
  {
    id: 'LOI-EXPORT-CONTENT',
    layer: 'business',
    severity: 'error',
    requirements: EXPORTS,
    source,
    title: 'L’export porte le catalogue que le produit montre, chaque donnée à sa place.',
  },
  {
    id: 'LOI-CODE',
    layer: 'business',
    severity: 'error',
    requirements: IMPORTS,
    source: 'LOINC, forme du code et chiffre de contrôle (mod 10)',
    title: 'Chaque code LOINC a la forme d’un code et un chiffre de contrôle juste.',
  },
  {
    id: 'LOI-CODE-ONE',
    layer: 'business',
    severity: 'error',
    requirements: ['LOI/va1.07'],
    source: 'REM SGL vague 1, LOI/va1.07 (erreur bloquante)',
    title: 'Une analyse n’a qu’un code LOINC.',
  },
  {
    id: 'LOI-CODE-VALUE-SET',
    layer: 'business',
    severity: 'warning',
    requirements: ['LOI/va1.07'],
    source: 'REM SGL vague 1, LOI/va1.07 (erreur non bloquante)',
    title: 'Chaque code LOINC est dans le jeu de valeurs « circuit de la biologie ».',
  },
  {
    id: 'LOI-CODE-ABSENT',
    layer: 'business',
    severity: 'warning',
    requirements: IMPORTS,
    source,
    title: 'Chaque ligne a reçu un code LOINC.',
  },
  {
    id: 'LOI-TRANSCODED',
    layer: 'business',
    severity: 'error',
    requirements: IMPORTS,
    source,
    title: 'Le fichier transcodé reprend les lignes de l’export, dans le même ordre, sans en changer une donnée.',
  },
  {
    id: 'LOI-IMPORT',
    layer: 'business',
    severity: 'error',
    requirements: IMPORTS,
    source,
    title: 'Après l’import, chaque élément du catalogue a le code LOINC que le fichier lui donne.',
  },
  {
    id: 'LOI-IMPORT-QUIET',
    layer: 'business',
    severity: 'error',
    requirements: [...IMPORTS, 'LOI/va1.07'],
    source,
    title: 'L’import d’un fichier juste ne signale aucune erreur.',
  },
  {
    id: 'LOI-IMPORT-OUTSIDE',
    layer: 'business',
    severity: 'error',
    requirements: ['LOI/va1.07'],
    source: 'REM SGL vague 1, LOI/va1.07',
    title: 'Un code hors du jeu de valeurs est signalé comme erreur non bloquante.',
  },
  {
    id: 'LOI-IMPORT-SEVERAL',
    layer: 'business',
    severity: 'error',
    requirements: ['LOI/va1.07'],
    source: 'REM SGL vague 1, LOI/va1.07',
    title: 'Plusieurs codes LOINC pour une analyse sont signalés comme erreur bloquante, et n’entrent pas.',
  },
  {
    id: 'LOI-MODIFY',
    layer: 'business',
    severity: 'error',
    requirements: ['LOI/va1.08'],
    source: 'REM SGL vague 1, LOI/va1.08',
    title: 'Un code LOINC modifié à la main prend la place de l’ancien.',
  },
  {
    id: 'LOI-MODIFY-DATE',
    layer: 'business',
    severity: 'error',
    requirements: ['LOI/va1.09'],
    source: 'REM SGL vague 1, LOI/va1.09',
    title: 'La date de création ou de modification de chaque code LOINC est conservée.',
  },
] as const satisfies readonly Rule[];

export type LoincRule = (typeof RULES)[number]['id'];

/** Rules that each check applies: what held is told of those alone. */
export const APPLIED = {
  export: only(
    'LOI-READABLE',
    'LOI-NAME',
    'LOI-DATE',
    'LOI-SEPARATOR',
    'LOI-ENCODING',
    'LOI-COLUMNS',
    'LOI-MANDATORY',
    'LOI-TEN',
    'LOI-DUPLICATE',
    'LOI-ANALYSIS-A-LINE',
    'LOI-EXPORT-CONTENT',
  ),
  exports: only('LOI-READABLE', 'LOI-CROSS'),
  rightImport: only('LOI-IMPORT', 'LOI-IMPORT-QUIET'),
  outsideImport: only('LOI-IMPORT-OUTSIDE'),
  severalImport: only('LOI-IMPORT-SEVERAL'),
  change: only('LOI-MODIFY', 'LOI-MODIFY-DATE'),
} as const;

function only(...ids: readonly LoincRule[]): readonly Rule[] {
  return RULES.filter(({ id }) => ids.includes(id));
}
