import { ParseOption, XmlDocument, type XmlElement } from 'libxml2-wasm';
import { unpackRoot } from './mtom.ts';
import { SOAP_NS } from './soap.ts';

export const NS = {
  s: SOAP_NS,
  rs: 'urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0',
  h: 'urn:hl7-org:v3',
  rim: 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0',
  query: 'urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0',
  xdsb: 'urn:ihe:iti:xds-b:2007',
  hab: 'urn:si-dmp-habilitations',
};

/** What the service said, whatever the transaction. `transient` when the same call may succeed later. */
export type Verdict =
  | {
      readonly outcome: 'accepted';
      readonly detail: string;
      /** What the service warned of: it did what was asked (`PartialSuccess`). */
      readonly warning?: string;
    }
  | {
      readonly outcome: 'refused';
      readonly detail: string;
      readonly transient: boolean;
      /** Error codes that the service gave. */
      readonly codes: readonly string[];
    };

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Registry errors that say "later", not "no" (IHE ITI TF-3, table 4.2.4.1-2). */
const TRANSIENT_ERRORS = new Set(['XDSRegistryNotAvailable', 'XDSRegistryBusy', 'XDSRepositoryBusy']);
const TRANSIENT_STATUSES = new Set([408, 429, 502, 503, 504]);

/** Answer to ITI-41: `RegistryResponse`, a SOAP fault, or something else. */
export function readSubmissionAnswer(answer: HttpAnswer, faults?: ReadonlySet<string>): Verdict {
  return readEnvelope(answer, (body) => {
    const response = body.get('rs:RegistryResponse', NS) as XmlElement | null;
    if (response === null) return unreadable(answer, 'ni RegistryResponse ni erreur SOAP');
    return registryVerdict(response, 'Document enregistré par le DMP.', 'Le DMP a refusé le document.', faults);
  });
}

/**
 * What a registry said: its status, and its errors with their code and label. `PartialSuccess` is done, with a warning:
 * what is in the record must be known here, to be replaced or deleted.
 *
 * @param faults `dmp-succes-partiel-refuse` reads it as a refusal, `dmp-libelle-tu` keeps the labels of a failure
 */
export function registryVerdict(
  response: XmlElement,
  accepted: string,
  refused: string,
  faults: ReadonlySet<string> = new Set(),
): Verdict {
  const errors = response.find('.//rs:RegistryErrorList/rs:RegistryError', NS) as XmlElement[];
  const status = attr(response, 'status');
  if (status.endsWith(':Success')) return { outcome: 'accepted', detail: accepted };
  const codes = errors.map((error) => attr(error, 'errorCode'));
  const mute = status.endsWith(':Failure') && faults.has('dmp-libelle-tu');
  const lines = errors.map((error) =>
    mute ? attr(error, 'errorCode') : `${attr(error, 'errorCode')} : ${attr(error, 'codeContext')}`,
  );
  if (status.endsWith(':PartialSuccess') && !faults.has('dmp-succes-partiel-refuse')) {
    const warning = `Avertissement du DMP. ${lines.join(' ; ') || 'Aucun détail.'}`;
    return { outcome: 'accepted', detail: `${accepted} ${warning}`, warning };
  }
  return {
    outcome: 'refused',
    detail: `${refused} ${lines.join(' ; ') || 'Aucune erreur détaillée.'}`,
    transient: codes.length > 0 && codes.every((code) => TRANSIENT_ERRORS.has(code)),
    codes,
  };
}

export type Existence = 'active' | 'closed' | 'absent';

/** What TD0.2 says besides its verdict. */
export interface ExistenceReading {
  readonly existence?: Existence;
  /** Code of AUTORISATION. */
  readonly authorisation?: string;
  /** Identity held by the DMP. */
  readonly identity?: {
    readonly birthName: string;
    readonly firstName: string;
    readonly sex: string;
    readonly birthDate: string;
  };
}

/** Answer to TD0.2: acknowledgement, query code and status of the record. */
export function readExistenceAnswer(answer: HttpAnswer): Verdict & ExistenceReading {
  return readEnvelope<Verdict & ExistenceReading>(answer, (body) => {
    const message = body.get('h:PRPA_IN201308UV02', NS) as XmlElement | null;
    if (message === null) return unreadable(answer, 'ni PRPA_IN201308UV02 ni erreur SOAP');
    const code = attr(message.get('h:acknowledgement', NS), 'typeCode');
    if (code !== 'AA') {
      const found = message.find('h:acknowledgement/h:acknowledgementDetail', NS) as XmlElement[];
      const lines = found.map((one) => `${attr(one.get('h:code', NS), 'code')} : ${text(one.get('h:text', NS))}`);
      return {
        outcome: 'refused',
        detail: `Le DMP n'a pas pu tester l'existence (${code || 'sans code'}). ${lines.join(' ; ')}`.trim(),
        transient: false,
        codes: found.map((one) => attr(one.get('h:code', NS), 'code')),
      };
    }
    const query = attr(message.get('h:controlActProcess/h:queryAck/h:queryResponseCode', NS), 'code');
    if (query === 'NF') return { outcome: 'accepted', existence: 'absent', detail: "Ce patient n'a pas de DMP (NF)." };
    const status = attr(message.get('h:controlActProcess//h:patient/h:statusCode', NS), 'code');
    if (query === 'OK' && status === 'active') {
      return {
        outcome: 'accepted',
        existence: 'active',
        detail: 'Le DMP du patient existe et est ouvert.',
        ...told(message),
      };
    }
    if (query === 'OK' && status === 'terminated') {
      return { outcome: 'accepted', existence: 'closed', detail: 'Le DMP du patient est fermé.', ...told(message) };
    }
    return unreadable(answer, `réponse ${query || 'sans code'}, statut ${status || 'absent'}`);
  });
}

function told(message: XmlElement): ExistenceReading {
  const lines = message.find('h:attentionLine', NS) as XmlElement[];
  const line = lines.find((one) => {
    const word = one.get('h:keyWordText', NS) as XmlElement | null;
    return attr(word, 'code') === 'AUTORISATION' || text(word) === 'AUTORISATION';
  });
  const authorisation = line === undefined ? '' : attr(line.get('h:value', NS), 'code');
  const person = message.get('h:controlActProcess//h:patientPerson', NS) as XmlElement | null;
  const content = (path: string): string => {
    const found = person?.get(path, NS);
    return found ? text(found) : '';
  };
  return {
    ...(authorisation !== '' && { authorisation }),
    ...(person !== null && {
      identity: {
        birthName: content('h:name/h:family[@qualifier="BR"]'),
        firstName: content('h:name/h:given'),
        sex: attr(person.get('h:administrativeGenderCode', NS), 'code'),
        birthDate: attr(person.get('h:birthTime', NS), 'value').slice(0, 8),
      },
    }),
  };
}

/** Finds the body whatever the packaging and the prefixes; faults and HTTP errors are answered here. */
export function readEnvelope<Reading>(
  answer: HttpAnswer,
  read: (body: XmlElement) => Reading | Verdict,
): Reading | Verdict {
  const root = unpackRoot(answer.contentType, answer.body);
  const document = root && parse(root);
  if (document === undefined) return unreadable(answer, "la réponse n'est pas un message SOAP");
  try {
    const body = document.get('/s:Envelope/s:Body', NS) as XmlElement | null;
    if (body === null) return unreadable(answer, "la réponse n'est pas un message SOAP 1.2");
    const fault = body.get('s:Fault', NS) as XmlElement | null;
    return fault === null ? read(body) : soapFault(fault, answer);
  } finally {
    document.dispose();
  }
}

function soapFault(fault: XmlElement, answer: HttpAnswer): Verdict {
  const local = (path: string) => text(fault.get(path, NS)).replace(/^.*:/, '');
  const codes = [local('s:Code/s:Value'), local('s:Code/s:Subcode/s:Value')].filter((code) => code !== '');
  const reason = text(fault.get('s:Reason/s:Text', NS)) || 'sans motif';
  return {
    outcome: 'refused',
    detail: `Erreur du service DMP (${codes.join(', ')}) : ${reason}`,
    transient: TRANSIENT_STATUSES.has(answer.status),
    codes,
  };
}

export function unreadable(answer: HttpAnswer, what: string): Extract<Verdict, { outcome: 'refused' }> {
  const transient = TRANSIENT_STATUSES.has(answer.status);
  const detail = transient
    ? `Le service DMP est indisponible (HTTP ${answer.status}).`
    : `Réponse inattendue du DMP (HTTP ${answer.status}) : ${what}.`;
  return { outcome: 'refused', detail, transient, codes: [] };
}

/** Undefined when it is not XML. A document type is refused: no SOAP message has one, attacks do. */
function parse(bytes: Uint8Array): XmlDocument | undefined {
  try {
    const document = XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_NONET });
    if (document.dtd === null) return document;
    document.dispose();
    return undefined;
  } catch {
    return undefined;
  }
}

export function attr(element: { get?: unknown } | null, name: string): string {
  return (element as XmlElement | null)?.attr(name)?.value ?? '';
}

export function text(node: { content: string } | null): string {
  return (node?.content ?? '').replace(/\s+/g, ' ').trim();
}
