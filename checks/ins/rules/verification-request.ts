import type { Rule } from '#dsr/verdict/index.ts';
import { IMPLEMENTATION } from './sources.ts';

/** What a verification carries; its form is not public. */
export const VERIFICATION_REQUEST_RULES = [
  {
    id: 'INSI-VERIF-CONTENT',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.06', 'INS/va1.70'],
    source: `${IMPLEMENTATION}, règles 46 et 48 (forme non publique)`,
    title: 'Une vérification porte un matricule, sa clé, son OID et les traits.',
  },
  {
    id: 'INSI-VERIF-REF',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.70'],
    source: `${IMPLEMENTATION}, règle 46 (forme non publique)`,
    title: "Chaque identité d'une vérification en masse a sa référence.",
  },
  {
    id: 'INSI-VERIF-IDENTITY',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.06', 'INS/va1.08'],
    source: `${IMPLEMENTATION}, règles 48 et 49`,
    title: "La vérification porte sur l'INS de l'identité demandée.",
  },
] as const satisfies readonly Rule[];
