import { escapeXml } from '#formats/xml/index.ts';
import type { TestPatient } from '../population/types.ts';
import type { ExistenceRequest } from './td02-message.ts';
import type { DmpStatus } from './types.ts';
import { HL7V3, OIDS } from './vocabulary.ts';

/** Why an existence test is refused: `acknowledgement@typeCode="AE"`. */
export interface ExistenceRefusal {
  readonly code: string;
  readonly text: string;
}

export interface ExistenceAnswer {
  readonly request: ExistenceRequest;
  readonly status: DmpStatus;
  /** Absent when no record is to be shown. */
  readonly patient?: TestPatient;
  readonly refusal?: ExistenceRefusal;
  readonly now: Date;
  readonly uuid: () => string;
}

const AUTHORISATION = '1.2.250.1.213.4.1.2.6';

/**
 * Writes `PRPA_IN201308UV02`: existing record (`active`, or `terminated` when closed), none (`NF`), or refusal (`AE`).
 * Source: protocols.md §2.3.
 */
export function writeExistenceAnswer(answer: ExistenceAnswer): string {
  const { request, now, uuid, refusal } = answer;
  const typeCode = refusal ? 'AE' : 'AA';
  const detail = refusal
    ? `<acknowledgementDetail typeCode="E"><code code="${escapeXml(refusal.code)}"/><text>${escapeXml(refusal.text)}</text></acknowledgementDetail>`
    : '';
  return (
    `<PRPA_IN201308UV02 xmlns="${HL7V3}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ITSVersion="XML_1.0">` +
    `<id root="${OIDS.device}" extension="${uuid()}"/><creationTime value="${timestamp(now)}"/>` +
    `<interactionId root="2.16.840.1.113883.1.6" extension="PRPA_IN201308UV02"/><processingCode code="P"/>` +
    `<processingModeCode code="T"/><acceptAckCode code="NE"/>` +
    device('receiver', 'RCV', request.sender.root, request.sender.software) +
    device('sender', 'SND', OIDS.device, 'DMP') +
    (refusal ? '' : attentionLines()) +
    `<acknowledgement typeCode="${typeCode}"><targetMessage>${id(request.id)}</targetMessage>${detail}</acknowledgement>` +
    controlAct(answer) +
    `</PRPA_IN201308UV02>`
  );
}

function controlAct({ request, status, patient, refusal }: ExistenceAnswer): string {
  const shown = !refusal && patient && status !== 'inexistant';
  const responseCode = refusal ? 'AE' : shown ? 'OK' : 'NF';
  return (
    `<controlActProcess classCode="CACT" moodCode="EVN">` +
    `<reasonCode code="${escapeXml(request.reason)}" codeSystem="1.2.250.1.213.1.1.4.11"/>` +
    (shown ? subject(patient, request, status) : '') +
    `<queryAck>${id(request.queryId, 'queryId')}<queryResponseCode code="${responseCode}"/></queryAck></controlActProcess>`
  );
}

function subject(patient: TestPatient, request: ExistenceRequest, status: DmpStatus): string {
  const given = escapeXml(patient.firstNames[0] ?? '');
  const closed = status === 'ferme';
  return (
    `<subject typeCode="SUBJ"><registrationEvent classCode="REG" moodCode="EVN"><statusCode code="completed"/>` +
    `<subject1 typeCode="SBJ"><patient classCode="PAT">${id({ root: request.oid, extension: request.ins })}` +
    `<statusCode code="${closed ? 'terminated' : 'active'}"/>` +
    `<patientPerson classCode="PSN" determinerCode="INSTANCE"><name>` +
    `<given>${given}</given><family qualifier="SP">NON RENSEIGNE</family>` +
    `<family qualifier="BR">${escapeXml(patient.birthName)}</family></name>` +
    `<administrativeGenderCode code="${patient.sex}" codeSystem="2.16.840.1.113883.5.1"/>` +
    `<birthTime value="${patient.birthDate.replaceAll('-', '')}"/></patientPerson>` +
    observation('COMPTE_INTERNET_OUVERT', '1.2.250.1.213.4.1.2.9', false) +
    observation('RATTACHEMENT_ENS', '1.2.250.1.213.4.1.2.3', !closed) +
    observation('OPPOSITION_ACCES_URGENCE', '1.2.250.1.213.4.1.2.3', false) +
    `</patient></subject1><custodian typeCode="CST"><assignedEntity classCode="ASSIGNED"><id root="${OIDS.device}"/>` +
    `</assignedEntity></custodian></registrationEvent></subject>`
  );
}

function observation(code: string, system: string, value: boolean): string {
  return (
    `<subjectOf typeCode="SBJ"><administrativeObservation classCode="OBS" moodCode="EVN">` +
    `<code code="${code}" codeSystem="${system}"/><value xsi:type="BL" value="${value}"/>` +
    `</administrativeObservation></subjectOf>`
  );
}

/** The caller is authorised and is not the treating doctor: other values of AUTORISATION are not public. */
function attentionLines(): string {
  return (
    `<attentionLine><keyWordText code="AUTORISATION" codeSystem="${AUTHORISATION}.1">AUTORISATION</keyWordText>` +
    `<value xsi:type="CV" code="VALIDE" codeSystem="${AUTHORISATION}.2"/></attentionLine>` +
    `<attentionLine><keyWordText code="STATUT_MT" codeSystem="${AUTHORISATION}.3">STATUT_MT</keyWordText>` +
    `<value xsi:type="BL" value="false"/></attentionLine>`
  );
}

function device(role: string, typeCode: string, root: string, software: string): string {
  return (
    `<${role} typeCode="${typeCode}"><device classCode="DEV" determinerCode="INSTANCE"><id root="${escapeXml(root)}"/>` +
    `<softwareName>${escapeXml(software)}</softwareName></device></${role}>`
  );
}

function id(value: { readonly root: string; readonly extension: string }, name = 'id'): string {
  return `<${name} root="${escapeXml(value.root)}" extension="${escapeXml(value.extension)}"/>`;
}

/** `yyyyMMddHHmmss`, UTC. */
function timestamp(date: Date): string {
  return date.toISOString().replace(/[-:T]/g, '').slice(0, 14);
}
