import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { currentExchange } from '../../network/index.ts';
import { playTransport, playsEmpty } from '../situations.ts';
import type { AnnuaireDesk } from '../types.ts';
import { CORRESPONDANCE_MSSANTE, PERSONNE_ACTIVITE, stampOf, type ExtractionLayout } from './layout.ts';
import { activityRows, linesOf, mailboxRows } from './lines.ts';

export const EXTRACTION_PATH = '/annuaire-sante-webservices/V300/services/extraction';
/** Archive of both files; what the bench announces as the address of the extraction. */
export const PS_LIBRE_ACCES_PATH = `${EXTRACTION_PATH}/PS_LibreAcces`;

interface ExtractionFile {
  readonly name: string;
  readonly lines: () => Generator<string>;
}

/**
 * Serves the public extraction, without a key: `PS_LibreAcces` (zip of both files), `PS_LibreAcces_MSSante` (zip of the
 * mailboxes), and each text file under its dated name, whatever its date.
 */
export async function serveExtraction(request: Request, desk: AnnuaireDesk): Promise<Response> {
  const exchange = currentExchange();
  const asked = new URL(request.url).pathname.slice(EXTRACTION_PATH.length + 1);
  const empty = { people: [], structures: [] };
  const stamp = stampOf(desk.updatedAt);
  const fileOf = (layout: ExtractionLayout, directory: AnnuaireDesk['directory']): ExtractionFile => ({
    name: layout.file.replace('{stamp}', stamp),
    lines: () => linesOf(layout, layout === PERSONNE_ACTIVITE ? activityRows(directory) : mailboxRows(directory)),
  });
  const wanted = wantedFiles(asked);
  if (wanted === undefined) {
    exchange.outcome(`refusé (404) : fichier « ${asked} » inconnu`);
    return new Response('Not Found', { status: 404, headers: { 'Content-Type': 'text/plain' } });
  }
  exchange.identify('extraction');
  const played = await playTransport(desk, undefined);
  if (played !== undefined) return played;
  const directory = playsEmpty(desk, undefined) ? empty : desk.directory;
  const files = wanted.layouts.map((layout) => fileOf(layout, directory));
  if (directory !== empty) exchange.outcome(`extraction rendue : ${files.map(({ name }) => name).join(', ')}`);
  const [first] = files;
  if (wanted.kind === 'text' && first !== undefined) {
    return download(streamOf(first), first.name, 'text/plain; charset=UTF-8');
  }
  const archive = wanted.layouts[0]?.archive.replace('{stamp}', stamp) ?? 'extraction.zip';
  return download(zipOf(files, desk.updatedAt), archive, 'application/zip');
}

function wantedFiles(
  asked: string,
): { readonly kind: 'zip' | 'text'; readonly layouts: readonly ExtractionLayout[] } | undefined {
  if (asked === 'PS_LibreAcces') return { kind: 'zip', layouts: [PERSONNE_ACTIVITE, CORRESPONDANCE_MSSANTE] };
  if (asked === 'PS_LibreAcces_MSSante') return { kind: 'zip', layouts: [CORRESPONDANCE_MSSANTE] };
  const layout = [PERSONNE_ACTIVITE, CORRESPONDANCE_MSSANTE].find(({ file }) => {
    const [before = '', after = ''] = file.split('{stamp}');
    const stamp = asked.slice(before.length, asked.length - after.length);
    return asked.startsWith(before) && asked.endsWith(after) && /^\d{12}$/u.test(stamp);
  });
  return layout === undefined ? undefined : { kind: 'text', layouts: [layout] };
}

/** UTF-8 bytes, made as the reader takes them. */
function streamOf(file: ExtractionFile): Readable {
  function* bytes(): Generator<Buffer> {
    for (const line of file.lines()) yield Buffer.from(line, 'utf8');
  }
  return Readable.from(bytes(), { objectMode: false });
}

function zipOf(files: readonly ExtractionFile[], date: Date): Readable {
  const zip = new ZipFile();
  for (const file of files) zip.addReadStream(streamOf(file), file.name, { mtime: date });
  zip.end();
  return new Readable().wrap(zip.outputStream);
}

function download(stream: Readable, name: string, contentType: string): Response {
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    headers: { 'Content-Type': contentType, 'Content-Disposition': `attachment; filename="${name}"` },
  });
}
