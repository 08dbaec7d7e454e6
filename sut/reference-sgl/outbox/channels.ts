import type { ReportDelivery, ReportOrder } from '../mssante/index.ts';
import type { BuiltDocument, Patient, Professional, Report, SglConfig } from '../model/index.ts';

/** The three forms of one validated report. */
export interface ReportDocuments {
  n3: BuiltDocument;
  n1: BuiltDocument;
  pdf: BuiltDocument;
  /** Other documents for the DMP: the copies meant for the patient. */
  others?: BuiltDocument[];
}

export interface ChannelAnswer {
  state: 'transmis' | 'refuse' | 'en-attente';
  detail: string;
  references: string[];
}

/** What TD0.2 told. */
export interface ExistenceTold {
  exists: boolean;
  closed: boolean;
  detail: string;
  transient?: boolean;
  /** False when the service refused to tell. */
  told?: boolean;
  authorisation?: string;
  identity?: { birthName: string; firstName: string; sex: string; birthDate: string } | undefined;
}

/** The ways out of the laboratory, as the outbox sees them. They may throw: that counts as a passing failure. */
export interface Channels {
  /** `transient`: nothing is known for the moment, `exists` means nothing. */
  testExistence(
    patient: Patient,
    config: SglConfig,
    author: Professional,
    faults: ReadonlySet<string>,
  ): Promise<ExistenceTold>;
  feedDmp(
    report: Report,
    documents: BuiltDocument[],
    config: SglConfig,
    faults: ReadonlySet<string>,
    /** They were sent before, and nothing was heard. */
    again?: boolean,
  ): Promise<ChannelAnswer>;
  sendReport(
    report: Report,
    documents: ReportDocuments,
    recipient: { address: string; kind: 'professionnel' | 'patient' },
    config: SglConfig,
    faults: ReadonlySet<string>,
    order?: ReportOrder,
  ): Promise<ReportDelivery>;
}
