import type { ShownTls } from '#formats/exchange/index.ts';
import TABLE from './tls-situations.json' with { type: 'json' };
import type { ShownSettings } from './types.ts';

/**
 * What is wrong with each server certificate of the test IGC-Santé; the others are right. `SERVER-REVOKED-OCSP` is not here:
 * the rule asks for CRL or OCSP (ECO.1.1.6), and who reads CRLs cannot know. Whoever saw the product ask OCSP says it.
 */
const FLAWS: Readonly<Record<string, NonNullable<ShownTls['flaw']>>> = {
  'SERVER-EXPIRED': 'expired',
  'SERVER-NOT-YET-VALID': 'not-yet-valid',
  'SERVER-REVOKED': 'revoked',
  'SERVER-OTHER-CA': 'unknown-authority',
  'SERVER-WRONG-HOST': 'wrong-name',
};
/** A client that sends without end must not fill the journal: a few names prove that it went on. */
const MAX_COMMANDS = 50;

/** What one connection was shown at its handshake, and what its client sent behind it. */
export class ShownConnection {
  readonly #connection: string;
  readonly #settings: ShownSettings;
  readonly #commands: string[] = [];
  #settled = { protocol: '', cipher: '' };

  /** @param connection an id of its own */
  constructor(connection: string, settings: ShownSettings) {
    this.#connection = connection;
    this.#settings = settings;
  }

  /** Name of what is played, for sentences; undefined where nothing but the plain handshake is shown. */
  get played(): string | undefined {
    const { situation, personality } = this.#settings;
    return situation ?? TABLE.situations.find(({ name }) => name === personality)?.name;
  }

  /** Whether the client sent a command inside TLS. */
  get wentOn(): boolean {
    return this.#commands.length > 0;
  }

  settled({ protocol, cipher }: { readonly protocol: string; readonly cipher: string }): void {
    this.#settled = { protocol, cipher };
  }

  /** @param name of a command received inside TLS; kept in capitals, cut to what a name may hold */
  command(name: string): void {
    const word = /^[A-Za-z]{1,20}/u.exec(name)?.[0].toUpperCase();
    if (word !== undefined && this.#commands.length < MAX_COMMANDS) this.#commands.push(word);
  }

  /** As it stands now, for the journal. */
  describe(): ShownTls {
    const { situation, personality, credential, dhBits } = this.#settings;
    const certificate = credential?.name ?? 'SERVER';
    const flaw = FLAWS[certificate];
    const { protocol, cipher } = this.#settled;
    return {
      connection: this.#connection,
      ...(situation === undefined ? {} : { situation }),
      ...(personality === undefined ? {} : { personality }),
      certificate,
      ...(flaw === undefined ? {} : { flaw }),
      protocol,
      cipher,
      // The server's side of Node does not tell the curve that was agreed; a group is what its own parameters are.
      ...(dhBits !== undefined && cipher.startsWith('DHE-') ? { keyExchange: { type: 'DH', bits: dhBits } } : {}),
      commands: [...this.#commands],
    };
  }
}
