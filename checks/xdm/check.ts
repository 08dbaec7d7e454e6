import { readXdm } from '#formats/xdm/index.ts';
import type { Xdm } from '#formats/xdm/index.ts';
import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { applyRules, findingOf } from '../rule/index.ts';
import { CONTENT_RULES } from './content.ts';
import { ITI, LAYOUT_RULES, MAILED } from './layout.ts';
import { documentsOf } from './subject.ts';
import type { XdmOptions, XdmRule } from './types.ts';

const UNREADABLE = {
  id: 'XDM-READABLE',
  layer: 'wellformed',
  severity: 'error',
  requirements: MAILED,
  source: ITI('structure de l’archive'),
  title: 'Le fichier est une archive ZIP lisible.',
  expected: 'une archive ZIP',
  remedy: 'Vérifiez que l’archive est entière et correctement encodée dans le message.',
} as const;

const ARCHIVE_RULES: readonly XdmRule[] = [...LAYOUT_RULES, ...CONTENT_RULES];

/** Every rule of this folder, as data. */
export const RULES: readonly Rule[] = [UNREADABLE, ...ARCHIVE_RULES];

/** Judges an archive already read. The CDA inside are read, not judged: `checks/cda` does. */
export function checkXdm(xdm: Xdm, options: XdmOptions = {}): readonly Finding[] {
  return applyRules(ARCHIVE_RULES, { xdm, documents: documentsOf(xdm), options }, options);
}

/**
 * Judges a whole IHE_XDM.ZIP.
 * @returns every finding; one of layer `wellformed` when the bytes are not a zip or pass a bound
 */
export async function checkXdmFile(bytes: Uint8Array, options: XdmOptions = {}): Promise<readonly Finding[]> {
  const reading = await readXdm(bytes);
  if (reading.ok) return checkXdm(reading, options);
  const where = options.fileName ?? 'archive';
  return [findingOf(UNREADABLE, { where, received: reading.fault.message }, options.serves)];
}
