import type { Rule } from '#dsr/verdict/index.ts';
import { IMPLEMENTATION, PAM } from './sources.ts';

/** What the answer to a verification does to an identity of the product (rule 49). */
export const VERIFICATION_RULES = [
  {
    id: 'INS-VERIF-KO-INS',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.08'],
    source: `${IMPLEMENTATION}, règle 49`,
    title: 'Un retour KO supprime le matricule INS et son OID.',
  },
  {
    id: 'INS-VERIF-KO-STATUS',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.08'],
    source: `${IMPLEMENTATION}, règle 49`,
    title: "Un retour KO rétrograde l'identité au statut provisoire.",
  },
  {
    id: 'INS-VERIF-KO-TASK',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.08'],
    source: `${IMPLEMENTATION}, règle 49`,
    title: 'Une identité dont la vérification est KO entre dans une liste de travail.',
  },
  {
    id: 'INS-VERIF-UNCHANGED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.08'],
    source: `${IMPLEMENTATION}, règles 48 et 49`,
    title: "Un retour OK, une erreur ou une absence de réponse ne change pas l'identité.",
  },
] as const satisfies readonly Rule[];

/** What the product does with an identity that another domain sent (rules 30, 51, 52, 53, 55). */
export const PARTNER_RULES = [
  {
    id: 'INS-PARTNER-VERIFY',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.11', 'INS/va1.13', 'INS/va1.57', 'INS/va1.04'],
    source: `${IMPLEMENTATION}, règles 30 et 52`,
    title: "Une INS transmise par un autre domaine est vérifiée auprès d'INSi, automatiquement.",
  },
  {
    id: 'INS-PARTNER-RECEIVED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.04', 'INS/va1.11'],
    source: `${IMPLEMENTATION}, règles 30, 51 et 53`,
    title: "Une identité dont le message est acquitté est créée, ou attend quelqu'un dans une liste de travail.",
  },
  {
    id: 'INS-PARTNER-OTHER',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.13', 'INS/va1.57'],
    source: `${IMPLEMENTATION}, règles 30 et 53`,
    title: "L'identité reçue ne touche pas celle d'une autre personne, jumeau ou homonyme.",
  },
  {
    id: 'INS-PARTNER-NOT-TRANSITIVE',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.13', 'INS/va1.57', 'INS/va1.04'],
    source: `${IMPLEMENTATION}, règle 30`,
    title: 'La qualification faite par un autre domaine ne se transmet pas.',
  },
  {
    id: 'INS-PARTNER-TRUST',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.04'],
    source: `${IMPLEMENTATION}, règle 30, exception`,
    title:
      "Sans prise en charge directe, l'identité qualifiée reçue d'un émetteur sous contrat de confiance est qualifiée.",
  },
  {
    id: 'INS-PARTNER-CREATED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.13', 'INS/va1.57'],
    source: `${IMPLEMENTATION}, règles 30 et 53`,
    title:
      "Après un retour OK, l'identité inconnue est créée avec tout ce que l'émetteur a transmis, au statut récupérée.",
  },
  {
    id: 'INS-PARTNER-UNVERIFIED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.11', 'INS/va1.04'],
    source: `${IMPLEMENTATION}, règles 30, 52 et 53`,
    title: "Sans retour OK d'INSi, le matricule transmis n'est rattaché à aucune identité.",
  },
  {
    id: 'INS-PARTNER-KO-KNOWN',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.07'],
    source: `${IMPLEMENTATION}, règle 51`,
    title: "Après un retour KO, l'identité déjà connue n'est pas mise à jour.",
  },
  {
    id: 'INS-PARTNER-KO-CREATED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.05'],
    source: `${IMPLEMENTATION}, règle 51`,
    title: "Après un retour KO, l'identité inconnue est créée, ou proposée à la création, avec les traits transmis.",
  },
  {
    id: 'INS-PARTNER-KO-INS',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.05'],
    source: `${IMPLEMENTATION}, règle 51`,
    title: "Après un retour KO, l'identité créée ne porte ni le matricule ni l'OID transmis.",
  },
  {
    id: 'INS-PARTNER-KO-DATA',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.12'],
    source: `${IMPLEMENTATION}, règle 55`,
    title: "Après un retour KO, une donnée de santé n'est pas intégrée d'elle-même.",
  },
  {
    id: 'INS-PARTNER-KO-TASK',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.12'],
    source: `${IMPLEMENTATION}, règle 55`,
    title: 'Après un retour KO, la donnée de santé attend dans une liste de travail.',
  },
] as const satisfies readonly Rule[];

/** What a product that receives its identities does with the feeds of its own domain (rule 33). */
export const FEED_RULES = [
  {
    id: 'INS-FEED-STORED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.73', 'INS/va1.72'],
    source: `${IMPLEMENTATION}, règle 33 ; ${PAM}`,
    title: "L'identité reçue de son domaine est enregistrée avec ses traits.",
  },
  {
    id: 'INS-FEED-INS',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.73', 'INS/va1.72'],
    source: `${IMPLEMENTATION}, règle 33 ; ${PAM}`,
    title: 'Une INS reçue avec PID-32 = VALI est enregistrée avec son OID, au statut qualifiée.',
  },
  {
    id: 'INS-FEED-NOT-QUALIFIED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.73'],
    source: `${IMPLEMENTATION}, règle 33 ; ${PAM}`,
    title: "Sans PID-32 = VALI, ni le matricule ni l'OID ne sont enregistrés et l'identité n'est pas qualifiée.",
  },
  {
    id: 'INS-FEED-REMOVED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.73'],
    source: `${IMPLEMENTATION}, règle 33 ; ${PAM}`,
    title: "Un message de suppression de l'INS retire le matricule et l'OID.",
  },
] as const satisfies readonly Rule[];
