import net from 'node:net';
import { connect as secure } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Exchange, SmtpExchange } from '#formats/exchange/index.ts';
import { createTestContext } from '../../testing.ts';
import { PATIENT_DOMAIN, startMssante, type MssanteOptions, type RunningMssante } from '../index.ts';
import { mailboxOf, smtpClient, type ClientOptions } from '../testing.ts';

let context: Awaited<ReturnType<typeof createTestContext>>;
let running: RunningMssante;

async function start(options: MssanteOptions = {}): Promise<void> {
  context = await createTestContext();
  running = await startMssante(context, options);
}
beforeEach(() => start());
afterEach(async () => {
  await running.close();
  await context.close();
});

const laboratory = () => mailboxOf(running, context.population.laboratory.mailbox);
const doctor = (rank = 5) => {
  const one = context.population.professionals[rank];
  if (one === undefined) throw new RangeError('population too small');
  return one;
};
const client = (options: Partial<ClientOptions> = {}) =>
  smtpClient(running, context, { mailbox: laboratory(), credential: context.pki.clients['ORG_AUTH_CLI'], ...options });

const mailFrom = (from: string, to: string, body = 'Bonjour,\r\n.point en tête\r\n'): string =>
  `From: "LABORATOIRE" <${from}>\r\nTo: <${to}>\r\nSubject: essai\r\nMessage-ID: <1@banc.test>\r\nX-MSS-NIL: REF\r\n\r\n${body}`;

function smtp(exchange: Exchange | undefined): SmtpExchange {
  if (exchange?.protocol !== 'smtp') throw new TypeError('not an SMTP exchange');
  return exchange;
}
const last = (operation: string): SmtpExchange => smtp(context.journal.list({ service: 'mssante', operation }).at(-1));
const sessionEnd = async (): Promise<SmtpExchange> =>
  smtp(await context.journal.waitFor({ service: 'mssante', operation: 'session' }, 5000));

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const send = (from: string, to: string, raw = mailFrom(from, to), options: Partial<ClientOptions> = {}) =>
  client(options).sendMail({ envelope: { from, to }, raw });

describe('a mail that the operator takes', () => {
  it('is kept byte for byte, with the peer, the masked transcript and the reply that was sent', async () => {
    const { address } = laboratory();
    const raw = mailFrom(address, doctor().mailbox);
    const sent = await send(address, doctor().mailbox, raw);
    const exchange = last('submission');
    expect(Buffer.from(exchange.source).toString('utf8')).toBe(raw);
    expect(exchange.reply).toBe(sent.response);
    expect(exchange.envelope).toEqual({ from: address, to: [doctor().mailbox] });
    expect(exchange.peer.tls).toMatchObject({ authorized: true, sni: 'localhost' });
    expect(exchange.peer.tls?.subject?.join()).toContain(`OU=${context.population.laboratory.id}`);
    const transcript = exchange.transcript.join('\n');
    expect(transcript).toMatch(/STARTTLS[\s\S]*AUTH PLAIN \*\*\*[\s\S]*MAIL FROM:[\s\S]*RCPT TO:/u);
    expect(transcript).not.toContain(laboratory().password);
    expect(transcript).not.toContain(Buffer.from(`\u0000${address}\u0000${laboratory().password}`).toString('base64'));
    expect(exchange).toMatchObject({ expected: true, outcome: `accepté et remis à ${doctor().mailbox}` });
  });

  it('is delivered with its exchange, and forgotten at reset', async () => {
    const { address } = laboratory();
    await send(address, doctor().mailbox);
    const [mail] = running.delivered(doctor().mailbox.toUpperCase());
    expect(mail).toMatchObject({ from: address, exchangeId: last('submission').id });
    expect(mail?.source).toEqual(last('submission').source);
    running.reset();
    expect(running.delivered(doctor().mailbox)).toEqual([]);
  });

  it('to a patient is attributed to the patient by the address', async () => {
    const patient = context.population.draw('nominal');
    const { address } = laboratory();
    await send(address, `${patient.ins}@${PATIENT_DOMAIN}`);
    expect(last('submission').attribution).toMatchObject({ ins: patient.ins, patient: patient.key });
    expect(context.journal.list({ about: patient.ins })).toHaveLength(1);
  });

  it('keeps the DSN request of each recipient in the transcript', async () => {
    const { address } = laboratory();
    await client().sendMail({
      envelope: { from: address, to: doctor().mailbox },
      raw: mailFrom(address, doctor().mailbox),
      dsn: { id: 'x1', return: 'headers', notify: ['success', 'failure'] },
    });
    expect(last('submission').transcript.join('\n')).toContain('NOTIFY=SUCCESS,FAILURE');
  });
});

describe('what the operator refuses', () => {
  it('mail or login before STARTTLS', async () => {
    const replies = await talk(running.addresses.smtp.port, [
      'EHLO produit',
      'MAIL FROM:<a@b.fr>',
      'AUTH PLAIN AGEAYg==',
      'QUIT',
    ]);
    expect(replies.filter((line) => line.startsWith('530'))).toHaveLength(1);
    expect(replies.filter((line) => line.startsWith('538'))).toHaveLength(1);
    const exchange = await sessionEnd();
    expect(exchange.transcript).toContain('AUTH PLAIN ***');
    expect(exchange.peer.tls).toBeUndefined();
    expect(exchange.outcome).toMatch(/refusé : 530 .* ; refusé : 538 /u);
  });

  it.each([
    ['no certificate', undefined, /aucun certificat client/u],
    ['an expired certificate', 'EXPIRED', /expiré/u],
    ['a revoked certificate', 'REVOKED', /révoqué/u],
    ['a certificate of another authority', 'OTHER-CA', /autorité inconnue/u],
  ])('%s, told with its reason', async (_, name, reason) => {
    const { address } = laboratory();
    const credential = name === undefined ? undefined : context.pki.clients[name];
    expect(await refusal(send(address, doctor().mailbox, undefined, { credential }))).not.toBe('');
    const exchange = await context.journal.waitFor({ service: 'mssante', operation: 'tls' }, 5000);
    expect(exchange.outcome).toMatch(reason);
    expect(running.delivered(doctor().mailbox)).toEqual([]);
  });

  it('a wrong password (535)', async () => {
    const { address } = laboratory();
    expect(await refusal(send(address, doctor().mailbox, undefined, { password: 'faux' }))).toContain('535');
    expect(await sessionEnd()).toMatchObject({
      outcome: 'refusé (535) : mot de passe faux',
      attribution: { mailboxes: [address] },
    });
  });

  it('a MAIL FROM that is not the mailbox (553)', async () => {
    expect(await refusal(send(doctor().mailbox, doctor(6).mailbox))).toContain('553');
    expect((await sessionEnd()).outcome).toContain('différent de la boîte authentifiée');
  });

  it.each([
    ['another From', (box: string) => mailFrom('autre@banc.mssante.test', box)],
    ['no From', (box: string) => `To: <${box}>\r\nSubject: x\r\n\r\nx\r\n`],
    ['two From', (box: string) => `From: <${laboratory().address}>\r\n${mailFrom(laboratory().address, box)}`],
  ])('%s in the mail itself (550), the source being kept', async (_, make) => {
    const raw = make(doctor().mailbox);
    expect(await refusal(send(laboratory().address, doctor().mailbox, raw))).toContain('550');
    expect(Buffer.from(last('submission').source).toString()).toBe(raw);
    expect(last('submission').reply).toMatch(/^550 5\.1\.1 Header From/u);
    expect(running.delivered(doctor().mailbox)).toEqual([]);
  });

  it.each([
    ['a domain outside MSSanté', '554', () => 'quelqu.un@exemple.org', /hors de l'espace de confiance/u],
    ['a domain that only looks like one', '554', () => 'x@faux-mssante.fr', /hors de l'espace de confiance/u],
    ['a mailbox of another operator', '550', () => 'x@exemple.mssante.fr', /domaine MSSanté que le banc ne sert pas/u],
    ['an unknown mailbox', '550', () => `personne@${running.addresses.domain}`, /boîte inconnue :/u],
    ['an unknown patient', '550', () => `190010112300000@${PATIENT_DOMAIN}`, /patient inconnu/u],
    [
      'a patient without Mon espace santé',
      '550',
      () => `${context.population.draw('dmp-inexistant').ins}@${PATIENT_DOMAIN}`,
      /patient inconnu ou sans messagerie/u,
    ],
  ])('%s (%s)', async (_, code, to, reason) => {
    expect(await refusal(send(laboratory().address, to()))).toContain(code);
    expect((await sessionEnd()).outcome).toMatch(reason);
  });

  it('a mail above the limit (552), of which only the beginning is kept', async () => {
    await running.close();
    await start({ maxBytes: 2000 });
    const { address } = laboratory();
    const big = mailFrom(address, doctor().mailbox, `${'x'.repeat(3000)}\r\n`);
    expect(await refusal(send(address, doctor().mailbox, big))).toContain('552');
    expect(last('submission').outcome).toContain('plus de 2000 octets');
    expect(last('submission').reply).toMatch(/^552 5\.3\.4 Error: message exceeds/u);
    expect(last('submission').source.length).toBeLessThanOrEqual(2000);
    expect(running.delivered(doctor().mailbox)).toEqual([]);
  });
});

describe('XOAUTH2', () => {
  const options = (verdict: { professional: string } | { refused: string }): MssanteOptions => ({
    clientCertificate: 'requested',
    verifyToken: async () => verdict,
  });

  it('opens the mailbox of the professional of the token, without a certificate where it is only requested', async () => {
    await running.close();
    await start(options({ professional: doctor().nationalId }));
    const mailbox = mailboxOf(running, doctor().mailbox);
    const mine = { mailbox, credential: undefined, accessToken: 'jeton' };
    await send(mailbox.address, laboratory().address, undefined, mine);
    expect(last('submission').attribution.professional).toBe(doctor().nationalId);
    expect(last('submission').transcript.join('\n')).not.toContain(Buffer.from('jeton').toString('base64'));
    const other = { ...mine, mailbox: mailboxOf(running, doctor(6).mailbox) };
    expect(await refusal(send(doctor(6).mailbox, laboratory().address, undefined, other))).toContain('535');
    expect((await sessionEnd()).outcome).toContain("n'a pas accès à cette boîte");
  });

  it('refuses a dead token with the challenge, then 535', async () => {
    await running.close();
    await start(options({ refused: "jeton d'accès expiré" }));
    const mailbox = mailboxOf(running, doctor().mailbox);
    const work = send(mailbox.address, laboratory().address, undefined, { mailbox, accessToken: 'jeton' });
    expect(await refusal(work)).toContain('535');
    expect((await sessionEnd()).outcome).toContain("refusé (535) : jeton d'accès expiré");
  });

  it('still refuses a bad certificate where it is only requested', async () => {
    await running.close();
    await start(options({ professional: doctor().nationalId }));
    const mailbox = mailboxOf(running, doctor().mailbox);
    const credential = context.pki.clients['EXPIRED'];
    expect(await refusal(send(mailbox.address, laboratory().address, undefined, { mailbox, credential }))).not.toBe('');
    expect((await context.journal.waitFor({ operation: 'tls' }, 5000)).outcome).toMatch(/expiré/u);
  });
});

describe('situations', () => {
  it.each([
    ['auth-535', '535', 'sender'],
    ['occupe-421', '421', 'sender'],
    ['boite-pleine-452', '452', 'recipient'],
    ['inconnu-550', '550', 'recipient'],
    ['trop-gros-552', '552', 'recipient'],
  ])('%s answers %s once, then the plain answer comes back', async (situation, code, who) => {
    const { address } = laboratory();
    const about = who === 'sender' ? address : doctor().mailbox;
    context.situations.set({ service: 'mssante', about, situation, times: 1 });
    expect(await refusal(send(address, doctor().mailbox))).toContain(code);
    await send(address, doctor().mailbox);
    expect(running.delivered(doctor().mailbox)).toHaveLength(1);
  });

  it('may be set about a patient by key', async () => {
    const patient = context.population.draw('nominal');
    context.situations.set({ service: 'mssante', about: patient.key, situation: 'inconnu-550', times: 1 });
    expect(await refusal(send(laboratory().address, `${patient.ins}@${PATIENT_DOMAIN}`))).toContain('550');
  });

  it('coupure cuts without a reply after DATA and delivers nothing', async () => {
    const { address } = laboratory();
    context.situations.set({ service: 'mssante', situation: 'coupure', times: 1 });
    expect(await refusal(send(address, doctor().mailbox))).not.toBe('');
    expect(last('submission')).toMatchObject({ reply: '', outcome: 'connexion coupée sans réponse (situation)' });
    expect(running.delivered(doctor().mailbox)).toEqual([]);
  });

  it('latence is told in the outcome', async () => {
    const { address } = laboratory();
    context.situations.set({ service: 'mssante', situation: 'latence', times: 1, parameters: { delayMs: 1 } });
    await send(address, doctor().mailbox);
    expect(last('submission').outcome).toMatch(/^réponse retardée de 1 ms ; accepté/u);
  });

  it.each([
    ['certificat-expire', /expired/iu],
    ['certificat-autre-ac', /unable|issuer|self.signed/iu],
  ])('%s makes a client that checks go away', async (situation, reason) => {
    const { address } = laboratory();
    context.situations.set({ service: 'mssante', situation, times: 1 });
    expect(await refusal(send(address, doctor().mailbox))).toMatch(reason);
    await send(address, doctor().mailbox);
    expect(running.delivered(doctor().mailbox)).toHaveLength(1);
  });

  it('a client that goes away is told once, in TLS from the first byte too', async () => {
    context.situations.set({ service: 'mssante', situation: 'certificat-expire', times: 1 });
    const raw = net.connect(running.addresses.smtp.tlsPort ?? 0, '127.0.0.1');
    const own = context.pki.clients['ORG_AUTH_CLI'];
    const socket = secure({
      socket: raw,
      host: '127.0.0.1',
      ca: context.pki.caPem,
      maxVersion: 'TLSv1.2',
      cert: own?.certificatePem,
      key: own?.keyPem,
    });
    // Both at once: the server learns of the end before it has looked at the session.
    socket.on('error', () => {
      socket.destroy();
      raw.destroy();
    });
    await context.journal.waitFor({ service: 'mssante', operation: 'tls' }, 5000);
    const told = context.journal.list({ service: 'mssante' });
    expect(told).toMatchObject([{ protocol: 'tls', expected: true, shown: { flaw: 'expired', commands: [] } }]);
  });
});

/** Speaks plain SMTP, one command per reply. */
function talk(port: number, commands: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const replies: string[] = [];
    const waiting = [...commands];
    let buffer = '';
    const socket = net.connect(port, '127.0.0.1');
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      buffer += chunk;
      const lines = buffer.split('\r\n');
      buffer = lines.pop() ?? '';
      for (const line of lines) {
        replies.push(line);
        const next = /^\d{3} /u.test(line) ? waiting.shift() : undefined;
        if (next !== undefined) socket.write(`${next}\r\n`);
      }
    });
    socket.on('close', () => resolve(replies));
    socket.on('error', reject);
  });
}
