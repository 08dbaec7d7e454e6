import { createCorrespondents, createDirectory, type Directory } from '../directory/index.ts';
import {
  createIdentityTraces,
  createPatients,
  STRONG_DOCUMENTS,
  type IdentityRules,
  type IdentityTraces,
  type Patients,
} from '../identity/index.ts';
import { createInsiClient, createInsiJournal, searchIns, type InsiJournal, type SearchResult } from '../insi/index.ts';
import { describeError, type SglConfig } from '../model/index.ts';
import { createOutbox, type Channels, type Outbox, type Schedule } from '../outbox/index.ts';
import { createReports, type BuildDocuments, type Reports } from '../validation/index.ts';
import { createRequests, type Requests } from '../requests/index.ts';
import {
  createAccounts,
  createPsc,
  createSessions,
  type Accounts,
  type Psc,
  type Sessions,
} from '../sessions/index.ts';

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
  readonly insiJournal: InsiJournal;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly psc: Psc;
  readonly directory: Directory;
  readonly requests: Requests;
  readonly reports: Reports;
  readonly outbox: Outbox;
  readonly log: Log;
  readonly now: () => Date;
  searchIns(patientId: string, user: string): Promise<SearchResult>;
  /** Where the browser of the user reaches this system; known once it listens. */
  base: string;
  /** Path of the return from Pro Santé Connect, under {@link base}. */
  readonly pscReturnPath: string;
}

/** What the laboratory stands on: the product gives its own (`main.ts`), a test gives others. */
export interface LaboratoryParts {
  log: Log;
  channels: Channels;
  build: BuildDocuments;
  now?: () => Date;
  schedule?: Schedule;
  wait?: (ms: number) => Promise<void>;
}

export function createLaboratory(config: SglConfig, faults: ReadonlySet<string>, parts: LaboratoryParts): Laboratory {
  const { log, channels, build, now = () => new Date() } = parts;
  const traces = createIdentityTraces();
  const patients = createPatients({ rules: identityRules(config, faults), traces, now });
  const insiJournal = createInsiJournal();
  const ask = createInsiClient(config, now);
  const accounts = createAccounts([config.biologist, ...(config.accounts ?? [])]);
  const correspondents = createCorrespondents((professional) => {
    // The users of this system follow the directory; being in the directory opens no account.
    if (accounts.find(professional.nationalId)) accounts.save(professional);
  });
  const wait = parts.wait ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const requests = createRequests();
  const outbox = createOutbox({
    config,
    faults,
    channels,
    now,
    ...(parts.schedule && { schedule: parts.schedule }),
    onSent(report, transmission) {
      const detail = `${transmission.channel} ${transmission.recipient}`;
      const user = report.biologist.nationalId;
      traces.add({ at: now(), user, patientId: report.patient.id, kind: 'transmission', detail });
    },
    onError(transmission, error) {
      log.warn(
        { error: describeError(error), channel: transmission.channel },
        'transmission en échec, gardée en attente',
      );
    },
  });
  const laboratory: Laboratory = {
    config,
    faults,
    patients,
    traces,
    insiJournal,
    accounts,
    sessions: createSessions(now),
    psc: createPsc(config, faults, {
      accounts,
      now,
      redirectUri: () => config.psc.redirectUri ?? laboratory.base + laboratory.pscReturnPath,
    }),
    directory: createDirectory(config, { correspondents, now, wait }),
    requests,
    reports: createReports({ config, faults, patients, requests, outbox, build, now }),
    outbox,
    log,
    now,
    searchIns: (patientId, user) => searchIns(patientId, user, { ask, patients, journal: insiJournal, traces, now }),
    base: '',
    pscReturnPath: '/connexion/psc/retour',
  };
  return laboratory;
}

function identityRules(config: SglConfig, faults: ReadonlySet<string>): IdentityRules {
  return {
    strongDocuments: config.strongDocuments ?? STRONG_DOCUMENTS,
    qualifiesWithoutDocument: faults.has('insi-qualifie-sans-titre'),
    acceptsZeroDates: faults.has('insi-garde-date-00'),
  };
}
