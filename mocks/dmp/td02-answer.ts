import { createHash } from 'node:crypto';
import { escapeXml } from '#formats/xml/index.ts';
import type { TestPatient } from '../population/types.ts';
import type { ExistenceRequest } from './td02-message.ts';
import authorisations from './authorisations.json' with { type: 'json' };
import { device, idElement, patientPerson, timestamp } from './hl7-answer.ts';
import type { AuthorisationState, DmpStatus } from './types.ts';
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
  /** What the caller may read of the record. */
  readonly authorisation: AuthorisationState;
  readonly treatingDoctor: boolean;
  readonly urgencyOpposed: boolean;
  readonly closedSince?: Date;
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
    (refusal ? '' : attentionLines(answer)) +
    `<acknowledgement typeCode="${typeCode}"><targetMessage>${idElement(request.id)}</targetMessage>${detail}</acknowledgement>` +
    controlAct(answer) +
    `</PRPA_IN201308UV02>`
  );
}

function controlAct(answer: ExistenceAnswer): string {
  const { request, status, patient, refusal } = answer;
  const shown = !refusal && patient && status !== 'inexistant';
  const responseCode = refusal ? 'AE' : shown ? 'OK' : 'NF';
  return (
    `<controlActProcess classCode="CACT" moodCode="EVN">` +
    `<reasonCode code="${escapeXml(request.reason)}" codeSystem="1.2.250.1.213.1.1.4.11"/>` +
    (shown ? subject(patient, answer) : '') +
    `<queryAck>${idElement(request.queryId, 'queryId')}<queryResponseCode code="${responseCode}"/></queryAck></controlActProcess>`
  );
}

function subject(patient: TestPatient, { request, status, closedSince, urgencyOpposed }: ExistenceAnswer): string {
  const closed = status === 'ferme';
  return (
    `<subject typeCode="SUBJ"><registrationEvent classCode="REG" moodCode="EVN"><statusCode code="completed"/>` +
    `<subject1 typeCode="SBJ"><patient classCode="PAT">` +
    // The computed identifier comes first, as in the real answer: who reads the first id does not read the INS.
    idElement({ root: OIDS.computedIns, extension: computedIns(request.ins) }) +
    idElement({ root: request.oid, extension: request.ins }) +
    `<statusCode code="${closed ? 'terminated' : 'active'}"/>` +
    (closed && closedSince ? `<effectiveTime><high value="${timestamp(closedSince)}"/></effectiveTime>` : '') +
    patientPerson(patient, request.reason === 'CNSLT_DATA' ? 'administrative' : 'reached') +
    observation('COMPTE_INTERNET_OUVERT', '1.2.250.1.213.4.1.2.9', false) +
    observation('RATTACHEMENT_ENS', '1.2.250.1.213.4.1.2.3', !closed) +
    observation('OPPOSITION_ACCES_URGENCE', '1.2.250.1.213.4.1.2.3', urgencyOpposed) +
    (closed ? closing() : '') +
    `</patient></subject1><custodian typeCode="CST"><assignedEntity classCode="ASSIGNED"><id root="${OIDS.device}"/>` +
    `</assignedEntity></custodian></registrationEvent></subject>`
  );
}

/**
 * A number of 22 digits in the form of the old INS-C, the last two its key, always the same for one INS. How the real one is computed is no
 * matter here: nobody may use it. Source: protocols.md §0.1.
 */
function computedIns(ins: string): string {
  const digest = createHash('sha256').update(ins).digest('hex');
  const number = (BigInt(`0x${digest}`) % 10n ** 20n).toString().padStart(20, '0');
  return `${number}${String(97n - (BigInt(number) % 97n)).padStart(2, '0')}`;
}

/** Why the record is closed; where the real answer writes it is not public (protocols.md §2.3). */
function closing(): string {
  return (
    `<subjectOf typeCode="SBJ"><administrativeObservation classCode="OBS" moodCode="EVN">` +
    `<code code="FERMETURE_DEMANDE_PATIENT" codeSystem="1.2.250.1.213.4.1.2.4"/>` +
    `</administrativeObservation></subjectOf>`
  );
}

function observation(code: string, system: string, value: boolean): string {
  return (
    `<subjectOf typeCode="SBJ"><administrativeObservation classCode="OBS" moodCode="EVN">` +
    `<code code="${code}" codeSystem="${system}"/><value xsi:type="BL" value="${value}"/>` +
    `</administrativeObservation></subjectOf>`
  );
}

/** Which code of AUTORISATION stands for which state is data: only VALIDE was seen. */
function attentionLines({ authorisation, treatingDoctor }: ExistenceAnswer): string {
  const { code } = authorisations.codes[authorisation];
  return (
    `<attentionLine><keyWordText code="AUTORISATION" codeSystem="${AUTHORISATION}.1">AUTORISATION</keyWordText>` +
    `<value xsi:type="CV" code="${code}" codeSystem="${AUTHORISATION}.2"/></attentionLine>` +
    `<attentionLine><keyWordText code="STATUT_MT" codeSystem="${AUTHORISATION}.3">STATUT_MT</keyWordText>` +
    `<value xsi:type="BL" value="${treatingDoctor}"/></attentionLine>`
  );
}
