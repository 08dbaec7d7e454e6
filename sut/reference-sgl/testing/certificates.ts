import 'reflect-metadata';
import { KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

/** A throw-away authority with a server and a client certificate, for the tests of this folder only. */
export interface TestPki {
  caFile: string;
  server: { cert: string; key: string };
  /** Files, as the configuration wants them. */
  client: { cert: string; key: string };
  ca: string;
  remove(): Promise<void>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export async function createTestPki(): Promise<TestPki> {
  const folder = await mkdtemp(join(tmpdir(), 'sgl-test-'));
  const notBefore = new Date(Date.now() - 3_600_000);
  const notAfter = new Date(Date.now() + 86_400_000);
  const authorityKeys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=TEST AUTORITE SGL',
    keys: authorityKeys,
    notBefore,
    notAfter,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  const issue = async (subject: string): Promise<{ cert: string; key: string }> => {
    const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
    const certificate = await x509.X509CertificateGenerator.create({
      subject,
      issuer: authority.subject,
      publicKey: keys.publicKey,
      signingKey: authorityKeys.privateKey,
      notBefore,
      notAfter,
      signingAlgorithm: ALGORITHM,
      extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
    });
    return {
      cert: certificate.toString('pem'),
      key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }),
    };
  };
  const server = await issue('CN=127.0.0.1');
  const client = await issue('CN=INSI-AUTO, OU=10B0000001');
  const write = async (name: string, text: string): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, text, { mode: 0o600 });
    return file;
  };
  const ca = authority.toString('pem');
  return {
    ca,
    caFile: await write('ca.pem', ca),
    server,
    client: { cert: await write('client.pem', client.cert), key: await write('client.key', client.key) },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
