import type { Rule } from '#dsr/verdict/index.ts';

const MSS = 'Référentiel socle MSSanté n° 2, ECO.1.1.1 et ECO.1.1.3';

/** Rules on the TLS session between a product and a national service. Sources: protocols.md §2.1 and §5.2, domain.md §3.4. */
export const RULES = [
  {
    id: 'TLS-PRESENT',
    layer: 'wire',
    severity: 'error',
    requirements: ['MSS/va1.03'],
    source: MSS,
    title: "L'échange est protégé par TLS.",
  },
  {
    id: 'TLS-VERSION',
    layer: 'wire',
    severity: 'error',
    requirements: ['MSS/va1.31'],
    source: `${MSS} ; vague 1 : TLS 1.2 uniquement ; vague 2 : TLS 1.2 au moins`,
    title: 'La version de TLS est celle que la vague demande.',
  },
  {
    id: 'TLS-CIPHER',
    layer: 'wire',
    severity: 'error',
    requirements: ['MSS/va1.31'],
    source: `${MSS} ; DMP : note PDT-579 v4 sur les suites admises`,
    title: 'La suite cryptographique est dans la liste admise.',
  },
  {
    id: 'TLS-CLIENT-CERTIFICATE-ABSENT',
    layer: 'wire',
    severity: 'error',
    requirements: ['INS/va1.58', 'MSS/va1.03'],
    source: 'IGC-Santé, authentification mutuelle',
    title: 'Un certificat client est présenté.',
  },
  {
    id: 'TLS-CLIENT-CERTIFICATE-EXPIRED',
    layer: 'wire',
    severity: 'error',
    requirements: ['INS/va1.58', 'MSS/va1.03'],
    source: 'IGC-Santé, authentification mutuelle',
    title: 'Le certificat client est dans sa période de validité.',
  },
  {
    id: 'TLS-CLIENT-CERTIFICATE-REVOKED',
    layer: 'wire',
    severity: 'error',
    requirements: ['INS/va1.58', 'MSS/va1.03'],
    source: 'IGC-Santé, listes de révocation',
    title: "Le certificat client n'est pas révoqué.",
  },
  {
    id: 'TLS-CLIENT-CERTIFICATE-AUTHORITY',
    layer: 'wire',
    severity: 'error',
    requirements: ['INS/va1.58', 'MSS/va1.03'],
    source: 'IGC-Santé, chaînes de confiance',
    title: "Le certificat client est émis par l'IGC-Santé.",
  },
  {
    id: 'TLS-CLIENT-CERTIFICATE-REFUSED',
    layer: 'wire',
    severity: 'error',
    requirements: ['INS/va1.58', 'MSS/va1.03'],
    source: 'IGC-Santé, authentification mutuelle',
    title: 'Le certificat client est accepté.',
  },
] as const satisfies readonly Rule[];

export type TlsRule = (typeof RULES)[number]['id'];
