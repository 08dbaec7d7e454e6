import type { Socket } from 'node:net';
import type { Peer } from '#formats/exchange/index.ts';
import type { MssanteDesk } from '../types.ts';
import type { Accounts } from './mailbox/accounts.ts';
import type { Handshake } from './recorder.ts';

/** Secures a raw connection; the callback is not called when the certificate is refused. */
export type Secure = (raw: Socket, ready: (socket: Socket, peer: Peer, shown: Handshake) => void) => void;

export interface SessionParts {
  readonly desk: MssanteDesk;
  readonly accounts: Accounts;
  readonly peer: Peer;
  /** The handshake of a socket that is secured already. */
  readonly shown?: Handshake;
  /** For STARTTLS; absent when the socket given is secured already. */
  readonly secure?: Secure;
}
