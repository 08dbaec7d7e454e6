import type { KeptSource } from '../../mail-store-sources.ts';
import type { MailboxEntry, MssanteDesk } from '../../types.ts';
import type { Account } from '../mailbox/account.ts';
import type { Folder } from '../mailbox/folder.ts';
import type { FolderView } from '../mailbox/view.ts';
import type { Arguments } from '../protocol/arguments.ts';

/** What a command may do to the session it came by, once the mailbox is open. */
export interface OpenedSession {
  readonly desk: MssanteDesk;
  readonly mailbox: MailboxEntry;
  readonly account: Account;
  /** The folder selected. @throws {SyntaxProblem} when none is: the command comes out of its time */
  readonly view: FolderView;
  readonly selected: Folder | undefined;
  /** Selects a folder, in place of the one that was. */
  open(folder: Folder, readOnly: boolean): FolderView;
  unselect(): void;
  /** Writes a reply, one character per byte, its line end added. */
  reply(line: string): void;
  /** Writes without a line end. */
  write(text: string): void;
  /** Writes bytes of a mail as they are. Resolves when the client took enough of them. */
  writeSource(source: KeptSource, start: number, end: number): Promise<void>;
  /** Resolves when the client has taken enough of what was written. */
  drained(): Promise<void>;
}

/** The end of a command that went well. */
export interface Completion {
  /** Response code, without its brackets. */
  readonly code?: string;
  readonly text: string;
  /** What the journal says more, in French. */
  readonly note?: string;
}

export interface CommandCall {
  readonly tag: string;
  readonly args: Arguments;
  /** The command came with the prefix UID. */
  readonly uid: boolean;
}

/**
 * Answers one command: untagged replies by the session, the tagged one by what it returns.
 * @throws {SyntaxProblem} answered BAD
 * @throws {Refusal} answered NO
 */
export type CommandHandler = (session: OpenedSession, call: CommandCall) => Completion | Promise<Completion>;
