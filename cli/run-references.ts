import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { openFolder } from '#formats/cda-pack/index.ts';
import type { ReferenceFiles } from '#steps/suite/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { readLayoutFile, readMentionsFile, readPack } from './check-files/index.ts';
import type { ReferenceOptions } from './reference-options.ts';

/** What the documents of a run are held to: where it is, and what the record says of it. */
export interface GivenReferences {
  readonly files: ReferenceFiles;
  readonly told: NonNullable<RunRecord['references']>;
}

/**
 * Reads what documents are held to before anything starts: what is wrong with it is told at once.
 *
 * @throws {CliError} with the option, the file and what to do
 */
export async function givenReferences(options: ReferenceOptions): Promise<GivenReferences | undefined> {
  const { cdaPack, mentions, datamatrix } = options;
  if (cdaPack === undefined && mentions === undefined && datamatrix === undefined) return undefined;
  if (mentions !== undefined) await readMentionsFile(mentions);
  if (datamatrix !== undefined) await readLayoutFile(datamatrix);
  if (cdaPack !== undefined) await (await readPack(cdaPack)).close();
  return {
    files: {
      ...(cdaPack === undefined ? {} : { pack: resolve(cdaPack) }),
      ...(mentions === undefined ? {} : { mentions: resolve(mentions) }),
      ...(datamatrix === undefined ? {} : { datamatrix: resolve(datamatrix) }),
    },
    told: {
      ...(cdaPack === undefined ? {} : { pack: openFolder(cdaPack).identity() }),
      ...(mentions === undefined ? {} : { mentions: await toldOf(mentions) }),
      ...(datamatrix === undefined ? {} : { datamatrix: await toldOf(datamatrix) }),
    },
  };
}

async function toldOf(file: string): Promise<{ readonly source: string; readonly sha256: string }> {
  return {
    source: basename(file),
    sha256: createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
  };
}
