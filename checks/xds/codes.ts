import {
  classifications,
  codeOf,
  DOCUMENT_ENTRY,
  SUBMISSION_SET,
  type ExtrinsicObject,
  type RegistryObject,
} from '#formats/ebrim/index.ts';
import { isSignatureEntry } from './submission.ts';
import type { Judged } from './types.ts';

const BASE = '2.16.840.1.113883.5.25';
const FRENCH = '1.2.250.1.213.1.1.4.13';
const FRENCH_CODES = ['MASQUE_PS', 'INVISIBLE_PATIENT', 'INVISIBLE_REPRESENTANTS_LEGAUX'];

/** Systems that each metadata may use; those left out are too open to be judged. Source: protocols.md §0.1 and §2.5. */
const SYSTEMS: Readonly<Record<string, readonly string[]>> = {
  classCode: ['1.2.250.1.213.1.1.4.1'],
  typeCode: ['2.16.840.1.113883.6.1', '1.2.250.1.213.1.1.4.12'],
  healthcareFacilityTypeCode: ['1.2.250.1.71.4.2.4'],
  practiceSettingCode: ['1.2.250.1.213.1.1.4.9'],
};
const CODED = ['classCode', 'typeCode', 'formatCode', 'healthcareFacilityTypeCode', 'practiceSettingCode'] as const;

/** Coded metadata and confidentiality (D6 and D11 of protocols.md §2.11). */
export function checkCodes(judged: Judged): void {
  const { objects } = judged;
  const lot = objects.submissionSet;
  if (lot !== undefined) {
    checkScheme(judged, lot, 'contentTypeCode', SUBMISSION_SET.contentTypeCode, ['1.2.250.1.213.2.2']);
  }
  for (const entry of objects.documents) {
    if (isSignatureEntry(entry)) continue;
    for (const name of CODED) checkScheme(judged, entry, name, DOCUMENT_ENTRY[name], SYSTEMS[name]);
    checkConfidentiality(judged, entry);
  }
}

function checkScheme(
  { report }: Judged,
  object: RegistryObject,
  name: string,
  scheme: string,
  systems: readonly string[] | undefined,
): void {
  for (const one of classifications(object, scheme)) {
    const { code, label, system } = codeOf(one);
    const rightSystem = systems === undefined ? system !== '' : systems.includes(system);
    if (code !== '' && label !== '' && rightSystem) continue;
    report.add('XDS-CODE', {
      where: one.path,
      received: `${name} : code ${code || 'vide'}, libellé ${label || 'vide'}, système ${system || 'vide'}`,
      expected: `un code, un libellé et le système ${systems?.join(' ou ') ?? 'du jeu de valeurs'}`,
      remedy: `Renseignez nodeRepresentation, le Slot codingScheme et Name de ${name}.`,
    });
  }
}

function checkConfidentiality({ report }: Judged, entry: ExtrinsicObject): void {
  const found = classifications(entry, DOCUMENT_ENTRY.confidentialityCode);
  if (found.length === 0) return;
  const codes = found.map((one) => ({ ...codeOf(one), path: one.path }));
  const [first] = codes;
  if (first?.code !== 'N') {
    report.add('XDS-CONFIDENTIALITY-NORMAL', {
      where: first?.path ?? entry.path,
      received: codes.map((one) => one.code).join(', '),
      expected: 'N en premier',
      remedy: 'Envoyez toujours le code N, avant les codes de masquage.',
    });
  }
  for (const { code, system, path } of codes) {
    const right = code === 'N' ? system === BASE : FRENCH_CODES.includes(code) && system === FRENCH;
    if (right) continue;
    report.add('XDS-CONFIDENTIALITY-CODE', {
      where: path,
      received: `${code} (${system || 'sans système'})`,
      expected: `N (${BASE}), ${FRENCH_CODES.join(', ')} (${FRENCH})`,
      remedy: 'Employez les codes de JDV_J58, chacun avec son système.',
    });
  }
  const has = (code: string): boolean => codes.some((one) => one.code === code);
  if (has('MASQUE_PS') && has('INVISIBLE_PATIENT')) {
    report.add('XDS-CONFIDENTIALITY-COMBINATION', {
      where: entry.path,
      received: 'MASQUE_PS et INVISIBLE_PATIENT',
      expected: 'l’un ou l’autre',
      remedy: 'Ne laissez pas l’utilisateur masquer un document aux professionnels et au patient à la fois.',
    });
  }
}
