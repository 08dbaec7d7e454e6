import { dashboardOf, type Dashboard, type DashboardQuery } from './dashboard.ts';
import { checkAccess, type AccessTold, recordExistence } from './access.ts';
import { BLOCKED, blockFeeding, recordConsent, takeConsent } from './choices.ts';
import { readFromRecord, searchRecord } from './consult.ts';
import { changeDocument, deleteReport, replaceReport } from './correct.ts';
import { feedHistory } from './history.ts';
import { openWeb } from './web.ts';
import type { RecordDeps } from './types.ts';

export { createRecordBook, type RecordBook } from './book.ts';
export { createFedDocuments, type FedDocuments } from './fed.ts';
export { createRecordJournal, type RecordJournal } from './journal.ts';
export { requireReadable, type DocumentAction } from './correct.ts';
export type { Criteria } from './criteria.ts';
export type { HistoryOrder } from './history.ts';
export type { WebPage } from './web.ts';
export { BLOCKED, recordExistence, takeConsent };
export type { AccessTold, Dashboard, DashboardQuery };
export type { Actor, Fed, Integrated, PatientRecord, RecordDeps, RecordServices, RecordTrace } from './types.ts';

type Rest<Act> = Act extends (first: infer First, ...rest: infer Others) => infer Result
  ? Others extends [...infer Middle, RecordDeps]
    ? (first: First, ...rest: Middle) => Result
    : never
  : never;

/** What a user does with the shared record of a patient. */
export interface SharedRecord {
  consent: Rest<typeof recordConsent>;
  block: Rest<typeof blockFeeding>;
  check: Rest<typeof checkAccess>;
  search: Rest<typeof searchRecord>;
  read: Rest<typeof readFromRecord>;
  replace: Rest<typeof replaceReport>;
  remove: Rest<typeof deleteReport>;
  change: Rest<typeof changeDocument>;
  feedHistory: Rest<typeof feedHistory>;
  openWeb: Rest<typeof openWeb>;
  dashboard(query: DashboardQuery): Dashboard;
}

export function createSharedRecord(deps: RecordDeps): SharedRecord {
  return {
    consent: (patientId, choice, actor) => recordConsent(patientId, choice, actor, deps),
    block: (patientId, on, actor) => blockFeeding(patientId, on, actor, deps),
    check: (patientId, actor) => checkAccess(patientId, actor, deps),
    search: (patientId, criteria, actor) => searchRecord(patientId, criteria, actor, deps),
    read: (order, actor) => readFromRecord(order, actor, deps),
    replace: (order, actor) => replaceReport(order, actor, deps),
    remove: (order, actor) => deleteReport(order, actor, deps),
    change: (order, actor) => changeDocument(order, actor, deps),
    feedHistory: (order, actor) => feedHistory(order, actor, deps),
    openWeb: (order, actor) => openWeb(order, actor, deps),
    dashboard: (query) => dashboardOf(query, deps),
  };
}
