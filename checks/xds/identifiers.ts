import {
  DOCUMENT_ENTRY,
  externalIdentifier,
  parseCx,
  slot,
  slotValues,
  SUBMISSION_SET,
  type ExternalIdentifier,
  type ExtrinsicObject,
} from '#formats/ebrim/index.ts';
import { checkInsValue } from '../ins/index.ts';
import { isSignatureEntry } from './submission.ts';
import type { JudgedRegistry } from './types.ts';

const OID = /^[0-2](?:\.(?:0|[1-9]\d*))+$/;
/** A seventh component, a date, is tolerated. */
const CX = /^[^^]+\^\^\^&[\d.]+&ISO\^NH(?:\^\^\d{8})?$/;
const SOURCE_CX = /^[^^]+\^\^\^&[\d.]+&ISO\^(?:PI|NH)(?:\^.*)?$/;

/** Patient, unique and source identifiers (D5 and D6 of protocols.md §2.11). */
export function checkIdentifiers(judged: JudgedRegistry): void {
  const { objects } = judged;
  const lot = objects.submissionSet;
  const patients = [
    lot && externalIdentifier(lot, SUBMISSION_SET.patientId),
    ...objects.documents.map((entry) => externalIdentifier(entry, DOCUMENT_ENTRY.patientId)),
  ].filter((one) => one !== undefined);
  for (const one of patients) checkPatientId(judged, one);
  checkSamePatient(judged, patients);
  checkUniqueIds(judged);
  const source = lot && externalIdentifier(lot, SUBMISSION_SET.sourceId);
  if (source && source.value !== '' && !isOid(source.value)) {
    judged.report.add('XDS-SOURCE-ID', {
      where: `${source.path}/@value`,
      received: source.value,
      expected: 'un OID de 64 caractères au plus',
      remedy: 'Envoyez l’OID de l’installation de votre logiciel.',
    });
  }
  for (const entry of objects.documents) checkSourcePatient(judged, entry);
}

/** Whether a text is an OID that XDS takes. */
export function isOid(text: string): boolean {
  return text.length <= 64 && OID.test(text);
}

function checkPatientId({ report }: JudgedRegistry, one: ExternalIdentifier): void {
  if (one.value === '') return;
  const where = `${one.path}/@value`;
  if (!CX.test(one.value)) {
    report.add('XDS-PATIENT-ID', {
      where,
      received: one.value,
      expected: 'matricule^^^&OID&ISO^NH',
      remedy: 'Écrivez l’INS au format CX, le matricule et la clé collés.',
    });
    return;
  }
  const cx = parseCx(one.value);
  for (const finding of checkInsValue({ ins: cx.id, oid: cx.authority.universalId, where })) {
    report.add('XDS-PATIENT-ID', finding);
  }
}

function checkSamePatient(judged: JudgedRegistry, patients: readonly ExternalIdentifier[]): void {
  const { options, report, vihf } = judged;
  const key = (value: string): string => {
    const cx = parseCx(value);
    return `${cx.id} (OID ${cx.authority.universalId})`;
  };
  const expected = options.patient
    ? `${options.patient.ins} (OID ${options.patient.oid})`
    : key(patients[0]?.value ?? '');
  const places: (readonly [where: string, value: string])[] = patients
    .filter((one) => one.value !== '')
    .map((one) => [`${one.path}/@value`, one.value]);
  if (vihf?.resourceId) places.push([`${vihf.path}, attribut resource-id`, vihf.resourceId]);
  for (const [where, value] of places) {
    if (key(value) === expected) continue;
    report.add('XDS-PATIENT-COHERENCE', {
      where,
      received: key(value),
      expected,
      remedy: 'Construisez le VIHF, le lot, les fiches et les documents à partir de la même fiche patient.',
    });
  }
}

function checkUniqueIds({ objects, report }: JudgedRegistry): void {
  const seen = new Set<string>();
  const lot = objects.submissionSet;
  for (const one of [
    lot && externalIdentifier(lot, SUBMISSION_SET.uniqueId),
    ...objects.documents.map((entry) => externalIdentifier(entry, DOCUMENT_ENTRY.uniqueId)),
  ]) {
    if (one === undefined || one.value === '') continue;
    const where = `${one.path}/@value`;
    if (!isOid(one.value)) {
      report.add('XDS-UNIQUE-ID', {
        where,
        received: one.value,
        expected: 'un OID seul, de 64 caractères au plus, sans extension',
        remedy: 'Tirez un OID par document et par lot ; le DMP ne prend pas la forme OID^extension.',
      });
    } else if (seen.has(one.value)) {
      report.add('XDS-UNIQUE-ID', {
        where,
        received: `${one.value}, déjà employé dans la requête`,
        expected: 'un OID propre à chaque document et au lot',
        remedy: 'Tirez un OID par document et par lot.',
      });
    }
    seen.add(one.value);
  }
}

function checkSourcePatient({ report }: JudgedRegistry, entry: ExtrinsicObject): void {
  const id = slot(entry, 'sourcePatientId');
  const value = id?.values[0];
  if (value && !SOURCE_CX.test(value)) {
    report.add('XDS-SOURCE-PATIENT', {
      where: id?.path ?? entry.path,
      received: value,
      expected: 'IPP^^^&OID&ISO^PI, ou matricule^^^&OID&ISO^NH',
      remedy: 'Écrivez l’identifiant local du patient au format CX.',
    });
  }
  const info = slotValues(entry, 'sourcePatientInfo');
  if (info.length === 0 || isSignatureEntry(entry)) return;
  for (const [line, form, expected] of [
    ['PID-5', /^PID-5\|[^^|]+\^[^^|]+/, 'PID-5|NOM^PRENOM^^^^^L'],
    ['PID-7', /^PID-7\|\d{8}$/, 'PID-7|AAAAMMJJ'],
    ['PID-8', /^PID-8\|[MFUO]$/, 'PID-8|M ou PID-8|F'],
  ] as const) {
    const lines = info.filter((one) => one.startsWith(`${line}|`));
    if (lines.length > 0 && lines.every((one) => form.test(one))) continue;
    report.add('XDS-SOURCE-PATIENT', {
      where: slot(entry, 'sourcePatientInfo')?.path ?? entry.path,
      received: lines.join(' ; ') || `pas de ligne ${line}`,
      expected,
      remedy: `Ajoutez ou corrigez la ligne ${line} de sourcePatientInfo.`,
    });
  }
}
