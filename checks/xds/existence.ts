import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { parseCx } from '#formats/ebrim/index.ts';
import { readSoap, type SoapEnvelope } from '#formats/soap/index.ts';
import { child, descendants, type XmlElement } from '#formats/xml/index.ts';
import { checkInsValue } from '../ins/index.ts';
import { isBenchLimit, limitBreach, openReport, type Report } from '../report/index.ts';
import { vihfOf } from '../vihf/index.ts';
import { creationTimeBreaches, deviceBreaches, queryBreaches, valueAt, wrapperBreaches } from './hl7-message.ts';
import { LIMIT_RULES } from './limit-rules.ts';
import { TD02_RULES, type Td02Rule } from './td02-rules.ts';
import { MESSAGE_ID } from './transport.ts';

const ACTION = 'urn:hl7-org:v3:PRPA_IN201307UV02';
const V3 = 'urn:hl7-org:v3';
const REASON_SYSTEM = '1.2.250.1.213.1.1.4.11';

export interface ExistenceOptions {
  readonly patient?: { readonly ins: string; readonly oid: string };
  /** What the message is for: the same one reads administrative data (TD1.3a). Absent, either is right. */
  readonly reason?: 'TEST_EXST' | 'CNSLT_DATA';
}

/**
 * Judges an existence test of a DMP (TD0.2, PRPA_IN201307UV02). Source: protocols.md §2.3.
 *
 * @param source an exchange of the journal, or the HTTP body alone
 * @param options the patient of the scenario, when it must be that one
 */
export function checkExistenceTest(
  source: Uint8Array | HttpExchange,
  options: ExistenceOptions = {},
): readonly Finding[] {
  const report = openReport([...TD02_RULES, ...LIMIT_RULES]);
  const bytes = 'protocol' in source ? source.request.body : source;
  const reading = readSoap(bytes);
  if (!reading.ok && isBenchLimit(reading.fault)) {
    report.add('DMP-LIMIT', limitBreach('corps HTTP', 'le message', reading.fault));
    return report.findings;
  }
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
  for (const breach of wrapperBreaches(message, 'TD0.2')) report.add('TD02-WRAPPER', breach);
  for (const breach of creationTimeBreaches(message)) report.add('TD02-CREATION-TIME', breach);
  for (const breach of deviceBreaches(message)) report.add('TD02-DEVICES', breach);
  const act = child(message, 'controlActProcess', V3);
  checkReason(report, message, act, options.reason);
  checkQuery(report, message, act, options.patient ?? namedBy(bytes));
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

function checkReason(
  report: Report<Td02Rule>,
  message: XmlElement,
  act: XmlElement | undefined,
  wanted: ExistenceOptions['reason'],
): void {
  const code = valueAt(act, 'reasonCode', 'code');
  const system = valueAt(act, 'reasonCode', 'codeSystem');
  const known = wanted === undefined ? ['TEST_EXST', 'CNSLT_DATA'] : [wanted];
  if (known.includes(code) && system === REASON_SYSTEM) return;
  report.add('TD02-REASON', {
    where: `${act?.path ?? message.path}/reasonCode`,
    received: code === '' ? 'absent' : `${code} (${system})`,
    expected: `${wanted ?? 'TEST_EXST'} (${REASON_SYSTEM})`,
    remedy: 'Indiquez le motif TEST_EXST pour un test d’existence, CNSLT_DATA pour lire les données administratives.',
  });
}

/** The patient of the VIHF, of whom the message must be. */
function namedBy(envelope: Uint8Array): ExistenceOptions['patient'] {
  const { id, authority } = parseCx(vihfOf(envelope)?.resourceId ?? '');
  return id === '' || authority.universalId === '' ? undefined : { ins: id, oid: authority.universalId };
}

function checkQuery(
  report: Report<Td02Rule>,
  message: XmlElement,
  act: XmlElement | undefined,
  patient: { readonly ins: string; readonly oid: string } | undefined,
): void {
  const query = act && child(act, 'queryByParameter', V3);
  const where = query?.path ?? act?.path ?? message.path;
  for (const breach of queryBreaches(where, query)) report.add('TD02-QUERY', breach);
  const identifiers = query ? descendants(query, 'patientIdentifier', V3) : [];
  const [identifier] = identifiers;
  const root = valueAt(identifier, 'value', 'root');
  const extension = valueAt(identifier, 'value', 'extension');
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
      remedy: 'Testez l’existence du DMP du patient affiché, celui du VIHF, avec l’INS reçu d’INSi.',
    });
  }
}
