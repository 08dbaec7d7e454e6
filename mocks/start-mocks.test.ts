import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ImapFlow } from 'imapflow';
import nodemailer from 'nodemailer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frameMllp } from '#formats/hl7v2/index.ts';
import { EXPECTED_OPERATIONS } from './diagnosis/index.ts';
import { envelope, existenceBody, vihf } from './dmp/testing/messages.ts';
import { ACTIONS } from './dmp/vocabulary.ts';
import { listen, shut } from './network/index.ts';
import { createServer } from 'node:net';
import { readDmpOptions, startMocks, type Bench } from './index.ts';
import { testPki } from './testing.ts';

let folder: string;
let bench: Bench;

/** A data folder whose keys are already made: making them takes a second. */
async function furnished(): Promise<string> {
  const made = mkdtempSync(join(tmpdir(), 'jalon-bench-'));
  cpSync(dirname((await testPki()).pki.caFile), join(made, 'pki'), { recursive: true });
  return made;
}

beforeAll(async () => {
  folder = await furnished();
  bench = await startMocks({ dataDir: folder, journalDir: join(folder, 'journal') });
});
afterAll(async () => {
  await bench.close();
  rmSync(folder, { recursive: true, force: true });
});

function call(url: string, options: RequestOptions & { body?: string; as?: string } = {}) {
  const { body, as, ...others } = options;
  const credential = as === undefined ? undefined : bench.pki.clients[as];
  return new Promise<{ status: number; body: string; type: string }>((resolve, reject) => {
    const request = httpsRequest(
      url,
      {
        ca: bench.pki.caPem,
        agent: false,
        method: body === undefined ? 'GET' : 'POST',
        ...(credential === undefined ? {} : { cert: credential.certificatePem, key: credential.keyPem }),
        ...others,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            type: response.headers['content-type'] ?? '',
          }),
        );
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function insiSearch(name: string, firstName: string, sex: string, birthDate: string): string {
  const action = 'urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite';
  const [wsa, at, id] = ['http://www.w3.org/2005/08/addressing', new Date().toISOString(), () => crypto.randomUUID()];
  const structure = bench.population.laboratory.id;
  return `<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Header>
<wsa:Action xmlns:wsa="${wsa}">${action}</wsa:Action><wsa:MessageID xmlns:wsa="${wsa}">uuid:${id()}</wsa:MessageID>
<b:ContexteBAM xmlns:b="urn:siram:bam:ctxbam" Version="01_02" Nature="CTXBAM"><b:Id>${id()}</b:Id><b:Temps>${at}</b:Temps><b:Emetteur>${structure}</b:Emetteur><b:COUVERTURE/></b:ContexteBAM>
<l:ContexteLPS xmlns:l="urn:siram:lps:ctxlps" Version="01_00" Nature="CTXLPS"><l:Id>${id()}</l:Id><l:Temps>${at}</l:Temps><l:Emetteur>${structure}</l:Emetteur><l:LPS><l:IDAM R="4">ABCDEFGHIJ</l:IDAM><l:Version>1.0</l:Version><l:Instance>${id()}</l:Instance><l:Nom>urn:lps:essai:1.0</l:Nom></l:LPS></l:ContexteLPS>
</soap:Header><soap:Body><RECSANSVITALE xmlns="http://www.cnamts.fr/INSiRecSans"><NomNaissance>${name}</NomNaissance><Prenom>${firstName}</Prenom><Sexe>${sex}</Sexe><DateNaissance>${birthDate}</DateNaissance></RECSANSVITALE></soap:Body></soap:Envelope>`;
}

describe('the address document', () => {
  it('has the shape that others rely on', () => {
    const text = JSON.stringify(bench.addresses);
    expect(text).not.toContain('\n');
    expect(bench.addresses).toMatchObject({
      insi: { url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+\/lps$/) as string },
      dmp: {
        base: expect.stringMatching(/^https:.*\/si-dmp-server\/v2\/services$/) as string,
        webPs: expect.stringMatching(/^https:/) as string,
      },
      psc: { discovery: expect.stringMatching(/\/\.well-known\/wallet-openid-configuration$/) as string },
      mssante: { smtp: { host: '127.0.0.1' }, imap: { host: '127.0.0.1' }, domain: bench.addresses.mssante.domain },
      annuaire: { fhir: expect.stringMatching(/\/fhir\/v2$/) as string },
      hl7: { mllp: { host: '127.0.0.1' } },
      control: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string },
    });
    expect(Object.keys(bench.addresses.pki.clients)).toContain('CPS-1-SIGN');
    for (const client of Object.values(bench.addresses.pki.clients)) {
      expect([client.cert, client.key, client.p12].map((file) => existsSync(file))).toEqual([true, true, true]);
    }
    expect(new Set(bench.addresses.mssante.mailboxes.map(({ kind }) => kind))).toEqual(
      new Set(['PER', 'ORG', 'APP', 'USAGER']),
    );
    expect(bench.addresses.patients.filter(({ situation }) => situation === 'nominal').length).toBeGreaterThan(39);
  });
});

describe('each service answers a plain client', () => {
  it('INSi finds a patient, for a certificate of the right name only', async () => {
    const patient = bench.population.draw('nominal');
    const body = insiSearch(patient.birthName, patient.firstNames[0] ?? '', patient.sex, patient.birthDate);
    const type =
      'application/soap+xml; charset=utf-8; action="urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite"';
    const post = { body, headers: { 'content-type': type } };
    const found = await call(bench.addresses.insi.url, { ...post, as: 'INSI-AUTO' });
    expect(found.status).toBe(200);
    expect(found.body).toContain(patient.ins.slice(0, 13));
    expect(bench.journal.list({ about: patient.key })).toHaveLength(1);
    expect((await call(bench.addresses.insi.url, { ...post, as: 'ORG_AUTH_CLI' })).body).toContain('desir_560');
    await expect(call(bench.addresses.insi.url, post)).rejects.toThrow();
  });

  it('DMP listens on mutual TLS, Web-PS without certificate', async () => {
    const answer = await call(`${bench.addresses.dmp.base}/patients`, { body: '<a/>', as: 'ORG_AUTH_CLI' });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(bench.journal.list({ service: 'dmp' }).length).toBeGreaterThan(0);
    await expect(call(`${bench.addresses.dmp.base}/patients`, { body: '<a/>', as: 'REVOKED' })).rejects.toThrow();
    const page = await call(`${new URL(bench.addresses.dmp.webPs).origin}/AccesDirect/TableauDeBord`);
    expect(page.status).toBeLessThan(500);
  });

  it('Pro Santé Connect publishes its discovery', async () => {
    const { status, body } = await call(bench.addresses.psc.discovery);
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ issuer: bench.addresses.psc.issuer });
  });

  it('the directory answers a search to who has the key', async () => {
    const { fhir, apiKey } = bench.addresses.annuaire;
    const search = `${fhir}/Practitioner?identifier=${bench.population.professionals[0]?.rpps}`;
    const found = await call(search, { headers: { 'esante-api-key': apiKey, accept: 'application/fhir+json' } });
    expect(found.status).toBe(200);
    expect(JSON.parse(found.body)).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
    expect((await call(search)).status).toBe(401);
  });

  it('MSSanté takes a mail by SMTP and gives it back by IMAP', async () => {
    const { smtp, imap, mailboxes } = bench.addresses.mssante;
    const sender = mailboxes.find(({ kind }) => kind === 'APP') ?? mailboxes[0];
    if (sender === undefined) throw new Error('there is no mailbox');
    const credential = bench.pki.clients['ORG_AUTH_CLI'];
    const tls = { ca: bench.pki.caPem, cert: credential?.certificatePem, key: credential?.keyPem };
    const auth = { user: sender.user, pass: sender.password };
    const transport = nodemailer.createTransport({ ...smtp, requireTLS: true, tls, auth });
    await transport.sendMail({ from: sender.address, to: sender.address, subject: 'essai du banc', text: 'é' });
    transport.close();
    expect(bench.journal.list({ service: 'mssante', about: sender.address }).length).toBeGreaterThan(0);
    const client = new ImapFlow({ ...imap, secure: false, doSTARTTLS: true, tls, auth, logger: false });
    await client.connect();
    const inbox = await client.mailboxOpen('INBOX');
    await client.logout();
    expect(inbox.exists).toBe(1);
  });

  it('the HL7 receiver acknowledges', async () => {
    const { host, port } = bench.addresses.hl7.mllp;
    const socket = connect(port, host);
    const header = 'MSH|^~\\&|SIL|LABO|DPI|HOPITAL|20260105100000||ORU^R01^ORU_R01|M1|P|2.5|||||FRA|UNICODE UTF-8';
    const message = `${header}\rPID|1||42^^^LABO^PI||PATTEST-UN^JEANNE\r`;
    socket.write(frameMllp(new TextEncoder().encode(message)));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toContain('MSA|AA|M1');
  });

  it('the authority publishes its CRL', async () => {
    expect((await fetch(bench.addresses.pki.crl)).status).toBe(200);
  });

  it('the control API scripts a situation, shows the journal and resets', async () => {
    const { url } = bench.addresses.control;
    const [name] = bench.situations.known('insi');
    const patient = bench.population.draw('nominal');
    const order = { service: 'insi', patient: patient.key, situation: name };
    const headers = { 'content-type': 'application/json' };
    const post = (path: string, body: unknown) =>
      fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    expect((await post('/situations', order)).status).toBe(200);
    const journal = (await (await fetch(`${url}/journal?service=hl7`)).json()) as { exchanges: unknown[] };
    expect(journal.exchanges.length).toBe(bench.journal.list({ service: 'hl7' }).length);
    expect((await post('/reset', {})).status).toBe(200);
    expect(bench.situations.take('insi', patient.key)).toBeUndefined();
    expect(bench.population.draw('nominal').key).toBe('nominal-01');
  });
});

it('the control API has a feed sent over MLLP, which both ends journal', async () => {
  const mark = bench.journal.mark();
  // The receiver of the bench stands for the product.
  const answer = await fetch(`${bench.addresses.control.url}/hl7/feeds`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ address: bench.addresses.hl7.mllp, patient: 'nominal-02', event: 'A28' }),
  });
  expect(await answer.json()).toMatchObject({ operation: 'ADT^A28', ack: { code: 'AA' } });
  expect(bench.journal.list({ since: mark, about: 'nominal-02' }).map(({ operation }) => operation)).toEqual([
    'ADT^A28',
    'ADT^A28',
  ]);
});

describe('what the diagnosis expects', () => {
  const origins = (): Readonly<Record<string, string>> => ({
    insi: new URL(bench.addresses.insi.url).origin,
    dmp: new URL(bench.addresses.dmp.base).origin,
    'web-ps': new URL(bench.addresses.dmp.webPs).origin,
    psc: new URL(bench.addresses.psc.issuer).origin,
    annuaire: new URL(bench.addresses.annuaire.fhir).origin,
    pki: new URL(bench.addresses.pki.crl).origin,
  });

  it.each(EXPECTED_OPERATIONS.map((one) => [one.service, one.operation, one] as const))(
    '%s %s is what the mock recognises',
    async (service, _, { listener, operation, method, path, action, body: element, contentTypes }) => {
      const file = operation === 'crl' ? 'ACI-EL-ORG-TEST.crl' : 'ACI-EL-ORG-TEST.cer';
      const url = `${origins()[listener] ?? ''}${path.replace(':page', 'TableauDeBord').replace(/:\w+/, file)}`;
      const soap = 'http://www.w3.org/2003/05/soap-envelope';
      const envelope = `<s:Envelope xmlns:s="${soap}"><s:Header xmlns:a="http://www.w3.org/2005/08/addressing"><a:Action>${action}</a:Action><a:MessageID>uuid:${crypto.randomUUID()}</a:MessageID></s:Header><s:Body><${element}/></s:Body></s:Envelope>`;
      const body = action === undefined ? 'a=b' : envelope;
      const type = action === undefined ? contentTypes?.[0] : `application/soap+xml; action="${action}"`;
      const headers = type === undefined ? {} : { 'content-type': type };
      const mark = bench.journal.mark();
      if (listener === 'pki') await fetch(url, { method, headers, ...(method === 'GET' ? {} : { body }) });
      else await call(url, { method, headers, as: 'INSI-AUTO', ...(method === 'GET' ? {} : { body }) });
      // Benches of other tests share the port of revocations, and look whose it is.
      const [exchange] = bench.journal.list({ since: mark, service });
      expect(exchange).toMatchObject({ operation, expected: true });
      expect(exchange?.nearMiss).toBeUndefined();
    },
  );
});

describe('misfortunes scripted from outside', () => {
  /** One plain call of each HTTP service, about a test person. */
  const calls: Readonly<Record<string, () => { readonly about: string; readonly go: () => ReturnType<typeof call> }>> =
    {
      insi: () => {
        const patient = bench.population.draw('nominal');
        const body = insiSearch(patient.birthName, patient.firstNames[0] ?? '', patient.sex, patient.birthDate);
        const type =
          'application/soap+xml; charset=utf-8; action="urn:ServiceIdentiteCertifiee:1.0.0:rechercherInsAvecTraitsIdentite"';
        const options = { body, headers: { 'content-type': type }, as: 'INSI-AUTO' };
        return { about: patient.key, go: () => call(bench.addresses.insi.url, options) };
      },
      psc: () => ({ about: '', go: () => call(bench.addresses.psc.discovery) }),
      annuaire: () => {
        const { fhir, apiKey } = bench.addresses.annuaire;
        const search = `${fhir}/Practitioner?identifier=${bench.population.professionals[0]?.rpps}`;
        return { about: '', go: () => call(search, { headers: { 'esante-api-key': apiKey } }) };
      },
    };

  const set = async (order: Record<string, unknown>) => {
    const headers = { 'content-type': 'application/json' };
    const url = `${bench.addresses.control.url}/situations`;
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(order) });
    expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)]);
  };

  const played: readonly (readonly [
    string,
    (going: ReturnType<typeof call>, plain: { type: string }) => Promise<void>,
  ])[] = [
    ['coupure', (going) => expect(going).rejects.toMatchObject({ code: 'ECONNRESET' })],
    ['tronque', (going) => expect(going).rejects.toThrow(/aborted/)],
    [
      'http-503-html',
      async (going) => {
        expect(await going).toMatchObject({ status: 503, type: expect.stringMatching(/^text\/html/) as string });
      },
    ],
    [
      'type-contenu-faux',
      async (going, plain) => {
        const { type, status } = await going;
        expect([status, type.startsWith('text/plain'), plain.type.startsWith('text/plain')]).toEqual([
          200,
          true,
          false,
        ]);
      },
    ],
    [
      'latence',
      async (going) => {
        expect((await going).status).toBe(200);
      },
    ],
  ];

  it.each(Object.keys(calls).flatMap((service) => played.map(([name, judge]) => [service, name, judge] as const)))(
    '%s plays %s once, then its plain answer',
    async (service, situation, judge) => {
      const { about, go } = calls[service]?.() ?? { about: '', go: () => call('') };
      const plain = await go();
      expect(plain.status).toBe(200);
      const mark = bench.journal.mark();
      const parameters = { delayMs: 5 };
      await set({ service, situation, times: 1, parameters, ...(about === '' ? {} : { patient: about }) });
      await judge(go(), plain);
      expect((await go()).status).toBe(200);
      const [exchange] = bench.journal.list({ since: mark, service: service as 'insi' });
      if (situation === 'latence') expect(exchange?.durationMs).toBeGreaterThanOrEqual(4);
      else expect(exchange?.outcome).toMatch(/situation|coup|tronqu|503|text\/plain/);
      expect(bench.situations.list()).toEqual([]);
    },
  );

  it.each([
    ['dmp', 'http-503-html'],
    ['pki', 'coupure'],
    ['pki', 'latence'],
    ['dmp', 'tls-1.3-seul'],
    ['insi', 'certificat-expire'],
    ['psc', 'tls-suite-faible'],
  ])('%s also knows %s', (service, situation) => {
    expect(bench.situations.known(service as 'dmp')).toContain(situation);
  });

  it('a publication of revocations that is down is one too', async () => {
    await set({ service: 'pki', situation: 'http-503-html', times: 1 });
    expect((await fetch(bench.addresses.pki.crl)).status).toBe(503);
    expect((await fetch(bench.addresses.pki.crl)).status).toBe(200);
  });

  it('a listener that shows an expired certificate is refused by the product, and the journal says by whom', async () => {
    await set({ service: 'insi', situation: 'certificat-expire', times: 1 });
    const mark = bench.journal.mark();
    await expect(calls['insi']?.().go()).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
    const exchange = await bench.journal.waitFor({ service: 'insi', since: mark }, 5_000);
    expect(exchange).toMatchObject({ protocol: 'tls', operation: 'tls' });
    expect(exchange.outcome).toMatch(
      /« certificat-expire » jouée : le produit a refusé le certificat du serveur, comme il le doit/,
    );
  });
});

describe('the bench', () => {
  it('shows at the handshake what the settings of a listener say', async () => {
    const second = await startMocks({ dataDir: folder, tls: { psc: { maxVersion: 'TLSv1.2' } } });
    try {
      await expect(call(second.addresses.psc.discovery, { minVersion: 'TLSv1.3' })).rejects.toThrow(/version/i);
      expect((await call(second.addresses.psc.discovery)).status).toBe(200);
    } finally {
      await second.close();
    }
  });

  it('puts no private key and no passphrase in the journal of a run', () => {
    const keys = Object.values(bench.pki.clients).map(({ keyPem }) => keyPem.split('\n')[2] ?? '');
    const secrets = [...keys, bench.pki.server.passphrase];
    const texts = readdirSync(join(folder, 'journal')).map((name) =>
      readFileSync(join(folder, 'journal', name), 'latin1'),
    );
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      expect(text).not.toContain('PRIVATE KEY');
      expect(secrets.filter((secret) => secret.length < 9 || text.includes(secret))).toEqual([]);
    }
  });

  it('writes every exchange in the folder of the run', () => {
    const files = readdirSync(join(folder, 'journal')).filter((file) => file.endsWith('.json'));
    expect(files).toHaveLength(bench.journal.list().length);
  });

  it('closes what it opened when a port is taken', async () => {
    const other = await furnished();
    const stranger = createServer();
    const port = await listen(stranger, 'stranger', '127.0.0.1', 0);
    try {
      const starting = startMocks({ dataDir: other, ports: { hl7: port } });
      await expect(starting).rejects.toMatchObject({ code: 'PORT_IN_USE' });
      // A process that holds a listener open would not end by itself.
      const script = `
        import { startMocks } from '#mocks/index.ts';
        await startMocks({ dataDir: ${JSON.stringify(other)}, ports: { hl7: ${port} } }).catch((error) => console.log(error.code));
      `;
      const ended = await new Promise<string>((resolve, reject) => {
        const options = { cwd: join(import.meta.dirname, '..'), timeout: 15_000 };
        execFile(process.execPath, ['--input-type=module', '--eval', script], options, (error, stdout, stderr) =>
          error === null ? resolve(stdout) : reject(new Error(`${error.message}\n${stderr}`)),
        );
      });
      expect(ended.trim()).toBe('PORT_IN_USE');
    } finally {
      await shut(stranger);
      rmSync(other, { recursive: true, force: true });
    }
  });

  it('keeps its secrets from one start to the next, so that a product is configured once', async () => {
    const second = await startMocks({ dataDir: folder });
    const { psc, annuaire, mssante } = second.addresses;
    await second.close();
    expect([psc.clientId, psc.clientSecret, annuaire.apiKey, mssante.mailboxes]).toEqual([
      bench.addresses.psc.clientId,
      bench.addresses.psc.clientSecret,
      bench.addresses.annuaire.apiKey,
      bench.addresses.mssante.mailboxes,
    ]);
    expect(new Set(mssante.mailboxes.map(({ password }) => password)).size).toBe(mssante.mailboxes.length);
  });

  it('gives the DMP its homologation numbers and its rights matrix', async () => {
    const rights = { transactions: [{ transaction: 'TD3.1', who: ['professionnel'] }] };
    const dmp = readDmpOptions(JSON.stringify({ homologations: ['SGL-1', 'SGL-2'], rights }));
    const second = await startMocks({ dataDir: folder, dmp });
    const exists = async ({ pki, population, addresses }: Bench, homologation: string) => {
      const [professional] = population.professionals;
      if (!professional) throw new Error('no professional');
      const patient = population.draw('nominal');
      const caller = { pki, patient, professional, structure: population.laboratory.id, now: new Date() };
      const body = envelope(ACTIONS.existence, vihf(caller, { homologation }), existenceBody({ patient }));
      const type = `application/soap+xml; charset=utf-8; action="${ACTIONS.existence}"`;
      const headers = { 'content-type': type };
      return (await call(`${addresses.dmp.base}/patients`, { body, as: 'ORG_AUTH_CLI', headers })).body;
    };
    try {
      expect(await exists(bench, 'SGL-3')).toContain('PRPA_IN201308UV02');
      expect(await exists(second, 'SGL-3')).toContain('Logiciel non homologué');
      expect(await exists(second, 'SGL-2')).toContain('est pas ouverte à la profession 10');
    } finally {
      await second.close();
    }
  });

  it('can be closed twice', async () => {
    const other = await furnished();
    const second = await startMocks({ dataDir: other });
    await second.close();
    await second.close();
    await expect(fetch(second.addresses.control.url)).rejects.toThrow();
    rmSync(other, { recursive: true, force: true });
  });
});
