import type { PackFiles } from '#formats/schematron/index.ts';
import type { LayerName } from './types.ts';

const PROFILES = 'schematrons/profils';

export const XSD_ENTRY = 'infrastructure/cda/CDA_extended.xsd';

/** Schematrons that every document is judged by. */
export const GENERIC_LAYERS: readonly { readonly layer: Exclude<LayerName, 'volet'>; readonly file: string }[] = [
  { layer: 'ihe', file: `${PROFILES}/IHE.sch` },
  { layer: 'terminologies', file: `${PROFILES}/terminologies/schematron/terminologie.sch` },
  { layer: 'modeles', file: `${PROFILES}/CI-SIS_ModelesDeContenusCDA.sch` },
  { layer: 'entete', file: `${PROFILES}/structurationMinimale/ASIP-STRUCT-MIN-StrucMin.sch` },
  { layer: 'ans', file: `${PROFILES}/CI-SIS_Modeles_ANS.sch` },
];

/** What a folder lacks to be a pack, as paths; none when it is one. */
export function missingFrom(files: PackFiles): readonly string[] {
  return [XSD_ENTRY, ...GENERIC_LAYERS.map(({ file }) => file)].filter((path) => files.find(path) === undefined);
}
