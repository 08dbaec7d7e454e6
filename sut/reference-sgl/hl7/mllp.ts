import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const START = 0x0b;
const END = 0x1c;
const CR = 0x0d;

/** Carried documents included. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const MAX_CONNECTIONS = 32;
const IDLE_MS = 60_000;

/** Puts a message between the marks of MLLP. */
export function frame(message: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(START), message, Buffer.of(END, CR)]);
}

/**
 * Takes messages out of a stream, however it is cut. Bytes between two messages are tolerated when they are line ends.
 *
 * @returns the messages completed by this chunk; undefined when the framing is broken or too long
 */
export function createFrameReader(maxBytes = MAX_MESSAGE_BYTES): (chunk: Uint8Array) => Buffer[] | undefined {
  let parts: Buffer[] = [];
  let size = 0;
  let inside = false;
  let broken = false;
  /** The mark of the end was the last byte seen. */
  let ending = false;
  return (chunk) => {
    const messages: Buffer[] = [];
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let at = 0; at < bytes.length && !broken; at += 1) {
      const byte = bytes[at];
      if (ending) {
        ending = false;
        if (byte !== CR) broken = true;
        messages.push(Buffer.concat(parts));
        parts = [];
        size = 0;
        inside = false;
      } else if (!inside) {
        if (byte === START) {
          inside = true;
          from = at + 1;
        } else if (byte !== CR && byte !== 0x0a) broken = true;
      } else if (byte === END) {
        parts.push(Buffer.from(bytes.subarray(from, at)));
        ending = true;
      } else {
        size += 1;
        if (byte === START || size > maxBytes) broken = true;
      }
    }
    if (inside && !ending) parts.push(Buffer.from(bytes.subarray(from)));
    return broken ? undefined : messages;
  };
}

export interface MllpListener {
  readonly host: string;
  readonly port: number;
  /** Ends the connections and frees the port. */
  close(): Promise<void>;
}

/**
 * Listens for messages; each gets the answer of `onMessage`, in order. A connection that breaks the framing is closed,
 * the others go on.
 *
 * @param onMessage never throws
 */
export async function listenMllp(
  address: { host: string; port: number },
  onMessage: (message: Buffer) => Promise<Uint8Array>,
): Promise<MllpListener> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    const read = createFrameReader();
    const serve = async (): Promise<void> => {
      // Reading one chunk at a time holds back a sender that does not wait for its answers.
      for await (const chunk of socket as AsyncIterable<Buffer>) {
        const messages = read(chunk);
        for (const message of messages ?? []) socket.write(frame(await onMessage(message)));
        if (messages === undefined) return void socket.destroy();
      }
    };
    serve().catch(() => socket.destroy());
  });
  server.maxConnections = MAX_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    host: address.host,
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Why no answer came. */
export class MllpError extends Error {
  readonly failure: 'connexion' | 'delai' | 'coupure' | 'trame';

  constructor(failure: MllpError['failure'], options?: { cause?: unknown }) {
    super(REASON[failure], options);
    this.name = 'MllpError';
    this.failure = failure;
  }
}

const REASON = {
  connexion: 'Le partenaire HL7 est injoignable.',
  delai: "Le partenaire HL7 n'a pas acquitté dans le délai.",
  coupure: 'Le partenaire HL7 a coupé la connexion sans acquitter.',
  trame: 'La réponse du partenaire HL7 ne suit pas MLLP.',
} as const;

/**
 * Sends one message and waits for one answer, within one deadline for the whole exchange.
 *
 * @param signal cuts the exchange short
 * @throws {MllpError}
 */
export function exchangeMllp(
  address: { host: string; port: number },
  message: Uint8Array,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const read = createFrameReader(1024 * 1024);
    const socket = connect(address);
    let connected = false;
    const abort = (): void => fail('coupure');
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      socket.destroy();
      settle();
    };
    const fail = (failure: MllpError['failure'], cause?: unknown): void =>
      end(() => reject(new MllpError(failure, { cause })));
    const timer = setTimeout(() => fail('delai'), timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    socket.once('connect', () => {
      connected = true;
      socket.write(frame(message));
    });
    socket.on('error', (cause) => fail(connected ? 'coupure' : 'connexion', cause));
    socket.once('close', () => fail('coupure'));
    socket.on('data', (chunk) => {
      const messages = read(chunk as Buffer);
      const [answer] = messages ?? [];
      if (answer) end(() => resolve(answer));
      else if (messages === undefined) fail('trame');
    });
  });
}
