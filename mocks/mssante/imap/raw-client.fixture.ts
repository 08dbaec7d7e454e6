import { connect, type TLSSocket } from 'node:tls';
import type { Credential } from '../../pki/types.ts';
import type { Mailbox, ServiceContext } from '../../types.ts';
import type { RunningMssante } from '../types.ts';

/** Speaks IMAP as it is written, over TLS from the first byte. Replies are text, one character per byte. */
export class RawImap {
  readonly #socket: TLSSocket;
  #received = '';
  #closed = false;
  #wake: () => void = () => undefined;
  #count = 0;

  constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#received += text;
      this.#wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  static async connect(running: RunningMssante, context: ServiceContext, credential?: Credential): Promise<RawImap> {
    const { host, tlsPort = 0 } = running.addresses.imap;
    const socket = connect({
      host,
      port: tlsPort,
      servername: 'localhost',
      ca: context.pki.caPem,
      ...(credential === undefined ? {} : { cert: credential.certificatePem, key: credential.keyPem }),
    });
    const client = new RawImap(socket);
    await client.until(/^\* OK .*\r\n/u);
    return client;
  }

  /** Connected and logged in. */
  static async open(running: RunningMssante, context: ServiceContext, mailbox: Mailbox): Promise<RawImap> {
    const client = await RawImap.connect(running, context, context.pki.clients['ORG_AUTH_CLI']);
    await client.run(`LOGIN ${mailbox.user} ${mailbox.password}`);
    return client;
  }

  /** Sends a command under a tag of its own. @returns every reply up to the tagged one, without the tag */
  async run(command: string): Promise<string> {
    this.#count += 1;
    const tag = `t${this.#count}`;
    this.send(`${tag} ${command}\r\n`);
    return this.tagged(tag);
  }

  async tagged(tag: string): Promise<string> {
    const replies = await this.until(new RegExp(`(?:^|\r\n)${tag} (?:OK|NO|BAD) .*\r\n`, 'u'));
    return replies.replace(`${tag} `, '');
  }

  send(bytes: string): void {
    this.#socket.write(bytes, 'latin1');
  }

  /** What came up to the end of this, taken out. @throws when the server closes before */
  async until(expression: RegExp): Promise<string> {
    for (;;) {
      const found = expression.exec(this.#received);
      if (found !== null) {
        const end = found.index + found[0].length;
        const taken = this.#received.slice(0, end);
        this.#received = this.#received.slice(end);
        return taken;
      }
      if (this.#closed) throw new Error(`closed before ${String(expression)}: ${this.#received}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** What comes until the server closes. */
  async rest(): Promise<string> {
    while (!this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#received;
  }

  close(): void {
    this.#socket.destroy();
  }
}
