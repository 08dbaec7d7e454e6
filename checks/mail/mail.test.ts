import { beforeAll, describe, expect, it } from 'vitest';
import { change, makeN1, makeN3 } from '#formats/cda/cda.fixture.ts';
import { attachment, makeMail } from '#formats/mail/mail.fixture.ts';
import type { MailFixture, PartFixture } from '#formats/mail/mail.fixture.ts';
import { makePdf } from '#formats/pdf/pdf.fixture.ts';
import { makeXdmFiles, zip } from '#formats/xdm/xdm.fixture.ts';
import type { XdmDocumentFixture } from '#formats/xdm/xdm.fixture.ts';
import { checkMailFile, checkMailSet, readMailSubject, RULES } from './index.ts';
import type { MailOptions } from './index.ts';

const PATIENT = '279035121518989@patient.mssante.fr';
const PDF_NAME = "20260105_CR d'examens biologiques_PAT-TROIS_DOMINIQUE.pdf";
const pdf = attachment(PDF_NAME, 'application/pdf', makePdf());
const N1: XdmDocumentFixture = { name: 'CRBIO_1.XML', bytes: Buffer.from(makeN1()), uniqueId: '1.2.250.1.999.1.1.1' };
const N3: XdmDocumentFixture = { name: 'CRBIO_3.XML', bytes: Buffer.from(makeN3()), uniqueId: '1.2.250.1.999.1.3.1' };

const archive = async (...documents: XdmDocumentFixture[]): Promise<PartFixture> =>
  attachment('IHE_XDM.ZIP', 'application/zip', await zip(makeXdmFiles(documents)));

const REPORT_HEADERS = {
  Subject: "XDM/1.0/DDM+CR d'examens biologiques PAT-TROIS DOMINIQUE 28/03/1979",
  'Disposition-Notification-To': 'eva.bio-test@labo.mssante.test',
  'X-MSS-CODECDA': '11502-2',
  'X-MSS-INS': 'O',
};

let xdm: PartFixture;
beforeAll(async () => {
  xdm = await archive(N3);
});

interface Variation {
  readonly headers?: MailFixture['headers'];
  readonly mail?: MailFixture;
  readonly attachments?: readonly PartFixture[];
}

/** A conforming mail of one report, with one thing changed. */
const report = ({ headers = {}, mail = {}, attachments }: Variation = {}): Buffer =>
  makeMail({ attachments: attachments ?? [xdm, pdf], ...mail, headers: { ...REPORT_HEADERS, ...headers } });

const spoke = async (source: Uint8Array, options: MailOptions = {}): Promise<string[]> => [
  ...new Set((await checkMailFile(source, options)).map((finding) => finding.rule)),
];

/** A mail without report: what only needs X-MSS-NIL. */
const plain = (headers: MailFixture['headers'] = {}, mail: MailFixture = {}): Buffer => makeMail({ ...mail, headers });

interface Breaker {
  readonly rule: string;
  readonly source: () => Buffer | Promise<Buffer>;
  readonly options?: MailOptions;
  readonly also?: readonly string[];
}

const hidden = (code: string) => async (): Promise<PartFixture> =>
  archive({ ...N3, confidentialityCodes: ['N', code] });

const BREAKERS: readonly Breaker[] = [
  { rule: 'MAIL-READABLE', source: () => Buffer.from('\r\n') },
  { rule: 'MAIL-SOURCE', source: () => plain({ 'X-Note': 'résultat' }) },
  { rule: 'MAIL-MESSAGE-ID', source: () => plain({ 'Message-ID': '20260105.1@labo.mssante.test' }) },
  { rule: 'MAIL-MESSAGE-ID-DOMAIN', source: () => plain({ 'Message-ID': '<20260105.1@POSTE-12>' }) },
  {
    rule: 'MAIL-REPLY-HEADERS',
    source: () => plain({ 'In-Reply-To': '<a@b.test>', References: '<b@b.test>' }),
    options: { original: { messageId: '<a@b.test>', references: ['<z@b.test>'] } },
  },
  { rule: 'MAIL-CONTENT-TYPE', source: () => plain({ 'MIME-Version': '' }) },
  { rule: 'MAIL-BODY', source: () => plain({}, { textType: 'text/html; charset=UTF-8' }) },
  { rule: 'MAIL-TEXT-UTF8', source: () => plain({}, { textType: 'text/plain; charset=iso-8859-15', text: 'Bonjour' }) },
  { rule: 'MAIL-SIZE', source: () => plain(), options: { maxBytes: 100 } },
  { rule: 'MAIL-FROM-LABEL', source: () => plain({ From: 'eva.bio-test@labo.mssante.test' }) },
  {
    rule: 'MAIL-AUTOMATIC-NOTICE',
    source: () => plain({ 'Reply-To': 'secretariat@labo.mssante.test' }),
    options: { sender: 'APP' },
  },
  { rule: 'MAIL-REPLY-TO', source: () => plain(), options: { replyTo: 'secretariat@labo.mssante.test' } },
  { rule: 'MAIL-RECEIPT', source: () => report({ headers: { 'Disposition-Notification-To': '' } }) },
  { rule: 'MAIL-PATIENT-ADDRESS', source: () => report({ headers: { To: PATIENT.replace('279', '162') } }) },
  {
    rule: 'MAIL-ONE-PATIENT',
    source: async () => {
      const other = { ...N1, bytes: Buffer.from(makeN1({ ins: '162018885045327', birthName: 'PAT-SIX' })) };
      return report({
        headers: { Subject: 'XDM/1.0/DDM+2 documents PAT-TROIS DOMINIQUE' },
        attachments: [await archive(N3, other), pdf],
      });
    },
    also: ['XDM-ONE-PATIENT'],
  },
  { rule: 'MAIL-AUDIENCE', source: () => report({ headers: { Cc: PATIENT } }) },
  {
    rule: 'MAIL-MASKING-PATIENT',
    source: async () => report({ headers: { To: PATIENT }, attachments: [await hidden('INVISIBLE_PATIENT')(), pdf] }),
  },
  {
    rule: 'MAIL-MASKING-PROFESSIONALS',
    source: async () => report({ attachments: [await hidden('MASQUE_PS')(), pdf] }),
  },
  { rule: 'MAIL-X-MSS-NIL', source: () => plain({ 'X-MSS-NIL': '' }) },
  { rule: 'MAIL-X-MSS-MES', source: () => report({ headers: { 'X-MSS-MES': 'FIN' } }) },
  { rule: 'MAIL-SUBJECT', source: () => report({ headers: { Subject: 'Vos resultats' } }) },
  {
    rule: 'MAIL-XDM-ATTACHMENT',
    source: () => report({ attachments: [{ ...xdm, name: 'resultats.zip' }, pdf] }),
  },
  {
    rule: 'MAIL-CDA-PRESENT',
    source: async () =>
      report({
        headers: { 'X-MSS-CODECDA': '', 'X-MSS-INS': '' },
        attachments: [await archive({ ...N3, mimeType: 'application/pdf' }), pdf],
      }),
  },
  { rule: 'MAIL-PDF-COUNT', source: () => report({ attachments: [xdm] }) },
  {
    rule: 'MAIL-PDF-NAME',
    source: () =>
      report({ attachments: [xdm, attachment(PDF_NAME.replace('TROIS', 'SIX'), 'application/pdf', makePdf())] }),
  },
  {
    rule: 'MAIL-PDF-SAME',
    source: async () =>
      report({ attachments: [await archive(N1), attachment(PDF_NAME, 'application/pdf', makePdf({ text: 'AUTRE' }))] }),
  },
  { rule: 'MAIL-X-MSS-CODECDA', source: () => report({ headers: { 'X-MSS-CODECDA': '11502-2, 34112-3' } }) },
  { rule: 'MAIL-X-MSS-INS', source: () => report({ headers: { 'X-MSS-INS': 'N' } }) },
  {
    rule: 'MAIL-REPLACE-NOTICE',
    source: async () => {
      const bytes = Buffer.from(makeN3({ version: 2, replaces: '1.2.250.1.999.1.3.0' }));
      return report({ attachments: [await archive({ ...N3, bytes }), pdf] });
    },
  },
];

describe('checkMailFile', () => {
  it('is silent on a conforming report to a professional', async () => {
    expect(await checkMailFile(report(), { sender: 'PER', productReference: 'REF-TEST-1234' })).toEqual([]);
  });

  it('is silent on a conforming report to the patient, closed, in two levels', async () => {
    const source = report({
      headers: {
        To: `<${PATIENT}>`,
        'X-MSS-MES': 'FIN',
        Subject: '=?UTF-8?Q?XDM/1.0/DDM+2_documents_PAT-TROIS_Dominique?=',
      },
      mail: { html: '<p>Bonjour</p>' },
      attachments: [await archive(N3, N1), pdf],
    });
    expect(await checkMailFile(source, { noReplyWanted: true, identityQualified: true })).toEqual([]);
  });

  it('is silent on a conforming reply of an application mailbox', async () => {
    const source = plain(
      {
        From: 'LABORATOIRE DE TEST <labo@labo.mssante.test>',
        'Reply-To': 'secretariat@labo.mssante.test',
        'In-Reply-To': '<a@b.test>',
        References: '<z@b.test> <a@b.test>',
      },
      { text: 'Message envoyé automatiquement, répondez à secretariat@labo.mssante.test.' },
    );
    const options: MailOptions = {
      sender: 'APP',
      original: { messageId: '<a@b.test>', references: ['<z@b.test>'] },
      replyTo: 'secretariat@labo.mssante.test',
    };
    expect(await checkMailFile(source, options)).toEqual([]);
  });

  it.each(BREAKERS)('$rule', async ({ rule, source, options, also = [] }) => {
    const rules = await spoke(await source(), options);
    expect(rules).toContain(rule);
    expect(rules.filter((one) => one !== rule && !also.includes(one))).toEqual([]);
  });

  it('have a breaker for each rule', () => {
    const broken = new Set([...BREAKERS.map((one) => one.rule), 'MAIL-MESSAGE-ID-UNIQUE']);
    expect(RULES.filter((rule) => !broken.has(rule.id))).toEqual([]);
  });

  it('demands the personal pattern of a personal mailbox only', async () => {
    const source = plain({ From: '"LABORATOIRE DE TEST" <eva.bio-test@labo.mssante.test>' });
    expect(await spoke(source, { sender: 'ORG' })).toEqual([]);
    expect(await spoke(source, { sender: 'PER' })).toEqual(['MAIL-FROM-LABEL']);
  });

  it('takes a DSN asked in the envelope as a receipt', async () => {
    const transcript = ['RCPT TO:<remi.med-test@medecin.mssante.test> NOTIFY=SUCCESS,FAILURE'];
    const source = report({ headers: { 'Disposition-Notification-To': '' } });
    expect(await spoke(source, { transcript })).toEqual([]);
    expect(await spoke(source, { receiptRequested: false })).toEqual([]);
  });

  it('refuses a patient address while the identity is not qualified', async () => {
    const findings = await checkMailFile(report({ headers: { To: PATIENT } }), { identityQualified: false });
    expect(findings.map((one) => [one.rule, one.requirements])).toEqual([['MAIL-PATIENT-ADDRESS', ['MSS/va1.19']]]);
  });

  it('names the requirement of the audience, and wave 2 ids in wave 2 only', async () => {
    const requirements = async (to: string, options?: MailOptions): Promise<readonly string[]> =>
      (await checkMailFile(report({ headers: { To: to, 'X-MSS-INS': '' } }), options))[0]?.requirements ?? [];
    expect(await requirements(PATIENT)).toEqual(['MSS/va1.01']);
    expect(await requirements('remi@medecin.mssante.test')).toEqual(['MSS/va1.21']);
    expect(await requirements(PATIENT, { wave: 'va2' })).toEqual(['MSS/va1.01', 'MSS/CONF.14']);
  });

  it('judges the archive and the PDF, placed by their part', async () => {
    const broken = makeXdmFiles([N3]);
    broken.delete('README.TXT');
    const source = report({
      attachments: [
        attachment('IHE_XDM.ZIP', 'application/zip', await zip(broken)),
        attachment(PDF_NAME, 'application/pdf', makePdf({ part: null })),
      ],
    });
    const findings = await checkMailFile(source);
    expect(findings.map((one) => [one.rule, one.where])).toEqual([
      ['XDM-README', 'partie 2, README.TXT'],
      ['PDF-A1-CLAIM', `partie 3 (${PDF_NAME}), catalogue, /Metadata`],
    ]);
    expect(findings[1]?.requirements).toEqual(['DOC/va1.01', 'MSS/va1.21']);
  });

  it('says N when the CDA has no INS', async () => {
    const bytes = Buffer.from(change(makeN3(), '<id root="1.2.250.1.213.1.4.10" extension="279035121518989"/>', ''));
    const attachments = [await archive({ ...N3, bytes }), pdf];
    expect(await spoke(report({ attachments }))).toEqual(['MAIL-X-MSS-INS']);
    expect(await spoke(report({ headers: { 'X-MSS-INS': 'N' }, attachments }))).toEqual([]);
  });

  it('demands an archive from a mail that must carry reports', async () => {
    const rules = await spoke(report({ attachments: [pdf], headers: { 'X-MSS-CODECDA': '', 'X-MSS-INS': '' } }));
    expect(rules).toEqual(['MAIL-XDM-ATTACHMENT']);
  });

  it('does not trip on an archive that is no zip', async () => {
    const source = report({ attachments: [attachment('IHE_XDM.ZIP', 'application/zip', Buffer.from('x'))] });
    expect(await spoke(source)).toContain('XDM-READABLE');
  });
});

describe('readMailSubject', () => {
  it('gives what the mail carries', async () => {
    const subject = await readMailSubject(report());
    if ('fault' in subject) throw new Error(subject.fault);
    expect(subject.cdas.map((cda) => cda.level)).toEqual(['N3']);
    expect(subject.pdfs.map((one) => one.name)).toEqual([PDF_NAME]);
    expect(subject.recipients).toEqual(['remi.med-test@medecin.mssante.test']);
  });
});

describe('checkMailSet', () => {
  it('sees one Message-ID on two mails, not on a mail sent again', () => {
    const one = plain();
    expect(checkMailSet([one, one, plain({ 'Message-ID': '<2@labo.mssante.test>' })])).toEqual([]);
    expect(checkMailSet([one, plain({ Subject: 'Autre' })]).map((finding) => finding.rule)).toEqual([
      'MAIL-MESSAGE-ID-UNIQUE',
    ]);
  });
});
