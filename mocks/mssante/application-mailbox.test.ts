import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestContext } from '../testing.ts';
import { startMssante, type RunningMssante } from './index.ts';
import { imapClient, mailboxOf, smtpClient, type ClientOptions } from './testing.ts';

let context: Awaited<ReturnType<typeof createTestContext>>;
let running: RunningMssante;
beforeAll(async () => {
  context = await createTestContext();
  const professional = context.population.professionals[0]?.nationalId ?? '';
  running = await startMssante(context, {
    clientCertificate: 'requested',
    verifyToken: async () => ({ professional }),
  });
});
beforeEach(() => running.reset());
afterAll(async () => {
  await running.close();
  await context.close();
});

const application = () => mailboxOf(running, `sgl@${running.addresses.domain}`);
const recipient = () => context.population.professionals[5]?.mailbox ?? '';
const certificate = () => context.pki.clients['ORG_AUTH_CLI'];

function send(options: Partial<ClientOptions>): Promise<unknown> {
  const { address } = application();
  return smtpClient(running, context, { mailbox: application(), ...options }).sendMail({
    envelope: { from: address, to: recipient() },
    raw: `From: <${address}>\r\nTo: <${recipient()}>\r\nSubject: x\r\n\r\nx\r\n`,
  });
}
async function open(options: Partial<ClientOptions>): Promise<void> {
  const client = imapClient(running, context, { mailbox: application(), ...options });
  await client.connect();
  await client.logout();
}

describe('an application mailbox, where the certificate of a person may be absent', () => {
  it.each([
    ['a password', {}],
    ['a token', { accessToken: 'jeton' }],
  ])('is not opened by %s alone', async (_, options) => {
    await expect(send(options)).rejects.toThrow('535');
    const exchange = await context.journal.waitFor({ service: 'mssante', operation: 'session' }, 5000);
    expect(exchange.outcome).toContain('boîte applicative : un certificat client est exigé');
    await expect(open(options)).rejects.toThrow();
    const logins = context.journal.list({ service: 'mssante', operation: 'login' });
    expect(logins.at(-1)?.outcome).toContain('boîte applicative');
  });

  it('is opened with its certificate', async () => {
    await send({ credential: certificate() });
    expect(running.delivered(recipient())).toHaveLength(1);
    await open({ credential: certificate() });
  });
});
