import { readXdm } from '#formats/xdm/index.ts';
import type { Xdm, XdmFault } from '#formats/xdm/index.ts';
import type { Finding, Rule } from '#dsr/verdict/index.ts';
import { applyRules, findingOf } from '../rule/index.ts';
import { COHERENCE } from './coherence.ts';
import { CONTENT_RULES } from './content.ts';
import { ITI, LAYOUT_RULES, MAILED } from './layout.ts';
import { METADATA_RULES } from './metadata.ts';
import { PRESENTATION_RULES } from './presentation.ts';
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

/** Nothing of such an archive is inflated: a bomb is refused before it costs anything. */
const BOUNDED = {
  id: 'XDM-BOUNDED',
  layer: 'wellformed',
  severity: 'error',
  requirements: MAILED,
  source: 'Archive hostile : bornes du banc sur le nombre d’entrées, la taille et le taux de compression',
  title: 'L’archive n’est pas une bombe de décompression.',
  expected: '500 entrées, 128 Mio une fois décompressée et un taux de 200 au plus',
  remedy: 'Ne mettez dans l’archive que les documents de l’envoi, README.TXT, INDEX.HTM et METADATA.XML.',
} as const;
const BEYOND: ReadonlySet<XdmFault['code']> = new Set(['XDM_TOO_MANY_ENTRIES', 'XDM_TOO_LARGE', 'XDM_RATIO']);

const ARCHIVE_RULES: readonly XdmRule[] = [
  ...LAYOUT_RULES,
  ...PRESENTATION_RULES,
  ...CONTENT_RULES,
  ...METADATA_RULES,
  ...COHERENCE,
];

/** Every rule of this folder, as data. */
export const RULES: readonly Rule[] = [UNREADABLE, BOUNDED, ...ARCHIVE_RULES];

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
  const rule = BEYOND.has(reading.fault.code) ? BOUNDED : UNREADABLE;
  return [findingOf(rule, { where, received: reading.fault.message }, options.serves)];
}
