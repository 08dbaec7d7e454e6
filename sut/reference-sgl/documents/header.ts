import type { Patient, Report, SglConfig } from '../model/types.ts';
import { el, escapeXml, textEl } from '../xml/index.ts';
import {
  assigned,
  codedEl,
  laboratoryAddress,
  laboratoryPhone,
  personCode,
  personId,
  personName,
  STRUCT_ID_NAT,
  systemOf,
} from './actors.ts';
import { byChapter, type Coded, NORMAL_CONFIDENTIALITY, PRACTICE_SETTING, natureOf, LOINC, sector } from './codes.ts';
import { shareableIns } from '../identity/index.ts';
import { firstGiven } from './names.ts';
import { authority } from './oids.ts';
import { cdaTime } from './times.ts';

export interface HeaderOptions {
  /** uniqueId of the document: an OID, no extension, as the DMP asks. */
  readonly id: string;
  readonly setId: string;
  /** Template identifiers after the two of the minimal structuring, in order. */
  readonly templates: readonly { readonly root: string; readonly extension?: string }[];
  /** False only for the fault that drops the INS. */
  readonly withIns: boolean;
  /** uniqueId of the document whose place this one takes. */
  readonly replaces?: string | undefined;
  /** Written otherwise by the faults. */
  readonly versionNumber: number;
}

/**
 * All elements of the CDA header, in the order of the schema. Shared by N3 and N1, which differ by their templates,
 * identifiers and body. Source: structuration minimale §8.2 to 8.4 of the facts, CR-BIO model 2024.01.
 */
export function buildHeader(report: Report, config: SglConfig, options: HeaderOptions): string {
  const { type, title } = natureOf(report);
  return [
    el('realmCode', { code: 'FR' }),
    el('typeId', { root: '2.16.840.1.113883.1.3', extension: 'POCD_HD000040' }),
    el('templateId', { root: '2.16.840.1.113883.2.8.2.1' }),
    el('templateId', { root: '1.2.250.1.213.1.1.1.1' }),
    ...options.templates.map((template) => el('templateId', { ...template })),
    el('id', { root: options.id }),
    codedEl('code', type, type.system === LOINC ? { codeSystemName: 'LOINC' } : {}),
    textEl('title', title),
    el('effectiveTime', { value: cdaTime(report.validatedAt) }),
    codedEl('confidentialityCode', NORMAL_CONFIDENTIALITY),
    el('languageCode', { code: 'fr-FR' }),
    el('setId', { root: options.setId }),
    el('versionNumber', { value: options.versionNumber }),
    recordTarget(report.patient, config, options.withIns),
    author(report, config),
    report.authorGone === true ? laboratoryAsAuthor(report, config) : '',
    custodian(config),
    ...informationRecipients(report),
    legalAuthenticator(report, config),
    report.letter === undefined ? authenticator(report, config) : '',
    prescriber(report),
    el(
      'inFulfillmentOf',
      {},
      el('order', {}, el('id', { root: authority(config.oidRoot, 'order'), extension: report.requestId })),
    ),
    ...documentationOf(report, config),
    options.replaces === undefined ? '' : relatedDocument(options.replaces),
    componentOf(report, config),
  ].join('');
}

function recordTarget(patient: Patient, config: SglConfig, withIns: boolean): string {
  const { traits } = patient;
  const ins = withIns ? shareableIns(patient) : undefined;
  const used = traits.usedName;
  return el(
    'recordTarget',
    {},
    el(
      'patientRole',
      {},
      ins && el('id', { root: ins.oid, extension: ins.matricule }),
      el('id', { root: authority(config.oidRoot, 'patient'), extension: patient.localId }),
      el('addr', { nullFlavor: 'UNK' }),
      el('telecom', { nullFlavor: 'UNK' }),
      el(
        'patient',
        { classCode: 'PSN' },
        el(
          'name',
          {},
          textEl('family', traits.birthName, { qualifier: 'BR' }),
          textEl('given', traits.firstNames.join(' ')),
          textEl('given', firstGiven(patient), { qualifier: 'BR' }),
          used !== undefined && textEl('family', used, { qualifier: 'CL' }),
          used !== undefined && textEl('given', firstGiven(patient), { qualifier: 'CL' }),
        ),
        el('administrativeGenderCode', {
          code: traits.sex,
          displayName: traits.sex === 'F' ? 'Féminin' : 'Masculin',
          codeSystem: '2.16.840.1.113883.5.1',
        }),
        el('birthTime', { value: traits.birthDate.replaceAll('-', '') }),
        traits.birthPlace !== undefined &&
          el('birthplace', {}, el('place', {}, el('addr', {}, textEl('county', traits.birthPlace)))),
      ),
    ),
  );
}

function author(report: Report, config: SglConfig): string {
  return el(
    'author',
    {},
    el('time', { value: cdaTime(report.validatedAt) }),
    assigned(report.biologist, config, 'assignedAuthor'),
  );
}

/** The structure as a second author, when the first one has left the RPPS (DMP integration guide, RG_2230). */
function laboratoryAsAuthor(report: Report, config: SglConfig): string {
  const { laboratory, product } = config;
  return el(
    'author',
    {},
    el('time', { value: cdaTime(report.validatedAt) }),
    el(
      'assignedAuthor',
      {},
      el('id', { root: '1.2.250.1.71.4.2.1', extension: systemOf(config) }),
      laboratoryAddress(config),
      laboratoryPhone(config),
      el(
        'assignedAuthoringDevice',
        {},
        textEl('manufacturerModelName', product.name),
        textEl('softwareName', product.name),
      ),
      el(
        'representedOrganization',
        {},
        el('id', { root: STRUCT_ID_NAT, extension: laboratory.id }),
        textEl('name', laboratory.name),
        laboratoryPhone(config),
        laboratoryAddress(config),
      ),
    ),
  );
}

/** `RPLC`: the previous version of the same document. */
function relatedDocument(uniqueId: string): string {
  return el('relatedDocument', { typeCode: 'RPLC' }, el('parentDocument', {}, el('id', { root: uniqueId })));
}

function custodian(config: SglConfig): string {
  const organization = el(
    'representedCustodianOrganization',
    {},
    el('id', { root: STRUCT_ID_NAT, extension: config.laboratory.id }),
    textEl('name', config.laboratory.name),
    // The schema takes one telecom here, and only here.
    laboratoryPhone(config),
    laboratoryAddress(config),
  );
  return el('custodian', {}, el('assignedCustodian', {}, organization));
}

/** One per MSSanté address; name and identifier are known only when the address is the prescriber's. */
function informationRecipients(report: Report): readonly string[] {
  return report.recipients.professionals.map((address) => {
    const person = report.prescriber?.mailbox === address ? report.prescriber : undefined;
    return el(
      'informationRecipient',
      { typeCode: 'PRCP' },
      el(
        'intendedRecipient',
        {},
        person ? personId(person) : el('id', { nullFlavor: 'UNK' }),
        el('addr', { nullFlavor: 'UNK' }),
        el('telecom', { value: `mailto:${address}`, use: 'WP' }),
        person && el('informationRecipient', {}, personName(person)),
      ),
    );
  });
}

function legalAuthenticator(report: Report, config: SglConfig): string {
  return el(
    'legalAuthenticator',
    {},
    el('time', { value: cdaTime(report.validatedAt) }),
    el('signatureCode', { code: 'S' }),
    assigned(report.biologist, config, 'assignedEntity'),
  );
}

/** Validating biologist, template of the IHE laboratory report. */
function authenticator(report: Report, config: SglConfig): string {
  return el(
    'authenticator',
    {},
    el('templateId', { root: '1.3.6.1.4.1.19376.1.3.3.1.5' }),
    el('time', { value: cdaTime(report.validatedAt) }),
    el('signatureCode', { code: 'S' }),
    assigned(report.biologist, config, 'assignedEntity'),
  );
}

function prescriber(report: Report): string {
  const person = report.prescriber;
  if (person === undefined) return '';
  return el(
    'participant',
    { typeCode: 'REF' },
    el('templateId', { root: '1.3.6.1.4.1.19376.1.3.3.1.6' }),
    // The date of the prescription is not recorded apart: the request reaches the laboratory with the patient.
    el('time', { 'xsi:type': 'IVL_TS' }, el('high', { value: cdaTime(report.sampledAt) })),
    el(
      'associatedEntity',
      { classCode: 'PROV' },
      personId(person),
      personCode(person),
      el('addr', { nullFlavor: 'UNK' }),
      person.mailbox === undefined
        ? el('telecom', { nullFlavor: 'UNK' })
        : el('telecom', { value: `mailto:${person.mailbox}`, use: 'WP' }),
      el('associatedPerson', {}, personName(person)),
    ),
  );
}

/** Main act with the first chapter and the executing laboratory; the other chapters follow, one secondary act each. */
function documentationOf(report: Report, config: SglConfig): readonly string[] {
  const [first, ...others] = byChapter(report.results).map((group) => group.chapter);
  const chapterCode = (chapter: Coded | undefined) =>
    codedEl('code', chapter ?? natureOf(report).type, { codeSystemName: 'LOINC' });
  const main = el(
    'serviceEvent',
    {},
    chapterCode(first),
    report.letter === undefined && el('lab:statusCode', { code: report.status === 'partiel' ? 'active' : 'completed' }),
    el(
      'effectiveTime',
      {},
      el('low', { value: cdaTime(report.receivedAt) }),
      el('high', { value: cdaTime(report.validatedAt) }),
    ),
    el(
      'performer',
      { typeCode: 'PRF' },
      el('templateId', { root: '1.3.6.1.4.1.19376.1.3.3.1.7' }),
      el('time', {}, el('high', { value: cdaTime(report.validatedAt) })),
      assigned(report.biologist, config, 'assignedEntity', codedEl('standardIndustryClassCode', PRACTICE_SETTING)),
    ),
  );
  return [main, ...others.map((chapter) => el('serviceEvent', {}, chapterCode(chapter)))].map((event) =>
    el('documentationOf', {}, event),
  );
}

function componentOf(report: Report, config: SglConfig): string {
  return el(
    'componentOf',
    {},
    el(
      'encompassingEncounter',
      {},
      el('code', { code: 'AMB', displayName: 'ambulatoire', codeSystem: '2.16.840.1.113883.5.4' }),
      el('effectiveTime', {}, el('low', { value: cdaTime(report.sampledAt) })),
      el('responsibleParty', {}, assigned(report.biologist, config, 'assignedEntity')),
      el(
        'location',
        {},
        el(
          'healthCareFacility',
          {},
          codedEl('code', sector(config.laboratory.sector)),
          el('location', {}, el('name', {}, escapeXml(config.laboratory.name)), laboratoryAddress(config)),
        ),
      ),
    ),
  );
}
