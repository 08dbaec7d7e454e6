import { gunzipSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { buffer } from 'node:stream/consumers';
import { readPdfText } from '#formats/pdf-pages/index.ts';
import { openZip } from '#formats/zip/index.ts';
import { base64Children } from './base64.ts';
import { unescapedViews } from './escapes.ts';
import { readMessage } from './message.ts';
import { kindOf } from './sniff.ts';
import { latin1View, textView } from './text.ts';
import type { Child, Reading, ReadingLimits, Unseen } from './types.ts';

export const LIMITS: ReadingLimits = { maxDepth: 12, maxBytes: 256 * 1024 * 1024, maxParts: 2_000 };

/** A zip that we write has one date: the same piece masked twice is the same bytes. */
const ALWAYS = { mtime: new Date('2000-01-01T00:00:00Z'), mode: 0o100644 } as const;
const NOTHING: Reading = { views: [], children: [], unseen: [] };

interface Wrapped {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly name: string;
  /** French; empty for the piece itself. */
  readonly where: string;
}

/**
 * Reads one level of a piece: its text in every writing that a reader would see through, and what it wraps. Never throws: what cannot be read is
 * told as unseen.
 */
export async function readLevel(piece: Wrapped, limits: ReadingLimits = LIMITS): Promise<Reading> {
  const { where } = piece;
  const bytes = Buffer.from(piece.bytes.buffer, piece.bytes.byteOffset, piece.bytes.byteLength);
  switch (kindOf(bytes, piece.mediaType)) {
    case 'media':
      return { ...NOTHING, unseen: [{ where, why: 'image, film ou son : le garde ne les regarde pas' }] };
    case 'zip':
      return readArchive(bytes, where, limits);
    case 'gzip':
      return readCompressed(bytes, where, limits);
    case 'pdf':
      return readPdf(bytes, where);
    case 'mail':
    case 'http':
      return withBlobs(readMessage(bytes, where, limits.maxParts), bytes, where, limits, false);
    case 'key':
      return { ...NOTHING, views: [{ where, text: DER_KEY }] };
    case 'binary':
      return {
        ...NOTHING,
        views: [latin1View(bytes, where)],
        unseen: [{ where, why: 'format que le garde ne lit pas' }],
      };
    case 'text':
      return withBlobs({ ...NOTHING, views: [textView(bytes, where)] }, bytes, where, limits, true);
  }
}

/** Said in the place of a private key that has no text of its own. */
export const DER_KEY = '-----DER PRIVATE KEY-----';

/** Escapes are undone, and base64 is read, wherever they stand in a text. */
function withBlobs(reading: Reading, bytes: Buffer, where: string, limits: ReadingLimits, blobs: boolean): Reading {
  return {
    ...reading,
    views: reading.views.flatMap((view) => [view, ...unescapedViews(view)]),
    children: [
      ...reading.children,
      ...(blobs ? base64Children(bytes.toString('latin1'), where, isWorthReading, limits.maxParts) : []),
    ],
  };
}

/** Garbage is what most runs of letters decode to. */
function isWorthReading(bytes: Buffer): boolean {
  const kind = kindOf(bytes, '');
  if (kind === 'binary') return false;
  if (kind !== 'text') return true;
  const text = bytes.toString('utf8');
  // Every other byte of UTF-16 is zero; other texts have neither that nor many replacements.
  return !text.slice(0, 400).includes('\uFFFD') || /^\uFFFD\uFFFD?/u.test(text);
}

async function readArchive(bytes: Buffer, where: string, limits: ReadingLimits): Promise<Reading> {
  const opening = await openZip(bytes, { maxEntries: limits.maxParts, maxTotalBytes: limits.maxBytes });
  if (!opening.ok) return { ...NOTHING, unseen: [{ where, why: opening.fault.message }] };
  const unseen: Unseen[] = opening.problems.map((one) => ({ where: inside(where, one.where), why: one.message }));
  const children: Child[] = [];
  for (const { name, read } of opening.files) {
    try {
      const content = await read();
      children.push({ where: inside(where, name), bytes: content, mediaType: '', name, embed: (holder) => holder });
    } catch {
      unseen.push({ where: inside(where, name), why: 'ce fichier de l’archive ne se lit pas' });
    }
  }
  const names = children.map(({ name }) => name);
  // Names are read too: a file may be named after a patient.
  return {
    views: names.map((name) => ({ where: inside(where, name), text: name })),
    children,
    unseen,
    assemble: (masked) => writeArchive(names, masked),
  };
}

function writeArchive(names: readonly string[], contents: readonly Uint8Array[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [rank, name] of names.entries()) zip.addBuffer(Buffer.from(contents[rank] ?? []), name, ALWAYS);
  zip.end();
  return buffer(zip.outputStream);
}

function readCompressed(bytes: Buffer, where: string, { maxBytes }: ReadingLimits): Reading {
  try {
    const content = gunzipSync(bytes, { maxOutputLength: maxBytes });
    const child: Child = { where, bytes: content, mediaType: '', name: '', embed: (holder) => holder };
    // What is compressed is not masked in place: it has to be done again without.
    return { ...NOTHING, children: [child] };
  } catch {
    return { ...NOTHING, unseen: [{ where, why: 'ce fichier compressé ne se lit pas, ou est trop grand' }] };
  }
}

const PDF_FAULTS = {
  PAGES_TIMEOUT: 'ses pages ne se lisent pas dans le temps que le banc se donne',
  PAGES_PASSWORD: 'il demande un mot de passe',
  PAGES_UNREADABLE: 'sa structure est abîmée',
  PAGES_CRASHED: 'sa lecture s’est arrêtée avant la fin',
} as const;

/** The text layer; what is drawn is a picture like another. */
async function readPdf(bytes: Buffer, where: string): Promise<Reading> {
  const read = await readPdfText(new Uint8Array(bytes));
  const raw = { where, text: bytes.toString('latin1') };
  if (!read.ok) return { ...NOTHING, views: [raw], unseen: [{ where, why: `PDF : ${PDF_FAULTS[read.code]}` }] };
  const { pages, pageCount } = read;
  const unseen: Unseen[] = [];
  const silent = pages.filter((page) => page.trim() === '').length;
  if (silent > 0) unseen.push({ where, why: `PDF : ${silent} page(s) sans texte, images que le garde ne regarde pas` });
  if (pageCount > pages.length)
    unseen.push({ where, why: `PDF : seules ${pages.length} pages sur ${pageCount} sont lues` });
  return {
    ...NOTHING,
    views: [raw, ...pages.map((text, rank) => ({ where: inside(where, `page ${rank + 1}`), text }))],
    unseen,
  };
}

function inside(where: string, name: string): string {
  return where === '' ? name : `${where}, ${name}`;
}
