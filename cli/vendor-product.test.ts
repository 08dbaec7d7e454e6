import { readFileSync, readdirSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { BenchAddresses } from '#mocks/types.ts';
import { jalon, start, workFolder } from './testing.ts';

type Body = Readonly<Record<string, unknown>>;
type Gesture = (input: Body, product: Product) => Promise<readonly [number, Body]> | readonly [number, Body];

interface Product {
  addresses?: BenchAddresses;
}

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** A product of another house: it answers the contract, well or badly. */
async function product(gestures: Readonly<Record<string, Gesture>>): Promise<string> {
  const state: Product = {};
  const all: Readonly<Record<string, Gesture>> = {
    identity: () => [200, { name: 'Labo externe', version: '1' }],
    configure: (input) => {
      state.addresses = input['addresses'] as BenchAddresses;
      return [200, { accepted: true }];
    },
    registerPatient: () => [200, { patientId: 'P1', status: 'provisoire' }],
    readState: () => [
      200,
      {
        patient: {
          patientId: 'P1',
          status: 'provisoire',
          history: [],
          traits: { birthName: 'X', firstNames: ['Y'], sex: 'F', birthDate: '1980-01-02' },
        },
      },
    ],
    ...gestures,
  };
  const server = createHttpServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      const gesture = all[(message.url ?? '').replace(/^.*\//, '')];
      const input = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Body;
      void Promise.resolve(gesture?.(input, state) ?? ([501, {}] as const)).then(([status, body]) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      );
    });
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Calls INSi with a certificate of the bench, as a product set up badly does. */
const callInsi = (client: string): Gesture =>
  function search(_input, { addresses }) {
    const files = addresses?.pki.clients[client];
    if (!addresses || !files) throw new Error('not configured');
    return new Promise((resolve) => {
      const call = request(addresses.insi.url, {
        method: 'POST',
        agent: false,
        ca: readFileSync(addresses.pki.ca),
        cert: readFileSync(files.cert),
        key: readFileSync(files.key),
      });
      call.on('response', () => resolve([200, { status: 'provisoire', message: 'reçu' }]));
      call.on('error', (error) => resolve([422, { code: 'TLS', reason: error.message }]));
      call.end();
    });
  };

interface Document {
  readonly failures: readonly { readonly verdict: string; readonly cause?: string; readonly reason: string }[];
  readonly toReview?: readonly { readonly id: string; readonly reason: string }[];
}

const run = async (
  sut: string,
  tags: string,
  ...more: readonly string[]
): Promise<{ readonly code: number | null; readonly document: Document }> => {
  const { code, out } = await jalon('run', '--json', '--sut', sut, '--tags', tags, '--exchange-timeout', '1', ...more);
  return { code, document: JSON.parse(out) as Document };
};

describe('a product of another house', () => {
  it('whose certificate is expired is told so: configuration, code 3, the certificate and what to do', async () => {
    const sut = await product({ searchIns: callInsi('EXPIRED') });
    const { code, document } = await run(sut, '@exigence:INS/va1.40 and not @preuve:INS/va1.54.01.01');
    expect(code).toBe(3);
    expect(document.failures).toEqual([
      expect.objectContaining({
        verdict: 'non-verifiable',
        cause: 'configuration',
        reason: expect.stringMatching(
          /certificat client expiré depuis le \d{4}-\d{2}-\d{2} \(.*CN=INSI-AUTO.*À faire : /s,
        ),
      }),
    ]);
  });

  it('that hides the refusal of its certificate is told so too, not called non conform', async () => {
    const search = callInsi('REVOKED');
    const sut = await product({
      searchIns: async (input, state) => {
        await search(input, state);
        return [200, { status: 'provisoire', message: 'INSi ne répond pas' }];
      },
    });
    const { code, document } = await run(sut, '@exigence:INS/va1.40 and not @preuve:INS/va1.54.01.01');
    expect(code, JSON.stringify(document.failures)).toBe(3);
    expect(document.failures[0]?.reason).toMatch(/certificat client révoqué/);
  });

  it('that never calls INSi is non conform, code 1, and the next command plays the same product', async () => {
    const sut = await product({ searchIns: () => [200, { status: 'provisoire', message: 'rien' }] });
    const { code, out } = await jalon(
      'run',
      '--sut',
      sut,
      '--tags',
      '@exigence:INS/va1.52 and @preuve:INS/va1.52.01.01',
      '--exchange-timeout',
      '1',
    );
    expect(code, out).toBe(1);
    expect(out).toContain("aucun échange de ce genre n'est arrivé au banc");
    expect(out).toContain(`-- run --sut ${sut} --tags`);
  });

  it('whose login page does not open is named, not the bench', async () => {
    const sut = await product({ login: () => [200, { url: 'http://127.0.0.1:1/connexion' }] });
    const { code, document } = await run(sut, '@service:psc and not @service:dmp', '--wave', 'va2');
    expect(code, JSON.stringify(document.failures)).toBe(1);
    expect(document.failures[0]).toMatchObject({ verdict: 'non-verifiable', cause: 'produit' });
    expect(document.failures[0]?.reason).toContain('http://127.0.0.1:1/connexion');
  });

  it('that does not propose what only some propose is to be reviewed, with the declaration to file', async () => {
    const { code, document } = await run(await product({}), '@preuve:INS/va1.20.01.01');
    expect(code, JSON.stringify(document.failures)).toBe(0);
    expect(document.toReview?.[0]?.reason).toContain('déposez la déclaration');
    expect(document.toReview?.[0]?.reason).toContain('INS/va1.20.01.01');
  });

  it.each([
    ['refuses its addresses', [200, { accepted: false }], 'SUT_NOT_CONFIGURED'],
    ['fails to take its addresses', [500, { code: 'ORA-1', reason: 'base arrêtée' }], 'SUT_NOT_CONFIGURED'],
  ] as const)('that %s ends with code 3', async (_what, answer, expected) => {
    const sut = await product({ configure: () => answer });
    const { code, err } = await jalon('run', '--sut', sut, '--tags', '@exigence:INS/va1.28');
    expect(code, err).toBe(3);
    expect(err).toContain(`[${expected}]`);
  });

  it('is tried gesture by gesture, leaving nothing behind', async () => {
    const sut = await product({});
    const cwd = workFolder();
    const input = JSON.stringify({ traits: { birthName: 'X', firstNames: ['Y'], sex: 'F', birthDate: '1980-01-02' } });
    const options = ['--sut', sut, '--input', input, '--gesture-timeout', '5', '--json'];
    const { code, out } = await start(['driver', 'try', 'registerPatient', ...options], { cwd }).ended;
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'done', output: { patientId: 'P1' } });
    expect(readdirSync(join(cwd, '.jalon'))).toEqual(['pki']);
  });
});
