import type { Rule } from '#dsr/verdict/index.ts';

/** Rules on the envelope of the calls that have no table of their own. Source: protocols.md §2.1, §2.2 and D2 of §2.11. */
export const MESSAGE_RULES = [
  {
    id: 'DMP-READABLE',
    layer: 'wellformed',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: 'CI-SIS, volet transport synchrone pour client lourd',
    title: 'Le message envoyé au DMP est une enveloppe SOAP lisible.',
  },
  {
    id: 'DMP-SOAP-VERSION',
    layer: 'wire',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: 'CI-SIS, volet transport synchrone pour client lourd',
    title: "L'enveloppe envoyée au DMP est en SOAP 1.2.",
  },
  {
    id: 'DMP-ACTION',
    layer: 'wire',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: "Guide d'intégration DMP, tableau des transactions",
    title: "wsa:Action est celle d'une transaction du DMP, et le Body est le sien.",
  },
  {
    id: 'DMP-CONTENT-TYPE',
    layer: 'wire',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: 'W3C SOAP 1.2 partie 2, §7.1.4 ; CI-SIS, transport synchrone',
    title: 'Le Content-Type est celui de SOAP 1.2, application/soap+xml.',
  },
  {
    id: 'DMP-ACTION-PARAMETER',
    layer: 'wire',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: 'W3C SOAP 1.2 partie 2, §7.1.4 ; CI-SIS, transport synchrone',
    title: 'Le paramètre action du Content-Type est égal à wsa:Action, pour toute transaction.',
  },
  {
    id: 'DMP-MESSAGE-ID',
    layer: 'wire',
    severity: 'error',
    requirements: ['DMP/va1.01'],
    source: 'CI-SIS, volet transport synchrone pour client lourd',
    title: 'wsa:MessageID est de la forme urn:uuid:<UUID>.',
  },
] as const satisfies readonly Rule[];

export type MessageRule = (typeof MESSAGE_RULES)[number]['id'];
