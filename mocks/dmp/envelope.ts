import { type SoapEnvelope, WSA, writeSoap, writeSoapFault } from '#formats/soap/index.ts';
import { escapeXml } from '#formats/xml/index.ts';
import { RS, RESPONSE_STATUS, ERROR_SEVERITY } from './vocabulary.ts';
import type { DmpFault, RegistryProblem } from './types.ts';

const ANONYMOUS = 'http://www.w3.org/2005/08/addressing/anonymous';
const PREFIXES = ['soap', 'S', 'env', 'soapenv'];

export interface AnswerParts {
  /** Response action, see `ACTIONS`. */
  readonly action: string;
  /** wsa:MessageID of the request. */
  readonly relatesTo: string | undefined;
  /** UUID of the answer, without `urn:uuid:`. */
  readonly messageId: string;
  /** Raw XML. */
  readonly body: string;
  /** Rank of the answer: chooses the prefix of the envelope. */
  readonly turn: number;
}

/** Envelope of an answer, with its four addressing blocks. Source: protocols.md §2.1. */
export function writeDmpAnswer({ action, relatesTo, messageId, body, turn }: AnswerParts): string {
  const related = relatesTo === undefined ? '' : `<wsa:RelatesTo>${escapeXml(relatesTo)}</wsa:RelatesTo>`;
  const header =
    `<wsa:Action xmlns:wsa="${WSA}">${escapeXml(action)}</wsa:Action>` +
    `<wsa:MessageID xmlns:wsa="${WSA}">urn:uuid:${messageId}</wsa:MessageID>` +
    `<wsa:To xmlns:wsa="${WSA}">${ANONYMOUS}</wsa:To>` +
    related.replace('<wsa:RelatesTo>', `<wsa:RelatesTo xmlns:wsa="${WSA}">`);
  return writeSoap({ header, body, prefix: PREFIXES[turn % PREFIXES.length] ?? 'soap' });
}

/** Envelope of a fault. Source: protocols.md §2.9. */
export function writeDmpFault(fault: DmpFault, relatesTo: string | undefined): string {
  return writeSoapFault({
    code: fault.side,
    ...(fault.subcode === undefined
      ? {}
      : {
          subcode: fault.subcodeNamespaces
            ? { value: fault.subcode, namespaces: fault.subcodeNamespaces }
            : { value: `soap:${fault.subcode}` },
        }),
    reason: fault.text,
    lang: 'fr',
    ...(fault.detail === undefined ? {} : { detail: fault.detail }),
    ...(relatesTo === undefined
      ? {}
      : { header: `<wsa:RelatesTo xmlns:wsa="${WSA}">${escapeXml(relatesTo)}</wsa:RelatesTo>` }),
  });
}

/** Fault of WS-Addressing for an action that the path does not serve. */
export function actionNotSupported(envelope: SoapEnvelope): DmpFault {
  const action = escapeXml(envelope.addressing.action ?? '');
  return {
    side: 'Sender',
    subcode: 'wsa:ActionNotSupported',
    subcodeNamespaces: { wsa: WSA },
    text: `L'action « ${envelope.addressing.action ?? ''} » n'est pas servie à cette adresse.`,
    detail: `<wsa:ProblemAction xmlns:wsa="${WSA}"><wsa:Action>${action}</wsa:Action></wsa:ProblemAction>`,
  };
}

/**
 * `rs:RegistryResponse`, one RegistryError for each problem.
 * @param status short name: `Success`, `PartialSuccess`, `Failure`
 */
export function writeRegistryResponse(
  status: 'Success' | 'PartialSuccess' | 'Failure',
  problems: readonly RegistryProblem[] = [],
): string {
  return `<rs:RegistryResponse xmlns:rs="${RS}" status="${RESPONSE_STATUS}${status}">${writeErrorList(status, problems)}</rs:RegistryResponse>`;
}

/** A hostile message may hold any number of faults and values of any length: the answer stays readable. */
const MAX_ERRORS = 500;
const MAX_CONTEXT = 500;

/** `rs:RegistryErrorList` (prefix declared here), empty string when there is no problem. */
export function writeErrorList(status: string, problems: readonly RegistryProblem[]): string {
  if (problems.length === 0) return '';
  const severity = `${ERROR_SEVERITY}${status === 'Failure' ? 'Error' : 'Warning'}`;
  const errors = problems
    .slice(0, MAX_ERRORS)
    .map(
      ({ code, context, location }) =>
        `<rs:RegistryError errorCode="${escapeXml(code)}" codeContext="${escapeXml(context.slice(0, MAX_CONTEXT))}" location="${escapeXml(location.slice(0, MAX_CONTEXT))}" severity="${severity}"/>`,
    )
    .join('');
  return `<rs:RegistryErrorList xmlns:rs="${RS}" highestSeverity="${severity}">${errors}</rs:RegistryErrorList>`;
}
