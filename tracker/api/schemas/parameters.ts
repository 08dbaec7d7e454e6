import { loadCategories } from '#dsr/rem/index.ts';
import { SLOT_STATES } from '../../domain/index.ts';
import type { QueryParameter } from '../contract/types.ts';

/** Closed lists of the query parameters; ajv refuses anything else, and the published document shows the same. */

export { SLOT_STATES };

export const VERDICTS = ['conforme', 'non-conforme', 'a-verifier', 'non-verifiable'] as const;
export const CLASSES = ['bench', 'rehearsal', 'human'] as const;

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
  {
    name: 'owner',
    description: 'Responsable ; « - » pour celles qui n’en ont pas.',
    schema: { type: 'string', maxLength: 100 },
  },
  { name: 'late', description: 'true : celles dont l’échéance est passée.', schema: { type: 'boolean' } },
  { name: 'questions', description: 'true : celles qui ont une question sans réponse.', schema: { type: 'boolean' } },
  { name: 'class', description: 'Classe d’une de ses preuves.', schema: { type: 'string', enum: [...CLASSES] } },
  {
    name: 'q',
    description: 'Mots cherchés dans le numéro, l’intitulé, la section et le profil.',
    schema: { type: 'string', maxLength: 200 },
  },
];

/** What a campaign may be of. */
export const CATEGORIES_AND_WAVES = {
  categories: loadCategories().map(({ code }) => code),
  waves: ['va1', 'va2'],
} as const;
