import { readCda, type CdaDocument } from '#formats/cda/index.ts';
import {
  classification,
  codeOf,
  DOCUMENT_ENTRY,
  externalIdentifier,
  parseCx,
  slot,
  type ExtrinsicObject,
} from '#formats/ebrim/index.ts';
import { isBenchLimit, limitBreach } from '../report/index.ts';
import { checkPair } from './coherence/index.ts';
import { checkReplacedVersion } from './replacement.ts';
import formats from './formats.json' with { type: 'json' };
import { isSignatureEntry } from './submission.ts';
import type { Judged } from './types.ts';
import { utcOf } from './utc.ts';

/** Entries against the CDA they describe (D5 and D6 of protocols.md §2.11). */
export function checkCda(judged: Judged): void {
  const { objects, submission } = judged;
  for (const entry of objects.documents) {
    if (isSignatureEntry(entry) || !/^(?:text\/xml|application\/xslt\+xml)$/.test(entry.mimeType ?? '')) continue;
    const bytes = submission.documents.find((document) => document.id === entry.id)?.bytes;
    if (bytes === undefined) continue;
    const reading = readCda(bytes);
    if (!reading.ok && isBenchLimit(reading.fault)) {
      judged.report.add('DMP-LIMIT', limitBreach(`document ${entry.id}`, 'le contenu du CDA', reading.fault));
      continue;
    }
    if (!reading.ok) {
      judged.report.add('XDS-CDA-COHERENCE', {
        where: `${entry.path}/@mimeType`,
        received: `${entry.mimeType}, mais le document n’est pas un CDA lisible : ${reading.fault.message}`,
        expected: 'un document CDA',
        remedy: 'Corrigez le document ou son mimeType.',
      });
      continue;
    }
    compare(judged, entry, reading.document);
    compareFormat(judged, entry, reading.document);
    checkReplacedVersion(judged, entry, reading.document);
    checkPair({ report: judged.report, entry, cda: reading.document, bytes });
  }
}

function compare({ report }: Judged, entry: ExtrinsicObject, cda: CdaDocument): void {
  const uniqueId = externalIdentifier(entry, DOCUMENT_ENTRY.uniqueId);
  const type = classification(entry, DOCUMENT_ENTRY.typeCode);
  const creation = slot(entry, 'creationTime');
  const language = slot(entry, 'languageCode');
  const patient = externalIdentifier(entry, DOCUMENT_ENTRY.patientId);
  const cx = patient && parseCx(patient.value);
  const rows: readonly (readonly [
    name: string,
    where: string,
    received: string | undefined,
    expected: string | undefined,
  ])[] = [
    ['uniqueId', `${uniqueId?.path ?? entry.path}/@value`, uniqueId?.value, cda.id.root],
    ['typeCode', type?.path ?? entry.path, type && codeOf(type).code, cda.code.code],
    ['creationTime', creation?.path ?? entry.path, creation?.values[0], utcOf(cda.effectiveTime)],
    ['languageCode', language?.path ?? entry.path, language?.values[0], cda.languageCode],
  ];
  for (const [name, where, received, expected] of rows) {
    if (received === undefined || received === '' || expected === undefined || received === expected) continue;
    report.add('XDS-CDA-COHERENCE', {
      where,
      received,
      expected: `${expected} (lu dans le document)`,
      remedy:
        name === 'creationTime'
          ? 'Convertissez effectiveTime du CDA en UTC pour creationTime.'
          : `Reprenez ${name} du document CDA.`,
    });
  }
  if (cda.id.extension !== undefined) {
    report.add('XDS-CDA-COHERENCE', {
      where: `document ${entry.id}, ${cda.id.path}/@extension`,
      received: cda.id.extension,
      expected: 'un id sans extension : le DMP ne prend qu’un OID',
      remedy: 'Portez tout l’identifiant du document dans id/@root.',
    });
  }
  const { ins } = cda.patient;
  if (cx !== undefined && (ins?.extension !== cx.id || ins.root !== cx.authority.universalId)) {
    report.add('XDS-PATIENT-COHERENCE', {
      where: `document ${entry.id}, ${ins?.path ?? cda.patient.path}`,
      received: ins === undefined ? 'pas d’INS' : `${ins.extension} (OID ${ins.root})`,
      expected: `${cx.id} (OID ${cx.authority.universalId}), patientId de la fiche`,
      remedy: 'Construisez le document et sa fiche à partir de la même fiche patient.',
    });
  }
}

const hasTemplate = (cda: CdaDocument, templates: readonly string[]): boolean =>
  cda.templateIds.some(({ root }) => templates.includes(root));

/** formatCode against the level and the model of the document. */
export function compareFormat({ report }: Pick<Judged, 'report'>, entry: ExtrinsicObject, cda: CdaDocument): void {
  const format = classification(entry, DOCUMENT_ENTRY.formatCode);
  const code = format?.nodeRepresentation;
  if (format === undefined || !code) return;
  const n1 = formats.n1.includes(code);
  if (n1 === (cda.level === 'N1')) {
    // By its templates, a structured document says of which model it is.
    const model = n1 ? undefined : formats.n3.find((one) => hasTemplate(cda, one.templates));
    if (model === undefined || model.formats.includes(code)) return;
    report.add('XDS-FORMAT-CODE', {
      where: format.path,
      received: code,
      expected: `${model.formats.join(' ou ')}, car le document est un ${model.name} (templateId)`,
      remedy: 'Déduisez formatCode du modèle du document (ASS_A11).',
    });
    return;
  }
  report.add('XDS-FORMAT-CODE', {
    where: format.path,
    received: code,
    expected:
      cda.level === 'N1'
        ? `${formats.n1.join(' ou ')}, car le document est un CDA N1`
        : 'le format du volet (urn:ihe:lab:xd-lab:2008 pour la biologie), car le document est un CDA N3',
    remedy: 'Déduisez formatCode du niveau et du modèle du document.',
  });
}
