import type { HttpExchange } from '#formats/exchange/index.ts';
import { EBXML, readRegistryObjects, type RegistryObjects } from '#formats/ebrim/index.ts';
import { readMtom } from '#formats/mime/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { attribute, child, descendants, type XmlElement } from '#formats/xml/index.ts';
import data from './series.json' with { type: 'json' };

const V3 = 'urn:hl7-org:v3';

/** What the DMP answered to one call. */
export interface DmpAnswer {
  /** `transient`: the cause may pass, the same call may be made again. */
  readonly outcome: 'done' | 'refused' | 'transient';
  /** Error codes of the registry, or what the transport said. */
  readonly codes: readonly string[];
  /** Only for TD0.2. */
  readonly record?: 'open' | 'closed' | 'absent';
  /** Only for TD0.2: code of AUTORISATION, `AE` when the test was refused. */
  readonly authorisation?: string;
  /** Only for TD0.4: the patients that the user may read, by matricule. */
  readonly listed?: readonly string[];
  /** Only for TD3.1. */
  readonly objects?: RegistryObjects;
}

/** Reads the answer of an exchange; no answer, or one that is no SOAP under HTTP 5xx, is a failure that may pass. */
export function readDmpAnswer(exchange: HttpExchange): DmpAnswer {
  const { response } = exchange;
  if (response === undefined) return { outcome: 'transient', codes: ['pas de réponse'] };
  const type = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const mtom = readMtom(type, response.body);
  const reading = readSoap(mtom.ok ? mtom.root.content : response.body);
  if (!reading.ok) {
    const passing = response.status >= 500 || response.status === 429 || response.status === 408;
    return {
      outcome: passing || response.status === 200 ? 'transient' : 'refused',
      codes: [`HTTP ${response.status}`],
    };
  }
  const { payload } = reading.envelope;
  if (payload === undefined || payload.name.local === 'Fault') return { outcome: 'refused', codes: ['Fault'] };
  if (payload.name.local === 'PRPA_IN201308UV02') return existenceAnswer(payload);
  const registry =
    payload.name.namespace === EBXML.rs || payload.name.local === 'AdhocQueryResponse'
      ? payload
      : child(payload, 'RegistryResponse', EBXML.rs);
  const status = (registry && attribute(registry, 'status', '')) ?? '';
  const codes = descendants(payload, 'RegistryError', EBXML.rs).map((e) => attribute(e, 'errorCode', '') ?? '');
  const list = child(payload, 'RegistryObjectList', EBXML.rim);
  const failed = status.endsWith(':Failure') || /^(?!.*Ok$)DMP/.test(statusOf(payload));
  const outcome = !failed ? 'done' : codes.some((code) => data.transient.includes(code)) ? 'transient' : 'refused';
  return {
    outcome,
    codes,
    ...(payload.name.local === 'patientListResponse' ? { listed: listedPatients(payload) } : {}),
    ...(list === undefined ? {} : { objects: readRegistryObjects(list) }),
  };
}

/** Status of a proprietary answer: `DMPOk` or the name of an error. */
function statusOf(payload: XmlElement): string {
  return descendants(payload, 'status', payload.name.namespace)[0]?.text.trim() ?? '';
}

/** `patientlistData/patientIdentifier/nationalId`: a record may be named by several numbers. */
function listedPatients(payload: XmlElement): readonly string[] {
  const { namespace } = payload.name;
  return descendants(payload, 'patientIdentifier', namespace).flatMap((one) => {
    const id = child(one, 'nationalId', namespace)?.text.trim() ?? '';
    return id === '' ? [] : [id];
  });
}

function existenceAnswer(message: XmlElement): DmpAnswer {
  const first = (name: string): XmlElement | undefined => descendants(message, name, V3)[0];
  const code = (e: XmlElement | undefined, name: string): string => (e && attribute(e, name, '')) ?? '';
  if (code(first('acknowledgement'), 'typeCode') === 'AE') {
    const detail = first('acknowledgementDetail');
    const refusal = code(detail && child(detail, 'code', V3), 'code');
    return { outcome: 'refused', codes: [refusal], authorisation: 'AE' };
  }
  const patient = first('patient');
  const status = code(patient && child(patient, 'statusCode', V3), 'code');
  const line = descendants(message, 'attentionLine', V3).find(
    (e) => code(child(e, 'keyWordText', V3), 'code') === 'AUTORISATION',
  );
  const authorisation = code(line && child(line, 'value', V3), 'code');
  const found = code(first('queryResponseCode'), 'code') === 'OK';
  return {
    outcome: 'done',
    codes: [],
    record: !found ? 'absent' : status === 'terminated' ? 'closed' : 'open',
    ...(authorisation === '' ? {} : { authorisation }),
  };
}
