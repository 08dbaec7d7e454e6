import { beforeAll, describe, expect, it } from 'vitest';
import { makeCredential, type TestCredential } from '#formats/xmldsig/credential.fixture.ts';
import { signAssertion } from '../vihf/message.fixture.ts';
import { ACTION, HEADER, message, request, TLS, TRAITS, VITALE } from './call.fixture.ts';
import { checkInsiRequest, type InsiOptions, type InsiRequest } from './index.ts';

const PERSON = '899700000001';
const ISSUER = `CN=${PERSON},O=CPS,C=FR`;
const NUMBER = '279035121518989';

interface Parts {
  readonly nameId?: string;
  readonly issueInstant?: string;
  readonly conditions?: string;
  readonly id?: string;
  readonly change?: (assertion: string) => string;
  readonly hash?: 'sha1' | 'sha256';
}

let card: TestCredential;
beforeAll(async () => {
  card = await makeCredential(ISSUER, 'signature');
});

/** An assertion signed by the card of the professional. */
function assertion(parts: Parts = {}): string {
  const { nameId = PERSON, issueInstant = '2026-01-05T09:55:00Z', conditions = '', id = '_a1' } = parts;
  const plain = `<s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" IssueInstant="${issueInstant}" Version="2.0"><s:Issuer Format="urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName">${ISSUER}</s:Issuer><s:Subject><s:NameID>${nameId}</s:NameID></s:Subject>${conditions}<s:AuthnStatement AuthnInstant="2026-01-05T09:55:00Z"/></s:Assertion>`;
  return signAssertion(parts.change === undefined ? plain : parts.change(plain), {
    credential: card,
    hash: parts.hash ?? 'sha256',
  });
}

const secured = (assertions: string, body = message()): string =>
  body
    .replace(/(<wsse:Security[^>]*)\/>/, `$1>${assertions}</wsse:Security>`)
    .replaceAll('>10B0152872<', `>${PERSON}<`);
const SERVER_ONLY = { tls: { ...TLS, subject: [] } };
const call = (assertions: string, change: Partial<InsiRequest> = {}): InsiRequest =>
  request(secured(assertions), { ...SERVER_ONLY, ...change });
const vitale = (assertions: string): InsiRequest =>
  request(
    secured(
      assertions,
      message()
        .replace(ACTION, VITALE)
        .replace(
          TRAITS,
          `<RECVITALE xmlns="http://www.cnamts.fr/INSiRecVit"><MatriculeOD><NumIdentifiant>${NUMBER.slice(0, 13)}</NumIdentifiant><Cle>${NUMBER.slice(13)}</Cle></MatriculeOD></RECVITALE>`,
        ),
    ),
    { ...SERVER_ONLY, contentType: HEADER.replace(ACTION, VITALE) },
  );
const ofCard = (nameId = NUMBER.slice(0, 13)): string => assertion({ nameId, id: '_c1' });
const conditions = (before: string, after: string): string =>
  `<s:Conditions NotBefore="${before}" NotOnOrAfter="${after}"/>`;
const rules = (input: InsiRequest, options?: InsiOptions): string[] => [
  ...new Set(checkInsiRequest(input, options).map(({ rule }) => rule)),
];

describe('a call by CPx card', () => {
  it('has nothing to say about a conforming one', () => {
    expect(checkInsiRequest(call(assertion()), { authentication: 'cpx' })).toEqual([]);
    expect(rules(call(assertion({ conditions: conditions('2026-01-05T09:55:00Z', '2026-01-05T10:10:00Z') })))).toEqual(
      [],
    );
    expect(rules(vitale(assertion() + ofCard()))).toEqual([]);
    expect(rules(vitale(ofCard(NUMBER) + assertion()))).toEqual([]);
  });

  it.each([
    [
      'INSI-ASSERTION-SIGNATURE',
      () => call(assertion().replace(`>${PERSON}<`, '>899700000009<')),
      ['INSI-ASSERTION-SIGNATURE', 'INSI-ASSERTION-HOLDER', 'INSI-EMETTEUR'],
    ],
    [
      'INSI-ASSERTION-SIGNATURE',
      () => call(assertion().replace(/<ds:Signature .*<\/ds:Signature>/, '')),
      ['INSI-ASSERTION-SIGNATURE'],
    ],
    ['INSI-ASSERTION-ALGORITHM', () => call(assertion({ hash: 'sha1' })), ['INSI-ASSERTION-ALGORITHM']],
    [
      'INSI-ASSERTION-FORM',
      () => call(assertion({ change: (xml) => xml.replace(/<s:AuthnStatement[^>]*\/>/, '') })),
      ['INSI-ASSERTION-FORM'],
    ],
    [
      'INSI-ASSERTION-FORM',
      () => call(assertion({ change: (xml) => xml.replace('Version="2.0"', 'Version="1.1"') })),
      ['INSI-ASSERTION-FORM'],
    ],
    [
      'INSI-ASSERTION-FORM',
      () => call(assertion({ change: (xml) => xml.replace(/ Format="[^"]*"/, '') })),
      ['INSI-ASSERTION-FORM'],
    ],
    ['INSI-ASSERTION-FORM', () => call(assertion() + assertion({ id: '_a2' })), ['INSI-ASSERTION-FORM']],
    [
      'INSI-ASSERTION-ISSUER',
      () => call(assertion({ change: (xml) => xml.replace('O=CPS', 'O=AUTRE') })),
      ['INSI-ASSERTION-ISSUER'],
    ],
    [
      'INSI-ASSERTION-HOLDER',
      () => call(assertion({ nameId: '899700000002' })),
      ['INSI-ASSERTION-HOLDER', 'INSI-EMETTEUR'],
    ],
    ['INSI-ASSERTION-AGE', () => call(assertion({ issueInstant: '2026-01-05T09:40:02Z' })), ['INSI-ASSERTION-AGE']],
    ['INSI-ASSERTION-AGE', () => call(assertion({ issueInstant: '2026-01-05T10:06:00Z' })), ['INSI-ASSERTION-AGE']],
    [
      'INSI-ASSERTION-AGE',
      () => call(assertion({ conditions: conditions('2026-01-05T09:55:00Z', '2026-01-05T10:00:02Z') })),
      ['INSI-ASSERTION-AGE'],
    ],
    [
      'INSI-ASSERTION-AGE',
      () => call(assertion({ conditions: conditions('2026-01-05T10:06:00Z', '2026-01-05T10:10:00Z') })),
      ['INSI-ASSERTION-AGE'],
    ],
    ['INSI-ASSERTION-CARD', () => vitale(assertion()), ['INSI-ASSERTION-CARD']],
    ['INSI-ASSERTION-CARD', () => vitale(assertion() + ofCard('1090763220834')), ['INSI-ASSERTION-CARD']],
    ['INSI-ASSERTION-CARD', () => call(assertion() + ofCard()), ['INSI-ASSERTION-CARD']],
    [
      'INSI-EMETTEUR',
      () => request(secured(assertion()).replace(`<b:Emetteur>${PERSON}`, '<b:Emetteur>10B0152872'), SERVER_ONLY),
      ['INSI-EMETTEUR'],
    ],
  ] as const)('%s (%#)', (rule, input, expected) => {
    const found = rules(input());
    expect(found).toContain(rule);
    expect(found).toEqual(expected);
  });

  it('INSI-MODE: the card was used where the organisation was asked for', () => {
    expect(rules(call(assertion()), { authentication: 'organisation' })).toEqual(['INSI-MODE']);
  });

  it('refuses a forged assertion that carries the signature of another one', () => {
    const signed = assertion();
    const signature = /<ds:Signature .*<\/ds:Signature>/.exec(signed)?.[0] ?? '';
    const forged = signed
      .replace(signature, '')
      .replace('ID="_a1"', 'ID="_f1"')
      .replace('</s:Issuer>', `</s:Issuer>${signature}`);
    const body = secured(forged).replace('</soap:Envelope>', `<x>${signed}</x></soap:Envelope>`);
    expect(rules(request(body, SERVER_ONLY))).toEqual(['INSI-ASSERTION-SIGNATURE']);
  });
});
