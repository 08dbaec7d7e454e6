import type { XmlVisitor } from '../xml/index.ts';
import { MAX_CELL_TEXT, cutText, unescapeCell } from './cell-text.ts';
import type { XlsxPackage } from './package.ts';

/** Gathers the text of a rich string: every `<t>`, run after run, those of a phonetic guide (`<rPh>`) left out. */
export class RichText {
  #text = '';
  #inText = false;
  #run = '';

  /** @returns false when what is inside is no text of the string */
  open(local: string): boolean {
    if (local === 't') {
      this.#inText = true;
      this.#run = '';
    }
    return local !== 'rPh';
  }

  add(characters: string): void {
    if (this.#inText) this.#run += characters;
  }

  close(local: string): void {
    if (local !== 't') return;
    this.#inText = false;
    this.#text += unescapeCell(this.#run);
  }

  /** The text so far; the next one begins empty. */
  take(): string {
    const text = this.#text.toWellFormed();
    this.#text = '';
    return text;
  }
}

export interface SharedStrings {
  readonly texts: readonly string[];
  /** How many were longer than a cell holds. */
  readonly cut: number;
}

/** @throws XlsxRefusal when the part cannot be read */
export async function readStrings(opened: XlsxPackage, part: string): Promise<SharedStrings> {
  const texts: string[] = [];
  const rich = new RichText();
  let cut = 0;
  const visitor: XmlVisitor = {
    open: (local, _attribute, depth) => (depth <= 2 ? true : rich.open(local)),
    text: (characters) => rich.add(characters),
    close(local, depth) {
      rich.close(local);
      if (depth !== 2 || local !== 'si') return;
      const text = rich.take();
      if (text.length > MAX_CELL_TEXT) cut += 1;
      texts.push(cutText(text, MAX_CELL_TEXT));
    },
  };
  await opened.walk(part, visitor);
  return { texts, cut };
}
