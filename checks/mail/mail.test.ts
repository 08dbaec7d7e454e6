import { beforeAll, describe, expect, it } from 'vitest';
import { change, makeN1, makeN3 } from '#formats/cda/cda.fixture.ts';
import { attachment, makeMail } from '#formats/mail/mail.fixture.ts';
import type { MailFixture, PartFixture } from '#formats/mail/mail.fixture.ts';
import { makePdf } from '#formats/pdf/pdf.fixture.ts';
import { makeXdmFiles, zip } from '#formats/xdm/xdm.fixture.ts';
import type { XdmDocumentFixture } from '#formats/xdm/xdm.fixture.ts';
import { RULES } from './check.ts';
import { checkDeletionNotices, checkMailFile, checkMailSet, readMailSubject } from './index.ts';
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
  'Return-Receipt-To': 'eva.bio-test@labo.mssante.test',
  'X-MSS-CODECDA': '11502-2',
  'X-MSS-INS': 'O',
};

const NO_REQUEST = { 'Disposition-Notification-To': '', 'Return-Receipt-To': '' };
const SAME_HTML =
  '<html><head><title>Message</title><style>p{}</style></head><body><p>Bonjour,<br>Veuillez&nbsp;trouver le <b>com</b>pte rendu</p><!-- rien --><p>en pi&egrave;ce jointe.</p></body></html>';
const HTML_FIRST = [
  'From: LABO <a@labo.mssante.test>',
  'To: b@medecin.mssante.test',
  'Subject: essai',
  'X-MSS-NIL: REF-TEST-1234',
  'Message-ID: <1@labo.mssante.test>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary=b',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<p>Bonjour</p>',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Bonjour',
  '--b--',
  '',
].join('\r\n');
const OF_A_SET = [
  'MAIL-MESSAGE-ID-UNIQUE',
  'MAIL-SENT-TWICE',
  'MAIL-RETRY-MESSAGE-ID',
  'MAIL-VERSION-LINK',
  'MAIL-DELETION-NOTICE',
];
const AUTOMATIC = 'automatic-action/MDN-sent-automatically';
const TWO = { Subject: 'XDM/1.0/DDM+2 documents PAT-TROIS DOMINIQUE' };
/** Two documents of two types, and a PDF for each. */
const two = async (): Promise<PartFixture[]> => {
  const bytes = Buffer.from(makeN1().replaceAll('code="11502-2"', 'code="34112-3"'));
  return [await archive(N3, { ...N1, bytes, typeCode: '34112-3' }), pdf, pdf];
};

interface MdnFixture {
  readonly subject?: string;
  readonly final?: string;
  readonly disposition?: string;
  readonly parts?: 'inversées';
  readonly back?: boolean;
}

const ORIGINAL = { messageId: '<o@medecin.mssante.test>', subject: 'XDM/1.0/DDM+Lettre PAT-TROIS DOMINIQUE' };

/** A conforming read report of one mail, with one thing changed. */
function mdn({
  subject = ORIGINAL.subject,
  final = 'rfc822;eva.bio-test@labo.mssante.test',
  disposition = `${AUTOMATIC}; processed`,
  parts,
  back = true,
}: MdnFixture = {}): Buffer {
  const text = ['--m', 'Content-Type: text/plain; charset=utf-8', '', 'Votre message a été lu.'];
  const fields = [
    '--m',
    'Content-Type: message/disposition-notification',
    '',
    `Final-Recipient: ${final}`,
    `Original-Message-ID: ${ORIGINAL.messageId}`,
    `Disposition: ${disposition}`,
    '',
  ];
  const returned = ['--m', 'Content-Type: message/rfc822', '', `Message-ID: ${ORIGINAL.messageId}`, '', 'Bonjour'];
  return Buffer.from(
    [
      'From: DR_EVA_BIO-TEST_LABO <eva.bio-test@labo.mssante.test>',
      'To: b@medecin.mssante.test',
      `Subject: ${subject}`,
      'Message-ID: <2@labo.mssante.test>',
      'X-MSS-NIL: REF-TEST-1234',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=disposition-notification; boundary=m',
      '',
      ...(parts === 'inversées' ? [...fields, ...text] : [...text, ...fields]),
      ...(back ? returned : []),
      '--m--',
      '',
    ].join('\r\n'),
  );
}

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
    source: () => plain({ From: 'LABO <a@labo.mssante.test>', 'Reply-To': 'secretariat@labo.mssante.test' }),
    options: { sender: 'APP' },
  },
  { rule: 'MAIL-REPLY-TO', source: () => plain(), options: { replyTo: 'secretariat@labo.mssante.test' } },
  { rule: 'MAIL-RECEIPT', source: () => report({ headers: NO_REQUEST }) },
  { rule: 'MAIL-RETURN-RECEIPT', source: () => report({ headers: { 'Return-Receipt-To': '' } }) },
  {
    rule: 'MAIL-PATIENT-METADATA',
    source: async () =>
      report({
        headers: { To: PATIENT },
        attachments: [await archive({ ...N3, patientId: '162018885045327^^^&1.2.250.1.213.1.4.10&ISO^NH' }), pdf],
      }),
    also: ['XDM-ONE-PATIENT'],
  },
  {
    rule: 'MAIL-ALTERNATIVE-SAME',
    source: () => plain({}, { html: '<p>Bonjour,</p><p>Veuillez trouver le compte rendu.</p>' }),
  },
  {
    rule: 'MAIL-ALTERNATIVE-ORDER',
    source: () => Buffer.from(HTML_FIRST),
  },
  {
    rule: 'MAIL-X-MSS-CODECDA-ORDER',
    source: async () => report({ headers: { ...TWO, 'X-MSS-CODECDA': '34112-3,11502-2' }, attachments: await two() }),
  },
  { rule: 'MAIL-MDN-STRUCTURE', source: () => mdn({ parts: 'inversées' }) },
  { rule: 'MAIL-MDN-FIELDS', source: () => mdn({ final: 'rfc822;autre@labo.mssante.test' }) },
  { rule: 'MAIL-MDN-DISPOSITION', source: () => mdn({ disposition: 'read' }) },
  {
    rule: 'MAIL-INTEGRATION-NOTICE',
    source: () => mdn({ disposition: `${AUTOMATIC}; processed/Error: 902^Patient inconnu` }),
  },
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
      mail: { html: SAME_HTML },
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
    const broken = new Set([...BREAKERS.map((one) => one.rule), ...OF_A_SET]);
    expect(RULES.filter((rule) => !broken.has(rule.id))).toEqual([]);
  });

  it('demands the personal pattern of a personal mailbox only', async () => {
    const source = plain({ From: '"LABORATOIRE DE TEST" <eva.bio-test@labo.mssante.test>' });
    expect(await spoke(source, { sender: 'ORG' })).toEqual([]);
    expect(await spoke(source, { sender: 'PER' })).toEqual(['MAIL-FROM-LABEL']);
  });

  it.each([
    ['PER', 'DR_EVA_BIO-TEST_LABORATOIRE DE TEST', true],
    ['PER', 'EVA_BIO-TEST', true],
    ['PER', 'Éva_BIO-TEST_LABO', true],
    ['PER', '_Eva_BIO-TEST_', true],
    ['PER', 'Eva Bio-Test', false],
    ['PER', 'DR_Eva_Bio-Test_LABO', false],
    ['ORG', 'Laboratoire de test', true],
    ['ORG', 'LABO_NORD', true],
    ['ORG', 'DR_EVA_BIO-TEST_LABORATOIRE', false],
    ['APP', 'DR_EVA_BIO-TEST_LABORATOIRE', false],
  ] as const)('label of %s: %s', async (sender, label, right) => {
    const source = plain({ From: `=?UTF-8?B?${Buffer.from(label).toString('base64')}?= <boite@labo.mssante.test>` });
    expect((await spoke(source, { sender })).includes('MAIL-FROM-LABEL')).toBe(!right);
  });

  it('wants the automatic mention at the end, with the address of Reply-To', async () => {
    const headers = { From: 'LABO <a@labo.mssante.test>', 'Reply-To': 's@labo.mssante.test' };
    const received = async (text: string): Promise<readonly string[]> =>
      (await checkMailFile(plain(headers, { text }), { sender: 'APP' })).map((one) => one.received);
    const mention = 'Message automatique : écrivez à s@labo.mssante.test.';
    expect(await received(`Bonjour\r\n\r\n${mention}\r\nLABO`)).toEqual([]);
    expect(await received('Message automatique.')).toEqual([
      'mention d’envoi automatique sans l’adresse s@labo.mssante.test',
    ]);
    expect(await received(`${mention}\r\n${'ligne\r\n'.repeat(10)}`)).toEqual([
      'mention d’envoi automatique ailleurs qu’à la fin',
    ]);
  });

  it('lets headers be UTF-8 once SMTPUTF8 was said', async () => {
    const source = plain({ 'X-Note': 'résultat' });
    const transcript = ['MAIL FROM:<eva.bio-test@labo.mssante.test> SMTPUTF8 BODY=8BITMIME'];
    expect(await spoke(source, { transcript })).toEqual([]);
  });

  it('takes codes in the order of the archive, and refuses one that is written too often', async () => {
    const sent = async (codes: string): Promise<string[]> =>
      spoke(report({ headers: { ...TWO, 'X-MSS-CODECDA': codes }, attachments: await two() }));
    expect(await sent('11502-2,34112-3')).toEqual([]);
    expect(await sent('11502-2,34112-3,34112-3')).toContain('MAIL-X-MSS-CODECDA');
  });

  it('sees the mask that only the document carries', async () => {
    const bytes = Buffer.from(
      change(makeN3(), '<confidentialityCode code="N"', '<confidentialityCode code="INVISIBLE_PATIENT"'),
    );
    const source = report({ headers: { To: PATIENT }, attachments: [await archive({ ...N3, bytes }), pdf] });
    expect(await spoke(source)).toContain('MAIL-MASKING-PATIENT');
  });

  it('refuses [Annule et remplace] on a document that replaces nothing', async () => {
    expect(await spoke(report({ headers: { Subject: `[Annule et remplace] ${REPORT_HEADERS.Subject}` } }))).toEqual([
      'MAIL-REPLACE-NOTICE',
    ]);
  });

  it('takes a DSN asked in the envelope as a receipt', async () => {
    const transcript = ['RCPT TO:<remi.med-test@medecin.mssante.test> NOTIFY=SUCCESS,FAILURE'];
    const source = report({ headers: NO_REQUEST });
    expect(await spoke(source, { transcript, wave: 'va2' })).toEqual([]);
    expect(await spoke(source, { transcript })).toEqual(['MAIL-RETURN-RECEIPT']);
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

describe('receipts', () => {
  const KO = '[KO Intégration système !][902] ';
  const failed = `${AUTOMATIC}; processed/Error: 902^Patient inconnu`;

  it('is silent on a conforming read report, of a success and of a failure', async () => {
    expect(await spoke(mdn(), { original: ORIGINAL })).toEqual([]);
    const subject = `=?UTF-8?B?${Buffer.from(KO + ORIGINAL.subject).toString('base64')}?=`;
    expect(await spoke(mdn({ subject, disposition: failed }), { original: ORIGINAL })).toEqual([]);
  });

  it('is silent on a notice that gives the archive back, which is not judged again', async () => {
    const subject = `=?UTF-8?B?${Buffer.from(KO + ORIGINAL.subject).toString('base64')}?=`;
    const source = makeMail({ headers: { Subject: subject }, attachments: [xdm, pdf] });
    expect(await spoke(source, { original: ORIGINAL })).toEqual([]);
    expect(await spoke(makeMail({ headers: { Subject: subject } }), { original: ORIGINAL })).toEqual([
      'MAIL-INTEGRATION-NOTICE',
    ]);
  });

  it.each([
    ['another mail', mdn(), 'MAIL-MDN-FIELDS', { messageId: '<x@medecin.mssante.test>' }],
    [
      'a code of nowhere',
      mdn({ disposition: `${AUTOMATIC}; processed/Error: 42^Oups` }),
      'MAIL-MDN-DISPOSITION',
      ORIGINAL,
    ],
    ['no notice in the subject', mdn({ disposition: failed }), 'MAIL-INTEGRATION-NOTICE', ORIGINAL],
    [
      'nothing given back',
      mdn({ subject: `${KO}${ORIGINAL.subject}`, disposition: failed, back: false }),
      'MAIL-INTEGRATION-NOTICE',
      ORIGINAL,
    ],
    [
      'two codes',
      mdn({ subject: `[KO Intégration système !][903] ${ORIGINAL.subject}`, disposition: failed }),
      'MAIL-INTEGRATION-NOTICE',
      ORIGINAL,
    ],
  ] as const)('breaks on %s', async (_, source, rule, original) => {
    expect(await spoke(source, { original })).toContain(rule);
  });
});

describe('checkMailSet', () => {
  const TO = ['remi.med-test@medecin.mssante.test'];
  const rules = async (...mails: Parameters<typeof checkMailSet>[0]): Promise<string[]> =>
    (await checkMailSet(mails)).map((finding) => finding.rule);
  const version = async (id: string, replaces?: string): Promise<Buffer> => {
    const bytes = Buffer.from(makeN3({ id, version: 2, ...(replaces === undefined ? {} : { replaces }) }));
    const headers = { 'Message-ID': `<${id}@labo.mssante.test>` };
    return report({ headers, attachments: [await archive({ ...N3, bytes, uniqueId: id }), pdf] });
  };

  it('sees one Message-ID on two mails, not on a mail sent again after a refusal', async () => {
    const one = plain();
    expect(
      await rules({ source: one, accepted: false }, { source: one }, { source: plain({ 'Message-ID': '<2@l.test>' }) }),
    ).toEqual([]);
    expect(await rules({ source: one }, { source: plain({ Subject: 'Autre' }) })).toEqual(['MAIL-MESSAGE-ID-UNIQUE']);
  });

  it('sees what is delivered twice to one person, not what goes to two', async () => {
    const again = report({ headers: { 'Message-ID': '<2@labo.mssante.test>' } });
    expect(await rules({ source: report() }, { source: again })).toEqual(['MAIL-SENT-TWICE']);
    expect(await rules({ source: report() }, { source: report() })).toEqual(['MAIL-SENT-TWICE']);
    expect(await rules({ source: report() }, { source: again, recipients: ['b@medecin.mssante.test'] })).toEqual([]);
  });

  it('warns of a retry under another Message-ID', async () => {
    const again = report({ headers: { 'Message-ID': '<2@labo.mssante.test>' } });
    const findings = await checkMailSet([{ source: report(), accepted: false }, { source: again }]);
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['MAIL-RETRY-MESSAGE-ID', 'warning']]);
    expect(await rules({ source: report(), accepted: false }, { source: report() })).toEqual([]);
  });

  it('wants a new version to name the one that was sent', async () => {
    const first = { source: report(), recipients: TO };
    const id = '1.2.250.1.999.1.3.2';
    expect(await rules(first, { source: await version(id, '1.2.250.1.999.1.3.1') })).toEqual([]);
    expect(await rules(first, { source: await version(id) })).toEqual(['MAIL-VERSION-LINK']);
    expect(await rules(first, { source: await version(id, '1.2.250.1.999.1.3.9') })).toEqual(['MAIL-VERSION-LINK']);
    expect(await rules({ ...first, accepted: false }, { source: await version(id) })).toEqual([]);
  });

  it('does not trip on a source that is no mail', async () => {
    expect(await rules({ source: Buffer.from('\r\n') }, { source: Buffer.from('\r\n') })).toEqual([]);
  });
});

describe('checkDeletionNotices', () => {
  const notice = plain({ Subject: 'Suppression' }, { text: 'Le compte rendu est supprimé.' });
  const judged = async (recipients: readonly string[]): Promise<readonly string[]> => {
    const before = [{ source: report(), recipients: ['a@m.test', 'b@m.test'] }];
    return (await checkDeletionNotices(N3.uniqueId, before, [{ source: notice, recipients }])).map(
      ({ where }) => where,
    );
  };

  it('wants a notice for each receiver, and for nobody else', async () => {
    expect(await judged(['a@m.test', 'b@m.test'])).toEqual([]);
    expect(await judged(['a@m.test'])).toEqual(['b@m.test']);
    expect(await judged(['a@m.test', 'b@m.test', 'c@m.test'])).toEqual(['c@m.test']);
  });

  it('does not take another mail for a notice', async () => {
    const before = [{ source: report(), recipients: ['a@m.test'] }];
    const after = [{ source: plain(), recipients: ['a@m.test'] }];
    expect((await checkDeletionNotices(N3.uniqueId, before, after)).map(({ rule }) => rule)).toEqual([
      'MAIL-DELETION-NOTICE',
    ]);
  });

  it('says that attachments are shut in winmail.dat, and how to send them otherwise', async () => {
    const tnef = attachment('winmail.dat', 'application/ms-tnef', Buffer.from('789f3e22', 'hex'));
    const findings = await checkMailFile(report({ attachments: [tnef] }));
    expect(findings.find(({ rule }) => rule === 'MAIL-XDM-ATTACHMENT')).toMatchObject({
      received: expect.stringContaining('winmail.dat'),
      remedy: expect.stringContaining('TNEF'),
    });
  });
});
