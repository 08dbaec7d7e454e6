import type { Rule } from '#dsr/verdict/index.ts';
import { IMPLEMENTATION } from './sources.ts';

/** The journal of calls to INSi (rules 4, 37, 39, 48). */
export const CALL_TRACE_RULES = [
  {
    id: 'INS-TRACE-CALL',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.38', 'INS/va1.06'],
    source: `${IMPLEMENTATION}, règles 37 et 48`,
    title: 'Chaque appel à INSi laisse une trace.',
  },
  {
    id: 'INS-TRACE-CALLER',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.49'],
    source: `${IMPLEMENTATION}, règle 4`,
    title: "La trace d'un appel dit quand et par qui.",
  },
  {
    id: 'INS-TRACE-MODE',
    layer: 'business',
    severity: 'warning',
    requirements: ['INS/va1.38'],
    source: `${IMPLEMENTATION}, règle 37`,
    title: "La trace d'un appel dit sa modalité : traits, carte Vitale ou vérification.",
  },
  {
    id: 'INS-TRACE-SEARCH-RETURN',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.38', 'INS/va1.35'],
    source: `${IMPLEMENTATION}, règles 37 et 39`,
    title: "La trace d'une recherche montre le code retour d'INSi.",
  },
  {
    id: 'INS-TRACE-VERIFY-RETURN',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.06'],
    source: `${IMPLEMENTATION}, règle 48`,
    title: "La trace d'une vérification montre le retour d'INSi.",
  },
  {
    id: 'INS-TRACE-DATA',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.35'],
    source: `${IMPLEMENTATION}, règle 39`,
    title: "La trace d'un retour 00 montre le matricule, l'OID, l'historique et les traits renvoyés.",
  },
] as const satisfies readonly Rule[];

/** The journal of identities (rules 4, 16, 21, 31). */
export const IDENTITY_TRACE_RULES = [
  {
    id: 'INS-TRACE-ACCESS',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.39'],
    source: `${IMPLEMENTATION}, règle 4`,
    title: "La consultation d'une identité qui porte une INS laisse une trace.",
  },
  {
    id: 'INS-TRACE-CHANGE',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.27'],
    source: `${IMPLEMENTATION}, règle 16`,
    title: "La création et la modification d'une identité laissent une trace.",
  },
  {
    id: 'INS-TRACE-STATUS',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.44', 'INS/va1.54'],
    source: `${IMPLEMENTATION}, règle 21`,
    title: 'Tout changement de statut est historisé, avec le statut antérieur.',
  },
  {
    id: 'INS-TRACE-PARTNER',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.46'],
    source: `${IMPLEMENTATION}, règle 31`,
    title: "La transmission d'une INS est tracée avec le nom du partenaire.",
  },
  {
    id: 'INS-TRACE-WHO',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.39', 'INS/va1.27', 'INS/va1.44', 'INS/va1.46'],
    source: `${IMPLEMENTATION}, règles 4, 16, 21 et 31`,
    title: "Chaque trace dit la date, l'heure et l'auteur.",
  },
] as const satisfies readonly Rule[];
