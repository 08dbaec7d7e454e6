import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { readSoap, type SoapEnvelope } from '#formats/soap/index.ts';
import { at, attribute, child, descendants, type XmlElement } from '#formats/xml/index.ts';
import { checkInsValue } from '../ins/index.ts';
import { openReport, type Report } from '../report/index.ts';
import { isOid } from './identifiers.ts';
import { utc } from './metadata.ts';
import { TD02_RULES, type Td02Rule } from './td02-rules.ts';
import { MESSAGE_ID } from './transport.ts';

const ACTION = 'urn:hl7-org:v3:PRPA_IN201307UV02';
const V3 = 'urn:hl7-org:v3';
const DMP_DEVICE = '1.2.250.1.213.4.1.1.1';
const REASON_SYSTEM = '1.2.250.1.213.1.1.4.11';

/**
 * Judges an existence test of a DMP (TD0.2, PRPA_IN201307UV02). Source: protocols.md §2.3.
 *
 * @param source an exchange of the journal, or the HTTP body alone
 * @param options the patient of the scenario, when it must be that one
 */
export function checkExistenceTest(
  source: Uint8Array | HttpExchange,
  options: { readonly patient?: { readonly ins: string; readonly oid: string } } = {},
): readonly Finding[] {
  const report = openReport(TD02_RULES);
  const reading = readSoap('protocol' in source ? source.request.body : source);
  if (!reading.ok || reading.envelope.version !== '1.2') {
    report.add('TD02-READABLE', {
      where: 'corps HTTP',
      received: reading.ok ? 'SOAP 1.1' : reading.fault.message,
      expected: 'une enveloppe SOAP 1.2 bien formée',
      remedy: 'Corrigez la construction du message.',
    });
    if (!reading.ok) return report.findings;
  }
  const message = checkTransport(report, reading.envelope);
  if (message === undefined) return report.findings;
  checkWrapper(report, message);
  checkDevices(report, message);
  const act = child(message, 'controlActProcess', V3);
  checkReason(report, message, act);
  checkQuery(report, message, act, options.patient);
  return report.findings;
}

function checkTransport(report: Report<Td02Rule>, envelope: SoapEnvelope): XmlElement | undefined {
  const { payload, addressing } = envelope;
  const right = payload?.name.local === 'PRPA_IN201307UV02' && payload.name.namespace === V3;
  if (addressing.action !== ACTION || !right) {
    report.add('TD02-ACTION', {
      where: addressing.action === ACTION ? envelope.body.path : '/Envelope/Header[1]/Action[1]',
      received: `${addressing.action ?? 'absent'}, ${payload?.name.local ?? 'Body vide'}`,
      expected: `${ACTION}, PRPA_IN201307UV02`,
      remedy: 'Mettez wsa:Action et l’élément du Body en accord avec TD0.2.',
    });
  }
  if (!MESSAGE_ID.test(addressing.messageId ?? '')) {
    report.add('TD02-MESSAGE-ID', {
      where: '/Envelope/Header[1]/MessageID[1]',
      received: addressing.messageId ?? 'absent',
      expected: 'urn:uuid: suivi d’un UUID',
      remedy: 'Tirez un UUID par message et préfixez-le par « urn:uuid: ».',
    });
  }
  return right ? payload : undefined;
}

function value(e: XmlElement | undefined, ...path: string[]): string {
  const name = path.pop() ?? '';
  const found = e && at(e, ...path);
  return (found && attribute(found, name, '')) ?? '';
}

function checkWrapper(report: Report<Td02Rule>, message: XmlElement): void {
  const rows: readonly (readonly [string, string, RegExp, string])[] = [
    ['@ITSVersion', value(message, 'ITSVersion'), /^XML_1\.0$/, 'XML_1.0'],
    ['id/@root', value(message, 'id', 'root'), /^[0-2](?:\.\d+)+$/, 'un OID'],
    ['id/@extension', value(message, 'id', 'extension'), /./, 'un identifiant de message'],
    [
      'interactionId/@root',
      value(message, 'interactionId', 'root'),
      /^2\.16\.840\.1\.113883\.1\.6$/,
      '2.16.840.1.113883.1.6',
    ],
    ['processingCode/@code', value(message, 'processingCode', 'code'), /^[DTP]$/, 'D, T ou P'],
    ['processingModeCode/@code', value(message, 'processingModeCode', 'code'), /^T$/, 'T'],
    ['acceptAckCode/@code', value(message, 'acceptAckCode', 'code'), /^AL$/, 'AL'],
  ];
  for (const [name, received, form, expected] of rows) {
    if (form.test(received)) continue;
    report.add('TD02-WRAPPER', {
      where: `${message.path}/${name}`,
      received: received || 'absent',
      expected,
      remedy: `Renseignez ${name} comme le prévoit TD0.2.`,
    });
  }
  const time = value(message, 'creationTime', 'value');
  if (Number.isNaN(utc(time))) {
    report.add('TD02-CREATION-TIME', {
      where: `${message.path}/creationTime/@value`,
      received: time || 'absent',
      expected: 'AAAAMMJJhhmmss, en UTC',
      remedy: 'Écrivez l’instant UTC sur 14 chiffres, sans décalage.',
    });
  }
}

function checkDevices(report: Report<Td02Rule>, message: XmlElement): void {
  const receiver = value(message, 'receiver', 'device', 'id', 'root');
  const sender = value(message, 'sender', 'device', 'id', 'root');
  if (receiver !== DMP_DEVICE) {
    report.add('TD02-DEVICES', {
      where: `${message.path}/receiver/device/id/@root`,
      received: receiver || 'absent',
      expected: DMP_DEVICE,
      remedy: 'Adressez le message à l’OID du DMP.',
    });
  }
  if (!isOid(sender)) {
    report.add('TD02-DEVICES', {
      where: `${message.path}/sender/device/id/@root`,
      received: sender || 'absent',
      expected: 'l’OID de votre logiciel',
      remedy: 'Renseignez l’OID de l’installation de votre logiciel.',
    });
  }
}

function checkReason(report: Report<Td02Rule>, message: XmlElement, act: XmlElement | undefined): void {
  const code = value(act, 'reasonCode', 'code');
  const system = value(act, 'reasonCode', 'codeSystem');
  if (['TEST_EXST', 'CNSLT_DATA'].includes(code) && system === REASON_SYSTEM) return;
  report.add('TD02-REASON', {
    where: `${act?.path ?? message.path}/reasonCode`,
    received: code === '' ? 'absent' : `${code} (${system})`,
    expected: `TEST_EXST (${REASON_SYSTEM})`,
    remedy: 'Indiquez le motif TEST_EXST pour un test d’existence.',
  });
}

function checkQuery(
  report: Report<Td02Rule>,
  message: XmlElement,
  act: XmlElement | undefined,
  patient: { readonly ins: string; readonly oid: string } | undefined,
): void {
  const query = act && child(act, 'queryByParameter', V3);
  const where = query?.path ?? act?.path ?? message.path;
  const id = value(query, 'queryId', 'root');
  const status = value(query, 'statusCode', 'code');
  if (id === '' || status !== 'new') {
    report.add('TD02-QUERY', {
      where,
      received: `queryId ${id || 'absent'}, statusCode ${status || 'absent'}`,
      expected: 'queryId renseigné, statusCode new',
      remedy: 'Identifiez la requête et donnez-lui le statut new.',
    });
  }
  const identifiers = query ? descendants(query, 'patientIdentifier', V3) : [];
  const [identifier] = identifiers;
  const root = value(identifier, 'value', 'root');
  const extension = value(identifier, 'value', 'extension');
  const place = identifier?.path ?? `${where}/parameterList/patientIdentifier`;
  if (identifier === undefined || identifiers.length > 1) {
    report.add('TD02-PATIENT', {
      where: place,
      received: `${identifiers.length} patientIdentifier`,
      expected: 'un patientIdentifier',
      remedy: 'Désignez un patient, par son INS.',
    });
    return;
  }
  for (const finding of checkInsValue({ ins: extension, oid: root, where: `${place}/value` })) {
    report.add('TD02-PATIENT', finding);
  }
  const semantics = child(identifier, 'semanticsText', V3)?.text.trim() ?? '';
  if (semantics !== 'Patient.id') {
    report.add('TD02-PATIENT', {
      where: `${place}/semanticsText`,
      received: semantics || 'absent',
      expected: 'Patient.id',
      remedy: 'Ajoutez semanticsText Patient.id.',
    });
  }
  if (patient !== undefined && (patient.ins !== extension || patient.oid !== root)) {
    report.add('TD02-PATIENT', {
      where: `${place}/value`,
      received: `${extension} (OID ${root})`,
      expected: `${patient.ins} (OID ${patient.oid})`,
      remedy: 'Testez l’existence du DMP du patient affiché, avec l’INS reçu d’INSi.',
    });
  }
}
