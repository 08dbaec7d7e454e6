import { describe, expect, it } from 'vitest';
import { ACTION, HEADER, message, request, SUBJECT, TLS, TRAITS, uuid, VITALE } from './call.fixture.ts';
import { checkInsiRequest, RULES, type InsiOptions, type InsiRequest } from './index.ts';

const change = (from: string | RegExp, to: string): string => {
  const changed = message().replace(from, to);
  if (changed === message()) throw new Error(`Nothing changed by ${from}`);
  return changed;
};
const place = (value: string): string => change('>2A020<', `>${value}<`);
const ASSERTION =
  '<s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion"><s:Subject><s:NameID>899700000001</s:NameID></s:Subject></s:Assertion></wsse:Security>';
const SECURED = change(/(<wsse:Security[^>]*)\/>/, `$1>${ASSERTION}`);
const vitale = (key: string): string =>
  message()
    .replace(ACTION, VITALE)
    .replace(
      TRAITS,
      `<RECVITALE xmlns="http://www.cnamts.fr/INSiRecVit"><MatriculeIndividu><NumIdentifiant>2790351215189</NumIdentifiant><Cle>${key}</Cle></MatriculeIndividu></RECVITALE>`,
    );
const VITALE_HEADER = HEADER.replace(ACTION, VITALE);

/** Each input breaks one rule and no other. */
const BREAKERS: readonly (readonly [rule: string, why: string, input: InsiRequest, options?: InsiOptions])[] = [
  ['INSI-SOAP-READABLE', 'not XML', request('<html><br></html>')],
  ['INSI-SOAP-READABLE', 'not SOAP', request('<html/>')],
  [
    'INSI-SOAP-VERSION',
    'SOAP 1.1',
    request(change('http://www.w3.org/2003/05/soap-envelope', 'http://schemas.xmlsoap.org/soap/envelope/')),
  ],
  ['INSI-CONTENT-TYPE', 'text/xml', request(message(), { contentType: 'text/xml; charset=utf-8' })],
  ['INSI-CONTENT-TYPE', 'absent', request(message(), { contentType: '' })],
  ['INSI-ACTION-PARAMETER', 'other operation', request(message(), { contentType: HEADER.replace(ACTION, VITALE) })],
  ['INSI-ACTION-PARAMETER', 'absent', request(message(), { contentType: 'application/soap+xml' })],
  [
    'INSI-WSA-ACTION',
    'unknown operation',
    request(change(ACTION, 'urn:x'), { contentType: HEADER.replace(ACTION, 'urn:x') }),
  ],
  [
    'INSI-BODY',
    'other body',
    request(
      change(
        TRAITS,
        '<RECSANSVITALE xmlns="urn:other"><NomNaissance>A</NomNaissance><Prenom>A</Prenom><Sexe>F</Sexe><DateNaissance>1997-02-26</DateNaissance></RECSANSVITALE>',
      ),
    ),
  ],
  ['INSI-BODY', 'empty body', request(change(TRAITS, ''))],
  ['INSI-MESSAGE-ID', 'absent', request(change(/<wsa:MessageID>.*<\/wsa:MessageID>/, ''))],
  ['INSI-MESSAGE-ID', 'no UUID', request(change(`uuid:${uuid(1)}`, 'uuid:1'))],
  ['INSI-MESSAGE-ID', 'bare UUID', request(change(`uuid:${uuid(1)}`, uuid(1)))],
  ['INSI-CONTEXTE-BAM', 'absent', request(change(/<b:ContexteBAM.*<\/b:ContexteBAM>/, ''))],
  ['INSI-CONTEXTE-BAM', 'version', request(change('Version="01_02"', ''))],
  ['INSI-CONTEXTE-BAM', 'no COUVERTURE', request(change('<b:COUVERTURE/>', ''))],
  ['INSI-CONTEXTE-LPS', 'absent', request(change(/<l:ContexteLPS.*<\/l:ContexteLPS>/, ''))],
  ['INSI-CONTEXTE-LPS', 'version', request(change('Version="01_00"', 'Version="01_02"'))],
  ['INSI-CONTEXTE-LPS', 'no LPS', request(change(/<l:LPS>.*<\/l:LPS>/, ''))],
  ['INSI-CONTEXT-ID-UNIQUE', 'no UUID', request(change(uuid(1001), '42'))],
  ['INSI-CONTEXT-TIME', 'local time', request(change('10:00:00Z', '11:00:00+01:00'))],
  ['INSI-CONTEXT-TIME', 'no zone', request(change('10:00:00Z', '10:00:00'))],
  ['INSI-CONTEXT-TIME', 'no date', request(change('2026-01-05T10:00:00Z', '05/01/2026'))],
  ['INSI-CONTEXT-TIME', 'impossible date', request(change('2026-01-05T10:00:00Z', '2026-13-05T10:00:00Z'))],
  ['INSI-CONTEXT-TIME', 'late', request(change('10:00:00Z', '09:54:00Z'))],
  ['INSI-CONTEXT-TIME', 'beyond the tolerance asked', request(message()), { toleranceSeconds: 1 }],
  ['INSI-IDAM', 'R', request(change('R="4"', 'R="1"'))],
  ['INSI-IDAM', 'empty', request(change('ABCDEFGHIJ', ''))],
  ['INSI-IDAM', 'not the declared one', request(message()), { declared: { idam: 'ZZZZZZZZZZ' } }],
  ['INSI-LPS-IDENTITY', 'no instance', request(change(/<l:Instance>.*<\/l:Instance>/, ''))],
  ['INSI-LPS-FORM', 'name', request(change('urn:lps:monsgl:1.0', 'monsgl'))],
  ['INSI-LPS-FORM', 'instance', request(change(uuid(9), 'poste-1'))],
  ['INSI-LPS-IDENTITY', 'empty name', request(change('urn:lps:monsgl:1.0', ''))],
  ['INSI-TRAITS-REQUIRED', 'no first name', request(change('<Prenom>DOMINIQUE</Prenom>', ''))],
  ['INSI-TRAITS-REQUIRED', 'empty sex', request(change('<Sexe>F</Sexe>', '<Sexe/>'))],
  ['INSI-TRAITS-CHARACTERS', 'accent', request(change('DOMINIQUE', 'ZOÉ'))],
  ['INSI-TRAITS-CHARACTERS', 'lower case', request(change('ADRTROIS', 'Adrtrois'))],
  ['INSI-TRAITS-CHARACTERS', 'trailing space', request(change('ADRTROIS', 'ADRTROIS '))],
  ['INSI-TRAITS-CHARACTERS', 'typographic apostrophe', request(change('ADRTROIS', 'D’ARTAGNAN'))],
  ['INSI-SEX', 'unknown', request(change('<Sexe>F</Sexe>', '<Sexe>I</Sexe>'))],
  ['INSI-BIRTH-DATE', 'compact', request(change('1997-02-26', '19970226'))],
  ['INSI-BIRTH-PLACE', 'name', request(place('AJACCIO'))],
  ['INSI-BIRTH-PLACE', 'empty', request(place(''))],
  ['INSI-BIRTH-PLACE-UNKNOWN', '99999', request(place('99999'))],
  ['INSI-VITALE-NUMBER', 'wrong key', request(vitale('88'), { contentType: VITALE_HEADER })],
  ['INSI-MODE', 'no assertion', request(message()), { authentication: 'cpx' }],
  ['INSI-AUTHENTICATION', 'nothing', request(message(), { tls: { ...TLS, subject: [], authorized: false } })],
  ['INSI-ORG-NO-SAML', 'both', request(SECURED)],
  [
    'INSI-ORG-CERTIFICATE',
    'other authority',
    request(message(), { tls: { ...TLS, issuer: ['C=FR', 'CN=AC IGC-SANTE ELEMENTAIRE PERSONNES'] } }),
  ],
  [
    'INSI-ORG-CERTIFICATE',
    'other CN',
    request(message(), { tls: { ...TLS, subject: [...SUBJECT.slice(0, 4), 'CN=MSS'] } }),
  ],
  [
    'INSI-ORG-CERTIFICATE',
    'a card, whose CN stands in one RDN with the names',
    request(message(), { tls: { ...TLS, subject: [...SUBJECT.slice(0, 4), 'GN=UN + SN=PROTEST + CN=899700000001'] } }),
  ],
  ['INSI-EMETTEUR', 'not the OU', request(change('<b:Emetteur>10B0152872', '<b:Emetteur>10B0000000'))],
];

const CONFORMING: readonly (readonly [how: string, input: InsiRequest, options?: InsiOptions])[] = [
  ['by traits', request(message())],
  [
    'in the mode that was asked for',
    request(message(), { tls: { ...TLS, issuer: ['CN=TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS'] } }),
    { authentication: 'organisation' },
  ],
  ['with the declared number', request(message()), { declared: { idam: 'ABCDEFGHIJ' } }],
  ['by Vitale card', request(vitale('89'), { contentType: VITALE_HEADER })],
  ['without place of birth', request(change('<LieuNaissance>2A020</LieuNaissance>', ''))],
  ['born abroad', request(place('99127'))],
  ['lunar date', request(change('1997-02-26', '1997-00-99'))],
  ['composed names', request(change('ADRTROIS', "D'ARTAGNAN--DE L'HERAULT"))],
  ['as a file alone', { body: Buffer.from(message()) }],
];

describe('checkInsiRequest', () => {
  for (const [how, input, options] of CONFORMING) {
    it(`has nothing to say about a conforming call ${how}`, () => {
      expect(checkInsiRequest(input, options)).toEqual([]);
    });
  }

  for (const [rule, why, input, options] of BREAKERS) {
    it(`${rule}: ${why}`, () => {
      const findings = checkInsiRequest(input, options);
      expect([...new Set(findings.map((finding) => finding.rule))]).toEqual([rule]);
      for (const finding of findings) {
        for (const text of [finding.where, finding.received, finding.expected, finding.remedy])
          expect(text).not.toBe('');
      }
    });
  }

  it('warns only where the service lets it pass', () => {
    const severities = [
      request(change(`uuid:${uuid(1)}`, uuid(1))),
      request(message(), { contentType: 'application/soap+xml' }),
    ]
      .flatMap((input) => checkInsiRequest(input))
      .map((finding) => finding.severity);
    expect(severities).toEqual(['warning', 'warning']);
  });
});

describe('RULES', () => {
  it('have ids of their own', () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
  });
});
