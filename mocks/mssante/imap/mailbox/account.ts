import { Refusal } from '../protocol/problems.ts';
import { Folder } from './folder.ts';
import folders from './folders.json' with { type: 'json' };

/** Separates the levels of a folder name. */
export const DELIMITER = '/';

const MAX_FOLDERS = 500;
const MAX_NAME = 250;
const MAX_LEVELS = 10;

/**
 * The folders of one mailbox. Names are Unicode; INBOX has any case (RFC 3501 §5.1).
 */
export class Account {
  readonly #folders = new Map<string, Folder>();
  readonly #nextUidValidity: () => number;

  /** @param nextUidValidity gives a number larger than any given before */
  constructor(nextUidValidity: () => number) {
    this.#nextUidValidity = nextUidValidity;
    for (const { name, specialUse } of folders.folders) {
      this.#folders.set(name, new Folder(name, nextUidValidity(), specialUse ?? undefined));
    }
  }

  get inbox(): Folder {
    return this.get('INBOX');
  }

  /** Every folder, INBOX first, then by name. */
  list(): readonly Folder[] {
    const [inbox, ...others] = [...this.#folders.values()];
    others.sort((one, other) => (one.name < other.name ? -1 : 1));
    return inbox === undefined ? [] : [inbox, ...others];
  }

  find(name: string): Folder | undefined {
    return this.#folders.get(canonical(name));
  }

  /** @throws {Refusal} `NONEXISTENT` */
  get(name: string): Folder {
    const folder = this.find(name);
    if (folder === undefined) throw new Refusal('No such mailbox', 'NONEXISTENT');
    return folder;
  }

  hasChildren(folder: Folder): boolean {
    const start = `${folder.name}${DELIMITER}`;
    return [...this.#folders.keys()].some((name) => name.startsWith(start));
  }

  /** Makes a folder and those above it. @throws {Refusal} `ALREADYEXISTS`, `CANNOT`, `LIMIT` */
  create(wanted: string): Folder {
    const name = canonical(wanted.endsWith(DELIMITER) ? wanted.slice(0, -1) : wanted);
    this.#check(name);
    const levels = name.split(DELIMITER);
    for (const index of levels.keys()) {
      const path = canonical(levels.slice(0, index + 1).join(DELIMITER));
      if (this.#folders.has(path)) continue;
      const folder = new Folder(path, this.#nextUidValidity());
      folder.subscribed = false;
      this.#folders.set(path, folder);
    }
    return this.get(name);
  }

  /** @throws {Refusal} `NONEXISTENT`, `CANNOT`, `HASCHILDREN` */
  delete(name: string): void {
    const folder = this.get(name);
    if (folder.name === 'INBOX') throw new Refusal('INBOX cannot be deleted', 'CANNOT');
    if (this.hasChildren(folder)) throw new Refusal('Delete the mailboxes below it first', 'HASCHILDREN');
    this.#folders.delete(folder.name);
    folder.disconnect('The selected mailbox was deleted');
  }

  /**
   * Renames a folder and those below it; from INBOX, the mails move and INBOX stays, empty (RFC 3501 §6.3.5).
   * @throws {Refusal} `NONEXISTENT`, `ALREADYEXISTS`, `CANNOT`, `LIMIT`
   */
  rename(from: string, to: string): void {
    const folder = this.get(from);
    const target = canonical(to);
    this.#check(target);
    if (folder.name === 'INBOX') {
      const moved = folder.messages;
      this.create(target).add(moved);
      folder.expunge(moved);
      return;
    }
    const former = folder.name;
    const start = `${former}${DELIMITER}`;
    if (target.startsWith(start)) throw new Refusal('A mailbox cannot go below itself', 'CANNOT');
    const above = target.lastIndexOf(DELIMITER);
    const parent = above < 0 ? undefined : target.slice(0, above);
    if (parent !== undefined && this.find(parent) === undefined) this.create(parent);
    const renamed = this.list().filter((one) => one === folder || one.name.startsWith(start));
    for (const one of renamed) {
      this.#folders.delete(one.name);
      one.name = `${target}${one.name.slice(former.length)}`;
      this.#folders.set(one.name, one);
    }
  }

  renumber(folder: Folder): void {
    folder.renumber(this.#nextUidValidity());
  }

  #check(name: string): void {
    if (this.#folders.has(name)) throw new Refusal('The mailbox already exists', 'ALREADYEXISTS');
    const levels = name.split(DELIMITER);
    if (levels.includes('') || name.length > MAX_NAME || levels.length > MAX_LEVELS || /[%*\p{Cc}]/u.test(name)) {
      throw new Refusal('Not a name for a mailbox', 'CANNOT');
    }
    if (this.#folders.size + levels.length > MAX_FOLDERS) throw new Refusal('Too many mailboxes', 'LIMIT');
  }
}

function canonical(name: string): string {
  const [first = '', ...rest] = name.split(DELIMITER);
  return first.toUpperCase() === 'INBOX' ? ['INBOX', ...rest].join(DELIMITER) : name;
}
