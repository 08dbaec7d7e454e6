import { beforeAll, describe, expect, it } from 'vitest';
import { verdictOf } from '#dsr/verdict/index.ts';
import type { HttpExchange, TlsPeer } from '#formats/exchange/index.ts';
import { makeCredential, type TestCredential } from '#formats/xmldsig/credential.fixture.ts';
import { checkVihf, RULES, vihfOf, type VihfOptions, type VihfRequest } from './index.ts';
import { envelopeWithVihf, ISSUER, signAssertion } from './message.fixture.ts';

let seal: TestCredential;
let client: TestCredential;
let card: TestCredential;
const CARD = 'CN=899700000001,OU=Medecin,C=FR';
const AT = new Date('2026-01-05T10:01:00Z');
const BODY = '<x xmlns="urn:x"/>';
const PLAIN = envelopeWithVihf(BODY);
const PATIENT = { ins: '279035121518989', oid: '1.2.250.1.213.1.4.10' };

beforeAll(async () => {
  seal = await makeCredential('CN=labo.test, OU=10B0152872, O=LABO TEST, C=FR', 'signature');
  card = await makeCredential('CN=899700000001, OU=Medecin, C=FR', 'signature');
  client = await makeCredential('CN=labo.test, OU=10B0152872, O=LABO TEST, C=FR', 'client');
});

function tls(change: Partial<TlsPeer> = {}): TlsPeer {
  return {
    protocol: 'TLSv1.2',
    cipher: 'ECDHE-RSA-AES256-GCM-SHA384',
    sni: '',
    authorized: true,
    subject: ['C=FR', 'O=LABO TEST', 'OU=10B0152872', 'CN=labo.test'],
    certificate: client.der,
    ...change,
  };
}

const edit =
  (from: string | RegExp, to: string) =>
  (envelope: string): string => {
    const changed = envelope.replace(from, to);
    if (changed === envelope) throw new Error(`Nothing changed by ${from}`);
    return changed;
  };
const attribute = (name: string): RegExp => new RegExp(`<s:Attribute Name="${name}">.*?</s:Attribute>`);
const value = (name: string, to: string): ((envelope: string) => string) =>
  edit(new RegExp(`(Name="[^"]*${name}"><s:AttributeValue>)[^<]*`), `$1${to}`);

function rules(request: VihfRequest, options: VihfOptions = { patient: PATIENT }): string[] {
  return checkVihf(request, options).map((finding) => finding.rule);
}

function judged(change: (envelope: string) => string, options?: VihfOptions): string[] {
  const envelope = Buffer.from(signAssertion(change(PLAIN), { credential: seal }));
  return rules({ envelope, at: AT, tls: tls() }, options);
}

function conditions(attributes: string): (envelope: string) => string {
  return edit('<s:AuthnStatement', `<s:Conditions ${attributes}/><s:AuthnStatement`);
}

/** Changed before the signature: the signature is right, one rule is broken. */
const BREAKERS: readonly (readonly [rule: string, why: string, change: (envelope: string) => string])[] = [
  ['VIHF-FORM', 'SAML 1', edit('Version="2.0"', 'Version="1.1"')],
  ['VIHF-FORM', 'local IssueInstant', edit('10:00:00.000Z', '11:00:00.000+01:00')],
  ['VIHF-FRESH', 'old', edit('10:00:00.000Z', '09:50:00.000Z')],
  ['VIHF-FRESH', 'in the future', edit('10:00:00.000Z', '10:10:00.000Z')],
  ['VIHF-FRESH', 'no longer holds', conditions('NotBefore="2026-01-05T10:00:00Z" NotOnOrAfter="2026-01-05T10:01:00Z"')],
  ['VIHF-FRESH', 'does not hold yet', conditions('NotBefore="2026-01-05T10:10:00Z"')],
  ['VIHF-FORM', 'local end', conditions('NotOnOrAfter="2026-01-05T12:00:00+01:00"')],
  ['VIHF-ISSUER', 'other name', edit(ISSUER, 'CN=other,C=FR')],
  ['VIHF-ISSUER', 'no format', edit(/ Format="[^"]*"/, '')],
  ['VIHF-NAMEID', 'empty', edit('899700000001', '')],
  ['VIHF-NAMEID', 'name instead of number', edit('899700000001', 'DR BLUE')],
  ['VIHF-GENERIC-ID', 'one digit repeated', edit('899700000001', '899999999999')],
  ['VIHF-GENERIC-ID', 'zeros', edit('899700000001', '800000000001')],
  ['VIHF-AUTHN-CONTEXT', 'unknown class', edit('classes:TLSClient', 'classes:Magic')],
  ['VIHF-ATTRIBUTE', 'no homologation number', edit(attribute('LPS_ID_HOMOLOGATION_DMP'), '')],
  ['VIHF-ATTRIBUTE', 'empty product name', value('LPS_Nom', '')],
  ['VIHF-VERSION', '2.0', value('VIHF_Version', '2.0')],
  ['VIHF-SECTOR', 'no system', value('Secteur_Activite', 'SA25')],
  ['VIHF-SUBJECT-ID', 'absent in indirect mode', edit(attribute('urn:oasis:names:tc:xspa:1.0:subject:subject-id'), '')],
  ['VIHF-ROLE', 'absent', edit(attribute('urn:oasis:names:tc:xacml:2.0:subject:role'), '')],
  ['VIHF-ROLE', 'other system', edit('1.2.250.1.71.1.2.7', '1.2.3')],
  ['VIHF-SPECIALITY', 'doctor without', edit(/<s:AttributeValue><Role[^>]*code="SM03".*?<\/s:AttributeValue>/, '')],
  ['VIHF-AUTHENTICATION-MODE', 'unknown', value('Authentification_Mode', 'PROXY')],
  ['VIHF-AUTHENTICATION-MODE', 'absent', edit(attribute('Authentification_Mode'), '')],
  ['VIHF-AUTHENTICATION-MODE-SPELLING', 'lower case', edit('Authentification_Mode', 'Authentification_mode')],
  ['VIHF-RESOURCE-ID', 'absent', edit(attribute('urn:oasis:names:tc:xacml:2.0:resource:resource-id'), '')],
  ['VIHF-RESOURCE-ID', 'no OID', value('resource-id', '279035121518989')],
  [
    'VIHF-RESOURCE-PATIENT',
    'other patient',
    value('resource-id', '207058575627097^^^\\&amp;1.2.250.1.213.1.4.10\\&amp;ISO^NH'),
  ],
  ['VIHF-URN', 'other service', value('Ressource_URN', 'urn:ROR')],
  ['VIHF-EMERGENCY', 'break-glass', edit('code="normal"', 'code="bris_de_glace"')],
  ['VIHF-PURPOSE', 'unknown', edit('code="normal"', 'code="curiosity"')],
  ['VIHF-PURPOSE', 'absent', edit(attribute('urn:oasis:names:tc:xspa:1.0:subject:purposeofuse'), '')],
];

function exchangeOf(contentType: string, body: string): HttpExchange {
  return {
    id: 'e',
    protocol: 'http',
    service: 'dmp',
    operation: 'x',
    startedAt: AT.toISOString(),
    durationMs: 0,
    peer: { address: '', port: 0 },
    attribution: { documentIds: [] },
    expected: true,
    outcome: '',
    request: { method: 'POST', url: '/', headers: [['Content-Type', contentType]], body: Buffer.from(body) },
    response: { status: 200, headers: [], body: new Uint8Array() },
  };
}

describe('checkVihf', () => {
  it('has nothing to say about a conforming assertion', () => {
    expect(judged((envelope) => envelope)).toEqual([]);
    expect(judged(value('VIHF_Version', '4.0'))).toEqual([]);
    expect(
      judged(edit('code="10" codeSystem="1.2.250.1.71.1.2.7"', 'code="AUTOMATE" codeSystem="1.2.250.1.213.1.1.4.6"')),
    ).toEqual([]);
    expect(judged(edit(attribute('urn:oasis:names:tc:xacml:2.0:resource:resource-id'), ''), { patient: null })).toEqual(
      [],
    );
    expect(judged(edit('899700000001', '10B0152872/SGL'))).toEqual([]);
  });

  for (const [rule, why, change] of BREAKERS) {
    it(`${rule}: ${why}`, () => {
      const safe = (envelope: string): string => change(envelope).replaceAll('\\&amp;', '&amp;');
      expect([...new Set(judged(safe))]).toEqual([rule]);
    });
  }

  it('VIHF-STRUCTURE-ID and its certificates', () => {
    expect(judged(value('Identifiant_Structure', 'LABO DU CENTRE'))).toEqual([
      'VIHF-STRUCTURE-COHERENCE',
      'VIHF-STRUCTURE-COHERENCE',
      'VIHF-STRUCTURE-ID',
    ]);
    expect(judged(value('Identifiant_Structure', '10B0000001'))).toEqual([
      'VIHF-STRUCTURE-COHERENCE',
      'VIHF-STRUCTURE-COHERENCE',
    ]);
  });

  it('does not take the profession of a CPS card for a structure', () => {
    const direct = (envelope: string): string =>
      value(
        'Authentification_Mode',
        'DIRECTE',
      )(
        value(
          'Identifiant_Structure',
          '10B0000001',
        )(edit(attribute('urn:oasis:names:tc:xspa:1.0:subject:subject-id'), '')(envelope)),
      );
    const ofCard = (envelope: string): string => edit(ISSUER, CARD)(direct(envelope));
    const by = (change: (envelope: string) => string, subject: string): string[] => {
      const envelope = Buffer.from(signAssertion(change(PLAIN), { credential: card }));
      return rules({ envelope, at: AT, tls: tls({ subject: ['C=FR', `CN=${subject}`] }) });
    };
    expect(by(ofCard, '899700000001')).toEqual([]);
    expect(by((envelope) => edit('>899700000001<', '>899700000002<')(ofCard(envelope)), '899700000002')).toEqual([
      'VIHF-CARD-HOLDER',
    ]);
    expect(by(ofCard, '899700000002')).toEqual(['VIHF-CARD-HOLDER']);
    const named = (envelope: string): string =>
      edit(
        ISSUER,
        CARD,
      )(value('Authentification_Mode', 'DIRECTE')(value('Identifiant_Structure', '10B0000001')(envelope)));
    expect(by(named, '899700000001')).toEqual(['VIHF-SUBJECT-ID']);
  });

  it('VIHF-SECRET-CONNECTION: asked and not sent, sent and not asked, a value that nobody confirms', () => {
    const told = (text: string | undefined, options: VihfOptions): (readonly [string, string])[] => {
      const own = `<s:Attribute Name="urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code"><s:AttributeValue>${text}</s:AttributeValue></s:Attribute>`;
      const plain =
        text === undefined ? PLAIN : PLAIN.replace('</s:AttributeStatement>', `${own}</s:AttributeStatement>`);
      const envelope = Buffer.from(signAssertion(plain, { credential: seal }));
      const findings = checkVihf({ envelope, at: AT, tls: tls() }, { patient: PATIENT, ...options });
      return findings.map(({ rule, severity }) => [rule, severity]);
    };
    const of = (severity: string): unknown => [['VIHF-SECRET-CONNECTION', severity]];
    expect(told(undefined, {})).toEqual([]);
    expect(told('S', {})).toEqual(of('info'));
    expect(told('', {})).toEqual(of('warning'));
    expect(told('S', { secretConnection: true, secretValues: ['S'] })).toEqual([]);
    expect(told(undefined, { secretConnection: true })).toEqual(of('error'));
    expect(told('S', { secretConnection: false })).toEqual(of('error'));
    expect(told(undefined, { secretConnection: false })).toEqual([]);
  });

  it('lets a VIHF say how long it holds', () => {
    expect(judged(conditions('NotBefore="2026-01-05T10:00:00Z" NotOnOrAfter="2026-01-05T10:05:00.000Z"'))).toEqual([]);
  });

  it('VIHF-LIMIT: an assertion, a message or a package that the bench does not read', () => {
    const many = '<s:Advice xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion"/>'.repeat(1001);
    const long = signAssertion(PLAIN, { credential: seal }).replace('</s:Assertion>', `${many}</s:Assertion>`);
    const huge = PLAIN.replace('<x xmlns="urn:x"/>', '<a/>'.repeat(200_001));
    const parts = '--b\r\nContent-ID: <a>\r\n\r\n\r\n'.repeat(1001);
    for (const findings of [
      checkVihf({ envelope: Buffer.from(long), at: AT }, { patient: PATIENT }),
      checkVihf({ envelope: Buffer.from(huge), at: AT }),
      checkVihf(exchangeOf('multipart/related; type="application/xop+xml"; boundary=b', `${parts}--b--`)),
    ]) {
      expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['VIHF-LIMIT', 'info']]);
      expect(verdictOf(findings)).toBe('non-verifiable');
    }
  });

  it('VIHF-USER: the number of somebody else', () => {
    expect(judged((envelope) => envelope, { patient: PATIENT, user: '899700000001' })).toEqual([]);
    expect(judged((envelope) => envelope, { patient: PATIENT, user: '899700000002' })).toEqual(['VIHF-USER']);
  });

  it('VIHF-PRESENT: none, or two', () => {
    const none = Buffer.from('<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body/></e:Envelope>');
    expect(rules({ envelope: none })).toEqual(['VIHF-PRESENT']);
    expect(rules({ envelope: Buffer.from('not XML') })).toEqual(['VIHF-PRESENT']);
    const two = signAssertion(PLAIN, { credential: seal }).replace(
      '</o:Security>',
      '<s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" ID="_b"/></o:Security>',
    );
    expect(rules({ envelope: Buffer.from(two), at: AT, tls: tls() })).toEqual(['VIHF-PRESENT']);
  });

  it('VIHF-SIGNATURE: absent, broken, or over something else', () => {
    expect(rules({ envelope: Buffer.from(PLAIN), at: AT, tls: tls() })).toEqual(['VIHF-SIGNATURE']);
    const signed = signAssertion(PLAIN, { credential: seal });
    const tampered = signed.replace('>BLUE EVA<', '>RED EVA<');
    expect(rules({ envelope: Buffer.from(tampered), at: AT, tls: tls() })).toEqual(['VIHF-SIGNATURE']);
    const original = /<s:Assertion.*<\/s:Assertion>/s.exec(PLAIN)?.[0] ?? '';
    const wrapped = signed.replace('ID="_a1"', 'ID="_forged"').replace(BODY, original);
    const request = { envelope: Buffer.from(wrapped), at: AT, tls: tls() };
    expect(rules(request)).toEqual(['VIHF-SIGNATURE']);
    expect(checkVihf(request)[0]).toMatchObject({
      received: 'une signature qui porte sur #_a1',
      expected: expect.stringMatching(/^#_forged,/) as string,
    });
    expect(vihfOf(request.envelope)?.signed).toBe(false);
    const sameId = signed.replace('>BLUE EVA<', '>RED EVA<').replace(BODY, original);
    expect(rules({ ...request, envelope: Buffer.from(sameId) })).toEqual(['VIHF-SIGNATURE']);
    expect(vihfOf(Buffer.from(sameId))?.signed).toBe(false);
    const twice = signed.replace(/(<ds:Signature .*<\/ds:Signature>)/s, '$1$1');
    expect(checkVihf({ ...request, envelope: Buffer.from(twice) })[0]?.received).toContain('2 signatures');
  });

  it('VIHF-SIGNATURE-ALGORITHM: SHA-1 is a warning', () => {
    const envelope = Buffer.from(signAssertion(PLAIN, { credential: seal, hash: 'sha1' }));
    const findings = checkVihf({ envelope, at: AT, tls: tls() }, { patient: PATIENT });
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['VIHF-SIGNATURE-ALGORITHM', 'warning']]);
  });

  it('VIHF-SIGN-CERTIFICATE: authentication certificate, or that of the TLS session', () => {
    const wrong = Buffer.from(signAssertion(PLAIN, { credential: client }));
    expect(rules({ envelope: wrong, at: AT })).toEqual(['VIHF-SIGN-CERTIFICATE']);
    const same = Buffer.from(signAssertion(PLAIN, { credential: seal }));
    expect(rules({ envelope: same, at: AT, tls: tls({ certificate: seal.der }) })).toEqual(['VIHF-SIGN-CERTIFICATE']);
  });

  it('gives the assertion to other checks, from what was signed', () => {
    const vihf = vihfOf(Buffer.from(signAssertion(PLAIN, { credential: seal })));
    expect(vihf).toMatchObject({
      signed: true,
      nameId: '899700000001',
      structure: '10B0152872',
      mode: 'INDIRECTE',
      resourceId: '279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH',
    });
    expect(vihf?.roles.map((one) => one.code)).toEqual(['10', 'SM03']);
  });

  it('has a breaker for each rule in this file', () => {
    const elsewhere = [
      'VIHF-SUBJECT-ID',
      'VIHF-CARD-HOLDER',
      'VIHF-SECRET-CONNECTION',
      'VIHF-USER',
      'VIHF-LIMIT',
      'VIHF-PRESENT',
      'VIHF-SIGNATURE',
      'VIHF-SIGNATURE-ALGORITHM',
      'VIHF-SIGN-CERTIFICATE',
      'VIHF-STRUCTURE-ID',
      'VIHF-STRUCTURE-COHERENCE',
    ];
    const broken = new Set([...BREAKERS.map(([rule]) => rule), ...elsewhere]);
    expect(RULES.map((rule) => rule.id).filter((id) => !broken.has(id))).toEqual([]);
  });
});
