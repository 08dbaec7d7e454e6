import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseOverrules, type Overrule } from '#dsr/proof-kinds/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from './errors.ts';

/** Where the user's classifications of slots are kept in a data folder. */
export function overruleFile(dataDir: string): string {
  return join(dataDir, 'rem', 'classement.json');
}

/**
 * What the user overruled in a data folder (`jalon rem classify`); nothing when it has no such file.
 *
 * @throws {CliError} `CLASSEMENT_ILLISIBLE` when the file is damaged; system errors when it cannot be read
 */
export async function readOverrules(dataDir: string): Promise<readonly Overrule[]> {
  const file = overruleFile(dataDir);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
  try {
    return parseOverrules(text);
  } catch (cause) {
    throw new CliError(
      'CLASSEMENT_ILLISIBLE',
      EXIT.configuration,
      `« ${file} » ne se lit pas : ${cause instanceof Error ? cause.message : String(cause)}`,
      'Corrigez ce fichier, ou supprimez-le et refaites les classements par « npm run jalon -- rem classify ».',
      { cause },
    );
  }
}
