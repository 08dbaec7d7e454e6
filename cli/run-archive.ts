import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { parseRem, type Rem } from '#dsr/rem/index.ts';
import { sha256 } from '#evidence/index.ts';
import type { Guard } from '#evidence/intake/index.ts';
import { openZip, type ZipFileEntry } from '#formats/zip/index.ts';
import type { BroughtRun } from '#tracker/api/index.ts';
import { EXIT, readRunRecord, refusal, type Outcome } from '#tracker/domain/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { isInside, isWorthCompressing } from './campaign-archive.ts';
import { CliError } from './errors.ts';

const RUN = 'run.json';
const REM = 'rem.json';
const LIMITS = { maxEntries: 100_000, maxTotalBytes: 1024 * 1024 * 1024, maxRatio: 1000 } as const;

/** The same run makes the same bytes: sending it again is seen as such. */
const ALWAYS = { mtime: new Date('2000-01-01T00:00:00Z') } as const;

interface SealedFile {
  /** Relative to the folder of the run, with `/`. */
  readonly path: string;
  /** Absent for what explains a piece, as the next one. */
  readonly sha256?: string;
  readonly mediaType?: string;
}

/** A run as it goes to the tracker of a team. */
export interface RunArchive {
  readonly id: string;
  readonly bytes: Buffer;
  readonly files: number;
}

/**
 * Puts a run in one file: what was judged, its list of requirements, its pieces. What stays private (originals, exhibits of failures)
 * stays on this machine.
 *
 * @throws {CliError} `RUN_UNREADABLE` when the folder is not one of a run, or a piece is no longer the one that was sealed
 */
export async function writeRunArchive(runDir: string): Promise<RunArchive> {
  const unreadable = (why: string, cause?: unknown): CliError =>
    new CliError(
      'RUN_UNREADABLE',
      EXIT.usage,
      `Le dossier ${runDir} n’est pas celui d’une exécution : ${why}.`,
      'Donnez le dossier que « jalon run » annonce à la fin, entier.',
      { cause },
    );
  const zip = new ZipFile();
  const bytes = buffer(zip.outputStream);
  let run: RunRecord;
  try {
    const head = await readFile(join(runDir, RUN));
    run = JSON.parse(head.toString('utf8')) as RunRecord;
    zip.addBuffer(head, RUN, ALWAYS);
    zip.addBuffer(await readFile(join(runDir, REM)), REM, ALWAYS);
  } catch (cause) {
    throw unreadable(`${RUN} ou ${REM} ne se lit pas`, cause);
  }
  const files = filesOf(run);
  for (const { path, sha256: sealed } of files) {
    const content = await readFile(join(runDir, path)).catch((cause: unknown) => {
      throw unreadable(`${path} manque`, cause);
    });
    if (sealed !== undefined && sha256(content) !== sealed) throw unreadable(`la pièce ${path} a changé`);
    zip.addBuffer(content, path, { ...ALWAYS, compress: isWorthCompressing(path) });
  }
  zip.end();
  return { id: run.id, bytes: await bytes, files: files.length };
}

/**
 * Opens what {@link writeRunArchive} wrote: hostile until each file is held to its digest.
 *
 * @param into folder that holds the runs that were brought
 * @param guard looks into each piece again: another machine may have had another one
 * @returns `RUN_ARCHIVE_INVALID`, `RUN_RECORD_INVALID`, `RUN_PIECE_REFUSED`
 */
export async function readRunArchive(bytes: Uint8Array, into: string, guard: Guard): Promise<Outcome<BroughtRun>> {
  const refused = (why: string): Outcome<never> =>
    refusal(
      'RUN_ARCHIVE_INVALID',
      `Cette archive n’est pas celle d’une exécution : ${why}.`,
      'Envoyez-la par « jalon tracker push » ; rien n’a été écrit.',
    );
  const opening = await openZip(bytes, LIMITS);
  if (!opening.ok) return refused(opening.fault.message);
  const [problem] = opening.problems;
  if (problem !== undefined) return refused(`${problem.where} : ${problem.message}`);
  const entries = new Map(opening.files.map((one) => [one.name, one]));
  const record = readRunRecord((await textOf(entries, RUN)) ?? '');
  if (!record.ok) return record;
  const run = record.value;
  const rem = remOf(await textOf(entries, REM));
  if (rem === undefined || rem.sha256 !== run.rem.sha256) {
    return refused(`${REM} manque, ou n’est pas la liste que l’exécution a suivie`);
  }
  const files = filesOf(run);
  for (const { path, sha256: sealed, mediaType } of files) {
    if (!isInside(path)) return refused(`le chemin ${path.slice(0, 80)} sort de son dossier`);
    const content = await entries
      .get(path)
      ?.read()
      .catch(() => undefined);
    if (content === undefined) return refused(`la pièce ${path} manque`);
    if (sealed !== undefined && sha256(content) !== sealed) return refused(`la pièce ${path} a changé`);
    if (mediaType === undefined) continue;
    const [alarm] = (await guard.lookAt({ bytes: content, mediaType, name: path })).alarms;
    if (alarm !== undefined) {
      return refusal(
        'RUN_PIECE_REFUSED',
        `Le garde refuse la pièce ${path} : ${alarm.where}. ${alarm.message}`,
        'Rejouez l’exécution avec cette version de Jalon, qui masque les pièces ; rien n’a été écrit.',
      );
    }
  }
  const dir = join(into, `${run.id}-${randomUUID().slice(0, 8)}`);
  return {
    ok: true,
    value: {
      run,
      rem,
      async unpack() {
        for (const path of [RUN, REM, ...files.map((one) => one.path)]) {
          const content = await entries.get(path)?.read();
          if (content === undefined) throw new TypeError(`${path} n’est plus dans l’archive`);
          const to = join(dir, path);
          await mkdir(dirname(to), { recursive: true });
          await writeFile(to, content, { flag: 'wx' });
        }
        return dir;
      },
      discard: () => rm(dir, { recursive: true, force: true }),
    },
  };
}

/** Pieces of a run, each once, with what explains them. */
function filesOf({ scenarios }: RunRecord): readonly SealedFile[] {
  const files = new Map<string, SealedFile>();
  for (const { path, provenance } of scenarios.flatMap(({ pieces }) => pieces)) {
    files.set(path, { path, sha256: provenance.sha256, mediaType: provenance.mediaType });
    for (const sheet of ['json', 'txt']) {
      const beside = `${path}.provenance.${sheet}`;
      files.set(beside, { path: beside });
    }
  }
  return [...files.values()];
}

async function textOf(entries: ReadonlyMap<string, ZipFileEntry>, name: string): Promise<string | undefined> {
  const bytes = await entries
    .get(name)
    ?.read()
    .catch(() => undefined);
  return bytes && Buffer.from(bytes).toString('utf8');
}

function remOf(text: string | undefined): Rem | undefined {
  try {
    return text === undefined ? undefined : parseRem(text);
  } catch {
    return undefined;
  }
}
