import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  checkExport,
  openExport,
  readDeclaration,
  type Declaration,
  type ExportedFile,
} from '#checks/portability/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from '../errors.ts';
import { gather, notJudged, unreadable } from './findings.ts';
import { readWhole } from './read-file.ts';
import type { Kind, Outcome } from './types.ts';

const MAX_FILES = 20_000;
const MAX_TOTAL = 512 * 1024 * 1024;

/** The export of a system towards another one: a folder, an archive or files, by what its documentation lists. */
export const PORTABILITY: Kind = {
  name: 'portability',
  title: 'export d’un historique (dossier, .zip ou fichiers), selon sa documentation (--declaration)',
  uses: ['declaration'],
  async judge(files, { declaration }) {
    const read: ExportedFile[] = [];
    const outcomes: (Outcome | undefined)[] = [];
    for (const file of files) {
      const reading = await readExport(file);
      outcomes.push(reading.ok ? undefined : reading.outcome);
      if (reading.ok) read.push(...reading.files);
    }
    // Everything that was given is one export: what it lacks is told once.
    const first = outcomes.indexOf(undefined);
    const whole = first === -1 ? undefined : await judgeExport(read, declaration);
    return outcomes.map((outcome, rank): Outcome => {
      if (outcome !== undefined) return outcome;
      if (rank === first && whole !== undefined) return whole;
      const beside = notJudged('export', 'jugé avec le premier fichier', 'un seul export', 'Rien à corriger.');
      return { findings: [beside], readable: true };
    });
  },
};

async function judgeExport(given: readonly ExportedFile[], declaration?: Declaration): Promise<Outcome> {
  const { files, problems } = await openExport(given);
  if (files.length === 0) {
    return unreadable(
      problems[0] ?? 'aucun fichier',
      'un export',
      'Donnez le dossier ou l’archive que le produit a exporté.',
    );
  }
  const gathered = gather();
  gathered.add(
    problems.map((problem) => notJudged('archive', problem, 'une archive qui s’ouvre', 'Exportez-la de nouveau.')),
  );
  gathered.add(
    declaration === undefined
      ? [
          notJudged(
            'documentation',
            `${files.length} fichier(s) lus, comparés à rien`,
            'la liste des données, de leur format et de leur emplacement',
            'Donnez-la avec --declaration, au format de checks/portability/README.md.',
          ),
        ]
      : checkExport(declaration, files),
  );
  return {
    findings: gathered.findings,
    readable: true,
    ...(declaration === undefined || problems.length > 0 ? { toVerify: true } : {}),
  };
}

type Reading =
  | { readonly ok: true; readonly files: readonly ExportedFile[] }
  | { readonly ok: false; readonly outcome: Outcome };

async function readExport(path: string): Promise<Reading> {
  const stats = await stat(path).catch(() => undefined);
  const names = stats?.isDirectory() === true ? await filesUnder(path) : [''];
  if (names.length > MAX_FILES) {
    return {
      ok: false,
      outcome: unreadable(`plus de ${MAX_FILES} fichiers`, 'un export à juger', 'Jugez-le par parties.'),
    };
  }
  const files: ExportedFile[] = [];
  let left = MAX_TOTAL;
  for (const name of names) {
    const whole = name === '' ? path : join(path, name);
    // An empty file of a folder is part of the export; alone, it is a mistake.
    const size = name === '' ? undefined : (await stat(whole).catch(() => undefined))?.size;
    if (size === 0) {
      files.push({ path: name, bytes: new Uint8Array() });
      continue;
    }
    const reading = await readWhole(whole, Math.max(1, left));
    if (!reading.ok) return reading;
    left -= reading.bytes.length;
    files.push({ path: name === '' ? basename(path) : name, bytes: reading.bytes });
  }
  return { ok: true, files };
}

/** Paths of the files of a folder, with `/`; links are not followed. */
async function filesUnder(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.replace(/[/\\]+$/u, '').length + 1)
        .replaceAll('\\', '/'),
    )
    .toSorted();
}

/** @throws {CliError} `CHECK_DECLARATION_UNREADABLE` when the file is no such list */
export async function readDeclarationFile(file: string): Promise<Declaration> {
  const read = await readWhole(file);
  if (!read.ok)
    throw refusal(
      file,
      read.outcome.findings[0]?.received ?? 'lecture impossible',
      read.outcome.exitCode ?? EXIT.usage,
    );
  try {
    return readDeclaration(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(read.bytes)));
  } catch (cause) {
    const told = cause instanceof TypeError && !('code' in cause) ? cause.message : 'ce n’est pas du JSON en UTF-8';
    throw refusal(file, told, EXIT.configuration);
  }
}

function refusal(file: string, reason: string, exitCode: number): CliError {
  return new CliError(
    'CHECK_DECLARATION_UNREADABLE',
    exitCode,
    `Le fichier ${file} de --declaration ne se lit pas : ${reason.replace(/\.$/, '')}.`,
    'Suivez le format de checks/portability/README.md.',
  );
}
