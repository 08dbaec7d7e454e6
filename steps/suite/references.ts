import { readFile } from 'node:fs/promises';
import { readLayout, readMentions } from '#checks/pdf/index.ts';
import { openPack } from '#formats/cda-pack/index.ts';
import type { DocumentReferences } from '../world/index.ts';

/** Files that a vendor brings for the checks of documents; absolute paths, they may cross a process boundary. */
export interface ReferenceFiles {
  /** Folder of the official CI-SIS pack. */
  readonly pack?: string;
  /** Mentions of the reports, in the form of `checks/pdf/mentions.json`. */
  readonly mentions?: string;
  /** Structure of the INS datamatrix, in the form of `checks/pdf/ins-datamatrix.json`. */
  readonly datamatrix?: string;
}

export interface OpenedReferences extends DocumentReferences {
  close(): Promise<void>;
}

/**
 * Opens what the checks of documents are held to in this process. Whoever gives the files has judged them before: what is
 * wrong with one here changed since.
 *
 * @throws {Error} when a file cannot be read any more
 */
export async function openReferences(files: ReferenceFiles): Promise<OpenedReferences> {
  const { pack, mentions, datamatrix } = files;
  const opening = pack === undefined ? undefined : openPack(pack);
  if (opening?.ok === false)
    throw new Error(`Le pack ${pack} n’est plus entier : il y manque ${opening.missing.join(', ')}.`);
  return {
    ...(opening === undefined ? {} : { pack: opening.pack }),
    ...(mentions === undefined ? {} : { mentions: readMentions(await jsonOf(mentions)) }),
    ...(datamatrix === undefined ? {} : { datamatrix: readLayout(await jsonOf(datamatrix)) }),
    close: async () => opening?.pack.close(),
  };
}

async function jsonOf(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8')) as unknown;
}
