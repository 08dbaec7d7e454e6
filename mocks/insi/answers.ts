import { SOAP_12, WSA } from '#formats/soap/index.ts';
import { escapeXml } from '#formats/xml/index.ts';
import type { IdentityAnswer } from './identity.ts';
import { type InsiOperation, RESULT_LABELS, RESULTAT, type ResultCode } from './vocabulary.ts';

/**
 * How an answer binds its namespaces. Real answers were seen with two prefixes for one namespace and declarations that
 * nothing uses; varying them catches products that read XML with regular expressions (protocols.md §1.4).
 */
interface Dress {
  /** Prefix of Envelope and Header; empty for a default namespace. */
  readonly envelope: string;
  readonly body: string;
  /** Prefix of RESULTAT and its children; empty for a default namespace. */
  readonly result: string;
  /** Whether wsa:Action and wsa:RelatesTo are sent. */
  readonly header: boolean;
  readonly unused: string;
}

const RECORDED: Dress = {
  envelope: 'soap',
  body: 'env',
  result: '',
  header: false,
  unused: ' xmlns:ns2="http://www.cnamts.fr/INSiRecVit" xmlns:ns3="http://www.cnamts.fr/INSiRecSans"',
};
const PUBLISHED: Dress = { envelope: 'soap', body: 'soap', result: '', header: true, unused: '' };
const DRESSES: readonly Dress[] = [
  RECORDED,
  { envelope: 'S', body: 'S', result: 'ns4', header: true, unused: ' xmlns:ns2="urn:siram:bam:ctxbam"' },
  { envelope: '', body: '', result: 'ins', header: true, unused: '' },
  PUBLISHED,
];

export interface Answer {
  readonly operation: InsiOperation;
  readonly code: ResultCode;
  /** Only with code 00. */
  readonly identity?: IdentityAnswer;
  /** wsa:MessageID of the request. */
  readonly messageId: string | undefined;
}

/**
 * Writes a business answer as a SOAP 1.2 envelope.
 * @param turn rank of the answer; it chooses the prefixes
 * @param publishedShapeOnly always the prefixes of the published example
 * Source: protocols.md §1.4 and annex A.1.
 */
export function writeAnswer(answer: Answer, turn: number, publishedShapeOnly: boolean): string {
  const dress = publishedShapeOnly ? PUBLISHED : (DRESSES[turn % DRESSES.length] ?? RECORDED);
  const e = tag(dress.envelope);
  const b = tag(dress.body);
  const envelopeDeclaration = declare(dress.envelope, SOAP_12);
  const bodyDeclaration = dress.body === dress.envelope ? '' : declare(dress.body, SOAP_12);
  return (
    `<?xml version="1.0" encoding="UTF-8"?><${e}Envelope${envelopeDeclaration}>` +
    (dress.header ? `<${e}Header>${addressing(answer)}</${e}Header>` : '') +
    `<${b}Body${bodyDeclaration}>${result(answer, dress)}</${b}Body></${e}Envelope>`
  );
}

function addressing({ operation, messageId }: Answer): string {
  const relatesTo =
    messageId === undefined ? '' : `<wsa:RelatesTo xmlns:wsa="${WSA}">${escapeXml(messageId)}</wsa:RelatesTo>`;
  return `<wsa:Action xmlns:wsa="${WSA}">${operation.action}Response</wsa:Action>${relatesTo}`;
}

function result({ code, identity }: Answer, dress: Dress): string {
  const r = tag(dress.result);
  const element = (name: string, value: string | undefined): string =>
    value === undefined ? '' : `<${r}${name}>${escapeXml(value)}</${r}${name}>`;
  const number = (name: string, item: IdentityAnswer['active']): string =>
    `<${r}${name}><${r}IdIndividu>${element('NumIdentifiant', item.number)}${element('Cle', item.key)}</${r}IdIndividu>` +
    `${element('OID', item.oid)}${element('DateDeb', item.from)}${element('DateFin', item.to)}</${r}${name}>`;
  const individual = identity
    ? `<${r}INDIVIDU>${number('INSACTIF', identity.active)}` +
      identity.history.map((item) => number('INSHISTO', item)).join('') +
      `<${r}TIQ>${element('NomNaissance', identity.traits.birthName)}${element('Prenom', identity.traits.firstName)}` +
      `${element('ListePrenom', identity.traits.firstNames)}${element('Sexe', identity.traits.sex)}` +
      `${element('DateNaissance', identity.traits.birthDate)}${element('LieuNaissance', identity.traits.birthPlace)}` +
      `</${r}TIQ></${r}INDIVIDU>`
    : '';
  return (
    `<${r}RESULTAT${declare(dress.result, RESULTAT)}${dress.unused}><${r}CR>${element('CodeCR', code)}` +
    `${element('LibelleCR', RESULT_LABELS[code])}</${r}CR>${individual}</${r}RESULTAT>`
  );
}

function tag(prefix: string): string {
  return prefix === '' ? '' : `${prefix}:`;
}

function declare(prefix: string, namespace: string): string {
  return prefix === '' ? ` xmlns="${namespace}"` : ` xmlns:${prefix}="${namespace}"`;
}
