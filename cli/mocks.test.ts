import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BenchAddresses } from '#mocks/types.ts';
import { readJournal } from '#mocks/index.ts';
import type { Finding, Verdict } from '#dsr/verdict/index.ts';
import { jalon, start, workFolder } from './testing.ts';

type Line = BenchAddresses & { readonly journal: string };
interface Entry {
  readonly service: string;
  readonly outcome: string;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict | null;
}

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

/** Starts the services and reads their first line, which comes in several pieces. */
async function startMocks(cwd: string, ...args: readonly string[]) {
  const running = start(['mocks', ...args], { cwd });
  let printed = '';
  running.child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  await running.until('}\n');
  return { running, first: JSON.parse(printed.split('\n')[0] ?? '') as Line };
}

/** The client certificate of that name, as it was printed. */
function materialOf({ pki }: Line, name: string): RequestOptions {
  const { p12, passphrase } = pki.clients[name] ?? { p12: '', passphrase: '' };
  return { pfx: readFileSync(p12), passphrase, ca: readFileSync(pki.ca) };
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
    const { running, first } = await startMocks(cwd, '--json');
    try {
      expect(FIXED.filter((path) => [undefined, ''].includes(at(first, path) as string | undefined))).toEqual([]);
      expect(Object.keys(first.pki.clients)).toEqual(expect.arrayContaining(CLIENTS));
      for (const { cert, key, p12, passphrase } of Object.values(first.pki.clients)) {
        expect([cert, key, p12].map((file) => statSync(file).mode & 0o077)).toEqual([0, 0, 0]);
        expect(passphrase).not.toBe('');
      }
      // The PKCS#12 as it was printed opens the door of INSi.
      expect(await post(first.insi.url, materialOf(first, 'INSI-AUTO'))).toBeGreaterThanOrEqual(400);
      // `ins` is the matricule with its key: 13 characters then 2 digits, 97 - (number modulo 97), 2A and 2B as 19 and 18.
      for (const { ins, situation } of first.patients) {
        expect(ins).toMatch(/^\d{5}(?:\d{2}|2[AB])\d{8}$/);
        const number = BigInt(ins.slice(0, 13).replace('2A', '19').replace('2B', '18'));
        // One of the published test identities was published with a key that is not its own.
        if (['cle-fausse', 'publie'].includes(situation)) continue;
        expect(Number(ins.slice(13))).toBe(97 - Number(number % 97n));
      }
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

  it('joins the checks: GET /journal, a summary at the end, and the journal read back afterwards', async () => {
    const cwd = workFolder();
    const { running, first } = await startMocks(cwd);
    const entries = async (): Promise<readonly Entry[]> =>
      ((await (await fetch(`${first.control.url}/journal`)).json()) as { exchanges: Entry[] }).exchanges;
    let seen: readonly Entry[];
    try {
      await post(first.insi.url, materialOf(first, 'INSI-AUTO'));
      await expect(post(first.dmp.base, materialOf(first, 'EXPIRED'))).rejects.toThrow();
      await fetch(first.pki.crl);
      seen = await entries();
    } finally {
      running.child.kill('SIGINT');
    }
    expect(seen.map(({ service, verdict }) => [service, verdict])).toEqual([
      ['insi', 'non-verifiable'],
      ['dmp', 'non-conforme'],
      ['pki', null],
    ]);
    const [call, handshake] = seen;
    expect(call?.findings[0]).toMatchObject({ rule: 'INSI-SOAP-READABLE', layer: 'wellformed', severity: 'error' });
    expect(handshake?.findings.map(({ rule }) => rule)).toContain('TLS-CLIENT-CERTIFICATE-EXPIRED');
    const { code, out, err } = await running.ended;
    expect(code).toBe(0);
    expect(out.trimEnd()).not.toContain('\n');
    expect(err).toMatch(/3 échange\(s\) : DMP 1, IGC-Santé de test 1, INSi 1\./);
    expect(err).toContain('0 conforme(s), 1 avec erreurs, 1 non vérifiable(s) ; 1 sans contrôle.');
    expect(err).toMatch(/Règles le plus souvent en cause :\n {2}\S+ +1\n/);

    const again = await start(['mocks', '--journal', first.journal, '--json'], { cwd }).ended;
    expect([again.code, again.err]).toEqual([0, '']);
    const read = JSON.parse(again.out) as { exchanges: Entry[]; problems: unknown[] };
    expect(read.problems).toEqual([]);
    expect(read.exchanges.map(({ verdict }) => verdict)).toEqual(seen.map(({ verdict }) => verdict));
    expect(read.exchanges.map(({ findings }) => findings)).toEqual(seen.map(({ findings }) => findings));
    const table = await start(['mocks', '--journal', first.journal], { cwd }).ended;
    expect(table.out).toMatch(/^ *N° +Heure/);
    expect(table.out).toMatch(/n° 1, POST \/lps : INSI-SOAP-READABLE \(erreur\)/);
  }, 60_000);

  it('reads the journal of a bench that was killed', async () => {
    const cwd = workFolder();
    const { running, first } = await startMocks(cwd, '--json');
    try {
      await post(first.insi.url, materialOf(first, 'INSI-AUTO'));
    } finally {
      // The launcher is another process than the bench: only the bench itself is killed.
      process.kill(Number(readFileSync(join(cwd, '.jalon', 'verrou'), 'utf8')), 'SIGKILL');
    }
    await running.ended;
    const { code, out } = await start(['mocks', '--journal', first.journal, '--json'], { cwd }).ended;
    expect(code).toBe(0);
    expect((JSON.parse(out) as { exchanges: Entry[] }).exchanges).toHaveLength(1);
  }, 60_000);

  it.each([
    ['absent', /Aucun journal ne peut être lu à cet endroit/],
    ['.', /Donnez l'un de ses dossiers, par exemple .*sous-dossier/],
  ])('says that %s holds no journal', async (folder, message) => {
    const cwd = workFolder();
    mkdirSync(join(cwd, 'sous-dossier'));
    const { code, err } = await start(['mocks', '--journal', folder], { cwd }).ended;
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it('refuses an address that is none', async () => {
    for (const address of ['zut', 'hote:0', 'hote:70000', 'http://hote:80']) {
      const { code, err } = await jalon('mocks', '--hl7-target', address);
      expect([code, err]).toEqual([2, expect.stringMatching(/^Jalon : Adresse invalide/)]);
    }
  }, 30_000);

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
