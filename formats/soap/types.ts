import type { XmlElement, XmlFault } from '../xml/index.ts';

/** WS-Addressing 1.0 message properties, trimmed; those absent from the message are absent here. */
export interface Addressing {
  readonly action?: string;
  readonly messageId?: string;
  readonly to?: string;
  /** Address of the reply endpoint. */
  readonly replyTo?: string;
  readonly relatesTo?: string;
}

export interface SoapEnvelope {
  readonly version: '1.1' | '1.2';
  readonly root: XmlElement;
  readonly header: XmlElement | undefined;
  readonly body: XmlElement;
  /** First element of the Body. */
  readonly payload: XmlElement | undefined;
  readonly addressing: Addressing;
}

export interface SoapFault {
  readonly code: 'SOAP_NOT_AN_ENVELOPE';
  readonly message: string;
}

export type SoapReading =
  | { readonly ok: true; readonly envelope: SoapEnvelope }
  | { readonly ok: false; readonly fault: XmlFault | SoapFault };
