import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { currentExchange } from '../../network/index.ts';
import { catchUp, damageToPlay, playTransport, playsEmpty, type Damage } from '../situations.ts';
import type { AnnuaireDesk, Directory } from '../types.ts';
import { damagedLayout, damagedLines, HTML_PAGE } from './damage.ts';
import { isCurrent, versionOf } from './freshness.ts';
import { stampOf, type ExtractionFormat } from './layout.ts';
import { activityRows, linesOf, mailboxRows } from './lines.ts';
import { wantedBy, type FileKind } from './wanted.ts';

export const EXTRACTION_PATH = '/annuaire-sante-webservices/V300/services/extraction';
/** Archive of both files; what the bench announces as the address of the extraction. */
export const PS_LIBRE_ACCES_PATH = `${EXTRACTION_PATH}/PS_LibreAcces`;

const NOBODY: Directory = { people: [], structures: [] };
const ALLOWED = 'GET, HEAD, OPTIONS';

const DAY_MS = 86_400_000;

/** How the extraction of this bench is when no situation says otherwise. */
export interface UsualExtraction {
  readonly format: ExtractionFormat;
  readonly ageDays: number;
  readonly damage: Damage | undefined;
}

interface ExtractionFile {
  readonly name: string;
  readonly lines: () => Iterable<string>;
}

/**
 * Serves the public extraction, without a key: `PS_LibreAcces` (zip of both files), `PS_LibreAcces_MSSante` (zip of the
 * mailboxes), and each text file under its dated name, whatever its date. `?lignes=1000000` on a zip asks for so many
 * lines at least, for the load tests of a product.
 */
export async function serveExtraction(request: Request, desk: AnnuaireDesk, usual: UsualExtraction): Promise<Response> {
  const { format } = usual;
  const exchange = currentExchange();
  const { method } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    if (method === 'OPTIONS') exchange.identify('extraction');
    exchange.outcome(method === 'OPTIONS' ? 'méthodes rendues' : `refusé (405) : ${method} sur une extraction`);
    return new Response(null, { status: method === 'OPTIONS' ? 204 : 405, headers: { Allow: ALLOWED } });
  }
  const url = new URL(request.url);
  const asked = url.pathname.slice(EXTRACTION_PATH.length + 1);
  const wanted = wantedBy(asked, url.searchParams, format);
  if (wanted === undefined) {
    exchange.outcome(`refusé (404) : fichier « ${asked.slice(0, 100)} » inconnu`);
    return new Response('Not Found', { status: 404, headers: { 'Content-Type': 'text/plain' } });
  }
  exchange.identify('extraction');
  catchUp(desk);
  const played = await playTransport(desk, undefined);
  if (played !== undefined) return played;
  const damage = damageToPlay(desk) ?? usual.damage;
  const empty = playsEmpty(desk, undefined);
  const version = versionOf(desk, `${asked}?${wanted.lines}`, usual.ageDays);
  if (damage === undefined && !empty && isCurrent(request, version)) {
    exchange.outcome('inchangé depuis le dernier téléchargement (304)');
    return new Response(null, { status: 304, headers: version.headers });
  }
  if (damage === 'extraction-html') {
    exchange.outcome('page HTML rendue au lieu du fichier (extraction-html)');
    return new Response(HTML_PAGE, { headers: { 'Content-Type': 'text/html; charset=UTF-8' } });
  }
  const directory = empty ? NOBODY : desk.book.current();
  const publishedAt = new Date(desk.book.publishedAt.getTime() - usual.ageDays * DAY_MS);
  const stamp = stampOf(publishedAt);
  const files = wanted.files.map((kind) => fileOf(kind, { directory, stamp, lines: wanted.lines, format, damage }));
  if (!empty) {
    const note = damage === undefined ? '' : ` (abîmée : ${damage})`;
    exchange.outcome(`extraction rendue : ${files.map(({ name }) => name).join(', ')}${note}`);
  }
  // What is damaged or emptied is no version of the directory: nobody comes back with its tag.
  const headers = damage === undefined && !empty ? version.headers : {};
  const [first] = files;
  if (wanted.archive === undefined && first !== undefined) {
    return download(streamOf(first), first.name, { ...headers, 'Content-Type': 'text/plain; charset=UTF-8' });
  }
  const archive = (wanted.archive ?? '').replace('{stamp}', stamp);
  const zip = zipOf(files, publishedAt);
  const zipHeaders = { ...headers, 'Content-Type': 'application/zip' };
  if (damage !== 'extraction-tronquee') return download(new Readable().wrap(zip), archive, zipHeaders);
  const whole = await wholeOf(zip);
  return download(Readable.from([whole.subarray(0, Math.floor(whole.length / 2))]), archive, zipHeaders);
}

function fileOf(
  kind: FileKind,
  made: {
    readonly directory: Directory;
    readonly stamp: string;
    readonly lines: number;
    readonly format: ExtractionFormat;
    readonly damage: Damage | undefined;
  },
): ExtractionFile {
  const { directory, stamp, format, damage } = made;
  const layout = damagedLayout(format[kind], damage);
  const rows = () => (kind === 'personneActivite' ? activityRows(directory, made.lines) : mailboxRows(directory));
  const lines = () => linesOf(format, layout, rows());
  return {
    name: layout.file.replace('{stamp}', stamp),
    lines: () =>
      damage === 'extraction-lignes-abimees' && kind === 'personneActivite' ? damagedLines(lines()) : lines(),
  };
}

/** UTF-8 bytes, made as the reader takes them, many lines at once. */
function streamOf(file: ExtractionFile): Readable {
  function* bytes(): Generator<Buffer> {
    let text = '';
    for (const line of file.lines()) {
      text += line;
      if (text.length < 65_536) continue;
      yield Buffer.from(text, 'utf8');
      text = '';
    }
    if (text !== '') yield Buffer.from(text, 'utf8');
  }
  return Readable.from(bytes(), { objectMode: false });
}

function zipOf(files: readonly ExtractionFile[], date: Date): NodeJS.ReadableStream {
  const zip = new ZipFile();
  for (const file of files) zip.addReadStream(streamOf(file), file.name, { mtime: date });
  zip.end();
  return zip.outputStream;
}

/** By its events: read through a wrapper, the stream may be said closed before its end is seen. */
function wholeOf(zip: NodeJS.ReadableStream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    zip.on('data', (chunk: Buffer) => chunks.push(chunk));
    zip.once('end', () => resolve(Buffer.concat(chunks)));
    zip.once('error', reject);
  });
}

function download(stream: Readable, name: string, headers: Readonly<Record<string, string>>): Response {
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, {
    headers: { ...headers, 'Content-Disposition': `attachment; filename="${name}"` },
  });
}
