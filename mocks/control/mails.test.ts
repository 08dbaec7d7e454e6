import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMssante, type RunningMssante } from '../mssante/index.ts';
import { createTestContext } from '../testing.ts';
import { startControl, type RunningControl } from './index.ts';

let context: Awaited<ReturnType<typeof createTestContext>>;
let mssante: RunningMssante;
let control: RunningControl;
beforeAll(async () => {
  context = await createTestContext();
  mssante = await startMssante(context);
  control = await startControl({ ...context, mssante, reset: () => mssante.reset() }, 0);
});
afterAll(async () => {
  await control.close();
  await mssante.close();
  await context.close();
});

const laboratory = () => context.population.laboratory.mailbox;
const patient = () => context.population.patients[0]?.key ?? '';

async function post(body: string | Uint8Array<ArrayBuffer>, type = 'application/json', address = laboratory()) {
  const answer = await fetch(`${control.url}/mailboxes/${encodeURIComponent(address)}/mails`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  return { status: answer.status, text: await answer.text() };
}
const last = () => Buffer.from(mssante.delivered(laboratory()).at(-1)?.source ?? []).toString('latin1');

describe('POST /mailboxes/{address}/mails', () => {
  it('drops the bytes of a mail as they are', async () => {
    const raw = 'From: <a@b.test>\r\nMessage-ID: <1@b.test>\r\n\r\nseul \n saut\r\n';
    const { status, text } = await post(raw, 'message/rfc822');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({ mail: { mailbox: laboratory(), messageId: '<1@b.test>', size: raw.length } });
    expect(last()).toBe(raw);
  });

  it('gives back its CR to a file that has none', async () => {
    await post('From: <a@b.test>\n\nBonjour\n', 'message/rfc822; charset=utf-8');
    expect(last()).toBe('From: <a@b.test>\r\n\r\nBonjour\r\n');
  });

  it('takes a mail far above the limit of the other routes', async () => {
    const raw = `From: <a@b.test>\r\n\r\n${'x'.repeat(200_000)}\r\n`;
    expect((await post(raw, 'message/rfc822')).status).toBe(200);
    expect(last()).toHaveLength(raw.length);
  });

  it('makes the mail that an order describes', async () => {
    const { status, text } = await post(JSON.stringify({ kind: 'document', patient: patient(), variant: 'hash-faux' }));
    expect([status, text]).toEqual([200, expect.stringContaining('"messageId":"<')]);
    expect(last()).toContain('IHE_XDM.ZIP');
  });

  it.each<[string, string | undefined, string | undefined, string, number, string]>([
    ['an empty mail', 'message/rfc822', undefined, '', 400, 'BAD_MAIL'],
    ['a mailbox of nowhere', 'message/rfc822', 'x@y.test', 'From: <a@b.test>\r\n\r\n', 404, 'UNKNOWN_MAILBOX'],
    ['what is no JSON', undefined, undefined, '{', 400, 'NOT_JSON'],
    ['a kind that does not exist', undefined, undefined, '{"kind":"carte","patient":"x"}', 400, 'BAD_MAIL'],
    ['a patient that does not exist', undefined, undefined, '{"kind":"fin","patient":"x"}', 400, 'UNKNOWN_PATIENT'],
    ['another type', 'text/plain', undefined, 'From: <a@b.test>\r\n\r\n', 415, 'REFUSED'],
  ])('refuses %s', async (_, type, address, body, status, code) => {
    const answer = await post(body, type, address);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(code)]);
  });

  it('refuses a variant that the kind does not have, and says which it has', async () => {
    const body = JSON.stringify({ kind: 'reponse-patient', patient: patient(), variant: 'zip-slip' });
    const answer = await post(body);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('avec-piece-jointe')]);
  });

  it('takes a raw mail on no other route', async () => {
    const answer = await fetch(`${control.url}/reset`, {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822' },
      body: 'x',
    });
    expect(answer.status).toBe(415);
  });

  it('is unknown where there is no operator', async () => {
    const alone = await startControl({ ...context, reset: () => undefined }, 0);
    const answer = await fetch(`${alone.url}/mailboxes/a@b.test/mails`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    await alone.close();
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('NO_MSSANTE')]);
  });
});
