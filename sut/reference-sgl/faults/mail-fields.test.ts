import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildReportDocuments } from '../documents/index.ts';
import type { BuiltDocument, SglConfig } from '../model/types.ts';
import { buildArchive } from '../mssante/archive.ts';
import { composeLetter } from '../mssante/letters.ts';
import { composeMail, type Recipient, writeMail } from '../mssante/mail.ts';
import { ownMailboxes } from '../mssante/mailboxes.ts';
import { composeReceipt } from '../mssante/receipt.ts';
import { sampleConfig, sampleReport } from '../samples/report.ts';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { submitObjectsRequest } from '../xds/index.ts';
import { xmlDocument } from '../xml/index.ts';
import table from './mail-fields.json' with { type: 'json' };
import { spoilMail } from './index.ts';

const AT = new Date('2026-07-01T22:30:00Z');
const ID = '<11111111-1111-4111-8111-111111111111@labo.mssante.test>';
const PRESCRIBER = 'prescripteur@cabinet.mssante.test';
const none: ReadonlySet<string> = new Set();
const report = sampleReport();
const RECIPIENTS: readonly Recipient[] = [
  { address: PRESCRIBER, kind: 'professionnel' },
  { address: '101066322083675@patient.mssante.fr', kind: 'patient' },
];

let pki: TestPki;
let config: SglConfig;
let pdf: BuiltDocument;
/** Built once: the numbers in it are drawn. */
let archive: Uint8Array;
/** METADATA.XML, which a mail only shows once its archive is unpacked. */
let metadata: string;

beforeAll(async () => {
  pki = await createTestPki();
  config = sampleConfig();
  const documents = await buildReportDocuments(report, config, none);
  ({ pdf } = documents);
  archive = await buildArchive(report, documents.n3, config, AT, none);
  const entryId = 'urn:uuid:11111111-1111-4111-8111-111111111111';
  const lot = { id: '1.2.3', at: AT, documents: [{ document: documents.n3, entryId, uri: 'DOC0001.XML' }] };
  metadata = xmlDocument(submitObjectsRequest(lot, report, config, none));
});
afterAll(() => pki.remove());

/** The report to both kinds of recipients, a letter in two versions and a read report. */
async function mails(faults: ReadonlySet<string>): Promise<string> {
  const [box] = ownMailboxes(config);
  if (!box) throw new RangeError('the sample laboratory has a mailbox');
  const reports = RECIPIENTS.map((to) =>
    writeMail(composeMail(report, archive, pdf, to, config, ID, faults), faults, 'report'),
  );
  const letter = { to: [PRESCRIBER], subject: 'Question', text: 'Bonjour', html: true };
  const answered = { messageId: ID, references: [], subject: 'Avis', raw: Buffer.from('\r\n'), attachments: [] };
  const read = { type: 'displayed', byHand: true } as const;
  const receipt = await composeReceipt(answered, PRESCRIBER, read, box, config, faults);
  const written = await Promise.all([
    ...reports,
    writeMail(composeLetter(letter, box, config, ID, faults), faults, 'message'),
  ]);
  return steady([...written, receipt.raw].map((raw) => raw.toString('latin1')).join('\n'));
}

/** Without what is drawn at each writing. */
function steady(text: string): string {
  return text
    .replaceAll(/^Date: .*$/gm, 'Date')
    .replaceAll(/--_NmP-[\w-]+/g, 'LIMITE')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => (/^([01])\1{7}/.test(id) ? id : 'UUID'));
}

it('writes the same thing twice without a fault', async () => {
  expect(await mails(none)).toBe(await mails(new Set(['insi-soap-11'])));
  expect(spoilMail('metadata', metadata, none)).toBe(metadata);
});

it.each(Object.entries(table.faults))('%s changes what leaves', async (name, spoiling) => {
  const faults = new Set([name]);
  if (spoiling.in === 'metadata') expect(spoilMail('metadata', metadata, faults)).not.toBe(metadata);
  else expect(await mails(faults)).not.toBe(await mails(none));
});
