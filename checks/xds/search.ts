import { EBXML, parseCx, queryForm, readQueryValue, STATUS } from '#formats/ebrim/index.ts';
import type { SoapEnvelope } from '#formats/soap/index.ts';
import { attribute, child, children, descendants, type XmlElement } from '#formats/xml/index.ts';
import { checkInsValue } from '../ins/index.ts';
import type { Report } from '../report/index.ts';
import type { Vihf } from '../vihf/index.ts';
import type { RecordRule } from './record-rules.ts';
import { checkParameters } from './search-parameters.ts';

/** Stored queries that the DMP serves; those about a patient (protocols.md §2.6). */
const QUERIES: Readonly<Record<string, { readonly patient?: string; readonly status?: string }>> = {
  'urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d': {
    patient: '$XDSDocumentEntryPatientId',
    status: '$XDSDocumentEntryStatus',
  },
  'urn:uuid:f26abbcb-ac74-4422-8a30-edb644bbc1a9': {
    patient: '$XDSSubmissionSetPatientId',
    status: '$XDSSubmissionSetStatus',
  },
  'urn:uuid:12941a89-e02e-4be5-967c-ce4bfc8fe492': {
    patient: '$XDSDocumentEntryPatientId',
    status: '$XDSDocumentEntryStatus',
  },
  'urn:uuid:5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4': {},
  'urn:uuid:a7ae438b-4bc2-4642-93e9-be891f7bb155': {},
};

/** One search (TD3.1, ITI-18). */
export function checkSearch(report: Report<RecordRule>, { payload, body }: SoapEnvelope, vihf: Vihf | undefined): void {
  const query = payload && child(payload, 'AdhocQuery', EBXML.rim);
  const id = (query && attribute(query, 'id', '')) ?? '';
  const known = QUERIES[id];
  if (payload === undefined || query === undefined || known === undefined) {
    report.add('TD31-QUERY', {
      where: query === undefined ? body.path : `${query.path}/@id`,
      received: id || 'absent',
      expected: Object.keys(QUERIES).join(', '),
      remedy: 'Employez l’identifiant d’une des requêtes stockées du DMP.',
    });
    return;
  }
  checkParameters(report, payload, query);
  const values = (
    name: string,
  ): { readonly slot: XmlElement | undefined; readonly text: string; readonly all: readonly string[] } => {
    const slot = children(query, 'Slot', EBXML.rim).find((one) => attribute(one, 'name', '') === name);
    const texts = slot ? descendants(slot, 'Value', EBXML.rim).map((one) => one.text.trim()) : [];
    return { slot, text: texts.join(' '), all: texts };
  };
  if (known.patient !== undefined) checkPatient(report, query.path, known.patient, values(known.patient), vihf);
  if (known.status !== undefined) {
    const { slot, text, all } = values(known.status);
    const read = all.map((one) => readQueryValue(one, queryForm(known.status ?? '')));
    const asked = read.flatMap((one) => one.values);
    if (!asked.includes(STATUS.approved) || read.some(({ fault }) => fault !== undefined)) {
      report.add('TD31-STATUS', {
        where: slot?.path ?? query.path,
        received: text || 'absent',
        expected: `('${STATUS.approved}'), avec d’autres états si besoin`,
        remedy: 'Demandez toujours les documents actifs, dans une liste entre parenthèses.',
      });
    }
  }
  for (const slot of children(query, 'Slot', EBXML.rim)) {
    const name = attribute(slot, 'name', '') ?? '';
    if (!/Time(?:From|To)$/.test(name)) continue;
    const text = descendants(slot, 'Value', EBXML.rim)
      .map((one) => one.text.trim())
      .join(' ');
    // A time may be cut short: then it stands for its first instant.
    if (/^\d{4}(?:\d\d){0,5}$/.test(text)) continue;
    report.add('TD31-TIME', {
      where: slot.path,
      received: text || 'vide',
      expected: 'AAAAMMJJhhmmss, en UTC, sans décalage ni apostrophes : c’est un nombre',
      remedy: /^'.*'$/.test(text) ? `Ôtez les apostrophes de ${name}.` : `Convertissez ${name} en UTC.`,
    });
  }
}

function checkPatient(
  report: Report<RecordRule>,
  where: string,
  name: string,
  { slot, text }: { readonly slot: XmlElement | undefined; readonly text: string },
  vihf: Vihf | undefined,
): void {
  const cx = parseCx(/^'([^']*)'$/.exec(text)?.[1] ?? '');
  const place = slot?.path ?? where;
  if (cx.id === '' || cx.identifierType !== 'NH') {
    report.add('TD31-PATIENT', {
      where: place,
      received: text || `${name} absent`,
      expected: "'matricule^^^&OID&ISO^NH', entre apostrophes et sans parenthèses",
      remedy: `Écrivez ${name} avec l’INS du patient, au format CX.`,
    });
    return;
  }
  for (const finding of checkInsValue({ ins: cx.id, oid: cx.authority.universalId, where: place })) {
    report.add('TD31-PATIENT', finding);
  }
  const of = parseCx(vihf?.resourceId ?? '').id;
  if (of === '' || of === cx.id) return;
  report.add('TD31-PATIENT', {
    where: place,
    received: cx.id,
    expected: `${of}, le patient du VIHF`,
    remedy: 'Construisez le VIHF et la recherche à partir de la même fiche patient.',
  });
}
