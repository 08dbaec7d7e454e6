import { ENTRY } from '../xds/index.ts';
import {
  classified,
  type DmpContext,
  type DmpEntry,
  type Found,
  quoted,
  type QuerySlot,
  type Refused,
} from '../dmp/index.ts';
import type { queryDmp } from '../dmp/index.ts';
import { utcTime } from '../documents/index.ts';
import { dayBounds } from './times.ts';

/** Criteria of a search in the record, days in local time. */
export interface Criteria {
  createdFrom?: string;
  createdTo?: string;
  actFrom?: string;
  actTo?: string;
  submittedFrom?: string;
  submittedTo?: string;
  typeCodes?: string[];
  classCodes?: string[];
  practiceSettings?: string[];
  facilityTypes?: string[];
  formatCodes?: string[];
  eventCodes?: string[];
  author?: string;
  uniqueId?: string;
  archived?: boolean;
}

type Query = typeof queryDmp;

const APPROVED = 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved';
const ARCHIVED = 'urn:asip:ci-sis:2010:StatusType:Archived';

/** Systems of the codes that a user types alone. */
const SYSTEMS = {
  ClassCode: '1.2.250.1.213.1.1.4.1',
  PracticeSettingCode: '1.2.250.1.213.1.1.4.9',
  HealthcareFacilityTypeCode: '1.2.250.1.71.4.2.4',
  FormatCode: '1.3.6.1.4.1.19376.1.2.3',
  EventCodeList: '2.16.840.1.113883.6.1',
} as const;

/**
 * The entries that answer the criteria. By number: GetDocuments. By date of submission: FindSubmissionSets, then
 * GetAssociations and GetDocuments, since a document does not carry that date. Otherwise: FindDocuments.
 * Source: protocols.md §2.6.
 */
export async function findEntries(criteria: Criteria, context: DmpContext, query: Query): Promise<Found | Refused> {
  if (criteria.uniqueId !== undefined) {
    return await query('getDocuments', [['$XDSDocumentEntryUniqueId', [criteria.uniqueId]]], context);
  }
  const { submittedFrom, submittedTo } = criteria;
  if (submittedFrom === undefined && submittedTo === undefined) {
    return await query('findDocuments', documentSlots(criteria, context), context);
  }
  const sets = await query('findSubmissionSets', setSlots(criteria, context), context);
  if (sets.outcome === 'refused' || sets.sets.length === 0) return sets;
  const links = await query('getAssociations', [['$uuid', sets.sets]], context);
  if (links.outcome === 'refused' || links.members.length === 0) return links;
  const found = await query('getDocuments', [['$XDSDocumentEntryEntryUUID', [...new Set(links.members)]]], context);
  return found.outcome === 'refused' ? found : { ...found, entries: found.entries.filter(answers(criteria)) };
}

/** What GetDocuments does not filter: the status, and the codes asked for besides the date. */
function answers(criteria: Criteria): (entry: DmpEntry) => boolean {
  const asked: readonly (readonly [string, readonly string[] | undefined])[] = [
    [ENTRY.typeCode, criteria.typeCodes],
    [ENTRY.classCode, criteria.classCodes],
  ];
  return (entry) =>
    (entry.status === 'Approved' || (criteria.archived === true && entry.status === 'Archived')) &&
    asked.every(([scheme, codes]) => {
      const code = classified(entry, scheme)?.code ?? '';
      return codes === undefined || codes.some((one) => one.split('^')[0] === code);
    });
}

function documentSlots(criteria: Criteria, { patient, faults }: DmpContext): QuerySlot[] {
  // Active documents are always asked for (EX_3.1-1030).
  const statuses = faults.has('dmp-recherche-sans-actifs') ? [ARCHIVED] : [APPROVED];
  const type = (code: string): string => (/^\d+-\d$/.test(code) ? '2.16.840.1.113883.6.1' : '1.2.250.1.213.1.1.4.12');
  const coded = (name: string, codes: string[] | undefined, system: (code: string) => string): QuerySlot[] =>
    codes && codes.length > 0
      ? [[`$XDSDocumentEntry${name}`, codes.map((code) => (code.includes('^') ? code : `${code}^^${system(code)}`))]]
      : [];
  const slots: QuerySlot[] = [
    ['$XDSDocumentEntryPatientId', faults.has('dmp-recherche-ins-nu') ? patient : quoted(patient)],
    ['$XDSDocumentEntryStatus', criteria.archived === true ? [...statuses, ARCHIVED] : statuses],
    ...times('$XDSDocumentEntryCreationTime', criteria.createdFrom, criteria.createdTo),
    ...times('$XDSDocumentEntryServiceStartTime', criteria.actFrom, criteria.actTo),
    ...coded('TypeCode', criteria.typeCodes, type),
    ...coded('ClassCode', criteria.classCodes, () => SYSTEMS.ClassCode),
    ...coded('PracticeSettingCode', criteria.practiceSettings, () => SYSTEMS.PracticeSettingCode),
    ...coded('HealthcareFacilityTypeCode', criteria.facilityTypes, () => SYSTEMS.HealthcareFacilityTypeCode),
    ...coded('FormatCode', criteria.formatCodes, () => SYSTEMS.FormatCode),
    ...coded('EventCodeList', criteria.eventCodes, () => SYSTEMS.EventCodeList),
    ...(criteria.author === undefined
      ? []
      : [['$XDSDocumentEntryAuthorPerson', [`%${criteria.author}%`]] satisfies QuerySlot]),
  ];
  // Patient, status, and the first criterion.
  return faults.has('dmp-recherche-un-critere') ? slots.slice(0, 3) : slots;
}

function setSlots(criteria: Criteria, { patient }: DmpContext): QuerySlot[] {
  return [
    ['$XDSSubmissionSetPatientId', quoted(patient)],
    ['$XDSSubmissionSetStatus', [APPROVED]],
    ...times('$XDSSubmissionSetSubmissionTime', criteria.submittedFrom, criteria.submittedTo),
  ];
}

function times(name: string, from: string | undefined, to: string | undefined): QuerySlot[] {
  return [
    ...(from === undefined ? [] : [[`${name}From`, utcTime(dayBounds(from).first)] satisfies QuerySlot]),
    ...(to === undefined ? [] : [[`${name}To`, utcTime(dayBounds(to).last)] satisfies QuerySlot]),
  ];
}
