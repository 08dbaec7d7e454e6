import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { buildReportDocuments } from '../documents/index.ts';
import type { BuiltDocument, SglConfig } from '../model/types.ts';
import { sampleConfig, sampleReport } from '../samples/report.ts';
import { type SampleCertificate, sampleServer } from '../samples/rsa.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { sendReport } from './index.ts';

const report = sampleReport();
const none: ReadonlySet<string> = new Set();
const recipient = { address: 'prescripteur@cabinet.mssante.test', kind: 'professionnel' } as const;

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
  readonly protocol: string | undefined;
  readonly client: string | undefined;
}

let pki: TestPki;
let identity: SampleCertificate;
let documents: { n3: BuiltDocument; n1: BuiltDocument; pdf: BuiltDocument };
let server: SMTPServer | undefined;
let received: Received[] = [];

beforeAll(async () => {
  pki = await createTestPki();
  identity = await sampleServer(pki.caFile);
  documents = await buildReportDocuments(report, sampleConfig(), none);
});
afterEach(async () => {
  const closing = server;
  server = undefined;
  received = [];
  if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()));
});
afterAll(() => pki.remove());

/** An operator of secure mail: TLS with client certificate, login, then what the test adds. Gives the client's settings. */
async function operator(options: SMTPServerOptions = {}): Promise<SglConfig> {
  const peers = new Map<string, TLSSocket>();
  const running = new SMTPServer({
    cert: identity.cert,
    key: identity.key,
    ca: pki.ca,
    requestCert: true,
    rejectUnauthorized: true,
    logger: false,
    disableReverseLookup: true,
    onSecure: (socket, session, next) => {
      peers.set(session.id, socket as TLSSocket);
      next();
    },
    onAuth: ({ username, password }, _session, next) =>
      username === 'labo@labo.mssante.test' && password === 'mot-de-passe-de-test'
        ? next(null, { user: username })
        : next(reply(535, '5.7.8 Authentification refusée')),
    onData: (stream, session, next) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString(),
          protocol: peers.get(session.id)?.getProtocol() ?? undefined,
          client: commonName(peers.get(session.id)),
        });
        next();
      });
    },
    ...options,
  });
  running.on('error', () => undefined);
  server = running;
  await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve));
  return settings((running.server.address() as AddressInfo).port);
}

function settings(port: number): SglConfig {
  const config = sampleConfig({ ca: identity.files.cert, timeoutMs: 2_000 });
  config.mssante = { ...config.mssante, ...pki.client, smtp: { host: '127.0.0.1', port } };
  return config;
}

function commonName(socket: TLSSocket | undefined): string | undefined {
  const name: unknown = socket?.getPeerCertificate().subject.CN;
  return typeof name === 'string' ? name : undefined;
}

function reply(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

test('one mail to one recipient, over TLS 1.2 with the client certificate, after login', async () => {
  const config = await operator();
  const delivery = await sendReport(report, documents, recipient, config, none);
  expect(delivery.state).toBe('transmis');
  expect(delivery.detail).toContain('250');
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({
    from: 'labo@labo.mssante.test',
    to: [recipient.address],
    protocol: 'TLSv1.2',
    client: 'INSI-AUTO',
  });
  expect(received[0]?.source).toContain(`Message-ID: ${delivery.messageId}`);
});

test('two mails have two Message-ID', async () => {
  const config = await operator();
  const first = await sendReport(report, documents, recipient, config, none);
  const second = await sendReport(report, documents, recipient, config, none);
  expect(first.messageId).not.toBe(second.messageId);
});

test.each([
  [none, true],
  [new Set(['mss-reessai-nouvel-identifiant']), false],
])('a new try hands over the mail of the former one (faults %j): %s', async (faults, same) => {
  let tries = 0;
  const config = await operator({
    onRcptTo: (_address, _session, next) => {
      tries += 1;
      next(tries === 1 ? reply(450, 'plus tard') : null);
    },
  });
  const first = await sendReport(report, documents, recipient, config, faults);
  expect(first.state).toBe('en-attente');
  const { written } = first;
  if (!written) throw new TypeError('the mail is kept for a new try');
  const second = await sendReport(report, documents, recipient, config, faults, { written });
  expect(second.state).toBe('transmis');
  expect(second.messageId === first.messageId).toBe(same);
});

test.each([
  [450, 'en-attente', 'Refus temporaire du serveur MSSanté (code 450)'],
  [452, 'en-attente', 'Refus temporaire du serveur MSSanté (code 452)'],
  [550, 'refuse', 'Refus définitif du serveur MSSanté (code 550)'],
  [552, 'refuse', 'Refus définitif du serveur MSSanté (code 552)'],
])('a %i at RCPT TO is %s', async (code, state, sentence) => {
  const config = await operator({ onRcptTo: (_address, _session, next) => next(reply(code, 'motif du serveur')) });
  const delivery = await sendReport(report, documents, recipient, config, none);
  expect(delivery.state).toBe(state);
  expect(delivery.detail).toContain(sentence);
  expect(delivery.detail).toContain('motif du serveur');
  expect(received).toEqual([]);
});

test('a 421 at the greeting is a wait', async () => {
  const config = await operator({ onConnect: (_session, next) => next(reply(421, 'Service indisponible')) });
  expect(await sendReport(report, documents, recipient, config, none)).toMatchObject({ state: 'en-attente' });
});

test('a refused login is a refusal that gives the code, never the password', async () => {
  const config = await operator();
  config.mssante.password = 'autre-secret';
  const delivery = await sendReport(report, documents, recipient, config, none);
  expect(delivery.state).toBe('refuse');
  expect(delivery.detail).toContain('535');
  expect(delivery.detail).not.toContain('autre-secret');
});

test('nothing is said to a server without STARTTLS', async () => {
  const config = await operator({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'], authOptional: true });
  expect(await sendReport(report, documents, recipient, config, none)).toMatchObject({ state: 'refuse' });
  expect(received).toEqual([]);
});

test('a server of another authority is refused', async () => {
  const other = await createTestPki();
  const config = { ...(await operator()), ca: other.caFile };
  const delivery = await sendReport(report, documents, recipient, config, none);
  await other.remove();
  expect(delivery.state).toBe('refuse');
  expect(delivery.detail).toContain('connexion sécurisée');
});

test('a server that is not there is a wait', async () => {
  const config = await operator();
  const closing = server;
  server = undefined;
  await new Promise<void>((resolve) => (closing ? closing.close(() => resolve()) : resolve()));
  expect(await sendReport(report, documents, recipient, config, none)).toMatchObject({ state: 'en-attente' });
});

test('a certificate that cannot be read is a refusal with its remedy', async () => {
  const config = settings(9);
  config.mssante.cert = '/nulle-part.pem';
  const delivery = await sendReport(report, documents, recipient, config, none);
  expect(delivery.state).toBe('refuse');
  expect(delivery.detail).toContain('mssante.cert');
});

test('a patient whose identity is not qualified receives nothing', async () => {
  const config = await operator();
  const doubtful = { ...report, patient: { ...report.patient, status: 'recuperee' as const } };
  const patient = { address: '101066322083675@patient.mssante.test', kind: 'patient' } as const;
  expect(await sendReport(doubtful, documents, patient, config, none)).toMatchObject({
    state: 'refuse',
    messageId: '',
  });
  expect(received).toEqual([]);
});
