import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCredential } from '../xmldsig/credential.fixture.ts';
import { descendants, readXml, type XmlElement } from '../xml/index.ts';
import { type AssertionParts, assertionText, type Signer, signAssertion, subjectOf } from './assertion.fixture.ts';
import { readAssertion, SAML2, verifyAssertion, X509_SUBJECT_NAME } from './index.ts';

let signer: Signer;

beforeAll(async () => {
  signer = await makeCredential('CN=899700000001, O=TEST, C=FR');
});

function parts(changed: Partial<AssertionParts> = {}): AssertionParts {
  return {
    id: '_1',
    version: '2.0',
    issueInstant: '2026-01-05T10:00:00.000Z',
    issuer: subjectOf(signer),
    issuerFormat: X509_SUBJECT_NAME,
    nameId: '899700000001',
    notBefore: '2026-01-05T09:59:00Z',
    notOnOrAfter: '2026-01-05T10:19:00Z',
    authnInstant: '2026-01-05T10:00:00Z',
    ...changed,
  };
}

const signed = (changed: Partial<AssertionParts> = {}): string => signAssertion(assertionText(parts(changed)), signer);
const message = (assertions: string, body = '<b/>'): string =>
  `<e:E xmlns:e="urn:e" xmlns:unused="urn:u"><e:H>${assertions}</e:H>${body}</e:E>`;

/** Verifies the assertion of this ID, or the first one, in the header. */
function verify(xml: string, id = ''): ReturnType<typeof verifyAssertion> {
  const reading = readXml(xml);
  if (!reading.ok) throw new Error(reading.fault.message);
  const [header] = descendants(reading.root, 'H');
  const assertions = (header?.children ?? []).filter((one): one is XmlElement => one.kind === 'element');
  const found = assertions.find((one) => id === '' || readAssertion(one).id === id);
  if (!found) throw new Error('no assertion');
  return verifyAssertion(Buffer.from(xml), found);
}

const faultOf = (xml: string, id?: string): string => {
  const result = verify(xml, id);
  return result.ok ? 'valid' : result.fault.code;
};

describe('verifyAssertion', () => {
  it('gives back what the assertion says, and who signed it', () => {
    const result = verify(message(signed()));
    if (!result.ok) throw new Error(result.fault.message);
    const { element, attributes, ...values } = result.assertion;
    expect(element.name).toMatchObject({ local: 'Assertion', namespace: SAML2 });
    expect(attributes.size).toBe(0);
    expect(values).toEqual({
      id: '_1',
      version: '2.0',
      issueInstant: '2026-01-05T10:00:00.000Z',
      issuer: 'C=FR,O=TEST,CN=899700000001',
      issuerFormat: X509_SUBJECT_NAME,
      nameId: '899700000001',
      notBefore: '2026-01-05T09:59:00Z',
      notOnOrAfter: '2026-01-05T10:19:00Z',
      authnInstants: ['2026-01-05T10:00:00Z'],
    });
  });

  it('verifies each of two assertions of one message', () => {
    const both = message(signed({ id: '_1' }) + signed({ id: '_2', nameId: '279035121518989' }));
    for (const id of ['_1', '_2']) {
      const result = verify(both, id);
      expect(result.ok && result.assertion.id).toBe(id);
    }
  });

  it('refuses what is not signed, or signed twice', () => {
    expect(faultOf(message(assertionText(parts())))).toBe('SAML_SIGNATURE_COUNT');
    const twice = signed().replace(/(<ds:Signature .*<\/ds:Signature>)/, '$1$1');
    expect(faultOf(message(twice))).toBe('SAML_SIGNATURE_COUNT');
  });

  it('refuses any change of what was signed', () => {
    const original = signed();
    const changes: readonly (readonly [string, string])[] = [
      ['899700000001</saml2:NameID>', '899700000002</saml2:NameID>'],
      ['NotOnOrAfter="2026', 'NotOnOrAfter="2027'],
      ['<saml2:Subject>', '<saml2:Subject><saml2:NameID>x</saml2:NameID>'],
      ['</saml2:Assertion>', '<saml2:AuthnStatement AuthnInstant="x"/></saml2:Assertion>'],
      [' Version="2.0"', ''],
    ];
    for (const [from, to] of changes) {
      expect(original).toContain(from);
      expect(faultOf(message(original.replace(from, to)))).toBe('SIGNATURE_INVALID');
    }
  });

  it('does not take a comment for a cut in a value', () => {
    const cut = signed({ nameId: '899700000001.suite' }).replace('0001.suite', '0001<!-- -->.suite');
    const result = verify(message(cut));
    // Canonical form drops comments: the signature holds, and the whole value is read.
    expect(result.ok && result.assertion.nameId).toBe('899700000001.suite');
  });
});

describe('signature wrapping', () => {
  const evil = (): string => assertionText(parts({ id: '_evil', nameId: '800000000000' }));
  const signatureOf = (xml: string): string => /<ds:Signature .*<\/ds:Signature>/.exec(xml)?.[0] ?? '';
  const bare = (xml: string): string => xml.replace(/<ds:Signature .*<\/ds:Signature>/, '');
  const carrying = (signature: string): string => evil().replace('</saml2:Issuer>', `</saml2:Issuer>${signature}`);

  it.each<[string, () => string]>([
    ['the original moved to the body', () => message(carrying(signatureOf(signed())), bare(signed()))],
    ['the original in another block', () => message(`${carrying(signatureOf(signed()))}<x>${bare(signed())}</x>`)],
    [
      'the original inside the forged one',
      () => {
        const forged = carrying(signatureOf(signed()));
        return message(
          forged.replace('</saml2:Assertion>', `<saml2:Advice>${bare(signed())}</saml2:Advice></saml2:Assertion>`),
        );
      },
    ],
    [
      'the original inside the signature',
      () => {
        const signature = signatureOf(signed()).replace(
          '</ds:Signature>',
          `<ds:Object>${bare(signed())}</ds:Object></ds:Signature>`,
        );
        return message(carrying(signature));
      },
    ],
    [
      'the whole original, signed, inside the signature',
      () => {
        const signature = signatureOf(signed()).replace(
          '</ds:Signature>',
          `<ds:Object>${signed()}</ds:Object></ds:Signature>`,
        );
        return message(carrying(signature));
      },
    ],
    [
      'the same ID twice',
      () => {
        const forged = carrying(signatureOf(signed())).replace('ID="_evil"', 'ID="_1"');
        return message(forged, bare(signed()));
      },
    ],
    [
      'the same ID under another spelling of the attribute',
      () => {
        const forged = carrying(signatureOf(signed())).replace('ID="_evil"', 'ID="_evil" Id="_1"');
        return message(forged, bare(signed()));
      },
    ],
  ])('%s', (_, make) => {
    const result = verify(make());
    expect(result.ok).toBe(false);
    expect(!result.ok && result.fault.code).toMatch(/^(SAML_WRAPPED|SIGNATURE_INVALID)$/);
  });

  it('is never believed, wherever the original goes', () => {
    const places = ['<e:H>', '</e:H>', '<b/>', '</e:E>', '<saml2:Subject>', '<ds:KeyInfo>'];
    const original = bare(signed());
    const forged = message(carrying(signatureOf(signed())));
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.boolean(), fc.boolean(), (place, before, whole) => {
        const added = whole ? signed() : original;
        const xml = forged.replace(place, () => (before ? added + place : place + added));
        const reading = readXml(xml);
        if (!reading.ok) return;
        for (const one of descendants(reading.root, 'Assertion', SAML2)) {
          const result = verifyAssertion(Buffer.from(xml), one);
          if (result.ok) expect(result.assertion.nameId).toBe('899700000001');
        }
      }),
    );
  });
});
