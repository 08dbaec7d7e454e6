import type { IdentityAnswer } from '../identity.ts';
import type { InsiOperation, InsiVocabulary } from '../operations.ts';
import { RESULT_LABELS, type ResultCode } from '../vocabulary.ts';
import type { Dress } from './dresses.ts';
import { namespacesOf, type Part } from './parts.ts';
import { writeXml } from './write.ts';

export interface SearchAnswer {
  readonly operation: InsiOperation;
  readonly code: ResultCode;
  /** Only with code 00. */
  readonly identity?: IdentityAnswer;
  /** wsa:MessageID of the request. */
  readonly messageId: string | undefined;
}

export interface VerificationAnswer {
  readonly operation: InsiOperation;
  /** One in a unit verification. */
  readonly results: readonly { readonly reference: string; readonly verdict: 'OK' | 'KO' }[];
  readonly messageId: string | undefined;
}

/**
 * Writes the answer to a search as a SOAP 1.2 envelope.
 * Source: protocols.md §1.4 and annex A.1.
 */
export function writeSearchAnswer(answer: SearchAnswer, dress: Dress): string {
  const { code, identity } = answer;
  const result: Part = {
    space: 'result',
    name: 'RESULTAT',
    content: [
      part('CR', [part('CodeCR', code), part('LibelleCR', RESULT_LABELS[code])]),
      ...(identity ? [individual(identity)] : []),
    ],
  };
  return writeXml(envelope(answer, [result], dress), dress, namespacesOf());
}

/**
 * Writes the answer to a verification; its names are those of the vocabulary in use.
 */
export function writeVerificationAnswer(
  answer: VerificationAnswer,
  { verification }: InsiVocabulary,
  dress: Dress,
): string {
  const { operation, results } = answer;
  const report = (verdict: 'OK' | 'KO'): Part =>
    part('CR', [
      part('CodeCR', verdict === 'OK' ? verification.okCode : verification.koCode),
      part('LibelleCR', verdict === 'OK' ? verification.okLabel : verification.koLabel),
    ]);
  const content = results.map(({ reference, verdict }): Part =>
    operation.kind === 'unit'
      ? report(verdict)
      : { ...part(verification.entry, [report(verdict)]), attributes: { [verification.reference]: reference } },
  );
  const result: Part = { space: 'result', name: verification.resultElement, content };
  return writeXml(envelope(answer, [result], dress), dress, namespacesOf(verification.resultNamespace));
}

function envelope(
  { operation, messageId }: { readonly operation: InsiOperation; readonly messageId: string | undefined },
  body: readonly Part[],
  dress: Dress,
): Part {
  const addressing: readonly Part[] = [
    { space: 'wsa', name: 'Action', content: `${operation.action}Response` },
    ...(messageId === undefined ? [] : [{ space: 'wsa', name: 'RelatesTo', content: messageId } as const]),
  ];
  return soapEnvelope(dress.header === 'absent' ? undefined : dress.header === 'empty' ? [] : addressing, body);
}

/** An envelope. @param header undefined for none */
export function soapEnvelope(header: readonly Part[] | undefined, body: readonly Part[]): Part {
  return {
    space: 'soap',
    name: 'Envelope',
    content: [
      ...(header === undefined ? [] : [{ space: 'soap', name: 'Header', content: header } as const]),
      { space: 'body', name: 'Body', content: body },
    ],
  };
}

function individual({ active, history, traits }: IdentityAnswer): Part {
  const number = (name: string, item: IdentityAnswer['active']): Part =>
    part(name, [
      part('IdIndividu', [part('NumIdentifiant', item.number), part('Cle', item.key)]),
      part('OID', item.oid),
      ...optional('DateDeb', item.from),
      ...optional('DateFin', item.to),
    ]);
  return part('INDIVIDU', [
    number('INSACTIF', active),
    ...history.map((item) => number('INSHISTO', item)),
    part('TIQ', [
      ...optional('NomNaissance', traits.birthName),
      ...optional('Prenom', traits.firstName),
      ...optional('ListePrenom', traits.firstNames),
      ...optional('Sexe', traits.sex),
      ...optional('DateNaissance', traits.birthDate),
      ...optional('LieuNaissance', traits.birthPlace),
    ]),
  ]);
}

function optional(name: string, value: string | undefined): readonly Part[] {
  return value === undefined ? [] : [part(name, value)];
}

function part(name: string, content: string | readonly Part[]): Part {
  return { space: 'result', name, content };
}
