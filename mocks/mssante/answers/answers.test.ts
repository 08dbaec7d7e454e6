import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { header, readMail, type Mail } from '#formats/mail/index.ts';
import { createTestContext } from '../../testing.ts';
import { PATIENT_DOMAIN, startMssante, type RunningMssante } from '../index.ts';
import { mailboxOf, smtpClient, type ClientOptions } from '../testing.ts';

let context: Awaited<ReturnType<typeof createTestContext>>;
let running: RunningMssante;
beforeEach(async () => {
  context = await createTestContext();
  running = await startMssante(context);
});
afterEach(async () => {
  await running.close();
  await context.close();
});

const sender = () => context.population.laboratory.mailbox;
const patient = () => `${context.population.draw('nominal').ins}@${PATIENT_DOMAIN}`;

async function send(to: string, more: object = {}, headers = '', options: Partial<ClientOptions> = {}): Promise<void> {
  const credential = context.pki.clients['ORG_AUTH_CLI'];
  await smtpClient(running, context, { mailbox: mailboxOf(running, sender()), credential, ...options }).sendMail({
    envelope: { from: sender(), to },
    raw: `From: <${sender()}>\r\nTo: <${to}>\r\nSubject: Compte rendu\r\nMessage-ID: <1@banc.test>\r\n${headers}\r\nBonjour\r\n`,
    ...more,
  });
}
const play = (about: string, situation: string, parameters?: Readonly<Record<string, string>>) =>
  context.situations.set({ service: 'mssante', about, situation, times: 1, ...(parameters && { parameters }) });

/** The only mail that came back. */
function answer(): Mail {
  const mails = running.delivered(sender());
  expect(mails).toHaveLength(1);
  const reading = readMail(mails[0]?.source ?? new Uint8Array());
  if (!reading.ok) throw new TypeError(reading.fault.message);
  expect(reading.mail.problems).toEqual([]);
  return reading.mail;
}
const value = (mail: Mail, name: string): string => header(mail, name) ?? '';
const sourceOf = (): string => Buffer.from(running.delivered(sender())[0]?.source ?? []).toString('utf8');

describe('what comes back of a mail', () => {
  it('is nothing unless it is asked for', async () => {
    await send(patient());
    expect(running.delivered(sender())).toEqual([]);
  });

  it.each([
    ['NOTIFY=SUCCESS', { dsn: { id: 'x1', return: 'full', notify: 'success' } }, ''],
    ['Return-Receipt-To', {}, 'Return-Receipt-To: <a@banc.test>\r\n'],
  ])('is a delivery report with %s', async (_, more, headers) => {
    const to = patient();
    await send(to, more, headers);
    expect(answer().root.contentType).toMatchObject({ type: 'multipart/report' });
    expect(sourceOf()).toMatch(
      new RegExp(`Final-Recipient: rfc822; ${to}\r\nAction: delivered\r\nStatus: 2\\.0\\.0`, 'u'),
    );
    if (headers === '') expect(sourceOf()).toContain('Original-Envelope-Id: x1');
    expect(running.delivered(to)).toHaveLength(1);
  });

  it('is a report of delay under remise-differee, and the mail arrives all the same', async () => {
    const to = patient();
    play(to, 'remise-differee');
    await send(to);
    expect(sourceOf()).toMatch(/Action: delayed\r\nStatus: 4\.4\.7/u);
    expect(running.delivered(to)).toHaveLength(1);
    running.reset();
    play(to, 'remise-differee');
    await send(to, { dsn: { id: 'x1', return: 'headers', notify: 'failure' } });
    expect(running.delivered(sender())).toEqual([]);
  });

  it('is no delivery report under sans-accuse', async () => {
    const to = patient();
    play(to, 'sans-accuse');
    await send(to, { dsn: { id: 'x1', return: 'headers', notify: 'success' } });
    expect(running.delivered(sender())).toEqual([]);
  });

  it.each(['patient-inconnu', 'espace-ferme', 'adresse-invalide'])(
    'is an ordinary mail of failure: %s',
    async (name) => {
      const to = patient();
      play(to, name);
      await send(to);
      expect(answer().text).toContain(to);
      expect(answer().root.contentType).toMatchObject({ type: 'text/plain' });
      expect(running.delivered(to)).toEqual([]);
    },
  );

  it.each([
    ['boite-pleine', '5.2.2'],
    ['trop-gros-mes', '5.3.4'],
  ])('is a report of failure: %s', async (name, status) => {
    const to = patient();
    play(to, name);
    await send(to);
    expect(value(answer(), 'Subject')).toBe('Undelivered Mail Returned to Sender');
    expect(sourceOf()).toContain(`Action: failed\r\nStatus: ${status}`);
    expect(running.delivered(to)).toEqual([]);
  });

  it('is no failure when the sender wants none (NOTIFY=NEVER)', async () => {
    const to = patient();
    play(to, 'boite-pleine');
    await send(to, { dsn: { id: 'x1', return: 'headers', notify: 'never' } });
    expect(running.delivered(sender())).toEqual([]);
    expect(running.delivered(to)).toEqual([]);
  });

  it('is a read receipt, a reply of the patient in the same thread', async () => {
    const to = patient();
    play(to, 'accuse-lecture');
    await send(to);
    expect(sourceOf()).toContain('Disposition: manual-action/MDN-sent-manually; displayed');
    running.reset();
    play(to, 'reponse-patient');
    await send(to);
    const reply = answer();
    expect(value(reply, 'From')).toBe(`<${to}>`);
    expect(value(reply, 'In-Reply-To')).toBe('<1@banc.test>');
    expect(value(reply, 'References')).toBe('<1@banc.test>');
  });

  it('is an integration error with its code, in a report when one was asked for', async () => {
    const to = patient();
    play(to, 'erreur-integration', { code: '904' });
    await send(to, {}, `Disposition-Notification-To: <${sender()}>\r\n`);
    expect(value(answer(), 'Subject')).toBe('[KO Intégration système !][904] Compte rendu');
    expect(sourceOf()).toContain('processed/Error: 904^INS différent');
    expect(() => play(to, 'erreur-integration', { code: '999' })).toThrow(/900/u);
  });

  it.each([
    ['greylist-450', /450/u],
    ['disque-452', /452/u],
  ])('%s refuses the recipient for a while', async (name, code) => {
    const to = patient();
    play(to, name);
    await expect(send(to)).rejects.toThrow(code);
    await send(to);
    expect(running.delivered(to)).toHaveLength(1);
  });
});

describe('TLS from the first byte', () => {
  it('takes a mail on its own port, and journals the session', async () => {
    await send(patient(), {}, '', { implicit: true });
    const [exchange] = context.journal.list({ service: 'mssante', operation: 'submission' });
    expect(exchange?.peer.tls).toMatchObject({ authorized: true, sni: 'localhost' });
  });

  it('refuses who shows no certificate', async () => {
    await expect(send(patient(), {}, '', { implicit: true, credential: undefined })).rejects.toThrow();
  });
});
