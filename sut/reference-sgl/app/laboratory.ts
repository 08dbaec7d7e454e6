import { createAccounts, type Accounts } from '../accounts/index.ts';
import { createCatalogue, type Catalogue } from '../catalogue/index.ts';
import {
  createCorrespondents,
  createDirectory,
  createDirectoryAccess,
  createFileCorrespondents,
  findProfessionals,
  scheduleDirectory,
  type Directory,
  type DirectorySchedule,
  type FileCorrespondents,
} from '../directory/index.ts';
import { createHl7, type Hl7 } from '../hl7/index.ts';
import { createHospital, type Hospital } from '../hospital/index.ts';
import {
  createIdentityTraces,
  createPatients,
  createSettings,
  createWorklist,
  receiveFeed,
  shareableIns,
  type FeedOutcome,
  type IdentityFeed,
  type IdentityTraces,
  type Patients,
  type SettingsBook,
  type Worklist,
} from '../identity/index.ts';
import {
  createInsiClient,
  createInsiJournal,
  createVerifyReceived,
  searchIns,
  verifyPatients,
  type InsiDeps,
  type InsiJournal,
  type SearchOrder,
  type SearchResult,
  type VerifyOrder,
  type VerifyResult,
} from '../insi/index.ts';
import { describeError, type InsiAuthentication, type Professional, type SglConfig } from '../model/index.ts';
import { createOutbox, systemSchedule, type Channels, type Outbox, type Schedule } from '../outbox/index.ts';
import * as dmp from '../dmp/index.ts';
import { buildLetter } from '../documents/index.ts';
import {
  BLOCKED,
  createFedDocuments,
  createRecordBook,
  createRecordJournal,
  createSharedRecord,
  takeConsent,
  type FedDocuments,
  type RecordBook,
  type RecordDeps,
  type RecordJournal,
  type RecordServices,
  type SharedRecord,
} from '../record/index.ts';
import { watchedChannels } from './watched-channels.ts';
import { createReports, type BuildDocuments, type Reports } from '../validation/index.ts';
import {
  createMailActs,
  createMailBook,
  createMailDesk,
  createMailJournal,
  createMailRefusals,
  heldMail,
  type MailActs,
  type MailBook,
  type MailDesk,
  type MailJournal,
  type MailRefusals,
} from '../mailbox/index.ts';
import { createRequests, type Requests } from '../requests/index.ts';
import { createPsc, createSessions, type Psc, type Sessions } from '../sessions/index.ts';

/** What the rest says to the technical log; never a trait, a number or a token. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** The whole laboratory system, without its web surface: what gestures and pages act upon. */
export interface Laboratory {
  readonly config: SglConfig;
  readonly faults: ReadonlySet<string>;
  readonly patients: Patients;
  readonly traces: IdentityTraces;
  readonly settings: SettingsBook;
  readonly worklist: Worklist;
  readonly insiJournal: InsiJournal;
  readonly hl7: Hl7;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly psc: Psc;
  readonly directory: Directory;
  /** Examinations and analyses, with their LOINC codes. */
  readonly catalogue: Catalogue;
  readonly directorySchedule: DirectorySchedule;
  /** Professionals who follow each patient. */
  readonly fileCorrespondents: FileCorrespondents;
  /** Secure mail: what was sent and received, its journal, what patients refused. */
  readonly mail: {
    readonly book: MailBook;
    readonly journal: MailJournal;
    readonly refusals: MailRefusals;
    readonly desk: MailDesk;
    /** What a person does with the mailboxes. */
    readonly acts: MailActs;
  };
  readonly requests: Requests;
  readonly reports: Reports;
  readonly outbox: Outbox;
  /** Reports given to the hospital instead. */
  readonly hospital: Hospital;
  /** The DMP of the patients: what is known of it, its journal, and what a user does with it. */
  readonly records: {
    readonly book: RecordBook;
    readonly fed: FedDocuments;
    readonly journal: RecordJournal;
    readonly acts: SharedRecord;
  };
  readonly log: Log;
  readonly now: () => Date;
  /** Who answers for the reports, with what his account says of him. */
  biologist(): Professional;
  /** By traits, in organisation mode, unless the order says otherwise. */
  searchIns(order: Optional<SearchOrder>): Promise<SearchResult>;
  verifyIns(order: Optional<VerifyOrder>): Promise<VerifyResult>;
  /** An identity brought by a message of another system. */
  receiveFeed(feed: IdentityFeed): Promise<FeedOutcome>;
  /** Where the browser of the user reaches this system; known once it listens. */
  base: string;
  /** Path of the return from Pro Santé Connect, under {@link base}. */
  readonly pscReturnPath: string;
}

/** A call of INSi need not say how it is authenticated. */
type Optional<Order> = Omit<Order, 'authentication'> & { authentication?: InsiAuthentication };

/** How this system calls INSi when nobody chooses: its own certificate works without anybody's card. */
const USUAL: InsiAuthentication = 'organisation';

/** What the laboratory stands on: the product gives its own (`main.ts`), a test gives others. */
export interface LaboratoryParts {
  log: Log;
  channels: Channels;
  /** Calls of the DMP besides those of the channels; those of the product unless told otherwise. */
  services?: RecordServices;
  build: BuildDocuments;
  now?: () => Date;
  schedule?: Schedule;
  wait?: (ms: number) => Promise<void>;
}

export function createLaboratory(config: SglConfig, faults: ReadonlySet<string>, parts: LaboratoryParts): Laboratory {
  const { log, channels, build, now = () => new Date() } = parts;
  const traces = createIdentityTraces(faults);
  const settings = createSettings(config);
  const worklist = createWorklist();
  const patients: Patients = createPatients({
    rules: () => ({ settings: settings.current(), faults }),
    traces,
    now,
    onChange(change) {
      if (change.changed.length === 0 || !faults.has('hl7-sans-a31')) hl7.onIdentityChange(change);
    },
  });
  const insiJournal = createInsiJournal(faults);
  const client = createInsiClient(config, faults, now);
  const insi: InsiDeps = { client, config, faults, patients, journal: insiJournal, traces, now };
  const verify = createVerifyReceived(insi, () => USUAL);
  const takeFeed = (feed: IdentityFeed): Promise<FeedOutcome> =>
    receiveFeed(feed, { patients, settings, worklist, verify, faults, now });
  const wait = parts.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const schedule = parts.schedule ?? systemSchedule;
  const access = createDirectoryAccess(config, { now, wait, faults });
  const accounts = createAccounts([config.biologist, ...(config.accounts ?? [])], {
    find: (criteria) => findProfessionals(criteria, access),
    faults,
    now,
    schedule,
  });
  const correspondents = createCorrespondents((professional) => {
    // The users of this system follow the directory; being in the directory opens no account.
    if (faults.has('ann-comptes-non-suivis')) return;
    if (accounts.find(professional.nationalId)) accounts.save(professional);
  });
  const directory = createDirectory(access, {
    correspondents,
    now,
    onLeave: (nationalIds) => fileCorrespondents.leave(nationalIds),
  });
  const fileCorrespondents = createFileCorrespondents({
    patients,
    directory,
    traces,
    faults,
    now,
    find: (rpps) => findProfessionals({ rpps }, access),
  });
  const requests = createRequests();
  const record: RecordDeps = {
    config,
    faults,
    now,
    wait,
    patients,
    settings,
    worklist,
    reports: () => reports,
    outbox: () => outbox,
    services: parts.services ?? dmp,
    testExistence: (patientId, { person }) => channels.testExistence(patients.get(patientId), config, person, faults),
    findRpps: (rpps) => findProfessionals({ rpps }, access),
    async rebuild(report, documents) {
      if (report.letter) return [buildLetter(report, { ...report.letter, bytes: documents.pdf.bytes }, config, faults)];
      const { n3, n1, others = [] } = await build(report, config, faults);
      return [n3, n1, ...others];
    },
    book: createRecordBook(),
    fed: createFedDocuments(),
    journal: createRecordJournal(),
  };
  const sessions = createSessions(now);
  const book = createMailBook();
  const journal = createMailJournal(faults);
  const refusals = createMailRefusals({ patients, traces, now });
  const desk = createMailDesk({
    config,
    faults,
    now,
    settings,
    book,
    journal,
    people: () => [config.biologist, ...(config.accounts ?? [])],
    tokenOf: (nationalId) => sessions.tokenOf(nationalId),
  });
  const acts = createMailActs({
    config,
    faults,
    now,
    schedule,
    patients,
    settings,
    worklist,
    book,
    desk,
    refusals,
    onError: (error) => log.warn({ error: describeError(error) }, 'messagerie MSSanté en échec'),
  });
  const outbox = createOutbox({
    config,
    faults,
    channels: watchedChannels(channels, record, desk),
    holdMail: (report, towards) => heldMail(report, towards, refusals, faults),
    mailedAtOnce({ patient, recipients }) {
      if (settings.current().mailSending === 'manuel' && !faults.has('mss-manuel-automatique')) {
        return { professionals: [], patient: false };
      }
      // Those who follow the patient receive it without being named again (MSS/va1.21).
      const own = faults.has('mss-correspondants-oublies') ? [] : fileCorrespondents.mailboxesOf(patient.id);
      return { professionals: [...recipients.professionals, ...own], patient: recipients.patient };
    },
    holdDmp: ({ patient }) =>
      record.book.of(patient.id).blocked && !faults.has('dmp-blocage-ignore') ? BLOCKED : undefined,
    now,
    schedule,
    onSent(report, transmission, document) {
      if (transmission.channel === 'dmp' && document) record.fed.add(report, document, now());
      if (faults.has('ins-sans-trace-partenaire')) return;
      if (transmission.channel === 'dmp' && faults.has('ins-dmp-sans-trace')) return;
      const detail = `${transmission.channel} ${transmission.recipient}`;
      const user = report.biologist.nationalId;
      // Rule 31 is about those who did receive the INS.
      const partner = shareableIns(report.patient) && { partner: transmission.recipient };
      traces.add({ at: now(), user, patientId: report.patient.id, kind: 'transmission', detail, ...partner });
    },
    onError(transmission, error) {
      log.warn(
        { error: describeError(error), channel: transmission.channel },
        'transmission en échec, gardée en attente',
      );
    },
  });
  const hospital = createHospital({ config, faults, now, settings: () => settings.current(), hl7: () => hl7 });
  const reports = createReports({ config, faults, patients, requests, outbox, hospital, build, now });
  const hl7 = createHl7({
    config,
    faults,
    now,
    settings: () => settings.current(),
    patients,
    lastReport: (patientId) => reports.list().findLast(({ report }) => report.patient.id === patientId)?.report,
    receiveFeed: takeFeed,
    receiveBusinessAck: (ack) => hospital.told(ack),
    receiveConsent: (patientId, told) => takeConsent(patientId, told, record),
    traces,
    schedule,
    onError: (error) => log.warn({ error: describeError(error) }, 'message HL7 en échec'),
  });
  const laboratory: Laboratory = {
    config,
    faults,
    patients,
    traces,
    settings,
    worklist,
    insiJournal,
    hl7,
    accounts,
    sessions,
    psc: createPsc(config, faults, {
      accounts,
      now,
      redirectUri: () => config.psc.redirectUri ?? laboratory.base + laboratory.pscReturnPath,
    }),
    directory,
    directorySchedule: scheduleDirectory({
      directory,
      everyHours: () => settings.current().directoryEveryHours,
      now,
      schedule,
      faults,
      onError: (error) => log.warn({ error: describeError(error) }, "chargement de l'annuaire en échec"),
    }),
    fileCorrespondents,
    mail: { book, journal, refusals, desk, acts },
    requests,
    reports,
    outbox,
    hospital,
    catalogue: createCatalogue(faults, now),
    records: { book: record.book, fed: record.fed, journal: record.journal, acts: createSharedRecord(record) },
    log,
    now,
    biologist: () => accounts.find(config.biologist.nationalId) ?? config.biologist,
    searchIns: (order) => searchIns({ authentication: USUAL, ...order }, insi),
    verifyIns: (order) => verifyPatients({ authentication: USUAL, ...order }, { ...insi, worklist }),
    receiveFeed: takeFeed,
    base: '',
    pscReturnPath: '/connexion/psc/retour',
  };
  return laboratory;
}
