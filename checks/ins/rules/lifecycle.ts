import type { Rule } from '#dsr/verdict/index.ts';
import { IMPLEMENTATION } from './sources.ts';

/** What a doubtful or fictive identity entails (rule 25). */
export const FLAG_RULES = [
  {
    id: 'INS-FLAG-KEPT',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.44'],
    source: `${IMPLEMENTATION}, règle 25`,
    title: "L'attribut douteuse ou fictive posé par l'utilisateur est enregistré.",
  },
  {
    id: 'INS-FLAG-STATUS',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.44'],
    source: `${IMPLEMENTATION}, règle 25`,
    title: 'Une identité douteuse ou fictive est rétrogradée au statut provisoire.',
  },
  {
    id: 'INS-FLAG-INS',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.60'],
    source: `${IMPLEMENTATION}, règles 25 et 27`,
    title: "La rétrogradation d'une identité récupérée ou qualifiée supprime le matricule INS et son OID.",
  },
  {
    id: 'INS-FLAG-NO-CALL',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.20'],
    source: `${IMPLEMENTATION}, règle 25`,
    title: "INSi n'est pas appelé pour une identité douteuse ou fictive.",
  },
] as const satisfies readonly Rule[];

/** Who may change what, once INSi gave the traits (rule 26). */
export const LOCK_RULES = [
  {
    id: 'INS-LOCK-SHOWN',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.47', 'INS/va1.18'],
    source: `${IMPLEMENTATION}, règle 26`,
    title: "L'écran montre que les traits stricts, le matricule et l'OID ne sont pas modifiables.",
  },
  {
    id: 'INS-LOCK-OPEN',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.48'],
    source: `${IMPLEMENTATION}, règle 26`,
    title: 'Les traits complémentaires restent modifiables par tout utilisateur.',
  },
  {
    id: 'INS-LOCK-STRICT',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.18'],
    source: `${IMPLEMENTATION}, règle 26`,
    title: "Un utilisateur ordinaire ne modifie aucun trait strict d'une identité récupérée ou qualifiée.",
  },
  {
    id: 'INS-LOCK-TOLD',
    layer: 'business',
    severity: 'warning',
    requirements: ['INS/va1.47'],
    source: `${IMPLEMENTATION}, règle 26`,
    title: "Le refus d'une modification est dit à l'utilisateur.",
  },
] as const satisfies readonly Rule[];

/** What a change by a super user entails (rule 27). */
export const CHANGE_RULES = [
  {
    id: 'INS-CHANGE-APPLIED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.60'],
    source: `${IMPLEMENTATION}, règles 26 et 27`,
    title: 'Un super utilisateur peut modifier chaque trait.',
  },
  {
    id: 'INS-CHANGE-INS',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.60'],
    source: `${IMPLEMENTATION}, règle 27`,
    title: "La modification d'un trait strict supprime le matricule INS et son OID.",
  },
  {
    id: 'INS-CHANGE-STATUS',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.60'],
    source: `${IMPLEMENTATION}, règle 27`,
    title:
      "La modification d'un trait strict rétrograde l'identité : récupérée devient provisoire, qualifiée devient validée.",
  },
  {
    id: 'INS-CHANGE-COMPLEMENTARY',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.60'],
    source: `${IMPLEMENTATION}, règle 27`,
    title: "La modification d'un trait complémentaire ne change ni le statut, ni le matricule, ni l'OID.",
  },
] as const satisfies readonly Rule[];
