import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { startPsc } from '../psc/index.ts';
import { createTestContext } from '../testing.ts';
import { startMssante } from './index.ts';
import { imapClient, mailboxOf } from './testing.ts';

let clock = new Date();
const context = await createTestContext({ now: () => clock });
const psc = await startPsc(context);
const mssante = await startMssante(context, { verifyToken: psc.verifyToken, clientCertificate: 'requested' });
setDefaultCACertificates([...getCACertificates('default'), context.pki.caPem]);
afterAll(async () => {
  await Promise.all([psc.close(), mssante.close()]);
  await context.close();
});

const [professional] = context.population.professionals;

async function accessToken(): Promise<string> {
  const { issuer, clientId, clientSecret } = psc.addresses;
  const redirectUri = `${new URL(issuer).origin}/page-du-produit`;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid scope_all',
    acr_values: 'eidas1',
  });
  const start = `${new URL(issuer).origin}/auth?${query.toString()}`;
  const page = await psc.cardholder.authenticate(start, professional?.nationalId ?? '');
  const answer = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: new URL(page.url).searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
    }),
  });
  const body: unknown = await answer.json();
  return typeof body === 'object' && body !== null && 'access_token' in body ? String(body.access_token) : '';
}

describe('a mailbox opened with the Pro Santé Connect token', () => {
  it('opens while the token lives, and not after 120 seconds', async () => {
    const mailbox = mailboxOf(mssante, professional?.mailbox ?? '');
    const token = await accessToken();
    const live = imapClient(mssante, context, { mailbox, accessToken: token });
    await live.connect();
    await live.logout();
    clock = new Date(clock.getTime() + 121_000);
    await expect(imapClient(mssante, context, { mailbox, accessToken: token }).connect()).rejects.toThrow();
    expect(context.journal.list({ service: 'mssante', operation: 'login' }).map((one) => one.outcome)).toEqual([
      `boîte ${mailbox.address} ouverte`,
      "refusé : jeton d'accès expiré",
    ]);
  });
});
