import {
  classification,
  classifications,
  codeOf,
  DOCUMENT_ENTRY,
  externalIdentifier,
  parseCx,
  slot,
  slotValues,
  type ExtrinsicObject,
} from '#formats/ebrim/index.ts';
import data from './signature.json' with { type: 'json' };
import type { Judged } from './types.ts';

/** Metadata of the signature of a set, all of them fixed but the patient and the identifiers (protocols.md §2.5). */
export function checkSignatureEntry({ report }: Judged, entry: ExtrinsicObject): void {
  const add = (name: string, received: string, expected: string, weak = false): void =>
    report.add('XDS-SIGNATURE-METADATA', {
      where: `${entry.path}, ${name}`,
      received: received || 'vide',
      expected,
      remedy: `Donnez à ${name} de la fiche de signature la valeur prévue.`,
      ...(weak ? { severity: 'warning' as const } : {}),
    });
  const language = slotValues(entry, 'languageCode')[0];
  // What is absent of the metadata that every entry has is said by XDS-METADATA.
  if (entry.mimeType !== undefined && entry.mimeType !== data.mimeType) add('mimeType', entry.mimeType, data.mimeType);
  if (language !== undefined && language !== data.language) add('languageCode', language, data.language);
  if (entry.name && entry.name !== data.title) add('title (Name)', entry.name, data.title, true);
  for (const [name, expected] of Object.entries(data.codes)) {
    const found = classification(entry, DOCUMENT_ENTRY[name as keyof typeof data.codes]);
    if (found === undefined && name !== 'eventCodeList') continue;
    const { code, system } = found === undefined ? { code: '', system: '' } : codeOf(found);
    if (code === expected.code && system === expected.system) continue;
    add(name, found === undefined ? 'absent' : `${code} (${system || 'sans système'})`, written(expected));
  }
  checkHidden(entry, add);
  checkPatient(entry, add);
}

type Add = (name: string, received: string, expected: string, weak?: boolean) => void;

const written = ({ code, system }: { readonly code: string; readonly system: string }): string => `${code} (${system})`;

/** The signature is shown to nobody: N, then both codes that hide. */
function checkHidden(entry: ExtrinsicObject, add: Add): void {
  const found = classifications(entry, DOCUMENT_ENTRY.confidentialityCode).map(codeOf);
  if (found.length === 0) return;
  const missing = data.confidentiality.some(
    ({ code, system }) => !found.some((one) => one.code === code && one.system === system),
  );
  if (!missing && found[0]?.code === data.confidentiality[0]?.code) return;
  add('confidentialityCode', found.map(written).join(', '), data.confidentiality.map(written).join(', puis '));
}

/** It is nobody's result: the patient is named by his INS, and nothing else of him is told. */
function checkPatient(entry: ExtrinsicObject, add: Add): void {
  const source = slotValues(entry, 'sourcePatientId')[0]?.trim() ?? '';
  const patient = parseCx(externalIdentifier(entry, DOCUMENT_ENTRY.patientId)?.value ?? '');
  const cx = parseCx(source);
  if (source !== '' && (cx.identifierType !== 'NH' || (patient.identifierType === 'NH' && cx.id !== patient.id))) {
    add('sourcePatientId', source, 'l’INS du patient, comme patientId (matricule^^^&OID&ISO^NH)');
  }
  if (slot(entry, 'sourcePatientInfo') !== undefined) add('sourcePatientInfo', 'présent', 'absent', true);
}
