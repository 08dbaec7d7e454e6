import { SaxesParser } from 'saxes';
import { MAX_DEPTH, prepare } from './open.ts';
import { treeFault } from './read.ts';
import { TooDeep, TooManyAttributes, TooManyElements } from './tree.ts';
import type { XmlFault, XmlLimits, XmlVisitor } from './types.ts';

const MAX_ATTRIBUTES = 1000;
const MAX_ELEMENTS = 4_000_000;
/** Characters handed over at once: what is kept besides the document does not grow with it. */
const CHUNK = 64 * 1024;

/** What the parser says, so that nothing else that is thrown is taken for it. */
class Malformed extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/**
 * Visits an XML document in order without a tree: for documents of many small elements, that the tree of libxml2 would
 * make twenty-five times larger. Refused and bounded as by `readXml`, to whose verdicts the tests hold it.
 *
 * @returns how many elements there were; a fault when the document is refused; part of the visit has then happened. What the visitor throws goes
 *   through.
 */
export function walkXml(
  bytes: Uint8Array,
  visitor: XmlVisitor,
  limits: XmlLimits = {},
): { readonly ok: true; readonly elements: number } | { readonly ok: false; readonly fault: XmlFault } {
  const maxDepth = limits.maxDepth ?? MAX_DEPTH;
  const prepared = prepare(bytes, limits);
  if (!prepared.ok) return prepared;
  try {
    return { ok: true, elements: visit(prepared.text, visitor, maxDepth, limits.maxElements ?? MAX_ELEMENTS) };
  } catch (error) {
    const fault = error instanceof Malformed ? malformed(error) : treeFault(error, maxDepth);
    if (fault === undefined) throw error;
    return { ok: false, fault };
  }
}

function visit(text: string, visitor: XmlVisitor, maxDepth: number, maxElements: number): number {
  // libxml2 reads every version by the rules of 1.0.
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  let depth = 0;
  let elements = 0;
  let attributes = 0;
  /** Depth of the element whose inside is not visited; 0 when there is none. */
  let skipped = 0;
  const characters = (found: string): void => {
    if (depth > 0 && skipped === 0 && found !== '') visitor.text?.(found);
  };
  parser.on('error', (error) => {
    throw new Malformed(error.message.replace(/^\d+:\d+: /u, ''), parser.line);
  });
  parser.on('opentagstart', () => {
    attributes = 0;
    elements += 1;
    if (elements > maxElements) throw new TooManyElements(maxElements, parser.line);
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) throw new TooManyAttributes(parser.line, attributes);
  });
  parser.on('processinginstruction', ({ body }) => {
    if (body.startsWith('?') && glued(text, parser.position, body))
      throw new Malformed('disallowed character in processing instruction name.', parser.line);
  });
  parser.on('text', characters);
  parser.on('cdata', characters);
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > maxDepth) throw new TooDeep(parser.line);
    if (skipped > 0) return;
    const attribute = (local: string): string | undefined => {
      const plain = tag.attributes[local];
      if (plain !== undefined && plain.prefix === '') return plain.value;
      return Object.values(tag.attributes).find((one) => one.local === local && one.prefix !== 'xmlns')?.value;
    };
    if (visitor.open(tag.local, attribute, depth, tag.uri) === false) skipped = depth;
  });
  parser.on('closetag', (tag) => {
    if (skipped === 0) visitor.close?.(tag.local, depth);
    else if (skipped === depth) skipped = 0;
    depth -= 1;
  });
  for (let at = 0; at < text.length; at += CHUNK) parser.write(text.slice(at, at + CHUNK));
  parser.close();
  return elements;
}

/**
 * Whether nothing separates the target of a processing instruction from its body, which begins with a question mark:
 * the one such name that the parser lets through.
 */
function glued(text: string, after: number, body: string): boolean {
  let at = after - '?>'.length;
  for (let left = body.length; left > 0; left -= 1)
    at -= body[left - 1] === '\n' && text.startsWith('\r\n', at - 2) ? 2 : 1;
  return !/\s/u.test(text.charAt(at - 1));
}

/** The parser speaks English; what a person may have to mend is said in French, the rest is quoted. */
const SENTENCES: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^unclosed tag: (\S+)/u, (m) => `la balise <${m[1]}> n'est pas fermée`],
  [/^unmatched closing tag|^unexpected close tag/u, () => `une balise fermante ne répond à aucune balise ouverte`],
  [/^duplicate attribute: (?:\{.*\})?(\S+)\.$/u, (m) => `l'attribut ${m[1]} est présent deux fois`],
  [/^unbound namespace prefix: "?(.*?)"?\.$/u, (m) => `le préfixe ${m[1]} n'est pas déclaré`],
  [
    /^undefined entity|^unknown entity|entity/u,
    () => `une entité n'est pas définie, ou une esperluette (&) n'est pas échappée en &amp;`,
  ],
  [/^disallowed character/u, () => `un caractère interdit en XML s'y trouve`],
  [
    /^document must contain a root element|^text data outside of root/u,
    () => `le document n'est pas fait d'un élément XML`,
  ],
  [/^documents may contain only one root/u, () => `du contenu suit l'élément racine (deux racines, ou balise en trop)`],
];

function malformed({ message, line }: Malformed): XmlFault {
  for (const [pattern, sentence] of SENTENCES) {
    const match = pattern.exec(message);
    if (match) return fault(` : ${sentence(match)}.`, line);
  }
  return fault(` ; l'analyseur dit : « ${message.slice(0, 200)} ».`, line);
}

function fault(what: string, line: number): XmlFault {
  return { code: 'XML_NOT_WELL_FORMED', message: `Le document XML est mal formé (ligne ${line})${what}`, line };
}
