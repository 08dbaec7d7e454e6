import type * as dmp from '../dmp/index.ts';
import type { DirectoryProfessional } from '../directory/index.ts';
import type { Patients, SettingsBook, Worklist } from '../identity/index.ts';
import type { Audience, Confidentiality, Professional, SglConfig } from '../model/index.ts';
import type { ExistenceTold, Outbox } from '../outbox/index.ts';
import type { Reports } from '../validation/index.ts';
import type { RecordBook } from './book.ts';
import type { FedDocuments } from './fed.ts';
import type { Rebuild } from './history.ts';
import type { RecordJournal } from './journal.ts';

export type Existence = 'actif' | 'inexistant' | 'ferme' | 'inconnu';
export type Access = 'valide' | 'inexistante' | 'expiree' | 'bloquee' | 'inconnue';
export type Consent = 'non-recueilli' | 'accord' | 'opposition';

/** A trait that the DMP holds otherwise; ours stays. */
export interface Difference {
  field: string;
  here: string;
  inDmp: string;
}

/** A document that this system put in the DMP. */
export interface Fed {
  reportId: string;
  patientId: string;
  uniqueId: string;
  kind: 'cda-n3' | 'cda-n1';
  audience?: Audience;
  version: number;
  status: 'actif' | 'remplace' | 'supprime' | 'archive';
  confidentiality: Confidentiality;
  hash: string;
  at: Date;
}

/** A document taken from the DMP into the file of the patient. */
export interface Integrated {
  uniqueId: string;
  title: string;
  origin: string;
  hash: string;
  bytes: Uint8Array;
  mimeType: string;
  at: Date;
  user: string;
}

/** A line of the journal of the DMP. */
export interface RecordTrace {
  at: Date;
  user: string;
  patientId?: string;
  action: string;
  outcome: 'reussite' | 'echec' | 'bloque';
  message: string;
  nationalId?: string;
  documents?: string[];
}

/** What is known of the record of one patient. */
export interface PatientRecord {
  existence: Existence;
  access: Access;
  consent: Consent;
  blocked: boolean;
  /** Told by another system: the patient is opposed to the feeding. */
  opposedToFeeding?: boolean;
  lastCheck?: { at: Date; user: string; message: string; differences: Difference[] };
  integrated: Integrated[];
}

/** Who acts: the name of the account, and the professional whom the VIHF names. */
export interface Actor {
  user: string;
  person: Professional;
}

/** The calls of the DMP besides those of the outbox. */
export type RecordServices = Pick<
  typeof dmp,
  'askBesides' | 'authorise' | 'queryDmp' | 'retrieveDocument' | 'updateConfidentiality' | 'updateStatus'
>;

export interface RecordDeps {
  config: SglConfig;
  faults: ReadonlySet<string>;
  now: () => Date;
  wait: (ms: number) => Promise<void>;
  patients: Patients;
  settings: SettingsBook;
  worklist: Worklist;
  reports: () => Reports;
  outbox: () => Outbox;
  services: RecordServices;
  testExistence: (patientId: string, actor: Actor) => Promise<ExistenceTold>;
  /** Active professionals of the directory under this RPPS number. */
  findRpps: (rpps: string) => Promise<readonly DirectoryProfessional[]>;
  /** The documents of a report of the past, made again with the identity and the authors of today. */
  rebuild: Rebuild;
  book: RecordBook;
  fed: FedDocuments;
  journal: RecordJournal;
}
