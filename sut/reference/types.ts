/** The part of the bench's address line that a product has to be configured with (DESIGN §4.2). */
export interface BenchView {
  readonly insi: { readonly url: string };
  readonly dmp: { readonly base: string; readonly webPs: string };
  readonly psc: {
    readonly issuer: string;
    readonly discovery: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
  readonly mssante: {
    readonly smtp: { readonly host: string; readonly port: number };
    readonly imap: { readonly host: string; readonly port: number };
    readonly mailboxes: readonly {
      readonly address: string;
      readonly kind: string;
      readonly user: string;
      readonly password: string;
    }[];
  };
  readonly hl7: { readonly mllp: { readonly host: string; readonly port: number } };
  readonly annuaire: { readonly fhir: string; readonly extraction: string; readonly apiKey: string };
  readonly pki: {
    readonly ca: string;
    readonly clients: Readonly<Record<string, { readonly cert: string; readonly key: string }>>;
  };
}

/** The laboratory and the biologist as the bench's population knows them: the product's own settings. */
export interface LaboratoryView {
  readonly id: string;
  readonly finess: string;
  readonly name: string;
  readonly sector: string;
  readonly mailbox: string;
  readonly city: string;
  readonly postalCode: string;
}

export interface BiologistView {
  readonly nationalId: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly title: string;
  readonly profession: string;
  readonly speciality: string;
  /** Personal MSSanté address. */
  readonly mailbox?: string;
}

export interface ReferenceOptions {
  readonly bench: BenchView;
  readonly laboratory: LaboratoryView;
  readonly biologist: BiologistView;
  /** Other professionals who may log in. */
  readonly accounts: readonly BiologistView[];
  readonly faults: readonly string[];
  /** How long the product waits for a national service, in milliseconds; 5 s when absent. */
  readonly exchangeTimeoutMs?: number;
  /** Folder where the configuration file and the log of the product are written. */
  readonly workDir: string;
}
