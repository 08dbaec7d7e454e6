import type { TlsPeer } from '#formats/exchange/index.ts';
import { withoutCertificate } from '../authenticate.ts';
import type { MailboxEntry, MssanteDesk } from '../types.ts';
import { loginByPassword, loginByPlain, loginByToken, type LoginReading } from './login.ts';
import type { MailboxDialogue } from './mailbox-dialogue.ts';
import type { Arguments } from './protocol/arguments.ts';

/** What a login may do to the connection it came by. */
export interface LoginDialogue extends MailboxDialogue {
  readonly desk: MssanteDesk;
  /** TLS is not there yet. */
  readonly isClear: () => boolean;
  /** What the handshake showed of the client. */
  readonly tls: () => TlsPeer | undefined;
  readonly opened: (tag: string, mailbox: MailboxEntry) => void;
  /** Ends the connection without a word. */
  readonly cut: () => void;
}

const MECHANISMS: Readonly<Record<string, (desk: MssanteDesk, response: string) => Promise<LoginReading>>> = {
  PLAIN: loginByPlain,
  XOAUTH2: loginByToken,
};

/**
 * LOGIN, and AUTHENTICATE with PLAIN or XOAUTH2, its answer in the command (RFC 4959) or after a `+`
 * (RFC 3501 §6.2.2–6.2.3; protocols.md §5.2).
 * @throws {SyntaxProblem}
 */
export async function takeLogin(dialogue: LoginDialogue, tag: string, name: string, args: Arguments): Promise<void> {
  if (dialogue.isClear()) {
    dialogue.wire.reply(`${tag} NO [PRIVACYREQUIRED] Use STARTTLS first`);
    dialogue.recorder.tell('login', 'refusé : identification demandée avant STARTTLS');
    return;
  }
  args.space();
  if (name === 'AUTHENTICATE') return authenticate(dialogue, tag, args);
  const user = args.astring();
  args.space();
  const password = args.astring();
  args.end();
  finish(dialogue, tag, await loginByPassword(dialogue.desk, user, password));
}

async function authenticate(dialogue: LoginDialogue, tag: string, args: Arguments): Promise<void> {
  const { desk, wire, recorder } = dialogue;
  const mechanism = args.atom().toUpperCase();
  const run = MECHANISMS[mechanism];
  const initial = args.accept(' ') ? args.match(/[A-Za-z0-9+/]+={0,2}|=/y) : undefined;
  args.end();
  if (run === undefined) {
    wire.reply(`${tag} NO [CANNOT] Unsupported authentication mechanism`);
    recorder.tell('login', `refusé : mécanisme ${mechanism} inconnu`);
    return;
  }
  if (initial !== undefined) return finish(dialogue, tag, await run(desk, initial === '=' ? '' : initial));
  wire.reply('+ ');
  dialogue.expectLine(async (line) => {
    recorder.received('***\r\n');
    if (line === '*') dialogue.bad(tag, 'Authentication aborted');
    else finish(dialogue, tag, await run(desk, line));
  });
}

function finish(dialogue: LoginDialogue, tag: string, reading: LoginReading): void {
  const { wire, recorder } = dialogue;
  if (reading.ok) {
    const why = withoutCertificate(reading.mailbox, dialogue.tls());
    return why === undefined ? dialogue.opened(tag, reading.mailbox) : finish(dialogue, tag, { ok: false, why });
  }
  if ('cut' in reading) {
    recorder.tell('login', reading.why);
    return dialogue.cut();
  }
  const refuse = (): void => {
    wire.reply(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials`);
    recorder.tell('login', `refusé : ${reading.why}`);
  };
  if (reading.challenge === undefined) return refuse();
  // The client answers the challenge by an empty line, and only then is told NO (protocols.md §5.2).
  wire.reply(`+ ${reading.challenge}`);
  dialogue.expectLine(refuse);
}
