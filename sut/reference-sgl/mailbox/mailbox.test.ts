import { createTransport } from 'nodemailer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildReportDocuments } from '../documents/index.ts';
import { buildArchive } from '../mssante/archive.ts';
import { sendReport } from '../mssante/index.ts';
import type { SglConfig } from '../model/index.ts';
import { BIOLOGIST, sampleConfig, sampleReport } from '../samples/report.ts';
import { type SampleCertificate, sampleServer } from '../samples/rsa.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { type FakeOperator, OPERATOR_USER, startFakeOperator } from '../testing/fake-operator.ts';
import { recordingChannels, startTestLaboratory, type TestLaboratory, testConfig } from '../testing/laboratory.ts';

const LAB = OPERATOR_USER.user;
const INS = '101066322083675';
const none: ReadonlySet<string> = new Set();
const sender = 'prescripteur@cabinet.mssante.test';

let pki: TestPki;
let identity: SampleCertificate;
let operator: FakeOperator;
let laboratory: TestLaboratory;

beforeAll(async () => {
  pki = await createTestPki();
  identity = await sampleServer(pki.caFile);
});
afterAll(() => pki.remove());
beforeEach(async () => {
  operator = await startFakeOperator(identity, identity.cert);
});
afterEach(async () => {
  await laboratory.server.close();
  await operator.close();
});

async function open(faults: string[] = [], mssante: Partial<SglConfig['mssante']> = {}): Promise<void> {
  const base = testConfig(pki, { faults, ca: identity.files.cert, retryDelaysMs: [] });
  const config: SglConfig = {
    ...base,
    laboratory: { ...base.laboratory, mailbox: LAB },
    mssante: { ...base.mssante, ...OPERATOR_USER, smtp: operator.smtp, imap: operator.imap, ...mssante },
  };
  laboratory = await startTestLaboratory(config, {
    channels: { ...recordingChannels(), sendReport },
    build: buildReportDocuments,
  });
}

const act = async (name: string, input: object): Promise<Record<string, unknown>> => {
  const { status, body } = await laboratory.gesture(name, input);
  return { ...body, status };
};
const state = async (what: string, more: object = {}): Promise<Record<string, unknown>[]> => {
  const { body } = await laboratory.gesture('readState', { what, ...more });
  return Object.values(body)[0] as Record<string, unknown>[];
};

/** A patient whose qualified INS is that of the sample report. */
async function patient(status: 'qualifiee' | 'recuperee' = 'qualifiee'): Promise<string> {
  const { traits, ins } = sampleReport().patient;
  const { body } = await laboratory.gesture('registerPatient', { traits });
  const file = laboratory.lab.patients.get(body['patientId'] as string);
  if (ins) file.ins = ins;
  file.status = status;
  return file.id;
}

async function withDocuments(
  changes: { faults?: ReadonlySet<string>; subject?: string; receipt?: boolean } = {},
): Promise<string> {
  const { faults = none, subject = "XDM/1.0/DDM+CR d'examens biologiques AUTRE NOM", receipt = true } = changes;
  const config = sampleConfig();
  const { n3 } = await buildReportDocuments(sampleReport(), config, none);
  const archive = await buildArchive(sampleReport(), n3, config, new Date('2026-07-01T08:00:00Z'), faults);
  const info = await createTransport({ streamTransport: true, buffer: true }).sendMail({
    from: { name: 'Dr Zoé KIT', address: sender },
    to: LAB,
    subject,
    text: 'Bonjour',
    ...(receipt && { headers: { 'Disposition-Notification-To': sender } }),
    attachments: [{ filename: 'IHE_XDM.ZIP', content: Buffer.from(archive), contentType: 'application/zip' }],
  });
  return (info.message as Buffer).toString('latin1');
}

describe('documents received', () => {
  it('go to the file whose qualified INS is the patientId of the metadata, whatever the subject says', async () => {
    await open();
    const patientId = await patient();
    operator.drop(await withDocuments());
    expect(await act('fetchMail', {})).toMatchObject({ status: 200, received: 1 });
    const [mail] = await state('mails');
    expect(mail).toMatchObject({
      direction: 'recu',
      kind: 'document',
      from: 'Dr Zoé KIT',
      sender: 'professionnel',
      patientId,
    });
    expect(mail?.['subject']).toBe("CR d'examens biologiques AUTRE NOM");
    expect(mail?.['documents']).toMatchObject([{ state: 'integre', level: 'N3', patientId }]);
    expect(operator.flags(1)).toContain('\\Seen');
    expect(operator.sent).toHaveLength(1);
    expect(operator.sent[0]?.to).toEqual([sender]);
    expect(operator.sent[0]?.source).toContain('Disposition: automatic-action/MDN-sent-automatically; processed\r\n');
    expect(operator.sent[0]?.source).toContain('X-MSS-NIL: REF-1');
  });

  it('wait for a person when nobody qualified has this INS, and go to the file once it is qualified', async () => {
    await open();
    const patientId = await patient('recuperee');
    operator.drop(await withDocuments());
    await act('fetchMail', {});
    expect((await state('mails'))[0]?.['documents']).toMatchObject([
      { state: 'a-rapprocher', reason: 'Patient inconnu' },
    ]);
    expect(operator.sent[0]?.source).toMatch(/processed\/Error: 902\^Patient inconnu/);
    expect(await state('worklist')).toMatchObject([{ kind: 'donnee-non-integree' }]);
    laboratory.lab.patients.get(patientId).status = 'qualifiee';
    expect((await act('fetchMail', {}))['message']).toContain('1 document(s) en attente rapproché(s)');
    expect(laboratory.lab.mail.acts.documents(patientId)).toHaveLength(1);
  });

  it.each([
    [false, 1],
    [true, 2],
  ] as const)('are there once when the mailbox is numbered again (fault: %s)', async (faulty, times) => {
    await open(faulty ? ['mss-integre-deux-fois'] : []);
    await patient();
    operator.drop(await withDocuments());
    await act('fetchMail', {});
    operator.renumber();
    await act('fetchMail', {});
    expect(operator.sent).toHaveLength(times);
  });

  it('sent again under another number are told as already there', async () => {
    await open();
    await patient();
    const source = await withDocuments();
    operator.drop(source);
    operator.drop(source.replace(/^Message-ID: .*$/m, 'Message-ID: <autre@cabinet.mssante.test>'));
    await act('fetchMail', {});
    expect((await state('mails'))[1]?.['documents']).toMatchObject([{ state: 'deja-present' }]);
  });

  it.each([
    'xdm-empreinte-fausse',
    'xdm-chemin-sortant',
    'xdm-sans-metadonnees',
    'xdm-uri-fausse',
    'xdm-cda-tronque',
    'xdm-metadonnees-mal-formees',
  ])('are refused with an ordinary mail where no receipt was asked: %s', async (fault) => {
    await open();
    await patient();
    operator.drop(await withDocuments({ faults: new Set([fault]), receipt: false }));
    await act('fetchMail', {});
    expect((await state('mails'))[0]?.['documents']).toMatchObject([{ state: 'refuse' }]);
    expect(operator.sent[0]?.source).toMatch(/Subject: =\?UTF-8\?|Subject: \[KO/);
    expect(operator.sent[0]?.source).toContain('application/zip');
  });
});

describe('what comes back about a mail sent', () => {
  const report = (id: string, type: string, fields: string): string =>
    [
      'From: mailer-daemon@labo.mssante.test',
      `To: ${LAB}`,
      'Subject: Compte rendu de remise',
      `Message-ID: <${type}@labo.mssante.test>`,
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=${type}; boundary="b"`,
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Voir ci-dessous.',
      '--b',
      `Content-Type: message/${type}`,
      '',
      fields.replaceAll('@@', id),
      '--b--',
      '',
    ].join('\r\n');

  const sentMail = async (): Promise<string> => {
    const answer = await act('sendMail', { to: [sender], subject: 'Question', text: 'Bonjour', deliveryReceipt: true });
    expect(answer['status']).toBe(200);
    return answer['messageId'] as string;
  };

  it.each([
    [
      'delivery-status',
      `Reporting-MTA: dns; x\r\nOriginal-Envelope-Id: @@\r\n\r\nFinal-Recipient: rfc822; ${sender}\r\nAction: delivered\r\nStatus: 2.0.0`,
      'reception',
    ],
    [
      'delivery-status',
      `Reporting-MTA: dns; x\r\nOriginal-Envelope-Id: @@\r\n\r\nFinal-Recipient: rfc822; ${sender}\r\nAction: failed\r\nStatus: 5.2.2`,
      'echec',
    ],
    [
      'disposition-notification',
      `Final-Recipient: rfc822;${sender}\r\nOriginal-Message-ID: @@\r\nDisposition: manual-action/MDN-sent-manually; displayed`,
      'lecture',
    ],
    [
      'disposition-notification',
      `Final-Recipient: rfc822;${sender}\r\nOriginal-Message-ID: @@\r\nDisposition: automatic-action/MDN-sent-automatically; processed/Error: 902^Patient inconnu`,
      'echec',
    ],
  ])('is shown: %s, %#', async (type, fields, kind) => {
    await open();
    const id = await sentMail();
    operator.drop(report(type === 'delivery-status' ? id.slice(1, -1) : id, type, fields));
    await act('fetchMail', {});
    const mails = await state('mails');
    expect(mails.find(({ direction }) => direction === 'emis')?.['receipts']).toMatchObject([
      { kind, recipient: sender },
    ]);
    expect(mails.find(({ direction }) => direction === 'recu')).toMatchObject({ about: id, sender: 'operateur' });
  });

  it.each([['[KO Intégration système !][902] Question'], ['Undelivered Mail Returned to Sender']])(
    'an ordinary mail is a failure: %s',
    async (subject) => {
      await open();
      const id = await sentMail();
      operator.drop(
        `From: ${sender}\nTo: ${LAB}\nMessage-ID: <ko@cabinet.mssante.test>\nSubject: =?UTF-8?B?${Buffer.from(subject).toString('base64')}?=\nIn-Reply-To: ${id}\nContent-Type: text/plain; charset=utf-8\n\nmotif\n`,
      );
      await act('fetchMail', {});
      expect((await state('mails')).find(({ direction }) => direction === 'emis')?.['receipts']).toMatchObject([
        { kind: 'echec' },
      ]);
    },
  );

  it.each([
    ['the address of a mail sent', sender, 1],
    ['an address that nothing was sent to', 'autre@cabinet.mssante.test', 0],
  ])('a failure that names no Message-ID is laid to %s', async (_, address, count) => {
    await open();
    await sentMail();
    operator.drop(
      `From: MAILER-DAEMON@cabinet.mssante.test\nTo: ${LAB}\nMessage-ID: <ko@cabinet.mssante.test>\nSubject: Message non remis\nContent-Type: text/plain; charset=utf-8\n\nDestinataire : ${address}.\n`,
    );
    await act('fetchMail', {});
    const sent = (await state('mails')).find(({ direction }) => direction === 'emis');
    expect(sent?.['receipts']).toHaveLength(count);
  });
});

describe('messages', () => {
  it('of a patient are shown under his name, and answered in the thread', async () => {
    await open();
    const patientId = await patient();
    operator.drop(
      `From: ${INS}@patient.mssante.fr\nTo: ${LAB}\nMessage-ID: <q1@patient.mssante.fr>\nReferences: <q0@labo.mssante.test>\nSubject: Question\n\nBonjour\n`,
    );
    await act('fetchMail', {});
    expect((await state('mails'))[0]).toMatchObject({
      from: "D'ARTAGNAN DE L'HERAULT PIERRE-ALAIN",
      sender: 'patient',
      patientId,
    });
    expect(await act('replyMail', { messageId: '<q1@patient.mssante.fr>', text: 'Réponse' })).toMatchObject({
      status: 200,
    });
    expect(operator.sent[0]?.source).toContain('In-Reply-To: <q1@patient.mssante.fr>');
    expect(operator.sent[0]?.source).toMatch(/References: <q0@labo\.mssante\.test>\s+<q1@patient\.mssante\.fr>/);
  });

  it('to a patient need a qualified identity and no refusal', async () => {
    await open();
    const patientId = await patient('recuperee');
    const write = { patientId, subject: 'Résultats', text: 'Bonjour', noReply: true };
    expect(await act('sendMail', write)).toMatchObject({ status: 409 });
    laboratory.lab.patients.get(patientId).status = 'qualifiee';
    await act('recordMailRefusal', { patientId, towards: 'patient', on: true });
    expect(await act('sendMail', write)).toMatchObject({ status: 409 });
    await act('recordMailRefusal', { patientId, towards: 'patient', on: false });
    expect(await act('sendMail', write)).toMatchObject({ status: 200 });
    expect(operator.sent.map(({ to }) => to)).toEqual([[`${INS}@patient.mssante.fr`]]);
    expect(operator.sent[0]?.source).toContain('X-MSS-MES: FIN');
  });

  it('in HTML say the same thing twice', async () => {
    await open();
    await act('sendMail', { to: [sender], subject: 'Avis', text: 'a < b', html: true });
    expect(operator.sent[0]?.source).toContain('multipart/alternative');
    expect(operator.sent[0]?.source).toContain('a &lt; b');
  });

  it('of a person leave from the mailbox of this person, under his name', async () => {
    const mine = {
      address: 'eva@labo.mssante.test',
      kind: 'PER' as const,
      ...OPERATOR_USER,
      owner: BIOLOGIST.nationalId,
    };
    await open([], { others: [mine] });
    await act('sendMail', { mailbox: mine.address, to: [sender], subject: 'Avis', text: 'Bonjour' });
    expect(operator.sent[0]?.source).toContain('PS_EVA_BLUE_LABORATOIRE TEST <eva@labo.mssante.test>');
  });

  it.each([
    [[], 'Disposition: manual-action/MDN-sent-manually; displayed'],
    [['mss-accuse-disposition-libre'], 'Disposition: lu\r\n'],
    [['mss-accuse-non-rendu'], undefined],
  ] as const)(
    'give the read report that was asked when a person opens them, once (faults: %j)',
    async (faults, told) => {
      await open([...faults]);
      operator.drop(
        `From: ${sender}\nTo: ${LAB}\nMessage-ID: <m1@cabinet.mssante.test>\nSubject: Avis\nDisposition-Notification-To: ${sender}\n\nBonjour\n`,
      );
      await act('fetchMail', {});
      expect(operator.sent).toEqual([]);
      for (const _ of [1, 2])
        expect(await act('openMail', { messageId: '<m1@cabinet.mssante.test>' })).toMatchObject({ status: 200 });
      expect(operator.sent).toHaveLength(told === undefined ? 0 : 1);
      if (told === undefined) return;
      expect(operator.sent[0]?.to).toEqual([sender]);
      expect(operator.sent[0]?.source).toContain(told);
      expect(operator.sent[0]?.source).toContain('Original-Message-ID: <m1@cabinet.mssante.test>');
    },
  );

  it('give no read report to another address than that of their sender', async () => {
    await open();
    operator.drop(
      `From: ${sender}\nTo: ${LAB}\nMessage-ID: <m1@cabinet.mssante.test>\nDisposition-Notification-To: autre@cabinet.mssante.test\n\nBonjour\n`,
    );
    await act('fetchMail', {});
    await act('openMail', { messageId: '<m1@cabinet.mssante.test>' });
    expect(operator.sent).toEqual([]);
  });

  it('are deleted from their mailbox', async () => {
    await open();
    operator.drop(`From: ${sender}\nTo: ${LAB}\nMessage-ID: <m1@cabinet.mssante.test>\nSubject: Avis\n\nBonjour\n`);
    await act('fetchMail', {});
    expect(await act('deleteMail', { messageId: '<m1@cabinet.mssante.test>' })).toMatchObject({ status: 200 });
    expect(operator.count).toBe(0);
    expect(await state('mails')).toEqual([]);
  });
});

it('every action leaves a trace with its answer and its partner, and no secret', async () => {
  await open();
  operator.drop(`From: ${sender}\nTo: ${LAB}\nMessage-ID: <m1@cabinet.mssante.test>\nSubject: Avis\n\nBonjour\n`);
  await act('fetchMail', { user: 'utilisateur-1' });
  await act('sendMail', { to: [sender], subject: 'Avis', text: 'Bonjour', user: 'utilisateur-1' });
  operator.refusal = 550;
  await act('sendMail', { to: [sender], subject: 'Avis', text: 'Bonjour', user: 'utilisateur-1' });
  const traces = await state('mail-traces');
  expect(traces.map(({ action }) => action)).toEqual([
    'connexion',
    'consultation',
    'deconnexion',
    'connexion',
    'envoi',
    'deconnexion',
    'connexion',
    'envoi',
  ]);
  expect(traces.every(({ author, response }) => author === 'utilisateur-1' && response !== '')).toBe(true);
  expect(traces.every(({ at }) => /[+]0[12]:00$/.test(at as string))).toBe(true);
  expect(traces.at(-1)).toMatchObject({ partner: sender, response: expect.stringContaining('550') as string });
  expect(JSON.stringify(traces)).not.toContain(OPERATOR_USER.password);
});

it('a wrong password is refused, with what the server said', async () => {
  await open([], { password: 'autre' });
  expect(await act('fetchMail', {})).toMatchObject({
    status: 409,
    message: expect.stringContaining('AUTHENTICATIONFAILED') as string,
  });
});
