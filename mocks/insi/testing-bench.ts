import { type AssertionParts, assertionText, signAssertion, subjectOf } from '#formats/saml/assertion.fixture.ts';
import { X509_SUBJECT_NAME } from '#formats/saml/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { at, attribute, descendants, type XmlElement } from '#formats/xml/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import type { TestPatient } from '../population/types.ts';
import { createTestContext } from '../testing.ts';
import type { ServiceContext } from '../types.ts';
import { type InsiOptions, startInsi } from './index.ts';
import { type SearchMessage, searchMessage, send, SOAP_12_MEDIA, type TestAnswer } from './testing.ts';
import { SIRAM } from './vocabulary.ts';

/** An assertion to write: parts that differ from a good one, who signs it, how. */
export interface TestAssertion extends Partial<AssertionParts> {
  /** Client credential; `CPS-1-SIGN` when absent. */
  readonly signer?: string;
  readonly sha?: 'sha1' | 'sha256';
}

export type Call = Partial<SearchMessage> & {
  readonly criteria: string;
  /** Client credential; `null` for none. */
  readonly client?: string | null;
  readonly contentType?: string;
};

/** INSi of a test, on a real socket, with the calls of a product. */
export async function openInsi(overrides: Partial<ServiceContext> = {}, options: InsiOptions = {}) {
  const context = await createTestContext(overrides);
  const insi = await startInsi(context, options);
  const credential = (name: string) => {
    const found = context.pki.clients[name];
    if (found === undefined) throw new Error(`no credential ${name}`);
    return found;
  };
  return {
    context,
    insi,
    async close() {
      await insi.close();
      await context.close();
    },
    /** One call, with the certificate INSI-AUTO unless said otherwise. */
    call({ client = 'INSI-AUTO', contentType, ...parts }: Call): Promise<TestAnswer> {
      return send(insi.addresses.url, context.pki, {
        ...(client !== null && { client }),
        contentType: contentType ?? SOAP_12_MEDIA,
        body: searchMessage(parts),
      });
    },
    /** A signed assertion: of the first professional, issued now, unless said otherwise. */
    assertion({ signer: name = 'CPS-1-SIGN', sha, ...parts }: TestAssertion = {}): string {
      const signer = credential(name);
      const now = context.now().getTime();
      const instant = (seconds: number): string => new Date(now + seconds * 1000).toISOString();
      return signAssertion(
        assertionText({
          id: `_${context.uuid()}`,
          version: '2.0',
          issueInstant: instant(0),
          issuer: subjectOf(signer),
          issuerFormat: X509_SUBJECT_NAME,
          nameId: context.population.professionals[0]?.nationalId ?? '',
          notBefore: instant(-60),
          notOnOrAfter: instant(600),
          authnInstant: instant(0),
          ...parts,
        }),
        signer,
        sha,
      );
    },
    last(): HttpExchange {
      return context.journal.list({ service: 'insi' }).at(-1) as HttpExchange;
    },
  };
}

/** The payload of an answer. */
export function payloadOf(body: Uint8Array): XmlElement {
  const reading = readSoap(body);
  if (!reading.ok) throw new Error(reading.fault.message);
  if (!reading.envelope.payload) throw new Error('empty body');
  return reading.envelope.payload;
}

/** `CR/CodeCR` of an answer; the code of the fault when it is one. */
export function codeOf({ body }: TestAnswer): string {
  const payload = payloadOf(body);
  const error = descendants(payload, 'Erreur', SIRAM)[0];
  return (error ? attribute(error, 'code') : at(payload, 'CR', 'CodeCR')?.text) ?? '';
}

/** Number of the person answered, 15 characters; undefined when there is none. */
export function insOf({ body }: TestAnswer): string | undefined {
  const active = at(payloadOf(body), 'INDIVIDU', 'INSACTIF', 'IdIndividu');
  return active && `${at(active, 'NumIdentifiant')?.text ?? ''}${at(active, 'Cle')?.text ?? ''}`;
}

/** Content of RECVITALE for a card; parts may be replaced or left out (`undefined`). */
export function cardCriteria(
  card: TestPatient['card'],
  changed: { readonly [Key in keyof TestPatient['card']]?: string | number | undefined } = {},
): string {
  const read = { ...card, ...changed };
  const number = (name: string, value: string | number | undefined): string =>
    value === undefined
      ? ''
      : `<${name}><NumIdentifiant>${String(value).slice(0, 13)}</NumIdentifiant><Cle>${String(value).slice(13)}</Cle></${name}>`;
  const element = (name: string, value: string | number | undefined): string =>
    value === undefined ? '' : `<${name}>${value}</${name}>`;
  return (
    number('MatriculeIndividu', read.bearer) +
    number('MatriculeOD', read.holder) +
    element('NomNaissance', read.birthName) +
    element('DateNaissance', read.birthDate) +
    element('RangNaissance', read.birthRank)
  );
}
