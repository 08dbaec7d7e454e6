import type { Folder, FolderMessage, FolderWatcher } from './folder.ts';

export interface ViewHooks {
  /** Something may have to be told now (IDLE). */
  readonly onChange: () => void;
  readonly onGone: (reason: string) => void;
}

/**
 * What one session knows of the folder it has open. Sequence numbers are positions here: a message that another session
 * expunged keeps its number until this one is told (RFC 3501 §7.4.1).
 */
export class FolderView implements FolderWatcher {
  readonly folder: Folder;
  readonly readOnly: boolean;
  readonly #hooks: ViewHooks;
  #messages: FolderMessage[] = [];
  readonly #recent = new Set<FolderMessage>();
  readonly #flagsToTell = new Set<FolderMessage>();
  #keywordsTold: number;
  /** UID of the last message taken in: what was told and expunged must not come back. */
  #lastSeen = 0;

  constructor(folder: Folder, readOnly: boolean, hooks: ViewHooks) {
    this.folder = folder;
    this.readOnly = readOnly;
    this.#hooks = hooks;
    this.#take(folder.messages);
    this.#keywordsTold = folder.flags.length;
    folder.watchers.add(this);
  }

  get messages(): readonly FolderMessage[] {
    return this.#messages;
  }
  get recentCount(): number {
    return this.#recent.size;
  }
  isRecent(message: FolderMessage): boolean {
    return this.#recent.has(message);
  }

  changed({ flagsOf }: { readonly flagsOf?: FolderMessage }): void {
    if (flagsOf !== undefined) this.#flagsToTell.add(flagsOf);
    this.#hooks.onChange();
  }
  gone(reason: string): void {
    this.close();
    this.#hooks.onGone(reason);
  }
  close(): void {
    this.folder.watchers.delete(this);
  }

  /** The session has just been told the flags of this message. */
  flagsTold(message: FolderMessage): void {
    this.#flagsToTell.delete(message);
  }

  /**
   * Untagged replies for what changed since the last call: EXPUNGE when they are allowed now, then EXISTS and RECENT,
   * then the flags that others changed.
   * @param expunges false while a command with sequence numbers is answered
   */
  tell(expunges: boolean): readonly string[] {
    const replies = expunges ? this.#tellExpunges() : [];
    const added = this.folder.messages.filter((message) => message.uid > this.#lastSeen);
    if (added.length > 0) {
      this.#take(added);
      replies.push(`* ${this.#messages.length} EXISTS`, `* ${this.#recent.size} RECENT`);
    }
    return [...replies, ...this.tellKeywords(), ...this.#tellFlags()];
  }

  /** FLAGS again when there are new keywords: a client must know a keyword before it sees it. */
  tellKeywords(): readonly string[] {
    const { flags } = this.folder;
    if (flags.length === this.#keywordsTold) return [];
    this.#keywordsTold = flags.length;
    return [`* FLAGS (${flags.join(' ')})`];
  }

  flagsOf(message: FolderMessage): string {
    return [...message.flags, ...(this.#recent.has(message) ? ['\\Recent'] : [])].join(' ');
  }

  #take(added: readonly FolderMessage[]): void {
    for (const message of added) {
      this.#messages.push(message);
      if (message.unannounced) this.#recent.add(message);
      // EXAMINE takes no \Recent away from the session that opens the folder next (RFC 3501 §6.3.2).
      if (!this.readOnly) message.unannounced = false;
      this.#lastSeen = message.uid;
    }
  }

  #tellExpunges(): string[] {
    const replies: string[] = [];
    const left: FolderMessage[] = [];
    for (const message of this.#messages) {
      if (message.expunged) replies.push(`* ${left.length + 1} EXPUNGE`);
      else left.push(message);
      if (!message.expunged) continue;
      this.#recent.delete(message);
      this.#flagsToTell.delete(message);
    }
    if (replies.length > 0) this.#messages = left;
    return replies;
  }

  #tellFlags(): string[] {
    if (this.#flagsToTell.size === 0) return [];
    const replies = this.#messages.flatMap((message, index) =>
      this.#flagsToTell.has(message)
        ? [`* ${index + 1} FETCH (UID ${message.uid} FLAGS (${this.flagsOf(message)}))`]
        : [],
    );
    this.#flagsToTell.clear();
    return replies;
  }
}
