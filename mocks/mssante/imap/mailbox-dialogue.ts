import { COMMANDS } from './commands/index.ts';
import type { MailboxSession } from './opened-session.ts';
import type { Arguments } from './protocol/arguments.ts';
import { Refusal, SyntaxProblem } from './protocol/problems.ts';
import type { ImapRecorder } from './recorder.ts';
import type { ImapWire } from './wire.ts';

/** What a command may do to the connection it came by. */
export interface MailboxDialogue {
  readonly wire: ImapWire;
  readonly recorder: ImapRecorder;
  readonly ok: (tag: string, text: string) => void;
  readonly bad: (tag: string, message: string) => void;
  /** The client is gone. */
  readonly isLost: () => boolean;
  /** The next line is not a command, but what this handles. */
  readonly expectLine: (handle: (line: string) => void | Promise<void>) => void;
}

/**
 * Runs a command of an open mailbox: untagged replies, what others changed, the tagged reply, its exchange in the journal.
 * @throws {SyntaxProblem}
 */
export async function runMailboxCommand(
  session: MailboxSession,
  dialogue: MailboxDialogue,
  tag: string,
  given: string,
  args: Arguments,
): Promise<void> {
  if (given === 'IDLE') return startIdle(session, dialogue, tag, args);
  const uid = given === 'UID';
  if (uid) args.space();
  const name = uid ? args.atom().toUpperCase() : given;
  const entry = COMMANDS[name];
  if (entry === undefined || (uid && entry.uid !== true)) {
    throw new SyntaxProblem(`Unknown command ${uid ? 'UID ' : ''}${name}`);
  }
  const end = (reply: () => void, outcome: string): void => {
    const lost = dialogue.isLost();
    session.tell(entry.keepsNumbers !== true);
    reply();
    if (!entry.told) return;
    dialogue.recorder.tell(
      name.toLowerCase(),
      `${name} : ${lost ? 'connexion perdue avant la fin de la réponse' : outcome}`,
    );
  };
  try {
    const { code, text, note } = await entry.handler(session, { tag, args, uid });
    end(
      () => dialogue.ok(tag, code === undefined ? text : `[${code}] ${text}`),
      note === undefined ? 'OK' : `OK, ${note}`,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const code = error.code === undefined ? '' : `[${error.code}] `;
    end(() => dialogue.wire.reply(`${tag} NO ${code}${error.message}`), `NO, ${error.message}`);
  }
}

/** IDLE (RFC 2177): told of what changes until the client says DONE. */
function startIdle(session: MailboxSession, dialogue: MailboxDialogue, tag: string, args: Arguments): void {
  args.end();
  dialogue.wire.reply('+ idling');
  session.idle = true;
  dialogue.expectLine((line) => {
    const done = line.toUpperCase() === 'DONE';
    session.idle = false;
    dialogue.recorder.received(`${line}\r\n`);
    if (done) dialogue.ok(tag, 'IDLE completed');
    else dialogue.bad(tag, 'Expected DONE');
    dialogue.recorder.tell('idle', done ? 'IDLE : OK' : 'IDLE : BAD, DONE attendu');
  });
}
