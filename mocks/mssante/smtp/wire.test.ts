import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SmtpExchange } from '#formats/exchange/index.ts';
import { createTestContext } from '../../testing.ts';
import { startMssante, type RunningMssante } from '../index.ts';
import { rawSmtp, type RawSmtp } from './raw-client.fixture.ts';

let context: Awaited<ReturnType<typeof createTestContext>>;
let running: RunningMssante;
let client: RawSmtp;
const MAX = 2_000_000;
beforeEach(async () => {
  context = await createTestContext();
  running = await startMssante(context, { maxBytes: MAX });
  client = await rawSmtp(running, context);
});
afterEach(async () => {
  client.drop();
  await running.close();
  await context.close();
});

const from = () => context.population.laboratory.mailbox;
const to = () => context.population.professionals[5]?.mailbox ?? '';
const head = () => `From: <${from()}>\r\nTo: <${to()}>\r\nSubject: essai\r\nMessage-ID: <1@banc.test>\r\n\r\n`;

async function journaled(): Promise<SmtpExchange> {
  const exchange = await context.journal.waitFor({ service: 'mssante', operation: 'submission' }, 5000);
  if (exchange.protocol !== 'smtp') throw new TypeError('not an SMTP exchange');
  return exchange;
}

describe('a connection lost in the middle of DATA', () => {
  it.each([
    ['small enough for the memory', 'x'.repeat(70)],
    ['already on the disk', `${'x'.repeat(70)}\r\n`.repeat(6000)],
  ])('delivers no half mail, and the journal says so: %s', async (_, body) => {
    await client.say(`MAIL FROM:<${from()}>`);
    await client.say(`RCPT TO:<${to()}>`);
    expect(await client.say('DATA')).toMatch(/^354 /u);
    await client.push(`${head()}${body}`);
    client.drop();
    const exchange = await journaled();
    expect(exchange).toMatchObject({ reply: '', outcome: 'connexion perdue pendant la transmission du mail' });
    expect(Buffer.from(exchange.source).toString('latin1')).toContain('Subject: essai');
    expect(running.delivered(to())).toEqual([]);
    expect(running.delivered(from())).toEqual([]);
  });
});

describe('extensions that the greeting announces', () => {
  it('names them all', () => {
    const said = client.replies.map((line) => line.slice(4));
    for (const name of ['PIPELINING', '8BITMIME', 'SMTPUTF8', 'ENHANCEDSTATUSCODES', 'DSN', `SIZE ${MAX}`]) {
      expect(said).toContain(name);
    }
  });

  it('SIZE above the limit is refused at MAIL FROM, before any byte of the mail', async () => {
    expect(await client.say(`MAIL FROM:<${from()}> SIZE=${MAX + 1}`)).toMatch(/^552 5\.3\.4 /u);
    expect(await client.say(`MAIL FROM:<${from()}> SIZE=beaucoup`)).toMatch(/^501 /u);
    expect(await client.say(`MAIL FROM:<${from()}> SIZE=${MAX}`)).toMatch(/^250 /u);
  });

  it('a mail of 8 bits and a text of several hundred kilobytes arrive byte for byte', async () => {
    const body = `${'été à l’hôpital '.repeat(4)}\r\n`.repeat(6000);
    await client.say(`MAIL FROM:<${from()}> BODY=8BITMIME SMTPUTF8`);
    await client.say(`RCPT TO:<${to()}>`);
    await client.say('DATA');
    const source = `${head()}${body}`;
    expect(Buffer.byteLength(source)).toBeGreaterThan(300_000);
    expect(await client.say(`${source}.`)).toMatch(/^250 2\.6\.0 /u);
    expect(Buffer.from(running.delivered(to())[0]?.source ?? []).toString('utf8')).toBe(source);
    expect((await journaled()).transcript.join('\n')).toContain('BODY=8BITMIME SMTPUTF8');
  });

  it('BODY and SMTPUTF8 take only the values of their RFC', async () => {
    expect(await client.say(`MAIL FROM:<${from()}> BODY=16BIT`)).toMatch(/^501 /u);
    expect(await client.say(`MAIL FROM:<${from()}> SMTPUTF8=oui`)).toMatch(/^501 /u);
  });

  it('an address beyond ASCII is a mailbox like another: unknown here', async () => {
    await client.say(`MAIL FROM:<${from()}> SMTPUTF8`);
    expect(await client.say(`RCPT TO:<hélène@${running.addresses.domain}>`)).toMatch(/^550 /u);
  });

  it('commands sent ahead of their answers are answered in order (PIPELINING)', async () => {
    await client.push(`MAIL FROM:<${from()}>\r\nRCPT TO:<x@exemple.org>\r\nRCPT TO:<${to()}>\r\nNOOP\r\n`);
    const codes: string[] = [];
    for (let count = 0; count < 4; count += 1) codes.push((await client.next()).slice(0, 3));
    expect(codes).toEqual(['250', '554', '250', '250']);
  });
});
