import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BULK_VERIFICATION, VITALE_SEARCH } from './operations.ts';
import { cardCriteria, codeOf, insOf, openInsi, type TestAssertion } from './testing-bench.ts';
import { type TestAnswer, traits } from './testing.ts';

let bench: Awaited<ReturnType<typeof openInsi>>;

beforeAll(async () => {
  bench = await openInsi();
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.context.situations.reset();
  bench.context.population.reset();
});

const professional = (): string => bench.context.population.professionals[0]?.nationalId ?? '';
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** A search by traits without client certificate, with what is put in wsse:Security. */
async function search(security: string, client: string | null = null): Promise<TestAnswer> {
  const patient = bench.context.population.draw('nominal');
  return bench.call({ criteria: traits(patient), client, security });
}

describe('CPx mode', () => {
  it.each(['CPS-1-SIGN', 'CPS-1-AUTH'])(
    'takes the assertion signed by %s, without client certificate',
    async (signer) => {
      const patient = bench.context.population.draw('nominal');
      const answer = await bench.call({
        criteria: traits(patient),
        client: null,
        security: bench.assertion({ signer }),
      });
      expect([codeOf(answer), insOf(answer)]).toEqual(['00', patient.ins]);
      expect(bench.last()).toMatchObject({
        expected: true,
        attribution: { patient: patient.key, ins: patient.ins, professional: professional() },
      });
      expect(bench.last().peer.tls?.subject).toBeUndefined();
    },
  );

  it('takes the second card, and the issuer in any order', async () => {
    const second = bench.context.population.professionals[1]?.nationalId ?? '';
    expect(codeOf(await search(bench.assertion({ signer: 'CPS-2-SIGN', nameId: second })))).toBe('00');
    expect(bench.last().attribution.professional).toBe(second);
    const { issuer } = /Format="[^"]*">(?<issuer>[^<]*)</.exec(bench.assertion())?.groups ?? {};
    const reversed = (issuer ?? '').split(',').toReversed().join(', ');
    expect(reversed).toContain('CN=');
    expect(codeOf(await search(bench.assertion({ issuer: reversed })))).toBe('00');
  });

  it('takes an assertion without Conditions, and one of 19 minutes', async () => {
    expect(codeOf(await search(bench.assertion({ notBefore: '', notOnOrAfter: '' })))).toBe('00');
    expect(codeOf(await search(bench.assertion({ issueInstant: ago(19), notOnOrAfter: '' })))).toBe('00');
  });

  it('takes a card shown at the TLS connection, which the real address does not even ask for', async () => {
    expect(codeOf(await search(bench.assertion(), 'CPS-1-AUTH'))).toBe('00');
  });

  it.each<[string, TestAssertion, string, RegExp]>([
    ['no form of assertion: version', { version: '1.1' }, 'desir_902', /Version « 1\.1 »/],
    [
      'issuer of another format',
      { issuerFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified' },
      'desir_902',
      /Format/,
    ],
    ['no authentication statement', { authnInstant: '' }, 'desir_902', /AuthnStatement/],
    ['no instant', { issueInstant: 'hier' }, 'desir_902', /IssueInstant « hier »/],
    ['no name', { nameId: '' }, 'desir_902', /NameID absent/],
    ['SHA-1', { sha: 'sha1' }, 'desir_903', /rsa-sha1 au lieu de rsa-sha256/],
    [
      'a card expired',
      { signer: 'CPS-EXPIRED-SIGN' },
      'desir_904',
      /certificat de signature expiré depuis le \d{4}-\d{2}-\d{2} \(.*n° de série [0-9A-F]+/,
    ],
    ['a card revoked', { signer: 'CPS-REVOKED-SIGN' }, 'desir_904', /révoqu|revoked/i],
    ['another authority', { signer: 'OTHER-CA' }, 'desir_904', /autorité/],
    ['the seal of the organisation', { signer: 'ORG_SIGN' }, 'desir_904', /autorité des personnes/],
    ['another issuer', { issuer: 'CN=899999999999,O=ASIP-SANTE,C=FR' }, 'desir_905', /Issuer « CN=899999999999/],
    ['no issuer', { issuer: '' }, 'desir_905', /Issuer «  »/],
    ['another professional', { nameId: '899999999999' }, 'desir_906', /NameID « 899999999999 »/],
    ['20 minutes old', { issueInstant: ago(20.1) }, 'desir_907', /il y a plus de 20 minutes/],
    ['issued in the future', { issueInstant: ago(-10) }, 'desir_907', /futur/],
    ['not valid any more', { notOnOrAfter: ago(0.1) }, 'desir_907', /valable jusqu'au/],
    ['not valid yet', { notBefore: ago(-10) }, 'desir_907', /valable à partir du/],
    ['conditions that are no instants', { notOnOrAfter: 'demain' }, 'desir_907', /NotOnOrAfter « demain »/],
  ])('refuses %s', async (_, parts, code, said) => {
    const answer = await search(bench.assertion(parts));
    expect([answer.status, codeOf(answer)]).toEqual([500, code]);
    expect(bench.last().outcome).toMatch(said);
    expect(bench.last().outcome).toMatch(
      new RegExp(`^refusé ${code} : .* ; code non confirmé par une source publique$`),
    );
    expect(bench.last().attribution.patient).toMatch(/^nominal-/);
    expect(bench.last().attribution.professional).toBeUndefined();
  });

  it.each<[string, (signed: string) => string]>([
    ['changed after its signature', (signed) => signed.replace('ac:classes:SmartcardPKI', 'ac:classes:X509')],
    ['not signed', (signed) => signed.replace(/<ds:Signature .*<\/ds:Signature>/, '')],
    ['signed with another key', (signed) => signed.replace(/(<ds:SignatureValue>).{8}/, '$1AAAAAAAA')],
    [
      'that wraps a good one',
      (signed) => {
        const signature = /<ds:Signature .*<\/ds:Signature>/.exec(signed)?.[0] ?? '';
        const bare = signed.replace(signature, '');
        return `${signed.replace(/ ID="[^"]*"/, ' ID="_autre"').replace(/(NameID>)\d+/, '$1899999999999')}<x>${bare}</x>`;
      },
    ],
  ])('refuses an assertion %s', async (_, change) => {
    const answer = await search(change(bench.assertion()));
    expect([answer.status, codeOf(answer)]).toEqual([500, 'desir_903']);
  });

  it('refuses more assertions than one for a search by traits', async () => {
    expect(codeOf(await search(bench.assertion() + bench.assertion()))).toBe('desir_902');
    const card = bench.assertion({ nameId: '279035121518989' });
    expect(codeOf(await search(bench.assertion() + card))).toBe('desir_902');
    expect(codeOf(await search(card))).toBe('desir_902');
    expect(codeOf(await search(bench.assertion().repeat(3)))).toBe('desir_000');
  });

  it('is never mixed with organisation mode', async () => {
    const answer = await search(bench.assertion(), 'INSI-AUTO');
    expect(codeOf(answer)).toBe('desir_901');
    const lenient = await openInsi({ profile: 'lenient' });
    try {
      const patient = lenient.context.population.draw('nominal');
      const taken = await lenient.call({ criteria: traits(patient), security: lenient.assertion() });
      expect(codeOf(taken)).toBe('00');
    } finally {
      await lenient.close();
    }
  });

  it('is taken for a verification too', async () => {
    const answer = await bench.call({
      operation: BULK_VERIFICATION,
      criteria: '<Verification ref="1"/>',
      client: null,
      security: bench.assertion(),
    });
    expect(codeOf(answer)).toBe('desir_000');
    expect(bench.last().attribution.professional).toBe(professional());
  });

  it('lenient takes SHA-1', async () => {
    const lenient = await openInsi({ profile: 'lenient' });
    try {
      const patient = lenient.context.population.draw('nominal');
      const security = lenient.assertion({ sha: 'sha1' });
      expect(codeOf(await lenient.call({ criteria: traits(patient), client: null, security }))).toBe('00');
    } finally {
      await lenient.close();
    }
  });
});

describe('CPx mode with a Vitale card', () => {
  const read = (security: (ins: string, holder: string) => string): Promise<TestAnswer> => {
    const patient = bench.context.population.draw('nominal');
    return bench.call({
      operation: VITALE_SEARCH,
      criteria: cardCriteria(patient.card),
      client: null,
      security: security(patient.ins, patient.card.holder),
    });
  };

  it.each<[string, (ins: string) => string]>([
    ['the number and its key', (ins) => ins],
    ['the number alone', (ins) => ins.slice(0, 13)],
  ])('takes the assertion of the card by %s, before or after that of the professional', async (_, name) => {
    expect(codeOf(await read((ins) => bench.assertion() + bench.assertion({ nameId: name(ins) })))).toBe('00');
    expect(codeOf(await read((ins) => bench.assertion({ nameId: name(ins) }) + bench.assertion()))).toBe('00');
    expect(bench.last().attribution.professional).toBe(professional());
  });

  it('takes the assertion of the holder for a dependent', async () => {
    const child = bench.context.population.patients.find(
      ({ situation, card }) => situation === 'nia' && card.bearer === undefined,
    );
    if (!child) throw new Error('no child');
    const answer = await bench.call({
      operation: VITALE_SEARCH,
      criteria: cardCriteria(child.card),
      client: null,
      security: bench.assertion() + bench.assertion({ nameId: child.card.holder }),
    });
    expect(insOf(answer)).toBe(child.ins);
  });

  it.each<[string, (ins: string) => string, string]>([
    ['without that of the card', () => bench.assertion(), 'desir_908'],
    [
      'with a reading of the card that is too old',
      (ins) => bench.assertion() + bench.assertion({ nameId: ins, issueInstant: ago(21) }),
      'desir_909',
    ],
    [
      'with the card of somebody else',
      () => bench.assertion() + bench.assertion({ nameId: '279035121518989' }),
      'desir_910',
    ],
    [
      'with a card whose assertion is broken',
      (ins) => bench.assertion() + bench.assertion({ nameId: ins }).replace(ins, '279035121518989'),
      'desir_903',
    ],
    ['with two professionals', () => bench.assertion() + bench.assertion(), 'desir_902'],
  ])('refuses a search %s', async (_, security, code) => {
    const answer = await read(security);
    expect([answer.status, codeOf(answer)]).toEqual([500, code]);
    expect(bench.last().attribution.patient).toMatch(/^nominal-/);
  });
});
