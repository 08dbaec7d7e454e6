import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Signer, signAssertion } from '#formats/saml/assertion.fixture.ts';
import { SOAP_11, WSSE } from '#formats/soap/index.ts';
import { createPopulation } from '../population/index.ts';
import type { Pki } from '../pki/types.ts';
import { testPki } from '../testing.ts';
import { codeOf, insOf, payloadOf } from './testing-bench.ts';
import { searchMessage, send, SOAP_12_MEDIA, type TestAnswer, traits } from './testing.ts';

const PROGRAM = fileURLToPath(new URL('hostile.fixture.ts', import.meta.url));
/** A process at rest takes about 200; what every connection together may add is bounded. */
const MAX_MEGABYTES = 450;
const patient = createPopulation().patients[0];

let child: ChildProcess;
let url = '';
let pki: Pki;

beforeAll(async () => {
  ({ pki } = await testPki());
  child = fork(PROGRAM, [], { execArgv: ['--max-old-space-size=128'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [message] = (await once(child, 'message')) as [{ readonly url: string }];
  ({ url } = message);
});
afterAll(async () => {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
});

const post = (body: string | Uint8Array): Promise<TestAnswer> =>
  send(url, pki, { client: 'INSI-AUTO', contentType: SOAP_12_MEDIA, body });

async function megabytes(): Promise<number> {
  const answered = once(child, 'message');
  child.send('memory');
  const [message] = (await answered) as [{ readonly megabytes: number }];
  return message.megabytes;
}

/** Sends all of a large body but its last byte, then stays. */
function stall(size: number): { readonly status: Promise<number>; leave(): void } {
  const credential = pki.clients['INSI-AUTO'];
  const call = request(url, {
    method: 'POST',
    agent: false,
    ca: pki.caPem,
    ...(credential && { cert: credential.certificatePem, key: credential.keyPem }),
    headers: { 'Content-Type': SOAP_12_MEDIA, 'Content-Length': size },
  });
  const status = new Promise<number>((resolve, reject) => {
    call.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
  });
  status.catch(() => undefined);
  void pipeline(
    function* body() {
      for (let sent = 0; sent < size - 1; sent += CHUNK.length)
        yield CHUNK.subarray(0, Math.min(CHUNK.length, size - 1 - sent));
    },
    call,
    { end: false },
  ).catch(() => undefined);
  return { status, leave: () => call.destroy() };
}

/** The next honest call is answered: the mock is up, and remembers nothing of what came before. */
async function answersStill(): Promise<void> {
  if (!patient) throw new Error('nobody');
  const answer = await post(searchMessage({ criteria: traits(patient) }));
  expect([codeOf(answer), insOf(answer)]).toEqual(['00', patient.ins]);
}

const CHUNK = Buffer.alloc(256 * 1024, 0x41);
const good = searchMessage({
  criteria: '<NomNaissance>A</NomNaissance><Prenom>B</Prenom><Sexe>F</Sexe><DateNaissance>1980-01-01</DateNaissance>',
});
const inHeader = (xml: string): string => good.replace('<e:Header>', () => `<e:Header>${xml}`);
const MB = 1024 * 1024;

const laughs = (): string => {
  const entities = Array.from({ length: 10 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
  return `<!DOCTYPE x [<!ENTITY l0 "ha">${entities}]>${good.replace('>A<', '>&l10;<')}`;
};
/** Signatures are the costly part of a message: these ask for as much work as they can. */
const assertion = (inside: string): string =>
  `<w:Security xmlns:w="${WSSE}"><s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" ID="a"><d:Signature xmlns:d="http://www.w3.org/2000/09/xmldsig#">${inside}</d:Signature></s:Assertion></w:Security>`;
const DSIG_EMPTY = '<d:Signature xmlns:d="http://www.w3.org/2000/09/xmldsig#"/>';
const reference =
  '<d:Reference URI="#a"><d:Transforms><d:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></d:Transforms><d:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><d:DigestValue>AA==</d:DigestValue></d:Reference>';

const signed = (inside: string, signer: Signer, declarations = ''): string =>
  signAssertion(
    `<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"${declarations} ID="_a" Version="2.0"><saml2:Issuer>CN=x</saml2:Issuer>${inside}</saml2:Assertion>`,
    signer,
  );

const hostile: readonly (readonly [what: string, body: () => string | Uint8Array])[] = [
  ['nothing', () => ''],
  ['no XML', () => 'bonjour'],
  ['bytes at random', () => Uint8Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256)],
  ['a page', () => '<!DOCTYPE html><html><body><p>x</body></html>'],
  ['a tag never closed', () => good.slice(0, -10)],
  ['XML without envelope', () => '<a/>'],
  ['an external entity', () => `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${good.replace('>A<', '>&f;<')}`],
  ['an external DTD', () => `<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">${good}`],
  ['a billion laughs', laughs],
  ['a DTD in UTF-16', () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(laughs(), 'utf16le')])],
  ['an undefined entity', () => good.replace('>A<', '>&inconnue;<')],
  ['a depth of 100 000', () => '<a>'.repeat(100_000)],
  [
    'a depth of 100 000, closed, in the body',
    () => good.replace('>A<', () => `>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}<`),
  ],
  [
    '100 000 attributes',
    () =>
      good.replace(
        '<NomNaissance>',
        () => `<NomNaissance ${Array.from({ length: 100_000 }, (_, n) => `a${n}="x"`).join(' ')}>`,
      ),
  ],
  ['100 000 header blocks', () => inHeader('<x/>'.repeat(100_000))],
  ['100 000 first names', () => good.replace('<Prenom>B</Prenom>', () => '<Prenom>B</Prenom>'.repeat(50_000))],
  [
    '100 assertions',
    () =>
      inHeader(
        `<w:Security xmlns:w="${WSSE}">${'<s:Assertion xmlns:s="urn:oasis:names:tc:SAML:2.0:assertion" ID="a"/>'.repeat(100)}</w:Security>`,
      ),
  ],
  ['an encoding unknown', () => `<?xml version="1.0" encoding="x-inconnu"?>${good}`],
  [
    'bytes that are not UTF-8',
    () =>
      Buffer.concat([Buffer.from(good.slice(0, -20)), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(good.slice(-20))]),
  ],
  ['UTF-16 announced, UTF-8 sent', () => `<?xml version="1.0" encoding="UTF-16"?>${good}`],
  ['characters that XML forbids', () => good.replace('>A<', '>\u0000\u0001<')],
  ['SOAP 1.1', () => good.replaceAll('http://www.w3.org/2003/05/soap-envelope', SOAP_11)],
  ['two bodies of requests', () => good.replace(/(<RECSANSVITALE.*<\/RECSANSVITALE>)/, '$1$1')],
  ['a value of 1 MB', () => good.replace('>1980-01-01<', () => `>${'1'.repeat(MB)}<`)],
  ['a body of 50 MB in one text', () => good.replace('>A<', () => `>${'A'.repeat(50 * MB)}<`)],
  ['a body of 50 MB of elements', () => good.replace('>A<', () => `>${'<a/>'.repeat(12 * MB)}<`)],
];

describe('hostile messages', () => {
  it.each(hostile)(
    '%s is answered by a SOAP fault, and the next call as usual',
    { timeout: 60_000 },
    async (_, body) => {
      const answer = await post(body());
      expect(answer.status).toBe(500);
      expect(answer.contentType).toMatch(/^application\/soap\+xml/);
      expect(payloadOf(answer.body).name.local).toBe('Fault');
      await answersStill();
      expect(await megabytes()).toBeLessThan(MAX_MEGABYTES);
    },
  );

  it.each<[string, string]>([
    ['a signature of thousands of references', assertion(`<d:SignedInfo>${reference.repeat(4000)}</d:SignedInfo>`)],
    [
      'ten thousand signatures',
      assertion(`</d:Signature>${DSIG_EMPTY.repeat(10_000)}${DSIG_EMPTY.replace('/>', '>')}`),
    ],
    [
      'a signature inside a signature, 80 deep',
      assertion(`${'<d:Signature><d:Object>'.repeat(40)}${'</d:Object></d:Signature>'.repeat(40)}`),
    ],
    [
      'a certificate of 1 MB',
      assertion(
        `<d:SignedInfo/><d:KeyInfo><d:X509Data><d:X509Certificate>${'A'.repeat(MB)}</d:X509Certificate></d:X509Data></d:KeyInfo>`,
      ),
    ],
  ])('%s is refused, and the next call answered', { timeout: 60_000 }, async (_, security) => {
    const answer = await send(url, pki, { contentType: SOAP_12_MEDIA, body: inHeader(security) });
    expect(codeOf(answer)).toMatch(/^desir_90[23]$/);
    await answersStill();
  });

  it.each<[string, (signer: Signer) => string, RegExp]>([
    ['30 000 elements', (signer) => signed('<a b="c" d="e"><f/></a>'.repeat(15_000), signer), /^desir_903$/],
    [
      '2000 namespaces, all used',
      (signer) => signed(Array.from({ length: 2000 }, (_, n) => `<n${n}:a xmlns:n${n}="urn:${n}"/>`).join(''), signer),
      /^desir_903$/,
    ],
    ['a text of 1 MB', (signer) => signed(`<a>${'x'.repeat(MB)}</a>`, signer), /^desir_903$/],
    // As large as it may be: what it costs is what the bounds allow.
    [
      'as much as is accepted',
      (signer) =>
        signed(
          `<b>${'<n1:a/>'.repeat(900)}</b>`,
          signer,
          Array.from({ length: 150 }, (_, n) => ` xmlns:n${n}="urn:${n}"`).join(''),
        ),
      /^desir_904$/,
    ],
  ])('a signature over %s is judged in time', { timeout: 60_000 }, async (_, make, code) => {
    const signer = pki.clients['OTHER-CA'];
    if (!signer) throw new Error('no signer');
    const security = `<w:Security xmlns:w="${WSSE}">${make(signer)}</w:Security>`;
    const [answer] = await Promise.all([
      send(url, pki, { contentType: SOAP_12_MEDIA, body: inHeader(security) }),
      answersStill(),
    ]);
    expect(codeOf(answer)).toMatch(code);
  });

  it('under thousands of namespaces no signature is verified', { timeout: 60_000 }, async () => {
    const signer = pki.clients['OTHER-CA'];
    if (!signer) throw new Error('no signer');
    const many = Array.from({ length: 20_000 }, (_, n) => ` xmlns:a${n}="urn:${n}"`).join('');
    const body = inHeader(`<w:Security xmlns:w="${WSSE}">${signed('', signer)}</w:Security>`);
    for (const place of ['<e:Header', '<e:Envelope', '<e:Body']) {
      const answer = await send(url, pki, {
        contentType: SOAP_12_MEDIA,
        body: body.replace(place, () => `${place}${many}`),
      });
      expect(codeOf(answer)).toBe('desir_903');
    }
    await answersStill();
  });

  it.each([
    ['20 MB on each of 24 connections', 24, 20 * MB],
    ['1.9 MB on each of 60 connections', 60, 1.9 * MB],
  ])('%s, never ended, leave the memory bounded and others answered', { timeout: 60_000 }, async (_, count, size) => {
    const ended = Array.from({ length: count }, () => stall(Math.round(size)));
    await answersStill();
    // Those too many are answered; the others, that the listener may hold, wait for their end.
    const first = await Promise.race(ended.map(({ status }) => status));
    expect([500, 503]).toContain(first);
    await answersStill();
    expect(await megabytes()).toBeLessThan(MAX_MEGABYTES);
    for (const one of ended) one.leave();
    await Promise.allSettled(ended.map(({ status }) => status));
    await answersStill();
  });

  it('at once disturb nobody', { timeout: 60_000 }, async () => {
    const small = hostile.filter(([what]) => !what.includes('50 MB'));
    const answers = await Promise.all(
      small.flatMap(([, body]) => [post(body()).then(() => undefined), answersStill()]),
    );
    expect(answers).toHaveLength(small.length * 2);
  });
});
