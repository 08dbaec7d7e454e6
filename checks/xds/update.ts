import {
  ASSOCIATION,
  classifications,
  DOCUMENT_ENTRY,
  EBXML,
  externalIdentifier,
  parseCx,
  readRegistryObjects,
  slotValues,
  SUBMISSION_SET,
  type Association,
  type RegistryObjects,
} from '#formats/ebrim/index.ts';
import type { SoapEnvelope } from '#formats/soap/index.ts';
import { child } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import type { Vihf } from '../vihf/index.ts';
import { SHIPPED_CODES, type CodeLists } from './code-lists.ts';
import { checkConfidentiality } from './codes.ts';
import { isOid } from './identifiers.ts';
import { utc } from './metadata.ts';
import type { RecordRule } from './record-rules.ts';
import type { XdsRule } from './rules.ts';
import transitions from './transitions.json' with { type: 'json' };

const UUID = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Masking, visibility, deletion and archives: one message of ITI-57 (protocols.md §2.8). */
export function checkUpdate(
  report: Report<RecordRule | XdsRule>,
  { payload, body }: SoapEnvelope,
  vihf: Vihf | undefined,
  codes: CodeLists = SHIPPED_CODES,
): void {
  const list = payload && child(payload, 'RegistryObjectList', EBXML.rim);
  const objects = list && readRegistryObjects(list);
  const lot = objects?.submissionSet;
  if (objects === undefined || lot === undefined || objects.packages.length > 1) {
    report.add('TD33-SUBMISSION-SET', {
      where: list?.path ?? body.path,
      received: `${objects?.packages.length ?? 0} RegistryPackage, ${lot ? 'un' : 'aucun'} classé comme lot`,
      expected: 'lcm:SubmitObjectsRequest/RegistryObjectList, avec un lot de soumission',
      remedy: 'Décrivez la mise à jour dans un lot de soumission, sans élément xdsb autour.',
    });
    if (objects === undefined) return;
  }
  if (lot !== undefined) {
    const uniqueId = externalIdentifier(lot, SUBMISSION_SET.uniqueId)?.value ?? '';
    const time = slotValues(lot, 'submissionTime')[0] ?? '';
    const author = classifications(lot, SUBMISSION_SET.author).length;
    if (!isOid(uniqueId) || Number.isNaN(utc(time)) || author !== 1) {
      report.add('TD33-SUBMISSION-SET', {
        where: lot.path,
        received: `uniqueId ${uniqueId || 'absent'}, submissionTime ${time || 'absent'}, ${author} auteur(s)`,
        expected: 'un OID neuf, un instant UTC sur 14 chiffres, un auteur',
        remedy: 'Décrivez le lot de la mise à jour comme celui d’une alimentation.',
      });
    }
  }
  const updates = objects.associations.filter((one) => one.associationType === ASSOCIATION.updateAvailabilityStatus);
  if (updates.length === 0 && objects.documents.length === 0) {
    report.add('TD33-SUBMISSION-SET', {
      where: list?.path ?? body.path,
      received: 'ni UpdateAvailabilityStatus, ni fiche',
      expected: 'un changement d’état, ou une fiche modifiée',
      remedy: 'Ajoutez au lot ce qu’il change.',
    });
  }
  for (const one of updates) checkStatus(report, one, lot?.id);
  for (const entry of objects.documents) {
    checkCopy(report, entry, objects);
    checkConfidentiality(report, entry, codes);
  }
  checkPatient(report, objects, vihf);
}

function checkStatus(report: Report<RecordRule | XdsRule>, one: Association, lot: string | undefined): void {
  const original = slotValues(one, 'OriginalStatus')[0] ?? '';
  const wanted = slotValues(one, 'NewStatus')[0] ?? '';
  if (!transitions.allowed.some(([from, to]) => from === original && to === wanted)) {
    report.add('TD33-STATUS', {
      where: one.path,
      received: `de ${original || 'absent'} à ${wanted || 'absent'}`,
      expected: transitions.allowed.map(([from = '', to = '']) => `de ${short(from)} à ${short(to)}`).join(', '),
      remedy: 'Donnez OriginalStatus et NewStatus ; supprimer, c’est passer à Deleted, jamais à Deprecated.',
    });
  }
  if (UUID.test(one.targetObject ?? '') && one.sourceObject === lot) return;
  report.add('TD33-TARGET', {
    where: one.path,
    received: `de ${one.sourceObject ?? 'absent'} vers ${one.targetObject ?? 'absent'}`,
    expected: `de ${lot ?? 'l’id du lot'} vers l’entryUUID (urn:uuid:…)`,
    remedy: 'Demandez l’entryUUID au DMP (TD3.1) : l’uniqueId ne désigne pas une fiche.',
  });
}

const short = (status: string): string => status.slice(status.lastIndexOf(':') + 1);

function checkCopy(
  report: Report<RecordRule | XdsRule>,
  entry: RegistryObjects['documents'][number],
  { associations, submissionSet }: RegistryObjects,
): void {
  if (!UUID.test(entry.lid ?? '')) {
    report.add('TD33-TARGET', {
      where: `${entry.path}/@lid`,
      received: entry.lid ?? 'absent',
      expected: 'le lid (urn:uuid:…) que le DMP a donné',
      remedy: 'Recopiez @lid de la fiche reçue : il ne change pas d’une version à l’autre.',
    });
  }
  const member = associations.find(
    (one) =>
      one.associationType === ASSOCIATION.hasMember &&
      one.targetObject === entry.id &&
      one.sourceObject === submissionSet?.id,
  );
  const previous = member && slotValues(member, 'PreviousVersion')[0];
  if (previous === undefined || !/^[1-9]\d*$/.test(previous)) {
    report.add('TD33-PREVIOUS-VERSION', {
      where: member?.path ?? entry.path,
      received:
        member === undefined ? 'pas de HasMember du lot vers la fiche' : `PreviousVersion ${previous ?? 'absent'}`,
      expected: 'HasMember avec PreviousVersion, le numéro de version reçu du DMP',
      remedy: 'Recopiez VersionInfo/@versionName de la fiche reçue dans PreviousVersion.',
    });
  }
  const missing: string[] = transitions.copiedSlots.filter((name) => slotValues(entry, name).length === 0);
  if (!externalIdentifier(entry, DOCUMENT_ENTRY.uniqueId)?.value) missing.push('uniqueId');
  if (!externalIdentifier(entry, DOCUMENT_ENTRY.patientId)?.value) missing.push('patientId');
  if (classifications(entry, DOCUMENT_ENTRY.typeCode).length === 0) missing.push('typeCode');
  if (missing.length === 0) return;
  report.add('TD33-COPY', {
    where: entry.path,
    received: `absents : ${missing.join(', ')}`,
    expected: 'la fiche entière reçue du DMP, où seuls les codes de confidentialité changent',
    remedy: 'Repartez de la fiche de la réponse TD3.1, et n’y changez que confidentialityCode.',
  });
}

function checkPatient(report: Report<RecordRule | XdsRule>, objects: RegistryObjects, vihf: Vihf | undefined): void {
  const { submissionSet, documents } = objects;
  const of = parseCx(vihf?.resourceId ?? '').id;
  for (const one of [
    submissionSet && externalIdentifier(submissionSet, SUBMISSION_SET.patientId),
    ...documents.map((entry) => externalIdentifier(entry, DOCUMENT_ENTRY.patientId)),
  ]) {
    if (one === undefined || of === '' || parseCx(one.value).id === of) continue;
    report.add('TD33-PATIENT', {
      where: `${one.path}/@value`,
      received: parseCx(one.value).id || 'vide',
      expected: `${of}, le patient du VIHF`,
      remedy: 'Construisez le VIHF et le lot à partir de la même fiche patient.',
    });
  }
}
