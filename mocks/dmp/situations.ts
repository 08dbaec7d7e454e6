/**
 * What a scenario may ask the DMP to play instead of its plain answer; announced at start. Refusals and their words are
 * data, in `scripted.json`.
 * Source: protocols.md §2.3, §2.9, annex B.3.
 *
 * `inexistant`, `ferme`: as if the record did not exist or were closed · `structure-inconnue`: the structure is unknown
 * or inactive · `acces-refuse`: the patient blocked the professional · `opposition`: the patient is opposed to
 * consultation · `ps-structure-non-lies`: the professional is not of that structure · `autorisation-inexistante`,
 * `autorisation-expiree`: TD0.2 says that the professional has no authorisation, or no longer · `identite-differente`:
 * TD0.2 shows other traits than those of the patient · `patients-trop-nombreux`: TD0.5 finds too many people ·
 * `web-ps-sans-autorisation`, `web-ps-choix-situation`: the site asks the user to confirm, or to choose, before the page ·
 * `XDS…`: refusal of a document
 * transaction under that code · `DMPInvalidCertificate`, `specialite-absente`: the VIHF is refused, whatever it is · `succes-partiel`: what was asked is done and a warning is answered · `latence`: the plain
 * answer after `parameters.delayMs` (milliseconds, 3000 by default) · `coupure`: the connection is reset ·
 * `http-503-html`: a maintenance page.
 */
export const DMP_SITUATIONS = [
  'inexistant',
  'ferme',
  'structure-inconnue',
  'acces-refuse',
  'opposition',
  'ps-structure-non-lies',
  'autorisation-inexistante',
  'autorisation-expiree',
  'identite-differente',
  'patients-trop-nombreux',
  'DMPInvalidCertificate',
  'specialite-absente',
  'web-ps-sans-autorisation',
  'web-ps-choix-situation',
  'XDSRegistryNotAvailable',
  'XDSRegistryBusy',
  'XDSRegistryError',
  'XDSRepositoryError',
  'XDSUnknownPatientId',
  'XDSPatientIdDoesNotMatch',
  'XDSDuplicateUniqueIdInRegistry',
  'XDSRegistryMetadataError',
  'XDSMetadataUpdateError',
  'XDSDocumentUniqueIdError',
  'XDSTooManyResults',
  'succes-partiel',
  'latence',
  'coupure',
  'http-503-html',
] as const;

export type DmpSituation = (typeof DMP_SITUATIONS)[number];

/** What happens before a transaction looks at its body: on the wire, or to the VIHF. */
const BEFORE = [
  'latence',
  'coupure',
  'http-503-html',
  'DMPInvalidCertificate',
  'specialite-absente',
] as const satisfies readonly DmpSituation[];
const RECORD = ['inexistant', 'ferme', 'structure-inconnue'] as const satisfies readonly DmpSituation[];
const REGISTRY = [
  'XDSRegistryNotAvailable',
  'XDSRegistryBusy',
  'XDSRegistryError',
  'XDSUnknownPatientId',
  'ps-structure-non-lies',
] as const satisfies readonly DmpSituation[];
const REPOSITORY = ['XDSRepositoryError'] as const satisfies readonly DmpSituation[];
/** Being blocked or opposed is about reading: feeding stays open (protocols.md §2.2, feeding needs no authorisation). */
const READING = ['acces-refuse', 'opposition'] as const satisfies readonly DmpSituation[];

/** Situations that each transaction can play: the others are left for the transaction they are meant for. */
export const PLAYED_BY = {
  'TD0.2': [
    ...RECORD,
    ...READING,
    'ps-structure-non-lies',
    'autorisation-inexistante',
    'autorisation-expiree',
    'identite-differente',
    ...BEFORE,
  ],
  'TD0.3': [...RECORD, ...READING, 'ps-structure-non-lies', ...BEFORE],
  'TD0.4': ['structure-inconnue', 'ps-structure-non-lies', ...BEFORE],
  'TD0.5': ['structure-inconnue', 'ps-structure-non-lies', 'patients-trop-nombreux', ...BEFORE],
  /** Before the user is known: what depends on who they are can only be asked for. */
  'TD0.9': ['inexistant', 'ferme', ...READING, 'web-ps-sans-autorisation', 'web-ps-choix-situation'],
  'TD1.6': [...RECORD, 'ps-structure-non-lies', ...BEFORE],
  'TD2.1': [
    ...RECORD,
    ...REGISTRY,
    ...REPOSITORY,
    'XDSPatientIdDoesNotMatch',
    'XDSDuplicateUniqueIdInRegistry',
    'XDSRegistryMetadataError',
    'succes-partiel',
    ...BEFORE,
  ],
  'TD3.1': [
    ...RECORD,
    ...REGISTRY,
    ...READING,
    'XDSPatientIdDoesNotMatch',
    'XDSTooManyResults',
    'succes-partiel',
    ...BEFORE,
  ],
  'TD3.2': [...RECORD, ...REGISTRY, ...REPOSITORY, ...READING, 'XDSDocumentUniqueIdError', ...BEFORE],
  'TD3.3': [
    ...RECORD,
    ...REGISTRY,
    ...READING,
    'XDSPatientIdDoesNotMatch',
    'XDSMetadataUpdateError',
    'succes-partiel',
    ...BEFORE,
  ],
} as const satisfies Readonly<Record<string, readonly DmpSituation[]>>;

export type DmpTransaction = keyof typeof PLAYED_BY;

export function isDmpSituation(name: string): name is DmpSituation {
  return (DMP_SITUATIONS as readonly string[]).includes(name);
}
