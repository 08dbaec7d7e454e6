import { shareableIns } from '../identity/index.ts';
import type { BuiltDocument, Confidentiality, Patient, Professional } from '../model/index.ts';
import { components, escapeText, writeMessage, writeSegment } from './message.ts';
import { timestamp, writeHeader, writePid, type Envelope, type WriteFaults } from './write.ts';

/** How reports leave for the hospital. */
export type DocumentRoute = 'hl7-oru' | 'hl7-oul' | 'hl7-mdm';

/** A first version, one that takes the place of another, or the end of it. */
export type DocumentAct = 'nouveau' | 'remplacement' | 'suppression';

/** One document for the hospital, and what it must do with it. */
export interface DocumentToSend {
  route: DocumentRoute;
  act: DocumentAct;
  patient: Patient;
  document: BuiltDocument;
  /** LOINC code of its type, and its title. */
  type: { code: string; label: string };
  requestId: string;
  sampledAt: Date;
  confidentiality: Confidentiality;
  toDmp: boolean;
  /** MSSanté addresses. */
  professionals: readonly string[];
  /** MSSanté address of the patient, when the hospital must write to him. */
  patientAddress?: string;
  replyTo: string;
  author: Professional;
  structure: { id: string; name: string };
}

const CONTROL = { nouveau: 'NW', remplacement: 'RO', suppression: 'CA' } as const;
const EVENT = { nouveau: 'T02', remplacement: 'T10', suppression: 'T04' } as const;
const TYPE = { 'hl7-oru': 'ORU^R01^ORU_R01', 'hl7-oul': 'OUL^R22^OUL_R22' } as const;
const PROFILE = '2.1^CISIS_CDA_HL7_V2';
const PS_ID_NAT = '1.2.250.1.71.4.2.1';

/** `ORU^R01` */
export function typeOfRoute({ route, act }: Pick<DocumentToSend, 'route' | 'act'>): string {
  return route === 'hl7-mdm' ? `MDM^${EVENT[act]}` : TYPE[route].split('^').slice(0, 2).join('^');
}

/**
 * A message that carries one CDA, in base64, with who may see it, where the hospital must send it, and who sends it.
 * Source: protocols.md §7.1 to §7.3 (CISIS_CDA_HL7_V2 2.1).
 */
export function writeDocument(order: DocumentToSend, envelope: Envelope, faults: WriteFaults): string {
  const { route, act, document, type, requestId } = order;
  const mdm = route === 'hl7-mdm';
  const coded = components(type.code, type.label, 'LN');
  const orc = writeSegment('ORC', { 1: CONTROL[act], 3: escapeText(requestId) });
  const obr = writeSegment('OBR', {
    1: '1',
    3: escapeText(requestId),
    4: coded,
    7: timestamp(order.sampledAt),
    22: timestamp(envelope.at),
    25: 'F',
  });
  return writeMessage([
    writeHeader(mdm ? `MDM^${EVENT[act]}^MDM_T02` : TYPE[route], envelope, {
      12: faults.wrongVersion ? '2.3' : mdm ? '2.6' : '2.5',
      21: PROFILE,
    }),
    ...(mdm ? [writeSegment('EVN', { 2: timestamp(envelope.at) })] : []),
    writePid(order.patient, envelope, faults),
    writeSegment('PV1', { 1: '1', 2: 'N' }),
    ...(route === 'hl7-oul' ? [obr, orc] : [orc, obr]),
    ...(mdm ? [writeTxa(order, coded, envelope)] : []),
    writeSegment('OBX', {
      1: '1',
      2: 'ED',
      3: coded,
      5: `^TEXT^XML^Base64^${Buffer.from(document.bytes).toString('base64')}`,
      11: 'F',
    }),
    ...metas(order).map(([code, label, on], index) =>
      writeSegment('OBX', {
        1: String(index + 2),
        2: mdm ? 'CWE' : 'CE',
        3: components(code, label, 'MetaDMPMSS'),
        5: components(on ? 'Y' : 'N', '', 'expandedYes-NoIndicator'),
        11: 'F',
      }),
    ),
    ...participations(order),
  ]);
}

function writeTxa({ document, author }: DocumentToSend, coded: string, { at }: Envelope): string {
  return writeSegment('TXA', {
    1: '1',
    2: coded,
    4: timestamp(at),
    12: escapeText(document.id),
    13: escapeText(document.replaces ?? ''),
    17: 'LA',
    22: person(author),
  });
}

/** Everything is said, what does not apply as well: a platform guesses nothing. */
function metas(order: DocumentToSend): readonly (readonly [string, string, boolean])[] {
  const { confidentiality: hidden, professionals, patientAddress } = order;
  return [
    ['MASQUE_PS', 'Masqué aux professionnels de santé', hidden.hiddenFromProfessionals === true],
    ['INVISIBLE_PATIENT', 'Document non visible par le patient', hidden.hiddenFromPatient === true],
    [
      'INVISIBLE_REP_LEGAUX',
      'Non visible par les représentants légaux du patient',
      hidden.hiddenFromLegalRepresentatives === true,
    ],
    ['CONNEXION_SECRETE', 'Connexion secrète', hidden.secretConnection === true],
    ['MODIF_CONF_CODE', 'Modification de la confidentialité', false],
    ['DESTDMP', 'Destinataire DMP', order.toDmp],
    ['DESTMSSANTEPS', 'Destinataires professionnels MSSanté', professionals.length > 0],
    ['DESTMSSANTEPAT', 'Destinataire patient MSSanté', patientAddress !== undefined],
    ['ACK_RECEPTION', "Demande d'accusé de réception", true],
    ['ACK_LECTURE_MSS', "Demande d'accusé de lecture", false],
  ];
}

function participations({ author, structure, professionals, patientAddress, replyTo }: DocumentToSend): string[] {
  const addresses = [...professionals, ...(patientAddress === undefined ? [] : [patientAddress])];
  return [
    writeSegment('PRT', {
      2: 'UC',
      4: role('SB'),
      5: person(author),
      8: components(structure.name, '', '', '', '', '', 'FINEG', '', '', structure.id),
    }),
    ...addresses.map((address) => writeSegment('PRT', { 2: 'UC', 4: role('RCT'), 15: mailbox(address) })),
    ...(addresses.length === 0 ? [] : [writeSegment('PRT', { 2: 'UC', 4: role('REPLY'), 15: mailbox(replyTo) })]),
  ];
}

function role(code: string): string {
  return components(code, '', 'participation');
}

function mailbox(address: string): string {
  return components('', '', 'X.400', address);
}

function person({ nationalId, lastName, firstName }: Professional): string {
  const who = components(nationalId, lastName, firstName);
  return `${who}^^^^^^&${PS_ID_NAT}&ISO^D^^^IDNPS`;
}

/** Where the hospital may write to the patient: the mailbox of a qualified identity, and no other. */
export function patientAddressOf(patient: Patient, domain: string): string | undefined {
  const ins = shareableIns(patient);
  return ins && `${ins.matricule}@${domain}`;
}
