import { Buffer } from 'node:buffer';

import { AttributeList } from './attributes.ts';
import { Malformed, isNameByte, resolve } from './lexical.ts';
import { Names } from './names.ts';
import { Prefixes } from './prefixes.ts';
import { sliceOf } from './slice.ts';
import { TooDeep, TooManyAttributes } from './tree.ts';
import type { XmlVisitor } from './types.ts';

const [TAB, LF, CR, SPACE, BANG, QUOTE, AMP, APOS, SLASH] = [0x09, 0x0a, 0x0d, 0x20, 0x21, 0x22, 0x26, 0x27, 0x2f];
const [LT, EQUALS, GT, QUESTION, BRACKET] = [0x3c, 0x3d, 0x3e, 0x3f, 0x5d];
const MAX_ATTRIBUTES = 1000;
const BAD_TAG = 'une balise est mal écrite';

/** Bytes of text that ask for a second look; the others are passed over. */
const NOTABLE = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte < SPACE && byte !== TAB && byte !== LF) || byte === AMP || byte === LT || byte === BRACKET || byte === 0xef
    ? 1
    : 0,
);

const DECLARATION = new RegExp(
  String.raw`^<\?xml_+version_*=_*(["'])1\.\d+\1(?:_+encoding_*=_*(["'])[A-Za-z][\w.-]*\2)?(?:_+standalone_*=_*(["'])(?:yes|no)\3)?_*\?>`.replaceAll(
    '_',
    String.raw`[ \t\r\n]`,
  ),
);

/**
 * Visits a document in one pass over its bytes, no tree behind: what it takes does not depend on the number of elements.
 * Well-formedness is that of XML 1.0 without DTD, prefixes must be declared; the tests hold it to the verdicts of libxml2.
 * What a namespace is named is not judged.
 */
export class Scan {
  readonly #bytes: Buffer;
  readonly #end: number;
  readonly #visitor: XmlVisitor;
  readonly #maxDepth: number;
  readonly #attributes: AttributeList;
  readonly #qnames: Names;
  readonly #prefixes = new Prefixes();
  readonly #ask: (local: string) => string | undefined;
  /** Of the elements that are open: where their names are, and their local names. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #names: string[] = [];
  #at = 0;
  #depth = 0;
  /** Depth of the element whose inside is not visited; 0 when there is none. */
  #skipped = 0;

  /** @param utf8 UTF-8, without BOM nor DTD */
  constructor(utf8: Uint8Array, visitor: XmlVisitor, maxDepth: number) {
    this.#bytes = Buffer.from(utf8.buffer, utf8.byteOffset, utf8.byteLength);
    this.#end = utf8.byteLength;
    this.#visitor = visitor;
    this.#maxDepth = maxDepth;
    this.#attributes = new AttributeList(this.#bytes);
    this.#qnames = new Names(this.#bytes);
    this.#ask = (local) => this.#attributes.value(local);
  }

  /**
   * @throws Malformed
   * @throws TooDeep
   * @throws TooManyAttributes
   * @throws what the visitor throws
   */
  run(): void {
    const declaration = DECLARATION.exec(this.#bytes.toString('latin1', 0, 200));
    if (declaration !== null) this.#at = declaration[0].length;
    let roots = 0;
    while (this.#at < this.#end) {
      if (this.#bytes[this.#at] !== LT) this.#text();
      else {
        const next = this.#bytes[this.#at + 1];
        if (next === SLASH) this.#endTag();
        else if (next === BANG) this.#bang();
        else if (next === QUESTION) this.#instruction();
        else {
          if (this.#depth === 0) roots += 1;
          if (roots > 1) throw this.#malformed("du contenu suit l'élément racine (deux racines, ou balise en trop)");
          this.#startTag();
        }
      }
    }
    if (this.#depth > 0) throw this.#malformed(`la balise <${this.#open()}> n'est pas fermée`);
    if (roots === 0) throw this.#malformed('le document ne commence pas par un élément XML');
  }

  /** 1-based line of the place reached. */
  line(): number {
    let line = 1;
    for (let at = this.#bytes.indexOf(LF); at !== -1 && at < this.#at; at = this.#bytes.indexOf(LF, at + 1)) line += 1;
    return line;
  }

  #malformed(what: string): Malformed {
    return new Malformed(what, this.line());
  }

  #open(): string {
    return this.#shown(this.#starts[this.#depth - 1] ?? 0, this.#ends[this.#depth - 1] ?? 0);
  }

  #shown(from: number, to: number): string {
    return this.#bytes.toString('utf8', from, Math.min(to, from + 80));
  }

  #text(): void {
    const bytes = this.#bytes;
    const from = this.#at;
    let at = from;
    let plain = true;
    for (; at < this.#end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (NOTABLE[byte] === 0) continue;
      if (byte === LT) break;
      if (byte === AMP || byte === CR) plain = false;
      else if (byte !== BRACKET) this.#character(at, byte);
      else if (bytes[at + 1] === BRACKET && bytes[at + 2] === GT) {
        this.#at = at;
        throw this.#malformed('« ]]> » est dans un texte');
      }
    }
    if (this.#depth === 0) {
      if (!/^[ \t\r\n]*$/.test(bytes.toString('latin1', from, at)))
        throw this.#malformed("du texte est hors de l'élément racine");
    } else if (!plain) this.#tell(this.#resolved(sliceOf(bytes, from, at)));
    else if (this.#skipped === 0) this.#tell(sliceOf(bytes, from, at));
    this.#at = at;
  }

  #tell(characters: string): void {
    if (this.#skipped === 0) this.#visitor.text?.(characters);
  }

  /** Refuses a character that XML does not carry: controls, U+FFFE, U+FFFF. */
  #character(at: number, byte: number): void {
    const next = this.#bytes[at + 2] ?? 0;
    const bad = byte < SPACE ? byte !== TAB && byte !== LF && byte !== CR : this.#bytes[at + 1] === 0xbf && next > 0xbd;
    if (!bad || (byte >= SPACE && byte !== 0xef)) return;
    this.#at = at;
    throw this.#malformed(`le caractère de code ${byte < SPACE ? byte : 0xff_40 + next} est interdit en XML`);
  }

  #resolved(text: string): string {
    const resolved = resolve(text);
    if (typeof resolved === 'string') return resolved;
    throw this.#malformed(resolved.what);
  }

  /** Passes a name, `:` included. */
  #name(): number {
    const from = this.#at;
    let at = from;
    while (isNameByte(this.#bytes[at])) at += 1;
    this.#at = at;
    return from;
  }

  #space(): boolean {
    const from = this.#at;
    let byte = this.#bytes[this.#at];
    while (byte === SPACE || byte === LF || byte === CR || byte === TAB) byte = this.#bytes[(this.#at += 1)];
    return this.#at > from;
  }

  #startTag(): void {
    const bytes = this.#bytes;
    this.#at += 1;
    const from = this.#name();
    const to = this.#at;
    this.#attributes.clear();
    let spaced = this.#space();
    while (this.#at < this.#end && bytes[this.#at] !== GT && bytes[this.#at] !== SLASH) {
      if (!spaced) throw this.#malformed(BAD_TAG);
      this.#attribute();
      spaced = this.#space();
    }
    const empty = bytes[this.#at] === SLASH;
    if (empty) this.#at += 1;
    if (bytes[this.#at] !== GT) throw this.#malformed(BAD_TAG);
    this.#at += 1;
    this.#enter(from, to);
    if (empty) this.#leave();
  }

  #attribute(): void {
    const from = this.#name();
    const to = this.#at;
    this.#space();
    if (this.#bytes[this.#at] !== EQUALS) throw this.#malformed('un attribut est sans valeur');
    this.#at += 1;
    this.#space();
    const quote = this.#bytes[this.#at];
    if (quote !== QUOTE && quote !== APOS) throw this.#malformed("une valeur d'attribut n'est pas entre guillemets");
    const start = this.#at + 1;
    let plain = true;
    let at = start;
    for (; at < this.#end && this.#bytes[at] !== quote; at += 1) {
      const byte = this.#bytes[at] ?? 0;
      if (byte === TAB || byte === LF) plain = false;
      if (NOTABLE[byte] === 0) continue;
      if (byte === LT) throw this.#malformed("un chevron (<) n'est pas échappé dans une valeur d'attribut");
      if (byte === AMP || byte === CR) plain = false;
      else this.#character(at, byte);
    }
    if (!plain) this.#resolved(this.#bytes.toString('utf8', start, at));
    const name = this.#qnames.read(from, to);
    if (name === undefined) throw this.#malformed(`« ${this.#shown(from, to)} » n'est pas un nom`);
    if (!this.#attributes.add(name, start, at, plain))
      throw this.#malformed(`l'attribut ${name} est présent deux fois`);
    const { count } = this.#attributes;
    if (count > MAX_ATTRIBUTES) throw new TooManyAttributes(this.line(), count);
    this.#at = at + 1;
  }

  #enter(from: number, to: number): void {
    this.#depth += 1;
    if (this.#depth > this.#maxDepth) throw new TooDeep(this.line());
    const name = this.#qnames.read(from, to);
    if (name === undefined)
      throw this.#malformed(from === to ? BAD_TAG : `« ${this.#shown(from, to)} » n'est pas un nom`);
    const error = this.#prefixes.enter(name, this.#attributes, this.#depth);
    if (error !== undefined) throw this.#malformed(error);
    const local = name.slice(name.indexOf(':') + 1);
    this.#starts[this.#depth - 1] = from;
    this.#ends[this.#depth - 1] = to;
    this.#names[this.#depth - 1] = local;
    if (this.#skipped === 0 && this.#visitor.open(local, this.#ask, this.#depth) === false) this.#skipped = this.#depth;
  }

  #leave(): void {
    if (this.#skipped === 0) this.#visitor.close?.(this.#names[this.#depth - 1] ?? '', this.#depth);
    else if (this.#skipped === this.#depth) this.#skipped = 0;
    this.#prefixes.leave(this.#depth);
    this.#depth -= 1;
  }

  #endTag(): void {
    this.#at += 2;
    const from = this.#name();
    const to = this.#at;
    const start = this.#starts[this.#depth - 1] ?? 0;
    let same = this.#depth > 0 && to - from === (this.#ends[this.#depth - 1] ?? 0) - start;
    for (let at = from; same && at < to; at += 1) same = this.#bytes[at] === this.#bytes[start + at - from];
    if (!same) {
      const found = this.#shown(from, to);
      throw this.#malformed(
        this.#depth > 0
          ? `la balise <${this.#open()}> est fermée par </${found}>`
          : `la balise </${found}> ferme ce qui n'est pas ouvert`,
      );
    }
    this.#space();
    if (this.#bytes[this.#at] !== GT) throw this.#malformed(BAD_TAG);
    this.#at += 1;
    this.#leave();
  }

  #bang(): void {
    if (this.#bytes.toString('latin1', this.#at, this.#at + 4) === '<!--') {
      const end = this.#bytes.indexOf('--', this.#at + 4, 'latin1');
      if (end === -1 || this.#bytes[end + 2] !== GT) throw this.#malformed('un commentaire est mal fermé');
      this.#characters(this.#at, end);
      this.#at = end + 3;
      return;
    }
    if (this.#depth === 0 || this.#bytes.toString('latin1', this.#at, this.#at + 9) !== '<![CDATA[') {
      throw this.#malformed(BAD_TAG);
    }
    const end = this.#bytes.indexOf(']]>', this.#at + 9, 'latin1');
    if (end === -1) throw this.#malformed("une section CDATA n'est pas fermée");
    this.#characters(this.#at + 9, end);
    this.#tell(this.#bytes.toString('utf8', this.#at + 9, end).replace(/\r\n?/g, '\n'));
    this.#at = end + 3;
  }

  #instruction(): void {
    const start = this.#at + 2;
    const end = this.#bytes.indexOf('?>', start, 'latin1');
    this.#at = start;
    this.#name();
    const target = this.#qnames.read(start, this.#at) ?? '';
    if (end === -1 || target === '' || /^xml$|:/i.test(target) || !(this.#space() || this.#at === end)) {
      throw this.#malformed('une instruction de traitement est mal écrite');
    }
    this.#characters(start, end);
    this.#at = end + 2;
  }

  #characters(from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      const byte = this.#bytes[at] ?? 0;
      if (NOTABLE[byte] !== 0) this.#character(at, byte);
    }
  }
}
