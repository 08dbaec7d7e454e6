import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { readManifest, SEAL, writeHow, writeSums, type ReadManifest } from './manifest.ts';
import { folded, pathProblem } from './safe-path.ts';
import { readPublicKey, trustedFingerprint } from './signer.ts';
import { centralHeader, endOfZip, localHeader, readTable, tableAt } from './stored-zip.ts';
import type { ManifestFile, SealProblem, Trust, Verification } from './types.ts';

/** A seal file is kept in memory. */
const LARGEST_SEAL = 64 * 1024 * 1024;
/** Of the table of a zip. */
const LARGEST_TABLE = 128 * 1024 * 1024;
/** Problems that are told; a dossier whose every file changed would fill a screen for nothing. */
const MOST_PROBLEMS = 200;
const SEAL_FILES: ReadonlySet<string> = new Set(Object.values(SEAL));

/** What a dossier holds, once it is read. */
interface Contents {
  readonly files: ReadonlyMap<string, Omit<ManifestFile, 'path'>>;
  /** Bytes of the files of the seal. */
  readonly seal: ReadonlyMap<string, Buffer>;
}

/**
 * Verifies a sealed archive, as a zip or unpacked: every digest, the signature, the time-stamp, nothing added, removed or renamed. Reads every
 * byte, in bounded memory; needs nothing but the files.
 *
 * @param place the zip, or the folder that it was unpacked into
 * @returns problems in French, each with the file; never throws for what an archive may hold
 * @throws system errors when the place cannot be read at all
 */
export async function verifySealed(place: string, trust: Trust = {}): Promise<Verification> {
  const problems: SealProblem[] = [];
  const tell = (path: string, problem: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ path, problem });
  };
  const found = (await stat(place)).isDirectory() ? await readFolder(place, tell) : await readZip(place, tell);
  const about = await judge(found, trust, tell);
  return { valid: problems.length === 0, problems, files: found.files.size, ...about };
}

type Tell = (path: string, problem: string) => void;

async function judge(
  { files, seal }: Contents,
  trust: Trust,
  tell: Tell,
): Promise<Pick<Verification, 'about' | 'signer' | 'timestamp'>> {
  for (const path of [SEAL.manifest, SEAL.key, SEAL.how, SEAL.sums, SEAL.signature]) {
    if (!seal.has(path)) tell(path, 'ce fichier du scellé manque');
  }
  const manifest = manifestOf(seal, tell);
  if (manifest !== undefined) compare(manifest, files, tell);
  const signer = signatureOf(seal, files, trust, tell);
  const timestamp = await timestampOf(seal, trust, tell);
  return {
    ...(manifest === undefined ? {} : { about: manifest.about }),
    ...(signer === undefined ? {} : { signer }),
    ...(timestamp === undefined ? {} : { timestamp }),
  };
}

function manifestOf(seal: Contents['seal'], tell: Tell): ReadManifest | undefined {
  const bytes = seal.get(SEAL.manifest);
  if (bytes === undefined) return undefined;
  const manifest = readManifest(bytes);
  if (manifest === undefined) tell(SEAL.manifest, 'le manifeste ne se lit pas : il a changé');
  return manifest;
}

function compare(manifest: ReadManifest, files: Contents['files'], tell: Tell): void {
  const named = new Set<string>();
  for (const { path, size, sha256 } of manifest.files) {
    named.add(path);
    const there = files.get(path);
    if (there === undefined) tell(path, 'le fichier manque');
    else if (there.size !== size) tell(path, `le fichier a changé : ${there.size} octets, ${size} au manifeste`);
    else if (there.sha256 !== sha256) tell(path, 'le fichier a changé : son empreinte n’est pas celle du manifeste');
  }
  for (const path of files.keys()) {
    if (!named.has(path) && !SEAL_FILES.has(path)) tell(path, 'le fichier n’est pas au manifeste : il a été ajouté');
  }
}

function signatureOf(
  seal: Contents['seal'],
  files: Contents['files'],
  trust: Trust,
  tell: Tell,
): Verification['signer'] | undefined {
  const sums = seal.get(SEAL.sums);
  const derived = writeSums(
    Array.from(files, ([path, { sha256 }]) => ({ path, sha256 })).filter(
      ({ path }) => path !== SEAL.sums && path !== SEAL.signature,
    ),
  );
  if (sums !== undefined && !sums.equals(derived))
    tell(SEAL.sums, 'la liste des empreintes n’est pas celle des fichiers');
  const pem = seal.get(SEAL.key);
  if (pem === undefined) return undefined;
  const key = readPublicKey(pem.toString('utf8'));
  if (key === undefined) {
    tell(SEAL.key, 'ce n’est pas une clé publique Ed25519 telle que Jalon l’écrit : elle a changé');
    return undefined;
  }
  const how = seal.get(SEAL.how);
  if (how !== undefined && !how.equals(writeHow(key.fingerprint, seal.has(SEAL.timestamp)))) {
    tell(SEAL.how, 'le fichier a changé : ce n’est plus le mode d’emploi que Jalon écrit');
  }
  const signature = seal.get(SEAL.signature);
  if (signature !== undefined && sums !== undefined && !key.verifies(sums, signature)) {
    tell(SEAL.signature, 'la signature ne vaut pas pour cette liste d’empreintes : l’une des deux a changé');
  }
  if (trust.key === undefined) return { fingerprint: key.fingerprint, trusted: false };
  const trusted = trustedFingerprint(trust.key) === key.fingerprint;
  if (!trusted) tell(SEAL.key, `le dossier est signé par une autre clé que la vôtre : ${key.fingerprint}`);
  return { fingerprint: key.fingerprint, trusted };
}

async function timestampOf(
  seal: Contents['seal'],
  trust: Trust,
  tell: Tell,
): Promise<Verification['timestamp'] | undefined> {
  const token = seal.get(SEAL.timestamp);
  const manifest = seal.get(SEAL.manifest);
  if (token === undefined || manifest === undefined) return undefined;
  const { judgeTimestamp } = await import('./timestamp/index.ts');
  const judged = await judgeTimestamp(token, manifest, trust.authorities ?? []);
  if (judged.ok) return judged.timestamp;
  tell(SEAL.timestamp, judged.problem);
  return undefined;
}

async function readFolder(folder: string, tell: Tell): Promise<Contents> {
  const files = new Map<string, Omit<ManifestFile, 'path'>>();
  const seal = new Map<string, Buffer>();
  const walk = async (under: string): Promise<void> => {
    const items = await readdir(join(folder, under), { withFileTypes: true });
    if (items.length === 0 && under !== '') tell(under, 'ce dossier vide a été ajouté');
    for (const item of items.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      const path = under === '' ? item.name : `${under}/${item.name}`;
      if (item.isDirectory()) await walk(path);
      else if (item.isFile()) await readOne(path);
      else tell(path, 'ce n’est ni un fichier ni un dossier');
    }
  };
  const readOne = async (path: string): Promise<void> => {
    const hash = createHash('sha256');
    const kept: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of createReadStream(join(folder, path)) as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      size += chunk.length;
      if (SEAL_FILES.has(path) && size <= LARGEST_SEAL) kept.push(chunk);
    }
    files.set(path, { size, sha256: hash.digest('hex') });
    if (SEAL_FILES.has(path)) seal.set(path, Buffer.concat(kept));
  };
  await walk('');
  return { files, seal };
}

const WRONG_FORM = 'l’archive n’a pas la forme que Jalon écrit';

async function readZip(file: string, tell: Tell): Promise<Contents> {
  const nothing: Contents = { files: new Map(), seal: new Map() };
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const tail = await bytesAt(handle, Math.max(0, size - 98), Math.min(98, size));
    const table = tableAt(tail);
    if (table === undefined || table.size > LARGEST_TABLE || table.offset + table.size > size) {
      tell('', `${WRONG_FORM} : elle est coupée, ou sa fin a changé`);
      return nothing;
    }
    const central = await bytesAt(handle, table.offset, table.size);
    return await readEntries(handle, { ...table, central, size }, tell);
  } finally {
    await handle.close();
  }
}

interface ZipFacts {
  readonly offset: number;
  readonly count: number;
  readonly central: Buffer;
  /** Of the whole file. */
  readonly size: number;
}

/** Everything around the contents follows from the table: what does not was changed. */
async function readEntries(handle: FileHandle, zip: ZipFacts, tell: Tell): Promise<Contents> {
  const entries = readTable(zip.central);
  const files = new Map<string, Omit<ManifestFile, 'path'>>();
  const seal = new Map<string, Buffer>();
  const names = new Set<string>();
  const lines: Buffer[] = [];
  let at = 0;
  let tableAt = 0;
  for (const entry of entries) {
    const { name, size } = entry;
    const line = centralHeader(entry, at);
    if (!zip.central.subarray(tableAt, tableAt + line.length).equals(line)) {
      tell(name, 'son entrée dans la table de l’archive a changé');
    }
    tableAt += line.length;
    lines.push(line);
    const header = localHeader(entry);
    if (!(await bytesAt(handle, at, header.length)).equals(header)) tell(name, 'son en-tête dans l’archive a changé');
    at += header.length;
    if (at + size > zip.offset) {
      tell(name, 'l’archive est coupée à ce fichier, ou sa taille a changé');
      return { files, seal };
    }
    const read = await readContent(handle, at, size, SEAL_FILES.has(name));
    at += size;
    if (read.crc32 !== entry.crc32) tell(name, 'sa somme de contrôle dans l’archive n’est pas celle de ses octets');
    const unsafe = pathProblem(name) ?? (names.has(folded(name)) ? 'ce nom vient deux fois' : undefined);
    if (unsafe !== undefined) tell(name, unsafe);
    names.add(folded(name));
    files.set(name, { size, sha256: read.sha256 });
    if (read.bytes !== undefined) seal.set(name, read.bytes);
  }
  const length = lines.reduce((sum, line) => sum + line.length, 0);
  const end = endOfZip(entries.length, at, length);
  const rest = await bytesAt(handle, zip.offset + zip.central.length, Math.min(zip.size, 1024));
  if (at !== zip.offset || length !== zip.central.length || entries.length !== zip.count || !rest.equals(end)) {
    tell('', `${WRONG_FORM} : sa table ou sa fin a changé`);
  }
  return { files, seal };
}

async function readContent(
  handle: FileHandle,
  from: number,
  size: number,
  kept: boolean,
): Promise<{ readonly sha256: string; readonly crc32: number; readonly bytes?: Buffer }> {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let crc = 0;
  const buffer = Buffer.allocUnsafe(Math.min(Math.max(size, 1), 1024 * 1024));
  for (let at = 0; at < size;) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - at), from + at);
    if (bytesRead === 0) break;
    const chunk = buffer.subarray(0, bytesRead);
    hash.update(chunk);
    crc = crc32(chunk, crc);
    if (kept && size <= LARGEST_SEAL) chunks.push(Buffer.from(chunk));
    at += bytesRead;
  }
  return { sha256: hash.digest('hex'), crc32: crc, ...(kept ? { bytes: Buffer.concat(chunks) } : {}) };
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await handle.read(bytes, at, length - at, position + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}
