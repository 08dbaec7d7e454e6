import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BenchAddresses } from '#mocks/types.ts';
import { readJournal } from '#mocks/index.ts';
import { jalon, start, workFolder } from './testing.ts';

type Line = BenchAddresses & { readonly journal: string };

/** What DESIGN §4.2 fixes, as the paths of the document. */
const FIXED = [
  'insi.url',
  'dmp.base',
  'dmp.webPs',
  'psc.issuer',
  'psc.discovery',
  'psc.clientId',
  'psc.clientSecret',
  'mssante.smtp.host',
  'mssante.smtp.port',
  'mssante.imap.host',
  'mssante.imap.port',
  'mssante.domain',
  'mssante.mailboxes.0.address',
  'mssante.mailboxes.0.kind',
  'mssante.mailboxes.0.user',
  'mssante.mailboxes.0.password',
  'annuaire.fhir',
  'annuaire.extraction',
  'hl7.mllp.host',
  'hl7.mllp.port',
  'pki.ca',
  'pki.crl',
  'pki.ocsp',
  ...['name', 'firstNames', 'sex', 'birthDate', 'birthPlace', 'ins', 'oid', 'situation'].map(
    (key) => `patients.0.${key}`,
  ),
  'control.url',
];
const CLIENTS = [
  'INSI-AUTO',
  'INSI-MANU',
  'ORG_AUTH_CLI',
  'ORG_SIGN',
  'CPS-1-AUTH',
  'CPS-1-SIGN',
  'EXPIRED',
  'REVOKED',
  'OTHER-CA',
];

function at(document: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((here, key) => (here as Record<string, unknown> | undefined)?.[key], document);
}

function post(url: string, options: RequestOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { ...options, method: 'POST', agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    call.on('error', reject);
    call.end('<x/>');
  });
}

describe('jalon mocks --json', () => {
  it('prints on its first line every address, and files that a product can use at once', async () => {
    const cwd = workFolder();
    const running = start(['mocks', '--json'], { cwd });
    let printed = '';
    running.child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
    // The whole line: it comes in several pieces.
    await running.until('\n');
    const first = JSON.parse(printed) as Line;
    try {
      expect(FIXED.filter((path) => [undefined, ''].includes(at(first, path) as string | undefined))).toEqual([]);
      expect(Object.keys(first.pki.clients)).toEqual(expect.arrayContaining(CLIENTS));
      for (const { cert, key, p12, passphrase } of Object.values(first.pki.clients)) {
        expect([cert, key, p12].map((file) => statSync(file).mode & 0o077)).toEqual([0, 0, 0]);
        expect(passphrase).not.toBe('');
      }
      // The PKCS#12 as it was printed opens the door of INSi.
      const { p12, passphrase } = first.pki.clients['INSI-AUTO'] ?? { p12: '', passphrase: '' };
      const material = { pfx: readFileSync(p12), passphrase, ca: readFileSync(first.pki.ca) };
      expect(await post(first.insi.url, material)).toBeGreaterThanOrEqual(400);
    } finally {
      running.child.kill('SIGINT');
    }
    const { code, out, err } = await running.ended;
    expect([code, err]).toEqual([0, '']);
    expect(out.trimEnd()).not.toContain('\n');
    // What it answered is on disk, for the owner of the folder.
    const { exchanges, problems } = readJournal(first.journal);
    expect(exchanges.map(({ service }) => service)).toEqual(['insi']);
    expect(problems).toEqual([]);
    expect(statSync(first.journal).mode & 0o077).toBe(0);
  }, 60_000);

  it('gives the lines of the hosts file, and needs no data folder for it', async () => {
    const { code, out } = await jalon('mocks', '--hosts');
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .every((line) => /^127\.0\.0\.1 [a-z0-9.-]+$/.test(line)),
    ).toBe(true);
    expect(out).toContain('127.0.0.1 services-ps-tlsm.ameli.fr\n');
  });
});

describe('the keys of the bench', () => {
  it('stay in the data folder: none is in what a run leaves to be shared', async () => {
    const cwd = workFolder();
    const args = [
      'run',
      '--category',
      'SGL',
      '--wave',
      'va1',
      '--sut',
      'reference',
      '--tags',
      '@exigence:INS/va1.28',
      '--json',
    ];
    const { code, err } = await start(args, { cwd }).ended;
    expect([0, 1], err).toContain(code);
    const data = join(cwd, '.jalon');
    const manifest = readFileSync(join(data, 'pki', 'pki.json'), 'utf8');
    const { passphrase, leaves } = JSON.parse(manifest) as {
      passphrase: string;
      leaves: Record<string, { key: string }>;
    };
    const secrets = [passphrase, ...Object.values(leaves).map(({ key }) => key.split('\n')[2] ?? '')];
    expect(Math.min(...secrets.map(({ length }) => length))).toBeGreaterThan(8);
    let read = 0;
    for (const entry of readdirSync(data, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      // What must not be shared stands apart: the PKI itself, and the private folder of each run.
      if (!entry.isFile() || path.startsWith(join(data, 'pki')) || path.includes('/prive/')) continue;
      const text = readFileSync(path, 'latin1');
      read += 1;
      expect([path, /PRIVATE KEY/.test(text), secrets.some((secret) => text.includes(secret))]).toEqual([
        path,
        false,
        false,
      ]);
    }
    expect(read).toBeGreaterThan(0);
    expect(existsSync(join(data, 'pki', 'clients', 'INSI-AUTO.key.pem'))).toBe(true);
  }, 120_000);
});
