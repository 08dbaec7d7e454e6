/** Closed lists of the query parameters; ajv refuses anything else, and the published document shows the same. */

export const SLOT_STATES = [
  'vide',
  'rejouee',
  'recueillie',
  'perimee',
  'a-revoir',
  'validee-interne',
  'deposee',
  'complement-demande',
  'acceptee',
] as const;

export const VERDICTS = ['conforme', 'non-conforme', 'a-verifier', 'non-verifiable'] as const;
export const CLASSES = ['bench', 'rehearsal', 'human'] as const;

export interface QueryParameter {
  readonly name: string;
  readonly description: string;
  readonly schema: object;
}

export const REQUIREMENT_FILTERS: readonly QueryParameter[] = [
  { name: 'section', description: 'Section de la REM, p. ex. INS.', schema: { type: 'string', maxLength: 40 } },
  {
    name: 'state',
    description: 'État de l’exigence, tiré de ses preuves.',
    schema: { type: 'string', enum: [...SLOT_STATES, 'non-applicable', 'sans-preuve'] },
  },
  {
    name: 'verdict',
    description: 'Pire des derniers résultats des scénarios qui l’exercent.',
    schema: { type: 'string', enum: [...VERDICTS, 'non-jouee'] },
  },
  { name: 'class', description: 'Classe d’une de ses preuves.', schema: { type: 'string', enum: [...CLASSES] } },
  {
    name: 'q',
    description: 'Mots cherchés dans le numéro, l’intitulé, la section et le profil.',
    schema: { type: 'string', maxLength: 200 },
  },
];

export const RUN_PAGE: readonly QueryParameter[] = [
  {
    name: 'limit',
    description: 'Nombre d’exécutions, les plus récentes d’abord.',
    schema: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
  },
];
