import { execFile, spawnSync } from 'node:child_process';
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { promisify } from 'node:util';
import { Certificate } from '@peculiar/asn1-x509';
import { AsnConvert } from '@peculiar/asn1-schema';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { createJournal } from '../journal/index.ts';
import { listen, shut } from '../network/index.ts';
import { createPopulation } from '../population/index.ts';
import { createSituations } from '../situations/index.ts';
import { testPki } from '../testing.ts';
import { cardHolders, SERVICE_HOSTS, openPki, startPki, type Holders, type RunningPki } from './index.ts';
import { x509 } from './x509.ts';

const people = createPopulation();
const holders: Holders = cardHolders(people);
const [professional, second] = people.professionals;
if (professional === undefined || second === undefined) throw new Error('the population has too few professionals');
const DAY = 24 * 3600 * 1000;

const folders: string[] = [];
const running: RunningPki[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function dataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-pki-'));
  folders.push(folder);
  return folder;
}

/** A data folder that already holds a PKI: making keys takes a second, copying them does not. */
async function furnished(): Promise<string> {
  const folder = dataDir();
  const { pki } = await testPki();
  cpSync(dirname(pki.caFile), join(folder, 'pki'), { recursive: true });
  return folder;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const port = await listen(probe, 'probe', '127.0.0.1', 0);
  await shut(probe);
  return port;
}

async function start(folder: string, port = 0) {
  const journal = createJournal();
  const situations = createSituations();
  const context = { journal, situations, now: () => new Date(), uuid: () => randomUUID(), host: '127.0.0.1' };
  const started = await startPki({ dataDir: folder, holders, port }, context);
  running.push(started);
  return { started, journal, situations };
}

function certificateOf(pem: string): X509Certificate {
  return new X509Certificate(pem);
}

/** Reads certificates or OCSP answers with the tool that products use; the tests that need it say so when it is absent. */
const openssl = spawnSync('openssl', ['version']).status === 0;

describe('the test IGC-Santé', () => {
  it('has the names, keys and algorithms of the real one', async () => {
    const { pki, manifest } = await testPki();
    const organisations = certificateOf(manifest.authorities.organisations.certificate);
    expect(organisations.subject.split('\n').reverse().join(', ')).toBe(
      'CN=TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS, OU=IGC-SANTE TEST, OU=0002 187512751, O=ASIP-SANTE, C=FR',
    );
    for (const credential of [...Object.values(pki.clients), pki.server]) {
      const certificate = certificateOf(credential.certificatePem);
      expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
      expect(certificate.signatureAlgorithm).toBe('sha256WithRSAEncryption');
      expect(certificate.checkPrivateKey(createPrivateKey(credential.keyPem))).toBe(true);
    }
  });

  it('writes every name in DER: members of an RDN are sorted by their encoding', async () => {
    const { manifest } = await testPki();
    const sizes = new Map<string, number>();
    const all = { ...manifest.leaves, ...manifest.authorities };
    for (const [name, { certificate }] of Object.entries(all)) {
      const { tbsCertificate } = AsnConvert.parse(certificateOf(certificate).raw, Certificate);
      for (const rdn of [...tbsCertificate.subject, ...tbsCertificate.issuer]) {
        // What was issued, against the order that its members would have sorted.
        const members = [...rdn].map((member) => Buffer.from(AsnConvert.serialize(member)));
        expect(members, name).toEqual(members.toSorted((one, other) => Buffer.compare(one, other)));
        expect(certificateOf(certificate).raw.includes(Buffer.concat(members)), name).toBe(true);
        sizes.set(name, Math.max(sizes.get(name) ?? 0, members.length));
      }
    }
    expect([...sizes].filter(([, size]) => size === 3).map(([name]) => name)).toContain('CPS-1-SIGN');
  });

  it('has every client profile, with the structure in OU and the professional in CN', async () => {
    const { pki } = await testPki();
    expect(Object.keys(pki.clients)).toEqual([
      'INSI-AUTO',
      'INSI-MANU',
      'ORG_AUTH_CLI',
      'ORG_AUTH_SRV',
      'ORG_SIGN',
      'CPS-1-AUTH',
      'CPS-1-SIGN',
      'CPS-2-AUTH',
      'CPS-2-SIGN',
      'EXPIRED',
      'NOT-YET-VALID',
      'REVOKED',
      'OTHER-CA',
      'WRONG-PROFILE',
      'WRONG-CN',
      'CPS-EXPIRED-SIGN',
      'CPS-REVOKED-SIGN',
    ]);
    const subject = (name: string) => certificateOf(pki.clients[name]?.certificatePem ?? '').subject;
    expect(subject('INSI-MANU')).toContain(`OU=${people.laboratory.id}\nCN=INSI-MANU`);
    expect(subject('CPS-1-SIGN').split(/\n| \+ /)).toEqual(
      expect.arrayContaining([`CN=${professional.nationalId}`, `SN=${professional.lastName}`]),
    );
    expect(subject('CPS-2-AUTH').split(/\n| \+ /)).toEqual(
      expect.arrayContaining([`CN=${second.nationalId}`, `SN=${second.lastName}`]),
    );
    expect(subject('WRONG-CN')).toMatch(/CN=INSI_AUTO$/);
  });

  it('judges each of them', async () => {
    const { pki } = await testPki();
    const judge = (pem: string, at = new Date()) => pki.judge(new Uint8Array(certificateOf(pem).raw), at);
    const verdicts = Object.values(pki.clients).map(({ name, certificatePem }) => [name, judge(certificatePem)]);
    expect(Object.fromEntries(verdicts.filter(([, verdict]) => verdict !== undefined))).toEqual({
      EXPIRED: 'expired',
      'NOT-YET-VALID': 'not-yet-valid',
      REVOKED: 'revoked',
      'OTHER-CA': 'unknown-authority',
      'CPS-EXPIRED-SIGN': 'expired',
      'CPS-REVOKED-SIGN': 'revoked',
    });
    const good = pki.clients['INSI-AUTO']?.certificatePem ?? '';
    expect(judge(good, new Date('2020-01-01'))).toBe('not-yet-valid');
    expect(judge(good, new Date('2099-01-01'))).toBe('expired');
    expect(pki.judge(new Uint8Array([1, 2, 3]), new Date())).toBe('unknown-authority');
  });

  it('judges what each was made for', async () => {
    const { pki, manifest } = await testPki();
    const made = (use: 'client' | 'signature') =>
      Object.values(pki.clients)
        .filter(({ certificatePem }) => {
          const der = new Uint8Array(certificateOf(certificatePem).raw);
          return pki.judge(der, new Date()) === undefined && pki.judge(der, new Date(), use) === 'wrong-profile';
        })
        .map(({ name }) => name);
    expect(made('client')).toEqual(['ORG_AUTH_SRV', 'ORG_SIGN', 'CPS-1-SIGN', 'CPS-2-SIGN', 'WRONG-PROFILE']);
    expect(made('signature')).toEqual([
      'INSI-AUTO',
      'INSI-MANU',
      'ORG_AUTH_CLI',
      'ORG_AUTH_SRV',
      'CPS-1-AUTH',
      'CPS-2-AUTH',
      'WRONG-CN',
    ]);
    const authority = certificateOf(manifest.authorities.organisations.certificate);
    expect(pki.judge(new Uint8Array(authority.raw), new Date(), 'client')).toBe('wrong-profile');
  });

  it('points every certificate at the revocation listener', async () => {
    const { pki, manifest } = await testPki();
    const origin = `http://${manifest.host}:${manifest.port}/`;
    for (const { certificatePem } of Object.values(pki.clients)) {
      const leaf = new x509.X509Certificate(certificatePem);
      const [point] = leaf.getExtension(x509.CRLDistributionPointsExtension)?.distributionPoints ?? [];
      const access = leaf.getExtension(x509.AuthorityInfoAccessExtension);
      expect(JSON.stringify(point)).toContain(`${origin}CRL/`);
      expect(access?.ocsp.map(({ value }) => value)).toEqual([`${origin}ocsp`]);
      expect(access?.caIssuers.map(({ value }) => value)).toEqual([expect.stringMatching(`^${origin}AC/.+\\.cer$`)]);
    }
  });

  it('has a server certificate for the loopback and every real host', async () => {
    const { pki } = await testPki();
    const certificate = certificateOf(pki.server.certificatePem);
    for (const name of ['localhost', ...SERVICE_HOSTS.map((host) => host.name)]) {
      expect([name, certificate.checkHost(name)]).toEqual([name, name]);
    }
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkIP('::1')).toBe('::1');
  });

  it('gives PKCS#12 files that open with their passphrase only, and files for their owner only', async () => {
    const { pki } = await testPki();
    const credential = pki.clients['INSI-AUTO'];
    const pfx = readFileSync(credential?.files.p12 ?? '');
    expect(() => createSecureContext({ pfx, passphrase: credential?.passphrase ?? '' })).not.toThrow();
    expect(() => createSecureContext({ pfx, passphrase: 'autre' })).toThrow();
  });

  it.runIf(openssl)('gives PKCS#12 files that old tools read (needs openssl on the machine)', async () => {
    const { pki } = await testPki();
    const { files, passphrase } = pki.clients['CPS-1-SIGN'] ?? pki.server;
    // Tools of before OpenSSL 3 know no other encryption than these; `-legacy` stands for them.
    const read = (...more: string[]) =>
      spawnSync('openssl', ['pkcs12', '-in', files.p12, '-passin', 'env:SECRET', '-noout', '-info', ...more], {
        encoding: 'utf8',
        env: { ...process.env, SECRET: passphrase },
      });
    const shown = read('-legacy').stderr;
    expect(shown).toMatch(/MAC: sha1/);
    expect(shown).toMatch(/pbeWithSHA1And3-KeyTripleDES-CBC/);
    expect(shown).not.toMatch(/PBES2|error/i);
    expect(read().status).toBe(0);
  });

  it('keeps every file for its owner only', async () => {
    const { pki } = await testPki();
    const folder = dirname(pki.caFile);
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      expect([entry, statSync(join(folder, entry)).mode & 0o077]).toEqual([entry, 0]);
    }
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it('signs a CRL that names the revoked certificates', async () => {
    const { pki } = await testPki();
    const crl = new x509.X509Crl(new Uint8Array(pki.crl));
    const revoked = certificateOf(pki.clients['REVOKED']?.certificatePem ?? '').serialNumber;
    const good = certificateOf(pki.clients['INSI-AUTO']?.certificatePem ?? '').serialNumber;
    expect(crl.findRevoked(revoked.toLowerCase())?.serialNumber.toUpperCase()).toBe(revoked);
    expect(crl.findRevoked(good.toLowerCase())).toBeNull();
  });
});

describe('the data folder', () => {
  it('keeps the PKI from one start to the next, and heals what was damaged', async () => {
    const folder = await furnished();
    const first = await openPki({ dataDir: folder, now: () => new Date(), holders });
    const second = await openPki({ dataDir: folder, now: () => new Date(), holders });
    expect(second.pki.server.certificatePem).toBe(first.pki.server.certificatePem);
    writeFileSync(join(folder, 'pki', 'pki.json'), '{"layout":');
    const third = await openPki({ dataDir: folder, now: () => new Date(), holders });
    expect(third.pki.caPem).not.toBe(first.pki.caPem);
    expect(readdirSync(folder)).toEqual(['pki']);
  });

  it('of an older bench gets the certificates it lacks, and keeps its authorities and keys', async () => {
    const folder = await furnished();
    const first = await openPki({ dataDir: folder, now: () => new Date(), holders });
    const file = join(folder, 'pki', 'pki.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { leaves: Record<string, unknown> };
    delete manifest.leaves['SERVER-NO-REVOCATION'];
    writeFileSync(file, JSON.stringify(manifest));
    const { pki } = await openPki({ dataDir: folder, now: () => new Date(), holders });
    expect(pki.faultyServers['NO-REVOCATION']?.certificatePem).toContain('BEGIN CERTIFICATE');
    expect([pki.caPem, pki.server.keyPem]).toEqual([first.pki.caPem, first.pki.server.keyPem]);
  });

  it('is remade within seven days of its end', async () => {
    const folder = await furnished();
    const first = await openPki({ dataDir: folder, now: () => new Date(), holders });
    const end = certificateOf(first.pki.server.certificatePem).validToDate.getTime();
    const before = await openPki({ dataDir: folder, now: () => new Date(end - 8 * DAY), holders });
    expect(before.pki.caPem).toBe(first.pki.caPem);
    const after = await openPki({ dataDir: folder, now: () => new Date(end - 6 * DAY), holders });
    expect(after.pki.caPem).not.toBe(first.pki.caPem);
  });

  it('gives one PKI to two that open it at once, and takes over the lock of a dead process', async () => {
    const folder = dataDir();
    const { pid } = spawnSync(process.execPath, ['--eval', '0']);
    writeFileSync(join(folder, 'pki.lock'), String(pid));
    // What a start killed in the middle leaves beside.
    mkdirSync(join(folder, 'pki.new-deadbeef'));
    const both = await Promise.all([1, 2].map(() => openPki({ dataDir: folder, now: () => new Date(), holders })));
    expect(both[0]?.pki.caPem).toBe(both[1]?.pki.caPem);
    expect(readdirSync(folder)).toEqual(['pki']);
  });
});

describe('the revocation listener', () => {
  it('plays a list that cannot be fetched any more, one that ends soon, and a responder that is out', async () => {
    const { started, situations, journal } = await start(await furnished());
    const { crl, ocsp } = started.addresses;
    const read = async () => new x509.X509Crl(await (await fetch(crl)).arrayBuffer());
    situations.set({ service: 'pki', situation: 'liste-revocation-injoignable', parameters: { after: 1 } });
    // The first fetch is answered: the product then holds the last valid list.
    expect((await read()).entries.length).toBeGreaterThan(0);
    expect((await fetch(crl)).status).toBe(503);
    expect(journal.list().at(-1)).toMatchObject({ operation: 'crl', expected: true });
    expect(journal.list().at(-1)?.outcome).toMatch(/503 .*« liste-revocation-injoignable »/);
    // The responder is another address.
    expect((await fetch(ocsp, { method: 'POST', body: 'x' })).status).toBe(200);
    situations.reset();
    situations.set({ service: 'pki', situation: 'liste-revocation-courte', parameters: { minutes: 2 }, times: 1 });
    const short = await read();
    expect((short.nextUpdate?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(2 * 60_000);
    const plain = await read();
    expect((plain.nextUpdate?.getTime() ?? 0) - Date.now()).toBeGreaterThan(6 * DAY);
    situations.set({ service: 'pki', situation: 'ocsp-injoignable', times: 1 });
    expect((await fetch(ocsp, { method: 'POST', body: 'x' })).status).toBe(503);
    expect((await fetch(`${ocsp}/eA==`)).status).toBe(200);
  });

  it.each([
    ['liste-revocation-injoignable', { after: -1 }, /« after »/],
    ['liste-revocation-courte', { minutes: 'cinq' }, /« minutes »/],
    ['ocsp-injoignable', { after: 1 }, /« after »/],
  ])('refuses what %s cannot play', async (situation, parameters, why) => {
    const { situations } = await start(await furnished());
    expect(() => situations.set({ service: 'pki', situation, parameters })).toThrow(why);
  });

  it('never answers for the certificate whose revocation is out of reach, and tells of one by OCSP only', async () => {
    const { started, journal } = await start(await furnished());
    const { faultyServers, crl } = started.pki;
    const leaf = new x509.X509Certificate(faultyServers['NO-REVOCATION']?.certificatePem ?? '');
    const [point] = leaf.getExtension(x509.CRLDistributionPointsExtension)?.distributionPoints ?? [];
    const url = /http[^"]+\.crl/.exec(JSON.stringify(point))?.[0] ?? '';
    expect((await fetch(url)).status).toBe(503);
    const responder = leaf.getExtension(x509.AuthorityInfoAccessExtension)?.ocsp[0]?.value ?? '';
    expect((await fetch(responder, { method: 'POST', body: 'x' })).status).toBe(503);
    expect(journal.list().map(({ operation, expected }) => [operation, expected])).toEqual([
      ['revocation-injoignable', true],
      ['revocation-injoignable', true],
    ]);
    const list = new x509.X509Crl(new Uint8Array(crl));
    const serial = (name: string) =>
      certificateOf(faultyServers[name]?.certificatePem ?? '').serialNumber.toLowerCase();
    expect(list.findRevoked(serial('REVOKED'))).not.toBeNull();
    expect(list.findRevoked(serial('REVOKED-OCSP'))).toBeNull();
  });

  it('serves the CRL that the certificates point at, and journals it', async () => {
    const { started, journal } = await start(await furnished(), await freePort());
    const leaf = new x509.X509Certificate(started.pki.clients['INSI-AUTO']?.certificatePem ?? '');
    const points = leaf.getExtension(x509.CRLDistributionPointsExtension)?.distributionPoints ?? [];
    expect(JSON.stringify(points)).toContain(started.addresses.crl);
    const crl = await fetch(started.addresses.crl);
    expect(crl.headers.get('content-type')).toBe('application/pkix-crl');
    expect(new x509.X509Crl(await crl.arrayBuffer()).issuer).toContain('TEST AC IGC-SANTE ELEMENTAIRE ORGANISATIONS');
    expect(journal.list()[0]).toMatchObject({ service: 'pki', operation: 'crl', expected: true });
    expect((await fetch(new URL('/CRL/AC-INCONNUE.crl', started.addresses.crl))).status).toBe(404);
  });

  it('refuses what is no OCSP request', async () => {
    const { started, journal } = await start(await furnished());
    const answer = await fetch(started.addresses.ocsp, { method: 'POST', body: 'bonjour' });
    // OCSPResponse { malformedRequest }
    expect(Buffer.from(await answer.arrayBuffer()).toString('hex')).toBe('30030a0101');
    expect(journal.list()[0]?.outcome).toMatch(/illisible/);
  });

  it.runIf(openssl)('answers OCSP as openssl verifies it (needs openssl on the machine)', async () => {
    const { started, journal } = await start(await furnished());
    const { pki, addresses } = started;
    const issuer = join(folders[0] ?? '', 'issuer.pem');
    const blocks = pki.authoritiesPem.split(/(?<=-----END CERTIFICATE-----\n)/);
    writeFileSync(issuer, blocks[1] ?? '');
    const trusted = join(folders[0] ?? '', 'pki', 'authorities.pem');
    const ask = async (name: string) => {
      const cert = pki.clients[name]?.files.cert ?? '';
      const asked = ['-issuer', issuer, '-cert', cert, '-url', addresses.ocsp, '-CAfile', trusted];
      const { stdout, stderr } = await promisify(execFile)('openssl', ['ocsp', ...asked]);
      return `${stdout}${stderr}`;
    };
    const good = await ask('INSI-AUTO');
    expect(good).toMatch(/INSI-AUTO\.pem: good/);
    expect(good).toMatch(/Response verify OK/);
    expect(await ask('REVOKED')).toMatch(/REVOKED\.pem: revoked/);
    expect((journal.list() as readonly HttpExchange[]).map((one) => one.outcome)).toEqual([
      expect.stringMatching(/valide$/),
      expect.stringMatching(/révoqué$/),
    ]);
  });

  it('lets a second bench share the port of the first on the same folder', async () => {
    const folder = await furnished();
    const first = await start(folder);
    const second = await start(folder);
    expect(second.started.pki.server.certificatePem).toBe(first.started.pki.server.certificatePem);
    expect(second.started.addresses.crl).not.toBe(first.started.addresses.crl);
    expect((await fetch(second.started.addresses.crl)).status).toBe(200);
  });

  // The whole PKI is issued twice.
  it('has certificates issued again with the same keys when a stranger holds its port', async () => {
    const folder = await furnished();
    const port = await freePort();
    const { pki, manifest } = await openPki({ dataDir: folder, now: () => new Date(), holders, port });
    const stranger = createServer((socket) => socket.destroy());
    await listen(stranger, 'stranger', '127.0.0.1', manifest.port);
    try {
      const { started } = await start(folder);
      expect(started.pki.server.keyPem).toBe(pki.server.keyPem);
      expect(started.pki.caPem).toBe(pki.caPem);
      expect(started.pki.server.certificatePem).not.toBe(pki.server.certificatePem);
      const leaf = new x509.X509Certificate(started.pki.server.certificatePem);
      const points = leaf.getExtension(x509.CRLDistributionPointsExtension)?.distributionPoints ?? [];
      expect(JSON.stringify(points)).toContain(started.addresses.crl);
      await expect(start(folder, manifest.port)).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    } finally {
      await shut(stranger);
    }
  }, 90_000);
});
