import {
  classifications,
  DOCUMENT_ENTRY,
  externalIdentifier,
  slot,
  SUBMISSION_SET,
  type ExtrinsicObject,
  type RegistryObject,
} from '#formats/ebrim/index.ts';
import { isSignatureEntry } from './submission.ts';
import type { JudgedRegistry } from './types.ts';

const ENTRY_SLOTS = [
  'creationTime',
  'languageCode',
  'legalAuthenticator',
  'serviceStartTime',
  'sourcePatientId',
  'sourcePatientInfo',
];
/** The signature is no clinical document: it has no patient info (protocols.md §2.5). */
const SIGNATURE_SLOTS = ['creationTime', 'languageCode', 'sourcePatientId'];
const TIME_SLOTS = ['submissionTime', 'creationTime', 'serviceStartTime', 'serviceStopTime'];
const ENTRY_CODES = [
  'classCode',
  'typeCode',
  'formatCode',
  'confidentialityCode',
  'healthcareFacilityTypeCode',
  'practiceSettingCode',
] as const;
const SIGNATURE_CODES = ['classCode', 'typeCode', 'formatCode', 'confidentialityCode'] as const;

/** Presence of the mandatory metadata, form of dates (protocols.md §2.5). */
export function checkMetadata(judged: JudgedRegistry): void {
  const { objects, report } = judged;
  if (objects.packages.length !== 1 || objects.submissionSet === undefined) {
    report.add('XDS-SUBMISSION-SET', {
      where: objects.packages[1]?.path ?? '/Envelope/Body[1]',
      received: `${objects.packages.length} RegistryPackage, ${objects.submissionSet ? 'un' : 'aucun'} classé comme lot`,
      expected: `un RegistryPackage, classé par ${SUBMISSION_SET.node}`,
      remedy: 'Décrivez un lot par requête et ajoutez sa Classification par nœud.',
    });
  }
  const lot = objects.submissionSet;
  if (lot !== undefined) {
    requireSlots(judged, lot, 'lot', ['submissionTime']);
    requireCodes(judged, lot, 'lot', {
      author: SUBMISSION_SET.author,
      contentTypeCode: SUBMISSION_SET.contentTypeCode,
    });
    requireIdentifiers(judged, lot, 'lot', {
      patientId: SUBMISSION_SET.patientId,
      sourceId: SUBMISSION_SET.sourceId,
      uniqueId: SUBMISSION_SET.uniqueId,
    });
    checkSubmissionTime(judged, lot);
  }
  for (const entry of objects.documents) requireEntry(judged, entry);
  for (const object of [...objects.packages, ...objects.documents]) checkTimes(judged, object);
}

function requireEntry(judged: JudgedRegistry, entry: ExtrinsicObject): void {
  const signature = isSignatureEntry(entry);
  const what = `fiche ${entry.id}`;
  if (!entry.mimeType) missing(judged, `${entry.path}/@mimeType`, what, 'mimeType');
  requireSlots(judged, entry, what, signature ? SIGNATURE_SLOTS : ENTRY_SLOTS);
  const names = signature ? SIGNATURE_CODES : (['author', ...ENTRY_CODES] as const);
  requireCodes(judged, entry, what, Object.fromEntries(names.map((name) => [name, DOCUMENT_ENTRY[name]])));
  requireIdentifiers(judged, entry, what, {
    patientId: DOCUMENT_ENTRY.patientId,
    uniqueId: DOCUMENT_ENTRY.uniqueId,
  });
  if (!entry.name) missing(judged, `${entry.path}/Name`, what, 'title (Name)');
  checkTitle(judged, entry);
  if (!signature) checkReferences(judged, entry);
}

/** Characters that the registry keeps of a title. */
const LONGEST_TITLE = 128;

function checkTitle({ report }: JudgedRegistry, entry: ExtrinsicObject): void {
  const { length } = entry.name ?? '';
  if (length <= LONGEST_TITLE) return;
  report.add('XDS-TITLE', {
    where: `${entry.path}/Name`,
    received: `${length} caractères`,
    expected: `${LONGEST_TITLE} caractères au plus`,
    remedy: 'Raccourcissez le titre du document : le registre ne garde pas la suite.',
  });
}

const REFERENCE_LIST = 'urn:ihe:iti:xds:2013:referenceIdList';
const CXI =
  /^[^^]+\^\^\^&[0-2](?:\.\d+)+&ISO\^urn:ihe:iti:xds:(?:2013:(?:accession|order|uniqueId|referral)|2016:studyInstanceUID|2013:workflowInstanceId)$/;

function checkReferences({ report }: JudgedRegistry, entry: ExtrinsicObject): void {
  const list = slot(entry, REFERENCE_LIST);
  for (const value of list?.values ?? []) {
    if (CXI.test(value.trim())) continue;
    report.add('XDS-REFERENCE-ID', {
      where: list?.path ?? entry.path,
      received: value || 'vide',
      expected: 'id^^^&OID&ISO^urn:ihe:iti:xds:2013:order (ou accession), un identifiant CXi',
      remedy: 'Écrivez chaque référence avec l’OID de qui l’a donnée et son type.',
    });
  }
}

function missing({ report }: JudgedRegistry, where: string, what: string, name: string): void {
  report.add('XDS-METADATA', {
    where,
    received: 'absent ou vide',
    expected: `${name} du ${what}`.replace('du fiche', 'de la fiche'),
    remedy: `Renseignez ${name}.`,
  });
}

function requireSlots(judged: JudgedRegistry, object: RegistryObject, what: string, names: readonly string[]): void {
  for (const name of names) {
    if (slot(object, name)?.values.some((value) => value.trim() !== '')) continue;
    missing(judged, slot(object, name)?.path ?? object.path, what, name);
  }
}

function requireCodes(
  judged: JudgedRegistry,
  object: RegistryObject,
  what: string,
  schemes: Readonly<Record<string, string>>,
): void {
  for (const [name, scheme] of Object.entries(schemes)) {
    if (classifications(object, scheme).length === 0) missing(judged, object.path, what, name);
  }
}

function requireIdentifiers(
  judged: JudgedRegistry,
  object: RegistryObject,
  what: string,
  schemes: Readonly<Record<string, string>>,
): void {
  for (const [name, scheme] of Object.entries(schemes)) {
    if (externalIdentifier(object, scheme)?.value) continue;
    missing(judged, object.path, what, name);
  }
}

function checkTimes({ report }: JudgedRegistry, object: RegistryObject): void {
  for (const name of TIME_SLOTS) {
    const found = slot(object, name);
    for (const value of found?.values ?? []) {
      if (value.trim() === '' || !Number.isNaN(utc(value))) continue;
      report.add('XDS-TIME', {
        where: found?.path ?? object.path,
        received: value,
        expected: 'AAAAMMJJhhmmss, 14 chiffres, en UTC, sans décalage',
        remedy: `Convertissez ${name} en UTC et écrivez-le sur 14 chiffres.`,
      });
    }
  }
}

function checkSubmissionTime({ report, request, options }: JudgedRegistry, lot: RegistryObject): void {
  const found = slot(lot, 'submissionTime');
  const value = found?.values[0];
  if (value === undefined || request.at === undefined) return;
  const gap = (utc(value) - request.at.getTime()) / 1000;
  const tolerance = options.toleranceSeconds ?? 300;
  if (Number.isNaN(gap) || Math.abs(gap) <= tolerance) return;
  // France is one or two hours ahead of UTC: that gap tells local time from a wrong clock.
  const local = [1, 2].find((hours) => Math.abs(gap - hours * 3600) <= tolerance);
  report.add('XDS-SUBMISSION-TIME', {
    where: found?.path ?? lot.path,
    received: value,
    expected: `un instant UTC à moins de ${tolerance} s de ${request.at.toISOString()}`,
    remedy:
      local === undefined
        ? 'Calculez submissionTime au moment de l’envoi et mettez le poste à l’heure (NTP).'
        : `L’écart est de ${local} h : c’est l’heure locale. Convertissez submissionTime en UTC.`,
  });
}

/** Milliseconds of a 14-digit UTC time; NaN when it is not one, or not a real date. */
export function utc(value: string): number {
  const m = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(value);
  if (m === null) return Number.NaN;
  const iso = `${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}.000Z`;
  const time = Date.parse(iso);
  return !Number.isNaN(time) && new Date(time).toISOString() === iso ? time : Number.NaN;
}
