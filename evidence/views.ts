import { readMail, type MailPart } from '#formats/mail/index.ts';
import { readMtom } from '#formats/mime/index.ts';
import { readXdm } from '#formats/xdm/index.ts';

/** A stretch of a piece that can be read as text, and where it stands in the piece. */
export interface View {
  readonly where: string;
  readonly text: string;
}

const TEXTUAL = /^(text\/|application\/(xml|json|soap\+xml|xop\+xml|xhtml)|message\/)/;

/**
 * Every readable view of a piece: the bytes themselves, then what mail, MTOM and archives wrap, so that the guard sees
 * a document wherever it is packed.
 */
export async function viewsOf(bytes: Uint8Array, mediaType: string): Promise<readonly View[]> {
  const views: View[] = [{ where: 'pièce', text: latin(bytes) }];
  if (mediaType === 'message/rfc822') {
    const reading = readMail(bytes);
    if (reading.ok) for (const part of flatten(reading.mail.root)) views.push(...(await viewsOfPart(part)));
  } else if (mediaType.startsWith('multipart/related')) {
    const reading = readMtom(mediaType, bytes);
    if (reading.ok) {
      views.push({ where: 'partie racine', text: latin(reading.root.content) });
      for (const [id, part] of reading.attachments) views.push({ where: `partie ${id}`, text: latin(part.content) });
    }
  } else if (mediaType === 'application/zip') {
    views.push(...(await viewsOfArchive(bytes, 'archive')));
  }
  return views;
}

function flatten(part: MailPart): readonly MailPart[] {
  return [part, ...part.parts.flatMap(flatten)];
}

async function viewsOfPart(part: MailPart): Promise<readonly View[]> {
  const type = part.contentType?.type ?? 'text/plain';
  const where = `partie ${part.path}`;
  if (type === 'application/zip' || part.fileName?.toLowerCase().endsWith('.zip'))
    return viewsOfArchive(part.content, where);
  return TEXTUAL.test(type) ? [{ where, text: latin(part.content) }] : [];
}

async function viewsOfArchive(bytes: Uint8Array, where: string): Promise<readonly View[]> {
  const reading = await readXdm(bytes);
  return reading.ok
    ? reading.entries.map((entry) => ({ where: `${where}, ${entry.name}`, text: latin(entry.bytes) }))
    : [];
}

/** Byte for byte: digits and ASCII letters are all the guard looks for. */
function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
