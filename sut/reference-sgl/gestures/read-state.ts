import { displayName, type Account } from '../accounts/index.ts';
import type { Laboratory } from '../app/laboratory.ts';
import { catalogueState } from '../catalogue/index.ts';
import { lockedTraits, type InsiIdentity } from '../identity/index.ts';
import type { InsiCall } from '../insi/index.ts';
import { shownMails } from '../mailbox/index.ts';
import type { Ins, Patient } from '../model/index.ts';
import { correspondentState, directoryState, mailState, mailTraceState, receiptState } from './mail-state.ts';
import { recordState, recordTrace } from './record-state.ts';
import type { GestureInputs } from './types.ts';

/** What the system knows, as its pages show it. @throws {SglError} for an unknown patient or report */
export function readState(lab: Laboratory, input: GestureInputs['readState']): object {
  switch (input.what) {
    case 'patient': {
      const patient = lab.patients.get(input.patientId);
      const user = input.user ?? lab.config.biologist.nationalId;
      const trace = { at: lab.now(), user, patientId: patient.id, detail: 'lecture de la fiche' };
      if (!lab.faults.has('ins-sans-trace-acces')) lab.traces.add({ ...trace, kind: 'consultation' });
      return { patient: patientState(patient, lab.faults) };
    }
    case 'insi-calls':
      return { calls: lab.insiJournal.list(input.patientId).map(callState) };
    case 'identity-traces':
      return {
        traces: lab.traces
          .of(lab.patients.get(input.patientId).id)
          // The calls of INSi have a journal of their own.
          .filter(({ kind }) => kind !== 'appel-insi')
          .map((trace) => ({ ...trace, at: trace.at.toISOString() })),
      };
    case 'worklist':
      return { tasks: lab.worklist.list().map((task) => ({ ...task, at: task.at.toISOString() })) };
    case 'accounts':
      return { accounts: lab.accounts.all().map(accountState) };
    case 'transmissions': {
      const { report } = lab.reports.get(input.reportId);
      return {
        transmissions: [
          ...lab.outbox.list(report.id).map(({ channel, recipient, state, detail, references }) => {
            const receipts = lab.mail.book.receiptsOf(references).map(receiptState);
            return { channel, recipient, state, detail, references, ...(receipts.length > 0 && { receipts }) };
          }),
          ...lab.hospital.list(report.id).map(({ channel, recipient, state, detail, references }) => {
            return { channel, recipient, state, detail, references };
          }),
        ],
      };
    }
    case 'dmp':
      return { dmp: recordState(lab, input.patientId) };
    case 'dmp-traces':
      return { dmpTraces: lab.records.journal.list(input.patientId).map(recordTrace) };
    case 'mails':
      return { mails: shownMails(lab.mail.book, lab.faults, input.mailbox).map(mailState) };
    case 'mail-traces':
      return { mailTraces: lab.mail.journal.list(input.mailbox).map(mailTraceState) };
    case 'correspondents':
      return { correspondents: lab.fileCorrespondents.of(input.patientId).map(correspondentState) };
    case 'directory':
      return { directory: directoryState(lab) };
    case 'loinc-catalogue':
      return { catalogue: catalogueState(lab.catalogue.entries) };
    case 'dashboard': {
      const { what: _, ...query } = input;
      return { dashboard: lab.records.acts.dashboard(query) };
    }
    case 'sessions':
      return {
        sessions: lab.sessions.list().map(({ account, means, since }) => ({
          user: account.nationalId,
          nationalId: account.nationalId,
          name: displayName(account),
          means,
          since: since.toISOString(),
        })),
      };
  }
}

/** One line of a list of patients. */
export function summaryOf({ id, traits, status, ins }: Patient): object {
  return { patientId: id, traits, status, ...(ins && { ins: ins.matricule }) };
}

/** The account, without what is only for us. */
export function accountState(account: Account): object {
  const { user, lastName, firstName, profession, rpps, checkedAt, nextCheckAt, structures, email } = account;
  return {
    user,
    lastName,
    firstName,
    profession,
    ...(rpps && { rpps }),
    ...(checkedAt && { checkedAt: checkedAt.toISOString() }),
    ...(nextCheckAt && { nextCheckAt: nextCheckAt.toISOString() }),
    structures,
    ...(email && { email: email.address, emailVerified: email.verified }),
  };
}

function patientState(patient: Patient, faults: ReadonlySet<string>): object {
  const { id, traits, status, ins, insHistory, flags, document, identifiers } = patient;
  return {
    patientId: id,
    traits,
    status,
    ...(ins && numberOf(ins)),
    history: insHistory.map(numberOf),
    flags,
    document,
    locked: faults.has('ins-verrou-invisible') ? [] : lockedTraits(patient, faults),
    identifiers,
  };
}

function callState({
  at,
  user,
  patientId,
  operation,
  mode,
  authentication,
  returned,
  message,
  identity,
}: InsiCall): object {
  return {
    at: at.toISOString(),
    user,
    patientId,
    operation,
    mode,
    authentication,
    returned,
    message,
    ...(identity && { identity: returnedIdentity(identity) }),
  };
}

/** Rule 39: the number, its history and the traits, as INSi gave them. */
function returnedIdentity(identity: InsiIdentity): object {
  const { ins, history, birthName, firstName, firstNameList, sex, birthDate, birthPlace } = identity;
  const list = firstNameList ?? firstName;
  return {
    ...numberOf(ins),
    history: history.map(numberOf),
    traits: {
      ...(birthName !== undefined && { birthName }),
      ...(list !== undefined && { firstNames: list.split(' ').filter((name) => name !== '') }),
      ...((sex === 'M' || sex === 'F') && { sex }),
      ...(birthDate !== undefined && { birthDate }),
      ...(birthPlace !== undefined && { birthPlace }),
    },
  };
}

function numberOf(ins: Ins): { ins: string; oid: string } {
  return { ins: ins.matricule, oid: ins.oid };
}
