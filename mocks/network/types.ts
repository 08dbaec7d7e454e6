import type { RequestHandler } from 'msw';
import type { SecureVersion } from 'node:tls';
import type { Attribution, Peer, Service } from '#formats/exchange/index.ts';
import type { ExpectedOperation } from '../diagnosis/types.ts';
import type { Credential } from '../pki/types.ts';
import type { DhBits } from './dh-parameters.ts';

/** What a handler may read and say about the exchange that is being answered; reached through `currentExchange()`. */
export interface ExchangeInProgress {
  /** Raw body, before anything parsed it. */
  readonly rawBody: Uint8Array;
  readonly rawHeaders: readonly (readonly [string, string])[];
  readonly peer: Peer;
  /**
   * How to read a piece of `rawBody` again once the exchange is over, without holding it meanwhile; undefined when the body
   * is in memory anyway. What it gives throws when the journal was taken away.
   * @param piece a view of `rawBody`
   */
  later?(piece: Uint8Array): (() => Uint8Array) | undefined;
  /** Names the transaction; the exchange counts as expected from then on. */
  identify(operation: string): void;
  attribute(attribution: Attribution): void;
  outcome(sentence: string): void;
}

/**
 * How the socket itself must misbehave when a handler asks for it. `refuse` cuts as `reset` does, when the service would do
 * so too: the handler has said why, and nothing is called voluntary.
 */
export type WireFault = 'reset' | 'refuse' | 'truncate';

/** What a listener shows at the handshake. Absent parts keep their default: the bench's certificate, TLS 1.2 to 1.3. */
export interface TlsSettings {
  /** Certificate shown instead of `pki.server` (expired, revoked, of another authority…). */
  readonly credential?: Credential;
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  /** OpenSSL list of suites. */
  readonly ciphers?: string;
  /** Group of the suites that use Diffie-Hellman without curves; absent, none of them can be agreed. */
  readonly dhBits?: DhBits;
}

/** Settings with why they are shown: a situation taken for one handshake, or a listener that always shows them. */
export interface ShownSettings extends TlsSettings {
  readonly situation?: string;
  readonly personality?: string;
}

export interface HttpServiceDefinition {
  readonly service: Service;
  /** Listener name, for the port table. */
  readonly listener: string;
  readonly handlers: readonly RequestHandler[];
  /**
   * `required`: the handshake fails without a certificate of the test IGC-Santé, as the real front ends do; the failed
   * handshake is journaled. `optional`: without a certificate the connection is accepted, a bad one is refused as in
   * `required` (an address that also takes a signed assertion instead). `requested`: the handler judges both. `none`: no
   * client certificate asked.
   */
  readonly clientCertificate: 'required' | 'optional' | 'requested' | 'none';
  /**
   * Asked at each connection, so that a situation may change what the next handshake shows. A TLS situation of the
   * service (`tls-situations.ts`) goes before it, the settings of the bench for this listener come after it.
   */
  readonly tls?: () => TlsSettings | undefined;
  /** What the mock expects, when it knows better than the table of `diagnosis` (names given as options). */
  readonly expected?: readonly ExpectedOperation[];
  /** Largest request body in bytes; 60 MiB when absent. Above it the answer is `tooLarge`, or 413. */
  readonly maxBodyBytes?: number;
  /** Answer to a larger body, in the words of the service. It is called outside of any exchange. */
  readonly tooLarge?: (reason: string) => Response;
}

export interface Listener {
  /** `https://127.0.0.1:port` */
  readonly origin: string;
  readonly port: number;
  close(): Promise<void>;
}
