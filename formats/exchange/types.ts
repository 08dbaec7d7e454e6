/**
 * One thing that crossed the wire, exactly as it crossed it. Bodies are bytes, header order and duplicates are kept:
 * these objects are the raw material of proofs.
 */
export type Service = 'insi' | 'dmp' | 'psc' | 'mssante' | 'annuaire' | 'hl7' | 'pki';

export interface TlsPeer {
  /** `TLSv1.2`, `TLSv1.3`. */
  readonly protocol: string;
  /** IANA or OpenSSL name of the suite. */
  readonly cipher: string;
  readonly sni: string;
  /** Whether the client certificate chains to the bench's IGC-Santé and is neither expired nor revoked. */
  readonly authorized: boolean;
  /**
   * Reason when not authorized: `absent`, `expired`, `not-yet-valid`, `revoked`, `unknown-authority`, `wrong-profile`, or
   * the text of the TLS stack.
   */
  readonly refusal?: string;
  /** Subject of the client certificate, one `TYPE=value` per RDN, most general first. */
  readonly subject?: readonly string[];
  readonly issuer?: readonly string[];
  readonly serialNumber?: string;
  /** ISO 8601 UTC. */
  readonly notBefore?: string;
  /** ISO 8601 UTC. */
  readonly notAfter?: string;
  /** Subjects of the certificates that the peer sent, its own first, each as in `subject`. */
  readonly chain?: readonly (readonly string[])[];
  /** DER. */
  readonly certificate?: Uint8Array;
}

export interface Peer {
  readonly address: string;
  readonly port: number;
  readonly tls?: TlsPeer;
}

/** What the exchange carries that tells whose it is. Filled by the mock that parsed it. */
export interface Attribution {
  /** Key of the test patient in the population. */
  readonly patient?: string;
  /** Every patient of a message about several (bulk verification); the first one is also `patient`. */
  readonly patients?: readonly string[];
  /** 15 characters. */
  readonly ins?: string;
  readonly mailboxes?: readonly string[];
  /** National id of the professional (PS_IdNat). */
  readonly professional?: string;
  readonly documentIds?: readonly string[];
}

interface ExchangeBase {
  readonly id: string;
  readonly service: Service;
  /** ISO 8601 UTC with milliseconds: arrival of the first byte. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly peer: Peer;
  /** Name of the transaction as the field says it: `rechercherInsAvecTraitsIdentite`, `TD2.1`, `token`, `submission`… */
  readonly operation: string;
  readonly attribution: Attribution;
  /** False when no mock recognised it: an unexpected operation, shown as such. */
  readonly expected: boolean;
  /** French sentence: what the mock did and why, e.g. `répondu 00`, `refusé : IDAM inconnu`. */
  readonly outcome: string;
  /** When nothing recognised it: the operation that it most resembles. */
  readonly nearMiss?: NearMiss;
}

/** The expected operation closest to an unexpected request, and what sets them apart. */
export interface NearMiss {
  readonly service: Service;
  readonly operation: string;
  readonly differences: readonly Difference[];
  /** French: the operation, then each difference. */
  readonly sentence: string;
}

export interface Difference {
  readonly what: 'service' | 'method' | 'path' | 'host' | 'content-type' | 'action' | 'body';
  /** Empty when absent. */
  readonly received: string;
  readonly expected: string;
}

/** Name and value in wire order, case as sent. */
export type RawHeader = readonly [name: string, value: string];

export interface HttpExchange extends ExchangeBase {
  readonly protocol: 'http';
  /** Milliseconds since `startedAt`: request whole, answer ready. */
  readonly timings?: { readonly receivedMs: number; readonly answeredMs: number };
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly RawHeader[];
    readonly body: Uint8Array;
  };
  /** Absent when the connection died (fault or client gone). */
  readonly response?: { readonly status: number; readonly headers: readonly RawHeader[]; readonly body: Uint8Array };
}

/** What a listener showed at the handshake of a connection, what was settled there, and what the client then did. */
export interface ShownTls {
  /** The same for every exchange of one connection, and for no other. */
  readonly connection: string;
  /** Name of the situation played at this handshake. */
  readonly situation?: string;
  /** Name of the listener's personality, when it always shows the same fault. */
  readonly personality?: string;
  /** Name of the server certificate in the test IGC-Santé: `SERVER`, `SERVER-EXPIRED`… */
  readonly certificate: string;
  /** Why that certificate must be refused; absent when it is right. */
  readonly flaw?: 'expired' | 'not-yet-valid' | 'revoked' | 'unknown-authority' | 'wrong-name';
  /** Empty when the handshake did not go so far. */
  readonly protocol: string;
  readonly cipher: string;
  /** Ephemeral key, when the listener knows it. */
  readonly keyExchange?: { readonly type: 'DH' | 'ECDH'; readonly bits: number; readonly curve?: string };
  /** Names of the commands received inside TLS since the connection began, the first ones, without their arguments. */
  readonly commands: readonly string[];
}

export interface SmtpExchange extends ExchangeBase {
  readonly protocol: 'smtp';
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** The mail exactly as transmitted in DATA (dot-unstuffed). */
  readonly source: Uint8Array;
  /** Command lines seen before DATA, secrets replaced by `***`. */
  readonly transcript: readonly string[];
  /** Final reply of the server, e.g. `250 …`. */
  readonly reply: string;
  readonly shown?: ShownTls;
}

/** Any line protocol seen as text both ways (IMAP, MLLP); `received` and `sent` are the bench's point of view. */
export interface StreamExchange extends ExchangeBase {
  readonly protocol: 'imap' | 'mllp';
  /**
   * `outgoing`: the bench called the product, `sent` is its message and `received` the answer. Absent or `incoming`: the
   * product called.
   */
  readonly direction?: 'incoming' | 'outgoing';
  readonly received: Uint8Array;
  readonly sent: Uint8Array;
  readonly shown?: ShownTls;
}

/** A handshake that never became a request; `peer.tls` holds what was settled before it failed, empty parts otherwise. */
export interface TlsExchange extends ExchangeBase {
  readonly protocol: 'tls';
  readonly error: string;
  /** The TLS alert that ended it, when there was one: its name (RFC 8446 §6), and which end sent it. */
  readonly alert?: { readonly name: string; readonly from: 'client' | 'bench' };
  readonly shown?: ShownTls;
}

export type Exchange = HttpExchange | SmtpExchange | StreamExchange | TlsExchange;
