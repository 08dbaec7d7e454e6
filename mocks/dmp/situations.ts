/**
 * What a scenario may ask the DMP to play instead of its plain answer; announced at start.
 * Source: protocols.md §2.3, §2.9, annex B.3.
 *
 * `inexistant`, `ferme`: as if the record did not exist or were closed · `structure-inconnue`: the structure is unknown
 * or inactive · `XDSRegistryNotAvailable`, `XDSUnknownPatientId`: refusal of a document transaction · `succes-partiel`:
 * documents are kept and a warning is answered · `latence`: the plain answer after `parameters.delayMs` (milliseconds,
 * 3000 by default) · `coupure`: the connection is reset · `http-503-html`: a maintenance page.
 */
export const DMP_SITUATIONS = [
  'inexistant',
  'ferme',
  'structure-inconnue',
  'XDSRegistryNotAvailable',
  'XDSUnknownPatientId',
  'succes-partiel',
  'latence',
  'coupure',
  'http-503-html',
] as const;

export type DmpSituation = (typeof DMP_SITUATIONS)[number];

const TRANSPORT = ['latence', 'coupure', 'http-503-html'] as const satisfies readonly DmpSituation[];
const RECORD = ['inexistant', 'ferme', 'structure-inconnue'] as const satisfies readonly DmpSituation[];
const REGISTRY = ['XDSRegistryNotAvailable', 'XDSUnknownPatientId'] as const satisfies readonly DmpSituation[];

/** Situations that each transaction can play: the others are left for the transaction they are meant for. */
export const PLAYED_BY = {
  'TD0.2': [...RECORD, ...TRANSPORT],
  'TD2.1': [...RECORD, ...REGISTRY, 'succes-partiel', ...TRANSPORT],
  'TD3.1': [...RECORD, ...REGISTRY, ...TRANSPORT],
  'TD3.2': [...RECORD, ...REGISTRY, ...TRANSPORT],
} as const satisfies Readonly<Record<string, readonly DmpSituation[]>>;

export type DmpTransaction = keyof typeof PLAYED_BY;

export function isDmpSituation(name: string): name is DmpSituation {
  return (DMP_SITUATIONS as readonly string[]).includes(name);
}
