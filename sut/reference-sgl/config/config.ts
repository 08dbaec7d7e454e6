import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { SglError, type SglConfig } from '../model/index.ts';
import { CONFIG_SCHEMA } from './schema.ts';

const REMEDY = 'Corrigez le fichier donné par --config ; son modèle est model/types.ts (SglConfig).';

/**
 * Reads and checks the configuration file. Paths of certificates that are not absolute start from its folder.
 *
 * @throws {SglError} `CONFIG_ILLISIBLE` or `CONFIG_INVALIDE`; values are never repeated, they may be secrets
 */
export async function readConfig(file: string): Promise<SglConfig> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new SglError('CONFIG_ILLISIBLE', 'Le fichier de configuration est absent ou illisible.', REMEDY, { cause });
  }
  return checkConfig(content, dirname(resolve(file)));
}

/** @param folder where relative paths start */
export function checkConfig(content: unknown, folder: string): SglConfig {
  const validate = new Ajv({ allErrors: true, strict: false }).compile<SglConfig>(CONFIG_SCHEMA);
  if (!validate(content)) {
    const problems = (validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message ?? ''}`);
    throw new SglError('CONFIG_INVALIDE', `Configuration invalide : ${problems.join(' ; ')}.`, REMEDY);
  }
  const identity = <T extends { cert: string; key: string }>(part: T): T => ({
    ...part,
    cert: resolve(folder, part.cert),
    key: resolve(folder, part.key),
  });
  return {
    ...content,
    ca: resolve(folder, content.ca),
    insi: { ...identity(content.insi), ...(content.insi.cpx && { cpx: identity(content.insi.cpx) }) },
    dmp: { ...identity(content.dmp), sign: identity(content.dmp.sign) },
    mssante: identity(content.mssante),
  };
}
