import type { KeptSource } from '../../mail-store-sources.ts';
import { Refusal } from '../protocol/problems.ts';
import { SYSTEM_FLAGS } from './flags.ts';

/** A mail in a folder. Its flags change; the rest never does (RFC 3501 §2.3.1.1). */
export interface FolderMessage {
  readonly uid: number;
  readonly internalDate: Date;
  readonly source: KeptSource;
  flags: ReadonlySet<string>;
  /** No session was told of it yet: the first one sees it `\Recent`. */
  unannounced: boolean;
  expunged: boolean;
}

export interface NewMessage {
  readonly internalDate: Date;
  readonly source: KeptSource;
  readonly flags?: Iterable<string>;
}

/** A session that has the folder open, told of what others do in it. */
export interface FolderWatcher {
  changed(change: { readonly flagsOf?: FolderMessage }): void;
  /** The folder, or what the session knows of it, is no more. */
  gone(reason: string): void;
}

const MAX_MESSAGES = 20_000;
const MAX_KEYWORDS = 200;

/** One folder of a mailbox: its messages in the order of their UIDs, its keywords, and the sessions that have it open. */
export class Folder {
  name: string;
  uidValidity: number;
  uidNext = 1;
  subscribed = true;
  readonly specialUse: string | undefined;
  readonly watchers = new Set<FolderWatcher>();
  #messages: FolderMessage[] = [];
  readonly #keywords = new Set<string>();

  constructor(name: string, uidValidity: number, specialUse?: string) {
    this.name = name;
    this.uidValidity = uidValidity;
    this.specialUse = specialUse;
  }

  get messages(): readonly FolderMessage[] {
    return this.#messages;
  }

  /** Every flag that applies to the folder: the system's, and the keywords seen so far. */
  get flags(): readonly string[] {
    return [...SYSTEM_FLAGS, ...this.#keywords];
  }

  /** @throws {Refusal} `OVERQUOTA` when a client fills the folder; `LIMIT` for too many keywords */
  checkRoom(count: number, flags: Iterable<string>): void {
    if (this.#messages.length + count > MAX_MESSAGES)
      throw new Refusal('Too many messages in this mailbox', 'OVERQUOTA');
    this.checkKeywords(flags);
  }

  checkKeywords(flags: Iterable<string>): void {
    const more = [...flags].filter((flag) => !flag.startsWith('\\') && !this.#keywords.has(flag));
    if (this.#keywords.size + more.length > MAX_KEYWORDS)
      throw new Refusal('Too many keywords in this mailbox', 'LIMIT');
  }

  /** @returns the UIDs given, in order */
  add(messages: readonly NewMessage[]): readonly number[] {
    const uids = messages.map(({ internalDate, source, flags = [] }) => {
      const uid = this.uidNext;
      this.uidNext += 1;
      const kept = new Set(flags);
      this.#learn(kept);
      this.#messages.push({ uid, internalDate, source, flags: kept, unannounced: true, expunged: false });
      return uid;
    });
    for (const watcher of this.watchers) watcher.changed({});
    return uids;
  }

  /** @returns false when the message has these flags already */
  setFlags(message: FolderMessage, flags: ReadonlySet<string>): boolean {
    const same = flags.size === message.flags.size && [...flags].every((flag) => message.flags.has(flag));
    if (same || message.expunged) return false;
    message.flags = flags;
    this.#learn(flags);
    for (const watcher of this.watchers) watcher.changed({ flagsOf: message });
    return true;
  }

  expunge(messages: Iterable<FolderMessage>): void {
    for (const message of messages) message.expunged = true;
    const left = this.#messages.filter((message) => !message.expunged);
    if (left.length === this.#messages.length) return;
    this.#messages = left;
    for (const watcher of this.watchers) watcher.changed({});
  }

  /** The same mails as if the server had lost their numbers: other UIDs under another UIDVALIDITY (RFC 3501 §2.3.1.1). */
  renumber(uidValidity: number): void {
    this.disconnect('UIDVALIDITY of the mailbox has changed');
    this.uidValidity = uidValidity;
    this.#messages = this.#messages.map((message, index) => ({ ...message, uid: index + 1 }));
    this.uidNext = this.#messages.length + 1;
  }

  /** Closes the sessions that have the folder open. */
  disconnect(reason: string): void {
    for (const watcher of this.watchers) watcher.gone(reason);
  }

  #learn(flags: Iterable<string>): void {
    for (const flag of flags) if (!flag.startsWith('\\')) this.#keywords.add(flag);
  }
}
