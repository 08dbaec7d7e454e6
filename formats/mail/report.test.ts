import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { header, readMail, readReport, readReturned, reportField } from './index.ts';
import type { Mail } from './index.ts';

const lines = (...all: readonly string[]): Buffer => Buffer.from(all.join('\r\n'));
const read = (source: Uint8Array): Mail => {
  const reading = readMail(source);
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.mail;
};

const DSN = lines(
  'Subject: Undelivered Mail Returned to Sender',
  'Content-Type: multipart/report; report-type=Delivery-Status; boundary=r',
  '',
  '--r',
  '',
  'Le message n’est pas arrivé.',
  '--r',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; operateur.mssante.test',
  '',
  'Final-Recipient: rfc822;a@patient.mssante.test',
  'Action: failed',
  'Diagnostic-Code: smtp; 550 5.1.1',
  ' boîte inconnue',
  '',
  'Final-Recipient: rfc822;b@patient.mssante.test',
  'Action: delivered',
  '',
  '--r',
  'Content-Type: message/rfc822',
  '',
  'Subject: =?UTF-8?Q?R=C3=A9sultat?=',
  'Content-Type: multipart/mixed; boundary=i',
  '',
  '--i',
  '',
  'dedans',
  '--i--',
  '--r--',
  '',
);

describe('readReport', () => {
  it('gives the groups of a delivery report and the mail given back', () => {
    const report = readReport(read(DSN));
    expect(report).toMatchObject({ kind: 'delivery-status', declared: 'delivery-status' });
    expect(report?.groups.map((group) => group.map(({ name }) => name))).toEqual([
      ['Reporting-MTA'],
      ['Final-Recipient', 'Action', 'Diagnostic-Code'],
      ['Final-Recipient', 'Action'],
    ]);
    expect(report && reportField(report, 'diagnostic-code')).toBe('smtp; 550 5.1.1 boîte inconnue');
    if (!report?.returned) throw new Error('aucun message rendu');
    const inner = readReturned(report.returned);
    expect(inner.ok && header(inner.mail, 'Subject')).toBe('Résultat');
    expect(inner.ok && inner.mail.text).toBe('dedans');
  });

  it('reads a mail given back inside a mail given back', () => {
    const outer = lines(
      'Content-Type: message/rfc822',
      '',
      'Content-Type: message/rfc822',
      '',
      'Subject: fond',
      '',
      'x',
    );
    const first = readReturned(read(outer).root);
    const second = first.ok ? readReturned(first.mail.root) : first;
    expect(second.ok && header(second.mail, 'Subject')).toBe('fond');
  });

  it('sees a read report out of its multipart/report, and its base64', () => {
    const fields = Buffer.from('Disposition: manual-action/MDN-sent-manually; displayed\r\n').toString('base64');
    const mail = read(
      lines('Content-Type: message/disposition-notification', 'Content-Transfer-Encoding: base64', '', fields),
    );
    const report = readReport(mail);
    expect(report).toMatchObject({ kind: 'disposition-notification', declared: undefined, returned: undefined });
    expect(report && reportField(report, 'Disposition')).toBe('manual-action/MDN-sent-manually; displayed');
  });

  it('takes an ordinary mail for none', () => {
    expect(readReport(read(lines('Subject: a', '', 'b')))).toBeUndefined();
  });

  it('is bounded by what it gives', () => {
    const many = lines('Content-Type: message/delivery-status', '', ...'A: b,,'.repeat(5000).split(','));
    expect(readReport(read(many))?.groups).toHaveLength(100);
    fc.assert(
      fc.property(fc.nat(DSN.length - 1), fc.uint8Array({ maxLength: 8 }), (at, bytes) => {
        const reading = readMail(Buffer.concat([DSN.subarray(0, at), bytes, DSN.subarray(at + 2)]));
        if (reading.ok) expect(readReport(reading.mail)?.groups.length ?? 0).toBeLessThanOrEqual(100);
      }),
      { numRuns: 200 },
    );
  });
});

describe('parameters of RFC 2231', () => {
  const nameOf = (parameters: string): string | undefined =>
    read(lines('Content-Type: application/pdf', `Content-Disposition: attachment; ${parameters}`, '', 'x'))
      .attachments[0]?.fileName;

  it.each([
    ["filename*1*=%C3%A9tude.pdf; filename*0*=UTF-8'fr'CR%20d%27", "CR d'étude.pdf"],
    ['filename*0="CR d\'"; filename*1="examens"; filename*2=.pdf', "CR d'examens.pdf"],
    ["filename*0*=UTF-8''%C3; filename*1*=%A9.pdf", 'é.pdf'],
    ['filename="CR.pdf"; filename*=UTF-8\'\'CR%C3%A9.pdf', 'CRé.pdf'],
    ["filename*=utf-8''100%", '100%'],
    ["filename*=inconnu''%E9.pdf", 'é.pdf'],
    [
      `filename*0*=UTF-8''a;${Array.from({ length: 300 }, (_, index) => `filename*${index + 1}=b`).join(';')}`,
      `a${'b'.repeat(199)}`,
    ],
  ])('%#', (parameters, name) => {
    expect(nameOf(parameters)).toBe(name);
  });
});

describe('headers of SMTPUTF8', () => {
  it('are read as UTF-8, address, label and subject, and noted', () => {
    const mail = read(lines('From: Éva <éva@labo.mssante.test>', 'Subject: Résultat', '', 'x'));
    expect(header(mail, 'From')).toBe('Éva <éva@labo.mssante.test>');
    expect(header(mail, 'Subject')).toBe('Résultat');
    expect(mail.problems.map(({ code }) => code)).toEqual(['MAIL_RAW_8BIT_HEADER', 'MAIL_RAW_8BIT_HEADER']);
  });
});
