import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import PostalMime, { type Email } from 'postal-mime';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromBuffer } from 'yauzl';
import { buildReportDocuments } from '../documents/index.ts';
import type { BuiltDocument, Report } from '../model/types.ts';
import { sampleConfig, sampleReport } from '../samples/report.ts';
import { xpath } from '../samples/xml.ts';
import { buildArchive } from './archive.ts';
import { composeMail, newMessageId, type Recipient } from './mail.ts';

const config = sampleConfig();
const none: ReadonlySet<string> = new Set();
const professional: Recipient = { address: 'prescripteur@cabinet.mssante.test', kind: 'professionnel' };
const patient: Recipient = { address: '101066322083675@patient.mssante.test', kind: 'patient' };

let n3: BuiltDocument;
let pdf: BuiltDocument;
let archive: Uint8Array;
beforeAll(async () => {
  ({ n3, pdf } = await buildReportDocuments(sampleReport(), config, none));
  archive = await buildArchive(sampleReport(), n3, config, new Date('2026-07-01T22:30:00Z'));
});

async function sent(
  recipient: Recipient,
  report: Report = sampleReport(),
  faults = none,
): Promise<{ raw: string; mail: Email }> {
  const composed = composeMail(report, archive, pdf, recipient, config, newMessageId(config), faults);
  const info = await createTransport({ streamTransport: true, buffer: true }).sendMail(composed);
  const raw = (info.message as Buffer).toString('latin1');
  return { raw, mail: await PostalMime.parse(raw) };
}

/** Value of a header, compared by its exact name: the reference writes X-MSS headers in capitals. */
function exact(raw: string, name: string): string | undefined {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1];
}

describe('headers', () => {
  test('of a mail to a professional', async () => {
    const { raw, mail } = await sent(professional);
    expect(mail.from).toMatchObject({ name: "Laboratoire de l'Été & des Chênes", address: 'labo@labo.mssante.test' });
    expect(mail.to).toMatchObject([{ address: professional.address }]);
    expect(mail.subject).toBe("XDM/1.0/DDM+CR d'examens biologiques D'ARTAGNAN DE L'HERAULT PIERRE-ALAIN 17/06/2001");
    expect(exact(raw, 'Message-ID')).toMatch(/^<[0-9a-f-]{36}@labo\.mssante\.test>$/);
    expect(exact(raw, 'X-MSS-NIL')).toBe('REF-0001');
    expect(exact(raw, 'X-MSS-CODECDA')).toBe('11502-2');
    expect(exact(raw, 'X-MSS-INS')).toBe('O');
    expect(exact(raw, 'X-MSS-MES')).toBeUndefined();
    expect(exact(raw, 'Disposition-Notification-To')).toBe('labo@labo.mssante.test');
    expect(exact(raw, 'Return-Receipt-To')).toBe('labo@labo.mssante.test');
    expect(raw).toMatch(/Content-Type: text\/plain; charset=utf-8/i);
    // No byte above 127 outside encoded words and encoded parts.
    expect(raw).toMatch(/^[\t\r\n\u0020-\u007e]*$/);
  });

  test('a mail to the patient says that no answer is wanted', async () => {
    expect(exact((await sent(patient)).raw, 'X-MSS-MES')).toBe('FIN');
  });

  test('X-MSS-INS is N when the identity is not qualified', async () => {
    const report = sampleReport();
    const doubtful: Report = { ...report, patient: { ...report.patient, status: 'recuperee' } };
    expect(exact((await sent(professional, doubtful)).raw, 'X-MSS-INS')).toBe('N');
  });

  test('the fault mss-sans-libelle leaves the display name out and nothing else', async () => {
    const sound = await sent(professional);
    const faulty = await sent(professional, sampleReport(), new Set(['mss-sans-libelle']));
    expect(exact(faulty.raw, 'From')).toBe('labo@labo.mssante.test');
    const names = (mail: Email) =>
      mail.headers.map(({ key, value }) =>
        /^(from|message-id|date|content-type)$/.test(key) ? key : `${key}: ${value}`,
      );
    expect(names(faulty.mail)).toEqual(names(sound.mail));
    expect(faulty.mail.attachments.map(({ filename }) => filename)).toEqual(
      sound.mail.attachments.map(({ filename }) => filename),
    );
    expect(faulty.mail.text).toBe(sound.mail.text);
  });
});

test('attachments: IHE_XDM.ZIP and the PDF, byte for byte', async () => {
  const { mail } = await sent(professional);
  expect(mail.attachments.map(({ filename, mimeType }) => `${mimeType} ${filename}`)).toEqual([
    'application/zip IHE_XDM.ZIP',
    "application/pdf 20260105_CR d'examens biologiques_D'ARTAGNAN DE L'HERAULT_PIERRE-ALAIN.pdf",
  ]);
  const [zip, copy] = mail.attachments.map(({ content }) => Buffer.from(content as ArrayBuffer));
  expect(zip?.equals(Buffer.from(archive))).toBe(true);
  expect(copy?.equals(Buffer.from(pdf.bytes))).toBe(true);
});

describe('IHE_XDM.ZIP', () => {
  let entries: ReadonlyMap<string, Buffer>;
  beforeAll(async () => {
    entries = await unzip(archive);
  });

  test('has the layout of IHE XDM, in upper case 8.3 names', () => {
    expect([...entries.keys()]).toEqual([
      'README.TXT',
      'INDEX.HTM',
      'IHE_XDM/SUBSET01/METADATA.XML',
      'IHE_XDM/SUBSET01/DOC0001.XML',
    ]);
    expect(entries.get('README.TXT')?.toString()).toContain('Editeur : Éditeur & Cie\r\n');
    expect(entries.get('INDEX.HTM')?.toString()).toContain('<h1>Laboratoire de l&apos;Été &amp; des Chênes</h1>');
  });

  test('the metadata describe the document: URI, hash, size, identifier, patient', () => {
    const metadata = entries.get('IHE_XDM/SUBSET01/METADATA.XML') ?? Buffer.alloc(0);
    const document = entries.get('IHE_XDM/SUBSET01/DOC0001.XML') ?? Buffer.alloc(0);
    expect(document.equals(Buffer.from(n3.bytes))).toBe(true);
    const slot = (name: string) => xpath(metadata, `//rim:ExtrinsicObject/rim:Slot[@name="${name}"]//rim:Value`);
    expect(slot('URI')).toEqual(['DOC0001.XML']);
    expect(slot('hash')).toEqual([createHash('sha1').update(document).digest('hex')]);
    expect(slot('size')).toEqual([String(document.byteLength)]);
    const identifier = (name: string) => xpath(metadata, `//rim:ExternalIdentifier[rim:Name//@value="${name}"]/@value`);
    expect(identifier('XDSDocumentEntry.uniqueId')).toEqual([n3.id]);
    expect(identifier('XDSDocumentEntry.patientId')).toEqual(['101066322083675^^^&1.2.250.1.213.1.4.10&ISO^NH']);
    expect(xpath(metadata, '//rim:Slot[@name="submissionTime"]//rim:Value')).toEqual(['20260701223000']);
    expect(xpath(metadata, '//rim:Association/@targetObject')).toEqual(xpath(metadata, '//rim:ExtrinsicObject/@id'));
    expect(xpath(metadata, '/lcm:SubmitObjectsRequest')).toHaveLength(1);
  });

  test('has the local identifier, never the INS, when the identity is not qualified', async () => {
    const report = sampleReport();
    const doubtful: Report = { ...report, patient: { ...report.patient, status: 'validee' } };
    const { n3: document } = await buildReportDocuments(doubtful, config, none);
    const content = await unzip(await buildArchive(doubtful, document, config, new Date()));
    for (const bytes of content.values()) expect(bytes.toString()).not.toContain('101066322083675');
    const metadata = content.get('IHE_XDM/SUBSET01/METADATA.XML') ?? Buffer.alloc(0);
    expect(xpath(metadata, '//rim:ExternalIdentifier[rim:Name//@value="XDSDocumentEntry.patientId"]/@value')).toEqual([
      'IPP-0001^^^&1.2.250.1.999.1.1.2&ISO^PI',
    ]);
  });
});

async function unzip(bytes: Uint8Array): Promise<ReadonlyMap<string, Buffer>> {
  const found = new Map<string, Buffer>();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, zip) => {
    if (error) return reject(error);
    zip.on('entry', (entry) => {
      zip.openReadStream(entry, (failure, stream) => {
        if (failure) return reject(failure);
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          found.set(entry.fileName, Buffer.concat(chunks));
          zip.readEntry();
        });
      });
    });
    zip.on('end', () => resolve());
    zip.on('error', reject);
    zip.readEntry();
  });
  await promise;
  return found;
}
