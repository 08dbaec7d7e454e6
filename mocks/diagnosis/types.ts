import type { RawHeader, Service } from '#formats/exchange/index.ts';

/** An operation that a listener of the bench expects. */
export interface ExpectedOperation {
  readonly service: Service;
  /** Name of the listener in the port table. */
  readonly listener: string;
  readonly operation: string;
  readonly method: string;
  /** A segment that begins with `:` is anything. */
  readonly path: string;
  /** Media types, the usual one first; absent when the request has no body. */
  readonly contentTypes?: readonly string[];
  /** Value of wsa:Action, for SOAP. */
  readonly action?: string;
  /** Local name of the first element of the SOAP body. */
  readonly body?: string;
}

/** A request that nothing recognised. */
export interface UnexpectedRequest {
  readonly service: Service;
  readonly listener: string;
  readonly method: string;
  readonly pathname: string;
  readonly headers: readonly RawHeader[];
  readonly body: Uint8Array;
}
