import { createHash } from 'node:crypto';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Vault } from '#evidence/vault/index.ts';
import { openZip, type ZipFileEntry } from '#formats/zip/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { filesOf, sharedHashesOf, type CampaignCopy } from '#tracker/store/index.ts';
import { CliError } from './errors.ts';
import { writeBeside } from './write-beside.ts';

const HEAD = 'campagne.json';
const HISTORY = 'historique.jsonl';
const VAULT = 'coffre';
/** 2: what people brought. */
const VERSION = 2;
const LIMITS = { maxEntries: 400_000, maxTotalBytes: 4 * 1024 * 1024 * 1024, maxRatio: 1000 } as const;
/** The archive is read in memory: a campaign of that size is cut by its runs first. */
const MAX_ARCHIVE = 1024 * 1024 * 1024;

export interface WrittenArchive {
  readonly files: number;
  /** Paths that the folders of the runs no longer hold, or whose bytes changed since they were sealed. */
  readonly missing: readonly string[];
}

/** Where the bytes of a campaign are. */
export interface ArchiveSource {
  /** Folder of a run on this machine. */
  readonly dirOf: (run: string) => string | undefined;
  /** Holds what people brought. */
  readonly vault: Vault;
}

/**
 * Writes a campaign in one file: what the tracker keeps of it, then the files of its pieces. A piece whose bytes are no longer
 * those that were sealed is left out, and told.
 */
export async function writeArchive(
  copy: CampaignCopy,
  { dirOf, vault }: ArchiveSource,
  file: string,
): Promise<WrittenArchive> {
  return writeBeside(file, async (to) => {
    const zip = new ZipFile();
    const missing: string[] = [];
    let files = 0;
    const writing = pipeline(zip.outputStream, to);
    const { history, ...head } = copy;
    zip.addBuffer(Buffer.from(JSON.stringify({ kind: 'jalon-campagne', version: VERSION, ...head })), HEAD);
    zip.addBuffer(Buffer.from(history.map((line) => `${JSON.stringify(line)}\n`).join('')), HISTORY);
    for (const { run, path, sha256 } of filesOf(copy)) {
      const dir = dirOf(run);
      const bytes = dir === undefined ? undefined : await readFile(join(dir, path)).catch(() => undefined);
      if (bytes === undefined || (sha256 !== undefined && digest(bytes) !== sha256)) {
        missing.push(`${run}/${path}`);
        continue;
      }
      zip.addBuffer(bytes, `runs/${run}/${path}`, { compress: isWorthCompressing(path) });
      files += 1;
    }
    for (const hash of sharedHashesOf(copy)) {
      const sealed = await vault.stat(hash);
      const bytes = sealed && (await buffer(vault.read(hash)).catch(() => undefined));
      if (bytes === undefined) {
        missing.push(`${VAULT}/${hash}`);
        continue;
      }
      zip.addBuffer(bytes, `${VAULT}/${hash}`, { compress: false });
      files += 1;
    }
    zip.end();
    await writing;
    return { files, missing };
  });
}

/** Pictures, films and archives are compressed already. */
export function isWorthCompressing(path: string): boolean {
  return !/\.(?:png|jpe?g|mp4|webm|zip|gz)$/iu.test(path);
}

export interface ReadArchive {
  readonly copy: CampaignCopy;
  readonly files: ReadonlyMap<string, ZipFileEntry>;
  readonly history: Uint8Array;
}

/**
 * Opens what {@link writeArchive} wrote.
 *
 * @throws {CliError} `CAMPAIGN_FILE_UNREADABLE`
 */
export async function readArchive(file: string): Promise<ReadArchive> {
  const handle = await open(file, 'r');
  try {
    if ((await handle.stat()).size > MAX_ARCHIVE) throw unreadable(file, 'elle est trop grosse');
  } finally {
    await handle.close();
  }
  const opening = await openZip(await readFile(file), LIMITS);
  if (!opening.ok) throw unreadable(file, opening.fault.message);
  const [problem] = opening.problems;
  if (problem !== undefined) throw unreadable(file, `${problem.where} : ${problem.message}`);
  const files = new Map(opening.files.map((one) => [one.name, one]));
  const head = await files
    .get(HEAD)
    ?.read()
    .catch(() => undefined);
  const copy = head === undefined ? undefined : copyOf(head);
  if (copy === undefined) throw unreadable(file, `${HEAD} n’y est pas, ou ne se lit pas`);
  return {
    copy,
    files,
    history:
      (await files
        .get(HISTORY)
        ?.read()
        .catch(() => undefined)) ?? new Uint8Array(),
  };
}

/**
 * Puts the files of a campaign in a folder, and what people brought in the vault, each held to the digest of its piece.
 *
 * @returns paths that the archive does not hold
 * @throws {CliError} `CAMPAIGN_FILE_CHANGED` when the bytes of a piece are not those that were sealed
 */
export async function unpack(
  { copy, files, history }: ReadArchive,
  folder: string,
  vault: Vault,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const { run, path, sha256 } of filesOf(copy)) {
    const name = `runs/${run}/${path}`;
    // What the archive names was judged when it was opened; what its rows name is not a way out of the folder either.
    if (!isInside(run) || !isInside(path)) throw unreadable(name, 'ce chemin sort de son dossier');
    const entry = files.get(name);
    if (entry === undefined) {
      missing.push(name);
      continue;
    }
    const bytes = await entry.read();
    if (sha256 !== undefined && digest(bytes) !== sha256) throw changed(name);
    const to = join(folder, run, path);
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, bytes, { flag: 'wx' });
  }
  for (const hash of sharedHashesOf(copy)) {
    const name = `${VAULT}/${hash}`;
    const bytes = await files.get(name)?.read();
    if (bytes === undefined) missing.push(name);
    else if (digest(bytes) !== hash) throw changed(name);
    else await vault.put(bytes);
  }
  await writeFile(join(folder, HISTORY), history);
  return missing;
}

function changed(name: string): CliError {
  return new CliError(
    'CAMPAIGN_FILE_CHANGED',
    EXIT.configuration,
    `La pièce ${name} n’est plus celle qui a été recueillie : son empreinte a changé.`,
    'Demandez une autre archive à qui l’a exportée : rien n’a été importé.',
  );
}

function copyOf(bytes: Uint8Array): CampaignCopy | undefined {
  try {
    const { kind, version, campaign, rem, tables } = JSON.parse(
      Buffer.from(bytes).toString('utf8'),
    ) as Partial<CampaignCopy> & {
      readonly kind?: unknown;
      readonly version?: unknown;
    };
    const lists = ['run', 'slot_state', 'piece', 'requirement_file', 'remark', 'complement', 'slot_reference'] as const;
    const known = typeof version === 'number' && version <= VERSION;
    if (kind !== 'jalon-campagne' || !known || !campaign || !rem || !tables) return undefined;
    if (!lists.every((name) => Array.isArray(tables[name]))) return undefined;
    // Version 1 knew no pieces of people.
    return { campaign, rem, tables: Object.assign({ evidence: [], filing: [] }, tables), history: [] };
  } catch {
    return undefined;
  }
}

/** Whether a path stays in its folder, whatever the system. */
export function isInside(path: string): boolean {
  return path !== '' && !/[\\\0]|^\/|^[A-Za-z]:|(?:^|\/)\.\.?(?:\/|$)/u.test(path);
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function unreadable(file: string, why: string): CliError {
  return new CliError(
    'CAMPAIGN_FILE_UNREADABLE',
    EXIT.configuration,
    `L’archive ${file} ne s’importe pas : ${why.replace(/\.$/u, '')}.`,
    'Donnez un fichier que « jalon tracker export » a écrit en entier.',
  );
}
