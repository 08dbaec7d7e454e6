import { readContent } from './content.ts';
import { entry, nameOf } from './entries.ts';
import { decodedStream } from './filters.ts';
import { resolve } from './objects.ts';
import type { PdfObjects } from './objects.ts';
import { pagesOf } from './pages.ts';
import type { PageNode } from './pages.ts';
import type { FontsUsed, UsedFont } from './types.ts';
import type { PdfValue } from './values.ts';

/** Of one stream, and of all those of the file together. */
const MAX_STREAM = 16 * 1024 * 1024;
const MAX_TOTAL = 32 * 1024 * 1024;
/** Streams painted one in the other, and streams read in a file. */
const MAX_NESTED = 12;
const MAX_STREAMS = 20_000;

const FILES = ['FontFile', 'FontFile2', 'FontFile3'] as const;

interface Walk {
  readonly objects: PdfObjects;
  readonly fonts: Map<string, UsedFont>;
  readonly unread: Set<number>;
  bytesLeft: number;
  streamsLeft: number;
}

/**
 * Fonts that the pages write with, and whether the file carries them (ISO 19005-1, 6.3.4: no font is exempt, not even the
 * fourteen standard ones). What is written in a form painted by the page, in the appearance of its annotations or in the
 * glyphs of a Type 3 font counts; what is only listed in resources, or selected, does not.
 */
export function findFonts(objects: PdfObjects, catalog: PdfValue | undefined): FontsUsed {
  const { pages, broken } = pagesOf(objects, catalog);
  const walk: Walk = {
    objects,
    fonts: new Map(),
    unread: new Set(),
    bytesLeft: MAX_TOTAL,
    streamsLeft: MAX_STREAMS,
  };
  for (const page of pages) {
    const seen = new Set<string>();
    readPage(walk, page, seen);
  }
  return { fonts: [...walk.fonts.values()], unreadPages: [...walk.unread], wholeTree: !broken };
}

function readPage(walk: Walk, page: PageNode, seen: Set<string>): void {
  const contents = streamsOf(walk.objects, entry(page.value, 'Contents'));
  const texts = contents.map((reference) => textOf(walk, reference));
  if (texts.includes(undefined)) walk.unread.add(page.number);
  // The streams of a page are one text: an operator may be cut from its operands.
  readText(walk, page, texts.filter((text) => text !== undefined).join('\n'), page.resources, seen, 0);
  const annotations = resolve(walk.objects, entry(page.value, 'Annots'));
  if (annotations?.kind !== 'array') return;
  for (const annotation of annotations.items.slice(0, 2000)) {
    const appearance = resolve(walk.objects, entry(resolve(walk.objects, annotation), 'AP'));
    const normal = entry(appearance, 'N');
    // An appearance is a stream, or one stream for each state.
    for (const one of [normal, ...valuesOf(resolve(walk.objects, normal))])
      readForm(walk, page, one, undefined, seen, 1);
  }
}

function readText(
  walk: Walk,
  page: PageNode,
  text: string,
  resources: PdfValue | undefined,
  seen: Set<string>,
  depth: number,
): void {
  const calls = readContent(text);
  if (!calls.whole) walk.unread.add(page.number);
  const fonts = resolve(walk.objects, entry(resources, 'Font'));
  for (const name of calls.fonts) {
    const reference = entry(fonts, name);
    const font = resolve(walk.objects, reference);
    if (font?.kind === 'dictionary') noteFont(walk, page, name, reference, font, seen, depth);
    // A font that the page calls and nothing defines is not in the file either.
    else note(walk, page, { name, where: 'ressources', embedded: false });
  }
  const painted = resolve(walk.objects, entry(resources, 'XObject'));
  for (const name of calls.painted) readForm(walk, page, entry(painted, name), resources, seen, depth + 1);
}

/** Reads what a form paints; anything else is left. */
function readForm(
  walk: Walk,
  page: PageNode,
  reference: PdfValue | undefined,
  inherited: PdfValue | undefined,
  seen: Set<string>,
  depth: number,
): void {
  if (reference?.kind !== 'reference') return;
  const form = walk.objects.byNumber.get(reference.object);
  if (!form?.stream || nameOf(entry(form.value, 'Subtype')) === 'Image') return;
  if (once(seen, `form ${reference.object}`)) return;
  if (depth > MAX_NESTED) {
    walk.unread.add(page.number);
    return;
  }
  const text = textOf(walk, reference.object);
  if (text === undefined) walk.unread.add(page.number);
  else readText(walk, page, text, resolve(walk.objects, entry(form.value, 'Resources')) ?? inherited, seen, depth);
}

function noteFont(
  walk: Walk,
  page: PageNode,
  called: string,
  reference: PdfValue | undefined,
  font: PdfValue,
  seen: Set<string>,
  depth: number,
): void {
  const where = reference?.kind === 'reference' ? `objet ${reference.object} 0` : 'ressources';
  if (nameOf(entry(font, 'Subtype')) === 'Type3') {
    // Its glyphs are drawings of the file itself; they may write with other fonts.
    const resources = resolve(walk.objects, entry(font, 'Resources')) ?? page.resources;
    const glyphs = valuesOf(resolve(walk.objects, entry(font, 'CharProcs')));
    for (const glyph of glyphs) readForm(walk, page, glyph, resources, seen, depth + 1);
    return;
  }
  const bearers =
    nameOf(entry(font, 'Subtype')) === 'Type0'
      ? valuesOf(resolve(walk.objects, entry(font, 'DescendantFonts')))
      : [font];
  const embedded =
    bearers.length > 0 && bearers.every((bearer) => hasFile(walk.objects, resolve(walk.objects, bearer)));
  note(walk, page, { name: nameOf(resolve(walk.objects, entry(font, 'BaseFont'))) ?? called, where, embedded });
}

function hasFile(objects: PdfObjects, font: PdfValue | undefined): boolean {
  const descriptor = resolve(objects, entry(font, 'FontDescriptor'));
  return FILES.some((key) => {
    const file = entry(descriptor, key);
    return file?.kind === 'reference' && (objects.byNumber.get(file.object)?.stream?.length ?? 0) > 0;
  });
}

function note(walk: Walk, page: PageNode, font: Omit<UsedFont, 'pages'>): void {
  const key = `${font.where} ${font.name}`;
  const known = walk.fonts.get(key);
  if (known?.pages.includes(page.number)) return;
  walk.fonts.set(key, { ...font, pages: [...(known?.pages ?? []), page.number] });
}

function textOf(walk: Walk, number: number): string | undefined {
  const object = walk.objects.byNumber.get(number);
  walk.streamsLeft -= 1;
  if (!object?.stream || walk.streamsLeft < 0) return undefined;
  const bytes = decodedStream(object, Math.min(MAX_STREAM, walk.bytesLeft));
  if (!bytes) return undefined;
  walk.bytesLeft -= bytes.length;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Numbers of the streams that a page is made of. */
function streamsOf(objects: PdfObjects, contents: PdfValue | undefined): readonly number[] {
  if (contents === undefined) return [];
  const array = resolve(objects, contents);
  const items = array?.kind === 'array' ? array.items : [contents];
  return items.slice(0, 1000).flatMap((item) => (item.kind === 'reference' ? [item.object] : []));
}

function valuesOf(value: PdfValue | undefined): readonly PdfValue[] {
  if (value?.kind === 'array') return value.items;
  return value?.kind === 'dictionary' ? [...value.entries.values()] : [];
}

/** True when it was already there. */
function once(seen: Set<string>, key: string): boolean {
  if (seen.has(key)) return true;
  seen.add(key);
  return false;
}
