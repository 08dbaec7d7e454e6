import type { Socket } from 'node:net';
import type { KeptSource } from '../mail-store-sources.ts';
import type { ImapRecorder } from './recorder.ts';

const BLOCK = 64 * 1024;
/** A client that reads nothing any more while the server has this much for it is gone. */
const MAX_UNREAD = 8 * 1024 * 1024;

/** The way out of a connection: what is written here goes to the client and to the journal. */
export class ImapWire {
  #socket: Socket;
  readonly #recorder: ImapRecorder;
  #waiting = '';

  constructor(socket: Socket, recorder: ImapRecorder) {
    this.#socket = socket;
    this.#recorder = recorder;
  }

  /** Goes on over another socket: the same connection, secured. */
  moveTo(socket: Socket): void {
    this.#socket = socket;
  }

  /** One character per byte. Kept until `flush`, or until there is enough of it. */
  write(text: string): void {
    this.#recorder.sent(text);
    this.#waiting += text;
    if (this.#waiting.length >= BLOCK) this.flush();
  }

  reply(line: string): void {
    this.write(`${line}\r\n`);
  }

  flush(): void {
    if (this.#waiting === '') return;
    const bytes = Buffer.from(this.#waiting, 'latin1');
    this.#waiting = '';
    this.#send(bytes);
  }

  /** Sends bytes of a mail as they are, no faster than the client takes them. */
  async writeSource(source: KeptSource, start: number, end: number): Promise<void> {
    this.flush();
    for (let at = start; at < end && !this.#socket.destroyed; at += BLOCK) {
      const block = source.read(at, Math.min(end, at + BLOCK));
      this.#recorder.sentLiteral(block, at - start);
      this.#send(block);
      await this.drained();
    }
  }

  /** Resolves when the client has taken enough of what was sent, or is gone. */
  drained(): Promise<void> {
    const socket = this.#socket;
    if (!socket.writableNeedDrain || socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        socket.off('drain', done);
        socket.off('close', done);
        resolve();
      };
      socket.on('drain', done);
      socket.on('close', done);
    });
  }

  #send(bytes: Buffer): void {
    const socket = this.#socket;
    if (socket.destroyed) return;
    socket.write(bytes);
    if (socket.writableLength > MAX_UNREAD) socket.destroy();
  }
}
