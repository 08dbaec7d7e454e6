import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { header, readMail, type Mail } from '#formats/mail/index.ts';
import { readXdm } from '#formats/xdm/index.ts';
import { createTestContext } from '../../../testing.ts';
import { PATIENT_DOMAIN, startMssante, type IncomingOrder, type RunningMssante } from '../../index.ts';
import { mailboxOf, smtpClient } from '../../testing.ts';

let context: Awaited<ReturnType<typeof createTestContext>>;
let running: RunningMssante;
beforeAll(async () => {
  context = await createTestContext();
  running = await startMssante(context);
});
afterEach(() => running.reset());
afterAll(async () => {
  await running.close();
  await context.close();
});

const laboratory = () => context.population.laboratory.mailbox;
const patient = () => {
  const [one] = context.population.patients;
  if (!one) throw new RangeError('empty population');
  return one;
};

async function received(order: Partial<IncomingOrder>): Promise<{ readonly mail: Mail; readonly messageId: string }> {
  const messageId = await running.receive({ kind: 'message', patient: patient().key, ...order });
  const last = running.delivered(order.to ?? laboratory()).at(-1);
  const reading = readMail(last?.source ?? new Uint8Array());
  if (!reading.ok) throw new TypeError(reading.fault.message);
  expect(reading.mail.problems).toEqual([]);
  expect(header(reading.mail, 'Message-ID')).toBe(messageId);
  return { mail: reading.mail, messageId };
}

/** Name and text of every entry of the archive of a mail. */
async function archiveOf(mail: Mail): Promise<ReadonlyMap<string, string>> {
  const zip = mail.attachments.find(({ fileName }) => fileName === 'IHE_XDM.ZIP');
  const xdm = await readXdm(zip?.content ?? new Uint8Array());
  if (!xdm.ok) throw new TypeError(xdm.fault.message);
  return new Map(xdm.entries.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('utf8')]));
}

describe('mails of a correspondent', () => {
  it('carry a document of the patient, whose metadata name the INS and its authority', async () => {
    const { mail } = await received({ kind: 'document' });
    const archive = await archiveOf(mail);
    expect([...archive.keys()]).toEqual([
      'README.TXT',
      'INDEX.HTM',
      'IHE_XDM/SUBSET01/METADATA.XML',
      'IHE_XDM/SUBSET01/DOC0001.XML',
    ]);
    const { ins, oid } = patient();
    expect(archive.get('IHE_XDM/SUBSET01/METADATA.XML')).toContain(`value="${ins}^^^&amp;${oid}&amp;ISO^NH"`);
    expect(archive.get('IHE_XDM/SUBSET01/DOC0001.XML')).toContain(`<id root="${oid}" extension="${ins}"/>`);
    expect(header(mail, 'Disposition-Notification-To')).toContain('@');
    expect(context.journal.list({ service: 'mssante' })).toEqual([]);
  });

  it('ask for no read receipt when the order wants none', async () => {
    const { mail } = await received({ kind: 'document', receipt: false });
    expect(header(mail, 'Disposition-Notification-To')).toBeUndefined();
  });

  it('replace the document of an earlier mail, by its number', async () => {
    const first = await received({ kind: 'document' });
    const id = /<id root="(2\.25\.\d+)"/u.exec(
      (await archiveOf(first.mail)).get('IHE_XDM/SUBSET01/DOC0001.XML') ?? '',
    )?.[1];
    const second = await received({ kind: 'annule-et-remplace', replaces: first.messageId });
    const cda = (await archiveOf(second.mail)).get('IHE_XDM/SUBSET01/DOC0001.XML');
    expect(cda).toContain(`<relatedDocument typeCode="RPLC"><parentDocument><id root="${id}"/><setId root="${id}"/>`);
    expect(cda).toContain('<versionNumber value="2"/>');
    expect(header(second.mail, 'Subject')).toMatch(/^\[Annule et remplace\] XDM\/1\.0\/DDM\+/u);
  });

  it('keep the thread: the third of one, or the answer to the mails given', async () => {
    const third = await received({ kind: 'fil' });
    const references = (header(third.mail, 'References') ?? '').split(' ');
    expect(references).toHaveLength(2);
    expect(header(third.mail, 'In-Reply-To')).toBe(references[1]);
    const answer = await received({ kind: 'fil', references: ['<1@a.test>', '<2@a.test>', '<3@a.test>'] });
    expect(header(answer.mail, 'References')).toBe('<1@a.test> <2@a.test> <3@a.test>');
    expect(header(answer.mail, 'In-Reply-To')).toBe('<3@a.test>');
  });

  it('come from a patient, with and without an attachment', async () => {
    const plain = await received({ kind: 'reponse-patient', references: ['<1@a.test>'] });
    expect(header(plain.mail, 'From')).toBe(`<${patient().ins}@${PATIENT_DOMAIN}>`);
    expect(header(plain.mail, 'In-Reply-To')).toBe('<1@a.test>');
    expect(plain.mail.attachments).toEqual([]);
    const { mail } = await received({ kind: 'reponse-patient', variant: 'avec-piece-jointe' });
    expect(mail.attachments.map(({ fileName }) => fileName)).toEqual(['courrier-du-patient.pdf']);
    expect(mail.text).toContain('rendez-vous');
  });

  it('end an exchange: the subject is [FIN] and nothing else', async () => {
    expect(header((await received({ kind: 'fin' })).mail, 'Subject')).toBe('[FIN]');
  });

  it('say that the mail of the product was not integrated, and send it back', async () => {
    const [doctor] = context.population.professionals.slice(5);
    const to = doctor?.mailbox ?? '';
    await smtpClient(running, context, {
      mailbox: mailboxOf(running, laboratory()),
      credential: context.pki.clients['ORG_AUTH_CLI'],
    }).sendMail({
      envelope: { from: laboratory(), to },
      raw: `From: <${laboratory()}>\r\nTo: <${to}>\r\nSubject: XDM/1.0/DDM+essai\r\nMessage-ID: <7@banc.test>\r\n\r\nCorps rendu\r\n`,
    });
    const { mail } = await received({ kind: 'erreur', from: to, code: '904', references: ['<7@banc.test>'] });
    expect(header(mail, 'Subject')).toBe('[KO Intégration système !][904] XDM/1.0/DDM+essai');
    expect(header(mail, 'In-Reply-To')).toBe('<7@banc.test>');
    expect(Buffer.from(running.delivered(laboratory()).at(-1)?.source ?? []).toString('utf8')).toContain('Corps rendu');
  });

  it('go to any mailbox, from any correspondent', async () => {
    const [one, other] = context.population.professionals.slice(4);
    const { mail } = await received({
      ...(one && { to: one.mailbox }),
      ...(other && { from: other.structure.mailbox }),
    });
    expect(header(mail, 'From')).toBe(`"${other?.structure.name}" <${other?.structure.mailbox}>`);
  });

  it.each<[string, Partial<IncomingOrder>, RegExp]>([
    ['a variant of another kind', { kind: 'message', variant: 'hash-faux' }, /hash-faux/u],
    ['a variant of nothing', { kind: 'document', variant: 'inconnue' }, /inconnue/u],
    ['two patients, one given', { kind: 'document', variant: 'deux-patients' }, /deux patients/u],
    ['a replacement of nothing', { kind: 'annule-et-remplace' }, /remplace/u],
    ['a reference that is no Message-ID', { references: ['<a@b>\r\nBcc: x'] }, /Message-ID/u],
    ['a code without an error', { code: '902' }, /902/u],
    ['a patient of nowhere', { patient: 'personne' }, /personne/u],
    ['a mailbox of nowhere', { to: 'a@b.test' }, /a@b\.test/u],
    ['a sender that is no correspondent', { from: 'sgl@banc.mssante.test' }, /aucun correspondant/u],
  ])('are refused: %s', async (_, order, words) => {
    await expect(running.receive({ kind: 'message', patient: patient().key, ...order })).rejects.toThrow(words);
  });
});
