import { classifications, codeOf, DOCUMENT_ENTRY, parseCx, slotValues } from '#formats/ebrim/index.ts';
import type { RegistryEntry, RegistryStore } from '../registry.ts';
import type { RegistryProblem } from '../types.ts';
import type { Vihf } from '../vihf/read.ts';
import { APPROVED, DEPRECATED, OIDS, QUERIES } from '../vocabulary.ts';
import type { StoredQuery } from './query.ts';

export type Selection =
  | { readonly ok: true; readonly entries: readonly RegistryEntry[] }
  | { readonly ok: false; readonly problem: RegistryProblem };

/**
 * Entries that a stored query finds, as far as the caller may see them.
 * Source: protocols.md §2.6, rights of §2.2.
 */
export function select(query: StoredQuery, vihf: Vihf, registry: RegistryStore): Selection {
  const visible = registry
    .entries(vihf.patient?.ins ?? '')
    .filter((entry) => !entry.isSignature && maySee(entry, vihf));
  switch (query.id) {
    case QUERIES.findDocuments:
      return findDocuments(query, vihf, visible);
    case QUERIES.getDocuments:
      return getDocuments(query, visible);
    default:
      return refuse('XDSUnknownStoredQuery', `Requête stockée ${query.id} non servie`);
  }
}

/** A structure sees its own documents; masked ones are for it alone; a user without a profession sees nothing else. */
function maySee({ structure, document }: RegistryEntry, vihf: Vihf): boolean {
  if (structure === vihf.structure) return true;
  const organisationOnly = vihf.roles[0]?.system === OIDS.roleOfOthers;
  return !organisationOnly && !document.confidentiality.includes('MASQUE_PS');
}

const STATUS = { Approved: APPROVED, Deprecated: DEPRECATED } as const;

const CODE_FILTERS: readonly (readonly [parameter: string, scheme: string])[] = [
  ['$XDSDocumentEntryClassCode', DOCUMENT_ENTRY.classCode],
  ['$XDSDocumentEntryTypeCode', DOCUMENT_ENTRY.typeCode],
  ['$XDSDocumentEntryFormatCode', DOCUMENT_ENTRY.formatCode],
  ['$XDSDocumentEntryConfidentialityCode', DOCUMENT_ENTRY.confidentialityCode],
  ['$XDSDocumentEntryPracticeSettingCode', DOCUMENT_ENTRY.practiceSettingCode],
  ['$XDSDocumentEntryHealthcareFacilityTypeCode', DOCUMENT_ENTRY.healthcareFacilityTypeCode],
  ['$XDSDocumentEntryEventCodeList', DOCUMENT_ENTRY.eventCodeList],
];

const TIME_FILTERS: readonly (readonly [parameter: string, slot: string])[] = [
  ['$XDSDocumentEntryCreationTime', 'creationTime'],
  ['$XDSDocumentEntryServiceStartTime', 'serviceStartTime'],
  ['$XDSDocumentEntryServiceStopTime', 'serviceStopTime'],
];

function findDocuments(query: StoredQuery, vihf: Vihf, visible: readonly RegistryEntry[]): Selection {
  const [patientId] = query.parameter('$XDSDocumentEntryPatientId');
  const statuses = query.parameter('$XDSDocumentEntryStatus');
  if (patientId === undefined) return missing('$XDSDocumentEntryPatientId');
  if (statuses.length === 0) return missing('$XDSDocumentEntryStatus');
  if (parseCx(patientId).id !== vihf.patient?.ins) {
    return refuse('XDSPatientIdDoesNotMatch', "Le patient cherché n'est pas celui du VIHF");
  }
  const entries = visible.filter(
    (entry) =>
      statuses.includes(STATUS[entry.document.status]) && passesCodes(query, entry) && passesTimes(query, entry),
  );
  return { ok: true, entries };
}

/** `code^^system`; the system may be left out. */
function passesCodes(query: StoredQuery, { entry }: RegistryEntry): boolean {
  return CODE_FILTERS.every(([parameter, scheme]) => {
    const wanted = query.parameter(parameter).map((value) => value.split('^'));
    const held = classifications(entry, scheme).map(codeOf);
    return (
      wanted.length === 0 ||
      wanted.some(([code, , system = '']) =>
        held.some((one) => one.code === code && (system === '' || one.system === system)),
      )
    );
  });
}

/** From is included, To is not (ITI TF-2a 3.18.4.1.2.3.7.1). */
function passesTimes(query: StoredQuery, { entry }: RegistryEntry): boolean {
  return TIME_FILTERS.every(([parameter, slot]) => {
    const [from] = query.parameter(`${parameter}From`);
    const [to] = query.parameter(`${parameter}To`);
    if (from === undefined && to === undefined) return true;
    const held = slotValues(entry, slot)[0];
    if (held === undefined) return false;
    return (
      (from === undefined || complete(held) >= complete(from)) && (to === undefined || complete(held) < complete(to))
    );
  });
}

/** Times may be short: the missing right part counts as the beginning of the period. */
function complete(time: string): string {
  return time + '00000101000000'.slice(time.length);
}

function getDocuments(query: StoredQuery, visible: readonly RegistryEntry[]): Selection {
  const uuids = query.parameter('$XDSDocumentEntryEntryUUID');
  const ids = query.parameter('$XDSDocumentEntryUniqueId');
  if (uuids.length === 0 && ids.length === 0) return missing('$XDSDocumentEntryEntryUUID ou $XDSDocumentEntryUniqueId');
  const entries = visible.filter(
    ({ document }) => uuids.includes(document.entryUUID) || ids.includes(document.uniqueId),
  );
  return { ok: true, entries };
}

function missing(name: string): Selection {
  return refuse('XDSStoredQueryMissingParam', `Paramètre ${name} absent`);
}

function refuse(code: string, context: string): Selection {
  return { ok: false, problem: { code, context, location: '' } };
}
