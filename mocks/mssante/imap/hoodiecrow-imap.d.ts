/** The little of hoodiecrow-imap 2.1 that the bench uses; the package has no types of its own. */
declare module 'hoodiecrow-imap' {
  import type { Duplex } from 'node:stream';

  export interface HoodiecrowConnection {
    state: 'Not Authenticated' | 'Authenticated' | 'Selected' | 'Logout';
    secureConnection: boolean;
    /** Set while the server waits for something else than a command (IDLE). */
    inputHandler: ((line: string) => void) | false;
  }
  export interface HoodiecrowServer {
    connectionHandlers: ((connection: HoodiecrowConnection) => void)[];
    createClient(socket: Duplex): void;
    /** @param raw binary string: one character per byte */
    appendMessage(mailbox: string, flags: readonly string[], internaldate: Date, raw: string): unknown;
  }
  export interface HoodiecrowOptions {
    readonly plugins?: readonly string[];
    readonly credentials?: object;
    readonly storage?: object;
    readonly users?: object;
  }
  export default function hoodiecrow(options: HoodiecrowOptions): HoodiecrowServer;
}
