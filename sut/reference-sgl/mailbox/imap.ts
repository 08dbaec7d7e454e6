import type { SglConfig } from '../model/index.ts';
import {
  implicitPort,
  LinkError,
  MailLink,
  type OwnMailbox,
  responseOf,
  revocationChecked,
  type Tell,
  tlsOptions,
  xoauth2,
} from '../mssante/index.ts';

/** The server said no to a command. */
export class ImapRefusal extends Error {
  readonly response: string;

  constructor(response: string) {
    super('IMAP NO');
    this.name = 'ImapRefusal';
    this.response = response;
  }
}

/** An open mailbox (RFC 3501), its INBOX selected. */
export interface OpenMailbox {
  readonly validity: number;
  /** UID of the mails after this one, in order; all of them after 0. */
  after(uid: number): Promise<readonly number[]>;
  /** The mail as it is, with its flags; undefined when it is larger than the bound, or gone. */
  fetch(uid: number): Promise<{ readonly raw: Buffer; readonly flags: readonly string[] } | undefined>;
  addFlags(uid: number, flags: readonly string[]): Promise<string>;
  /** Takes a mail out of the mailbox, and no other. */
  remove(uid: number): Promise<string>;
}

/** Answers of a command, and mails, are bounded: the bytes are somebody else's. */
const MAX_RESPONSES = 20_000;
const MAX_MAIL_BYTES = 40 * 1024 * 1024;
/** A first reading of a full mailbox is made in several times. */
const MAX_NEW = 500;

/**
 * Opens a mailbox, lets `read` work on it, and closes it: STARTTLS before anything is said, the certificate of the
 * operator looked up, then the password or the Pro Santé Connect token (ECO.1.0.2, ECO.1.2.1).
 *
 * @throws {LinkError | ImapRefusal}, {SglError} for a certificate that cannot be read
 */
export async function withMailbox<Result>(
  box: OwnMailbox,
  config: SglConfig,
  faults: ReadonlySet<string>,
  tell: Tell,
  read: (mailbox: OpenMailbox) => Promise<Result>,
): Promise<Result> {
  const { host, port } = config.mssante.imap;
  const means = box.token === undefined ? 'LOGIN' : 'AUTHENTICATE XOAUTH2';
  const opening = `IMAP ${host}:${port}, STARTTLS, ${means} ${box.user}`;
  const tls = await tlsOptions(config, faults);
  let link: MailLink | undefined;
  let opened = false;
  try {
    const implicit = implicitPort(config.mssante.imap, faults);
    link = await MailLink.open(host, implicit ?? port, config.timeoutMs ?? 15_000);
    const dialogue = new Dialogue(link);
    if (implicit !== undefined) await link.secure(tls, revocationChecked(faults));
    await dialogue.greeting();
    if (implicit === undefined) {
      const offered = (await dialogue.command('CAPABILITY')).untagged.join('\n');
      if (!/\bSTARTTLS\b/i.test(offered)) throw new LinkError('tls', 'STARTTLS');
      await dialogue.command('STARTTLS');
      await link.secure(tls, revocationChecked(faults));
    }
    const { status } = await dialogue.login(box);
    tell('connexion', opening, status);
    opened = true;
    const result = await read(await select(dialogue));
    await dialogue.command('LOGOUT').then(
      (said) => tell('deconnexion', 'LOGOUT', said.status),
      () => tell('deconnexion', 'LOGOUT', 'aucune réponse'),
    );
    return result;
  } catch (error) {
    const said = error instanceof ImapRefusal ? error.response : responseOf(error);
    tell(opened ? 'consultation' : 'connexion', opened ? 'lecture de la boîte' : opening, said);
    throw error;
  } finally {
    link?.close();
  }
}

async function select(dialogue: Dialogue): Promise<OpenMailbox> {
  const { untagged } = await dialogue.command('SELECT INBOX');
  const validity = Number(/UIDVALIDITY (\d+)/i.exec(untagged.join('\n'))?.[1] ?? 0);
  const numbers = async (criteria: string): Promise<readonly number[]> => {
    const found = await dialogue.command(`UID SEARCH ${criteria}`);
    return found.untagged
      .flatMap((line) => /^\* SEARCH\b(.*)$/i.exec(line)?.[1]?.match(/\d+/g) ?? [])
      .map(Number)
      .toSorted((a, b) => a - b);
  };
  return {
    validity,
    async after(uid) {
      // `n:*` always gives the last one, whatever n: those before are left aside.
      return (await numbers(uid === 0 ? 'ALL' : `UID ${uid + 1}:*`)).filter((one) => one > uid).slice(0, MAX_NEW);
    },
    async fetch(uid) {
      const sized = await dialogue.command(`UID FETCH ${uid} (UID RFC822.SIZE FLAGS)`);
      const about = sized.untagged.find((line) => /FETCH/i.test(line) && new RegExp(`UID ${uid}\\b`, 'i').test(line));
      const size = Number(/RFC822\.SIZE (\d+)/i.exec(about ?? '')?.[1] ?? 0);
      if (about === undefined || size > MAX_MAIL_BYTES) return undefined;
      const { literals } = await dialogue.command(`UID FETCH ${uid} (UID BODY.PEEK[])`);
      const flags = /FLAGS \(([^)]*)\)/i.exec(about)?.[1]?.split(' ') ?? [];
      const [raw] = literals;
      return raw && { raw, flags };
    },
    addFlags: async (uid, flags) => (await dialogue.command(`UID STORE ${uid} +FLAGS (${flags.join(' ')})`)).status,
    async remove(uid) {
      await dialogue.command(`UID STORE ${uid} +FLAGS (\\Deleted)`);
      return (await dialogue.command('EXPUNGE')).status;
    },
  };
}

interface Answer {
  /** Of the tagged line, without its tag. */
  readonly status: string;
  readonly untagged: readonly string[];
  readonly literals: readonly Buffer[];
}

/** Commands and their answers, with literals (RFC 3501 §4.3). */
class Dialogue {
  readonly #link: MailLink;
  #number = 0;

  constructor(link: MailLink) {
    this.#link = link;
  }

  async greeting(): Promise<void> {
    const line = await this.#link.line();
    if (!/^\* (OK|PREAUTH)\b/i.test(line)) throw new ImapRefusal(line);
  }

  async login({ user, password = '', token }: OwnMailbox): Promise<Answer> {
    if (token === undefined) return await this.command(`LOGIN ${quoted(user)} ${quoted(password)}`);
    const said = Buffer.from(xoauth2(user, token), 'utf8').toString('base64');
    return await this.command(`AUTHENTICATE XOAUTH2 ${said}`);
  }

  /** @throws {ImapRefusal} for NO or BAD */
  async command(text: string): Promise<Answer> {
    this.#number += 1;
    const tag = `A${this.#number}`;
    await this.#link.write(`${tag} ${text}\r\n`);
    const untagged: string[] = [];
    const literals: Buffer[] = [];
    for (;;) {
      let line = await this.#link.line();
      for (;;) {
        const size = /\{(\d{1,9})\}$/.exec(line)?.[1];
        if (size === undefined) break;
        if (Number(size) > MAX_MAIL_BYTES) throw new LinkError('reseau', 'LITTERAL_TROP_GRAND');
        literals.push(await this.#link.block(Number(size)));
        line = `${line.replace(/\{\d+\}$/, '')}${await this.#link.line()}`;
      }
      if (line.startsWith(`${tag} `)) {
        const status = line.slice(tag.length + 1);
        if (/^OK\b/i.test(status)) return { status, untagged, literals };
        throw new ImapRefusal(status);
      }
      // The refusal of a token comes as a challenge first, which an empty line answers.
      if (line.startsWith('+')) await this.#link.write('\r\n');
      else untagged.push(line);
      if (untagged.length > MAX_RESPONSES) throw new LinkError('reseau', 'REPONSE_TROP_LONGUE');
    }
  }
}

/** @throws {LinkError} for what a quoted string cannot hold, which no address nor password of an operator has */
function quoted(text: string): string {
  if (/[\r\n\0]/.test(text)) throw new LinkError('reseau', 'IDENTIFIANT_INVALIDE');
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
