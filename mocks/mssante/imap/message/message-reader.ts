import type { KeptSource } from '../../mail-store-sources.ts';
import { headerEnd } from './fields.ts';
import { chosenFields, findSection, type Section, type SectionBytes } from './section.ts';
import { readStructure, type MailPart } from './structure.ts';

const FIRST_READ = 16 * 1024;
/** Structures of few parts stay known; a strange mail is read again. */
const CACHED_CHILDREN = 20;

const structures = new WeakMap<KeptSource, MailPart>();

/** Reads one mail, no more of it than what is asked: its header, or all of it. To be dropped after the answer. */
export class MessageReader {
  readonly #kept: KeptSource;
  #header: Buffer | undefined;
  #whole: Buffer | undefined;

  constructor(kept: KeptSource) {
    this.#kept = kept;
  }

  /** The header with its blank line. */
  header(): Buffer {
    if (this.#header !== undefined) return this.#header;
    for (let size = FIRST_READ; ; size *= 4) {
      const bytes = this.#whole ?? this.#kept.read(0, size);
      const end = headerEnd(bytes, 0, bytes.length);
      if (end < bytes.length || bytes.length >= this.#kept.size) {
        this.#header = bytes.subarray(0, end);
        return this.#header;
      }
    }
  }

  whole(): Buffer {
    this.#whole ??= this.#kept.read();
    return this.#whole;
  }

  structure(): MailPart {
    const known = structures.get(this.#kept);
    if (known !== undefined) return known;
    const read = readStructure(this.whole());
    if (read.children.length <= CACHED_CHILDREN) structures.set(this.#kept, read);
    return read;
  }

  /** @returns undefined when the mail has no such part */
  section(section: Section): SectionBytes | undefined {
    const { size } = this.#kept;
    if (section.path.length > 0) return findSection(this.whole(), this.structure(), section);
    if (section.text === 'whole') return { start: 0, end: size };
    const header = this.header();
    if (section.text === 'text') return { start: header.length, end: size };
    if (section.text === 'header' || section.text === 'mime') return { start: 0, end: header.length };
    return { bytes: chosenFields(header, 0, header.length, section) };
  }
}
