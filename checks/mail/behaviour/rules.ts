import type { Rule } from '#dsr/verdict/index.ts';
import { ECO } from '../vocabulary.ts';

/** What is judged on the product's own screens and journals, and not on a mail. */
export const RULES = [
  {
    id: 'MAIL-TRACE-ACTION',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/CONF.17'],
    source: 'REM SGL vague 2, SC.MSS/CONF.17',
    title: 'Chaque traitement opéré sur une boîte MSSanté laisse une trace fonctionnelle.',
  },
  {
    id: 'MAIL-TRACE-CONTENT',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/CONF.18'],
    source: 'REM SGL vague 2, SC.MSS/CONF.18',
    title: 'Une trace dit son auteur, l’heure locale du poste, l’action, la demande et la réponse.',
  },
  {
    id: 'MAIL-TRACE-ANSWER',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/CONF.18'],
    source: 'REM SGL vague 2, SC.MSS/CONF.18 : réponse du serveur, échec compris',
    title: 'La trace d’un échec porte la réponse du serveur de messagerie.',
  },
  {
    id: 'MAIL-RECEIPT-SHOWN',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.14'],
    source: `REM SGL vague 1, MSS/va1.14 ; ${ECO('2.3.1')}`,
    title: 'L’accusé de réception revenu est montré, auprès du courriel qu’il concerne.',
  },
  {
    id: 'MAIL-FAILURE-SHOWN',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.14'],
    source: 'REM SGL vague 1, MSS/va1.14',
    title: 'Un courriel qui n’a pas été remis n’est pas montré comme reçu, et son échec est dit.',
  },
  {
    id: 'MAIL-IN-SHOWN',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/CONF.06'],
    source: 'REM SGL vague 2, SC.MSS/CONF.06 ; RFC 3501',
    title: 'Le produit montre les courriels de la boîte qu’il relève.',
  },
  {
    id: 'MAIL-IN-PATIENT',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/CONF.24'],
    source: `REM SGL vague 2, SC.MSS/CONF.24 ; ${ECO('2.1.2')}`,
    title: 'Un document reçu va au patient que patientId désigne dans METADATA.XML.',
  },
  {
    id: 'MAIL-IN-UNKNOWN',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/CONF.24'],
    source: `REM SGL vague 2, SC.MSS/CONF.24 ; ${ECO('2.1.2')}`,
    title: 'Un document dont le patient n’est pas connu n’est classé nulle part de lui-même.',
  },
] as const satisfies readonly Rule[];

export type BehaviourRule = (typeof RULES)[number]['id'];
