import type { KeptSource } from '../mail-store-sources.ts';
import type { MailboxEntry, MssanteDesk } from '../types.ts';
import type { OpenedSession } from './commands/index.ts';
import type { Account } from './mailbox/account.ts';
import type { Folder } from './mailbox/folder.ts';
import { FolderView } from './mailbox/view.ts';
import { SyntaxProblem } from './protocol/problems.ts';
import type { ImapWire } from './wire.ts';

export interface OpenedParts {
  readonly desk: MssanteDesk;
  readonly mailbox: MailboxEntry;
  readonly account: Account;
  readonly wire: ImapWire;
  /** The folder that was open cannot be used any more: the session must end. */
  readonly onGone: (reason: string) => void;
}

/** A mailbox that a connection has opened: the folder selected, and what the client is told of it. */
export class MailboxSession implements OpenedSession {
  readonly desk: MssanteDesk;
  readonly mailbox: MailboxEntry;
  readonly account: Account;
  readonly #wire: ImapWire;
  readonly #onGone: (reason: string) => void;
  #view: FolderView | undefined;
  #idle = false;

  constructor(parts: OpenedParts) {
    this.desk = parts.desk;
    this.mailbox = parts.mailbox;
    this.account = parts.account;
    this.#wire = parts.wire;
    this.#onGone = parts.onGone;
  }

  get view(): FolderView {
    if (this.#view === undefined) throw new SyntaxProblem('No mailbox is selected');
    return this.#view;
  }
  get selected(): Folder | undefined {
    return this.#view?.folder;
  }

  open(folder: Folder, readOnly: boolean): FolderView {
    this.unselect();
    this.#view = new FolderView(folder, readOnly, {
      onChange: () => {
        if (this.#idle) this.tell(true);
      },
      onGone: (reason) => this.#onGone(reason),
    });
    return this.#view;
  }

  unselect(): void {
    this.#view?.close();
    this.#view = undefined;
  }

  /** IDLE (RFC 2177): from now on, what changes is told as it does. */
  set idle(idle: boolean) {
    this.#idle = idle;
    if (idle) this.tell(true);
  }
  get idle(): boolean {
    return this.#idle;
  }

  /** Tells the client what others changed. @param expunges whether sequence numbers may move now */
  tell(expunges: boolean): void {
    for (const reply of this.#view?.tell(expunges) ?? []) this.#wire.reply(reply);
    this.#wire.flush();
  }

  reply(line: string): void {
    this.#wire.reply(line);
  }
  write(text: string): void {
    this.#wire.write(text);
  }
  writeSource(source: KeptSource, start: number, end: number): Promise<void> {
    return this.#wire.writeSource(source, start, end);
  }
  drained(): Promise<void> {
    return this.#wire.drained();
  }
}
