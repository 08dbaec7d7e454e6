import type { RawHeader } from '#formats/exchange/index.ts';
import type { UnexpectedRequest } from './types.ts';

/** What a near miss compares. Empty texts for what is absent. */
export interface RequestTraits {
  readonly method: string;
  readonly path: string;
  /** Without its port. */
  readonly host: string;
  readonly mediaType: string;
  /** wsa:Action of the message, else `action` of the content type, else SOAPAction. */
  readonly action: string;
  readonly body: string;
  /** Where the action stands; absent when there is none. */
  readonly actionFrom?: 'message' | 'content-type' | 'SOAPAction';
  /** Version of the SOAP envelope; absent when none was found. */
  readonly soap?: '1.1' | '1.2';
}

/** Where the envelope and its header are: a large body is a document, its end says nothing. */
const SEARCHED = 64 * 1024;
const TEXT = 300;

/**
 * Reads a request that may be anything: no parser, since what it was given may be no XML at all; bounded patterns on the
 * beginning of the body.
 */
export function readTraits({ method, pathname, headers, body }: UnexpectedRequest): RequestTraits {
  const type = header(headers, 'content-type');
  const text = new TextDecoder('utf-8').decode(body.subarray(0, SEARCHED));
  const [action, actionFrom] = actionOf(text, type, header(headers, 'soapaction'));
  const soap = soapVersion(text);
  return {
    method,
    path: pathname.slice(0, TEXT),
    host: header(headers, 'host').replace(/:\d+$/, ''),
    mediaType: (type.split(';')[0] ?? '').trim().toLowerCase().slice(0, TEXT),
    action: action.slice(0, TEXT),
    ...(actionFrom === undefined ? {} : { actionFrom }),
    ...(soap === undefined ? {} : { soap }),
    body:
      /<(?:[\w.-]{1,40}:)?Body(?:\s[^<>]{0,2000})?>\s{0,200}<(?:[\w.-]{1,40}:)?([\w.-]{1,100})/.exec(text)?.[1] ?? '',
  };
}

function actionOf(text: string, type: string, soapAction: string): readonly [string, RequestTraits['actionFrom']] {
  const inMessage = messageAction(text);
  if (inMessage !== '') return [inMessage, 'message'];
  const inType = quoted(type, 'action');
  if (inType !== '') return [inType, 'content-type'];
  const inHeader = soapAction.replaceAll('"', '').trim();
  return inHeader === '' ? ['', undefined] : [inHeader, 'SOAPAction'];
}

/** By the namespace of the envelope (SOAP 1.1 §3, SOAP 1.2 part 1 §5.1). */
function soapVersion(text: string): RequestTraits['soap'] {
  const envelope = /<(?:[\w.-]{1,40}:)?Envelope\s[^<>]{0,4000}>/.exec(text)?.[0] ?? '';
  if (envelope.includes('http://schemas.xmlsoap.org/soap/envelope/')) return '1.1';
  return envelope.includes('http://www.w3.org/2003/05/soap-envelope') ? '1.2' : undefined;
}

function messageAction(text: string): string {
  return /<(?:[\w.-]{1,40}:)?Action(?:\s[^<>]{0,500})?>([^<]{1,300})</.exec(text)?.[1]?.trim() ?? '';
}

/** Parameter of a content type, with or without quotes. */
function quoted(type: string, name: string): string {
  return new RegExp(`;\\s*${name}\\s*=\\s*"?([^";]{1,${TEXT}})`, 'i').exec(type)?.[1]?.trim() ?? '';
}

function header(headers: readonly RawHeader[], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
}
