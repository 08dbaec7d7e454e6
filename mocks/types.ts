import type { Journal } from './journal/types.ts';
import type { Pki } from './pki/types.ts';
import type { Population } from './population/types.ts';
import type { TlsSettings } from './network/types.ts';
import type { Situations } from './situations/types.ts';

/**
 * `strict` refuses what the real service is known to refuse, `lenient` takes what real servers were seen to take,
 * `documentation` answers as the published examples do, mistakes included.
 */
export type MockProfile = 'strict' | 'lenient' | 'documentation';

/** What every service mock is given. A mock reaches nothing else: no clock, no file, no random of its own. */
export interface ServiceContext {
  readonly journal: Journal;
  readonly pki: Pki;
  readonly population: Population;
  readonly situations: Situations;
  readonly profile: MockProfile;
  readonly now: () => Date;
  /** Lower-case RFC 4122 UUID. */
  readonly uuid: () => string;
  /**
   * Password or key for a use (`imap:adresse`, `psc:client`…): 32 hexadecimal digits, the same at every start of a data
   * folder, so that a product is configured once.
   */
  readonly secret: (use: string) => string;
  /** Loopback address to listen on. */
  readonly host: string;
  /** Port wanted for a listener name (`insi`, `dmp`, `psc`, `smtp`…); 0 lets the system choose. */
  readonly port: (listener: string) => number;
  /** What an HTTPS listener shows at the handshake when nothing else says; absent: the bench's certificate, TLS 1.2 to 1.3. */
  readonly tls?: (listener: string) => TlsSettings | undefined;
}

/** A running service. `addresses` is its own part of the line of DESIGN §4.2. */
export interface RunningService<Addresses> {
  readonly addresses: Addresses;
  /** Back to the state of a fresh start; the journal is not touched. */
  reset(): void;
  close(): Promise<void>;
}

export interface InsiAddresses {
  readonly url: string;
}
export interface DmpAddresses {
  readonly base: string;
  readonly webPs: string;
}
export interface PscAddresses {
  readonly issuer: string;
  readonly discovery: string;
  readonly clientId: string;
  readonly clientSecret: string;
}
export interface Mailbox {
  readonly address: string;
  readonly kind: 'PER' | 'ORG' | 'APP' | 'USAGER';
  readonly user: string;
  readonly password: string;
}
export interface HostPort {
  readonly host: string;
  readonly port: number;
}
/** An operator of the bench that always shows the same handshake; STARTTLS on both ports, host of the main ones. */
export interface PersonalityAddress {
  /** That of the TLS situation it plays, or `conforme`. */
  readonly name: string;
  /** French. */
  readonly title: string;
  readonly smtpPort: number;
  readonly imapPort: number;
  /** What a product does in front of it, by wave; `either`: the rule leaves it to its own policy. */
  readonly expect: Readonly<Record<'va1' | 'va2', 'accept' | 'refuse' | 'either'>>;
}
export interface MssanteAddresses {
  /** `port`: STARTTLS; `tlsPort`: TLS from the first byte. */
  readonly smtp: HostPort & { readonly tlsPort?: number };
  readonly imap: HostPort & { readonly tlsPort?: number };
  readonly domain: string;
  readonly mailboxes: readonly Mailbox[];
  /** Absent unless asked for at start. */
  readonly personalities?: readonly PersonalityAddress[];
}
export interface AnnuaireAddresses {
  readonly fhir: string;
  readonly extraction: string;
  readonly apiKey: string;
}
export interface Hl7Addresses {
  readonly mllp: HostPort;
}

export interface ClientMaterial {
  /** PEM file, leaf first then the issuing authority. */
  readonly cert: string;
  /** PEM file, PKCS#8, not encrypted (the folder is readable by its owner only). */
  readonly key: string;
  readonly p12: string;
  readonly passphrase: string;
}
export interface PkiAddresses {
  readonly ca: string;
  readonly crl: string;
  readonly ocsp: string;
  readonly clients: Readonly<Record<string, ClientMaterial>>;
}

export interface PatientLine {
  readonly name: string;
  readonly firstNames: readonly string[];
  readonly sex: 'M' | 'F';
  readonly birthDate: string;
  readonly birthPlace: string;
  /** The whole matricule INS, 15 characters: the number (13, with 2A or 2B for Corsica) then its key (2). */
  readonly ins: string;
  readonly oid: string;
  readonly situation: string;
}

export interface ProfessionalLine {
  /** PS_IdNat, 12 characters. */
  readonly nationalId: string;
  /** 11 digits. */
  readonly rpps: string;
  readonly name: string;
  readonly firstName: string;
  readonly mailbox: string;
  /** Struct_IdNat. */
  readonly structure: string;
}

/** The document that `jalon mocks --json` prints (DESIGN §4.2). */
export interface BenchAddresses {
  readonly insi: InsiAddresses;
  readonly dmp: DmpAddresses;
  readonly psc: PscAddresses;
  readonly mssante: MssanteAddresses;
  readonly annuaire: AnnuaireAddresses;
  readonly hl7: Hl7Addresses;
  readonly pki: PkiAddresses;
  readonly patients: readonly PatientLine[];
  /** Who may log in through Pro Santé Connect and receive mail. */
  readonly professionals: readonly ProfessionalLine[];
  readonly control: { readonly url: string };
}
