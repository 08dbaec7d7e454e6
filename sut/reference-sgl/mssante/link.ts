import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { NetError, type OcspUse, refuseRevoked } from '../net/index.ts';

/** Why a dialogue with the mail server stopped. `tls` needs somebody; `reseau` may pass. */
export class LinkError extends Error {
  readonly kind: 'tls' | 'reseau';
  readonly code: string;

  constructor(kind: 'tls' | 'reseau', code: string, options?: { cause?: unknown }) {
    super(`${kind} ${code}`, options);
    this.name = 'LinkError';
    this.kind = kind;
    this.code = code;
  }
}

/** A line of a mail protocol is far shorter; a server gone mad is cut. */
const MAX_LINE = 1024 * 1024;

/**
 * A connection to the mail server, read by lines and by blocks, that passes to TLS on the way (STARTTLS). After the
 * handshake nothing is said before the certificate was looked up in the revocation list of its issuer.
 */
export class MailLink {
  readonly #host: string;
  readonly #timeoutMs: number;
  #socket: Socket;
  #received: Buffer[] = [];
  #size = 0;
  #failure: LinkError | undefined;
  #wake: (() => void) | undefined;
  #detach: () => void = () => undefined;

  private constructor(host: string, socket: Socket, timeoutMs: number) {
    this.#host = host;
    this.#timeoutMs = timeoutMs;
    this.#socket = socket;
    this.#attach(socket);
  }

  /** @throws {LinkError} `reseau` */
  static async open(host: string, port: number, timeoutMs: number): Promise<MailLink> {
    const socket = connectPlain({ host, port });
    await settled(socket, 'connect', timeoutMs, (code) => new LinkError('reseau', code));
    return new MailLink(host, socket, timeoutMs);
  }

  /** One line without its end, as the bytes that it is made of. @throws {LinkError} */
  async line(): Promise<string> {
    for (;;) {
      const all = this.#all();
      const end = all.indexOf('\r\n');
      if (end >= 0) {
        this.#keep(all.subarray(end + 2));
        return all.subarray(0, end).toString('latin1');
      }
      if (all.length > MAX_LINE) throw this.#fail(new LinkError('reseau', 'LIGNE_TROP_LONGUE'));
      await this.#more();
    }
  }

  /** Exactly this many bytes. @throws {LinkError} */
  async block(size: number): Promise<Buffer> {
    while (this.#size < size) await this.#more();
    const all = this.#all();
    this.#keep(all.subarray(size));
    return all.subarray(0, size);
  }

  async write(bytes: string | Uint8Array): Promise<void> {
    if (this.#failure) throw this.#failure;
    const socket = this.#socket;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(this.#fail(new LinkError('reseau', 'ETIMEDOUT')));
        socket.destroy();
      }, this.#timeoutMs);
      const done = (error?: Error | null): void => {
        clearTimeout(timer);
        if (error) reject(this.#fail(new LinkError('reseau', codeOf(error), { cause: error })));
        else resolve();
      };
      socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes, done);
    });
  }

  /**
   * The same connection, in TLS from now on.
   *
   * @param revocation how the certificate of the server is looked up, in the list of its issuer and by OCSP; undefined:
   *   it is not
   * @throws {LinkError} `tls`
   */
  async secure(options: ConnectionOptions, revocation: OcspUse | undefined): Promise<void> {
    // Bytes received before the handshake were not protected: somebody could have added them.
    if (this.#size > 0) throw this.#fail(new LinkError('tls', 'STARTTLS_INJECTION'));
    this.#detach();
    const raw = this.#socket;
    const socket = connectTls({ ...options, socket: raw, host: this.#host });
    try {
      await settled(socket, 'secureConnect', this.#timeoutMs, (code, cause) => new LinkError('tls', code, { cause }));
      if (revocation !== undefined) {
        await refuseRevoked(socket.getPeerCertificate(true), this.#timeoutMs, revocation);
      }
    } catch (error) {
      socket.destroy();
      raw.destroy();
      if (!(error instanceof NetError)) throw error;
      throw new LinkError('tls', codeOf(error.cause), { cause: error });
    }
    this.#socket = socket;
    this.#attach(socket);
  }

  close(): void {
    this.#detach();
    this.#socket.on('error', () => undefined);
    this.#socket.destroy();
    this.#failure ??= new LinkError('reseau', 'FERMEE');
    this.#wake?.();
  }

  #attach(socket: Socket): void {
    const data = (chunk: Buffer): void => {
      this.#received.push(chunk);
      this.#size += chunk.length;
      this.#wake?.();
    };
    const failed = (error: Error): void => void this.#fail(new LinkError('reseau', codeOf(error), { cause: error }));
    const ended = (): void => void this.#fail(new LinkError('reseau', 'ECONNRESET'));
    socket.on('data', data).on('error', failed).on('close', ended);
    this.#detach = () => void socket.off('data', data).off('error', failed).off('close', ended);
  }

  #fail(error: LinkError): LinkError {
    this.#failure ??= error;
    this.#wake?.();
    return this.#failure;
  }

  async #more(): Promise<void> {
    if (this.#failure) throw this.#failure;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => this.#fail(new LinkError('reseau', 'ETIMEDOUT')), this.#timeoutMs);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        resolve();
      };
    });
    if (this.#failure && this.#size === 0) throw this.#failure;
  }

  #all(): Buffer {
    const [only, ...others] = this.#received;
    const all = only !== undefined && others.length === 0 ? only : Buffer.concat(this.#received);
    this.#received = [all];
    return all;
  }

  #keep(rest: Buffer): void {
    this.#received = rest.length === 0 ? [] : [rest];
    this.#size = rest.length;
  }
}

function settled(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  timeoutMs: number,
  failure: (code: string, cause?: unknown) => LinkError,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (then: () => void): void => {
      clearTimeout(timer);
      socket.off(event, ready).off('close', closed);
      then();
    };
    const ready = (): void => end(resolve);
    const failed = (error: Error): void => end(() => reject(failure(codeOf(error), error)));
    const closed = (): void => end(() => reject(failure('ECONNRESET')));
    const timer = setTimeout(() => {
      end(() => reject(failure('ETIMEDOUT')));
      socket.destroy();
    }, timeoutMs);
    // The listener of errors stays: a socket that breaks later breaks nothing else.
    socket.on('error', failed).once(event, ready).once('close', closed);
  });
}

function codeOf(error: unknown): string {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  return typeof message === 'string' ? message.slice(0, 120) : 'INCONNU';
}
