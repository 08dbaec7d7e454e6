import { header, leaves, readMail, type Mail } from '#formats/mail/index.ts';
import type { FolderMessage } from '../mailbox/folder.ts';
import { MessageReader } from '../message/message-reader.ts';
import { dayOfDate, dayOfField, type Day } from '../protocol/dates.ts';

/** A message looked at by a search; what it takes to answer is read once, when a key asks for it. */
export class SearchCandidate {
  readonly message: FolderMessage;
  readonly sequence: number;
  readonly recent: boolean;
  readonly #reader: MessageReader;
  #header: Mail | null | undefined;
  #whole: Mail | null | undefined;

  constructor(message: FolderMessage, sequence: number, recent: boolean) {
    this.message = message;
    this.sequence = sequence;
    this.recent = recent;
    this.#reader = new MessageReader(message.source);
  }

  get internalDay(): Day {
    return dayOfDate(this.message.internalDate);
  }

  /** Day of the Date field; that of arrival when there is none, as servers do. */
  get sentDay(): Day {
    const mail = this.#readHeader();
    return dayOfField((mail && header(mail, 'Date')) ?? '') ?? this.internalDay;
  }

  /** Decoded values of the fields of that name. */
  fields(name: string): readonly string[] {
    const wanted = name.toLowerCase();
    return (this.#readHeader()?.headers ?? []).flatMap((one) => (one.name.toLowerCase() === wanted ? [one.value] : []));
  }

  headerHolds(wanted: string): boolean {
    return (this.#readHeader()?.headers ?? []).some((one) => holds(`${one.name}: ${one.value}`, wanted));
  }

  /** Whether a text of the body, decoded, holds this. */
  bodyHolds(wanted: string): boolean {
    this.#whole ??= read(this.#reader.whole());
    if (this.#whole === null) return holds(this.#reader.whole().toString('latin1'), wanted);
    return leaves(this.#whole.root).some(({ contentType, content }) => {
      const type = contentType?.type ?? 'text/plain';
      if (!type.startsWith('text/') && !type.startsWith('message/')) return false;
      return holds(decode(content, contentType?.parameters['charset']), wanted);
    });
  }

  #readHeader(): Mail | null {
    this.#header ??= read(this.#reader.header());
    return this.#header;
  }
}

/** Without regard to case (RFC 3501 §6.4.4). */
export function holds(text: string, wanted: string): boolean {
  return text.toLowerCase().includes(wanted.toLowerCase());
}

function read(bytes: Uint8Array): Mail | null {
  const reading = readMail(bytes);
  return reading.ok ? reading.mail : null;
}

function decode(bytes: Uint8Array, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
