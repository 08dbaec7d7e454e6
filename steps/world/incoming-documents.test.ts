import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCdaFile } from '#checks/cda/index.ts';
import { checkPdfFile } from '#checks/pdf/index.ts';
import { checkXdmFile } from '#checks/xdm/index.ts';
import { readMail } from '#formats/mail/index.ts';
import { readXdm } from '#formats/xdm/index.ts';
import { startMssante, type IncomingOrder, type RunningMssante } from '#mocks/mssante/index.ts';
import { createTestContext } from '#mocks/testing.ts';

let context: Awaited<ReturnType<typeof createTestContext>>;
let running: RunningMssante;
beforeAll(async () => {
  context = await createTestContext();
  running = await startMssante(context);
});
afterAll(async () => {
  await running.close();
  await context.close();
});

/** What the rules of the bench say of the documents that it sends to the product itself. */
async function breaches(order: Partial<IncomingOrder>): Promise<readonly string[]> {
  const patient = context.population.patients[0]?.key ?? '';
  await running.receive({ kind: 'document', patient, ...order });
  const reading = readMail(running.delivered(context.population.laboratory.mailbox).at(-1)?.source ?? new Uint8Array());
  if (!reading.ok) throw new TypeError(reading.fault.message);
  const [archive, ...pdfs] = reading.mail.attachments;
  const zip = archive?.content ?? new Uint8Array();
  const xdm = await readXdm(zip);
  if (!xdm.ok) throw new TypeError(xdm.fault.message);
  const documents = xdm.entries.filter(({ name }) => /\/DOC\d+\.XML$/.test(name));
  expect(documents).toHaveLength(pdfs.length);
  return [
    ...(await checkXdmFile(zip, { fileName: archive?.fileName ?? '' })),
    ...documents.flatMap(({ bytes }) => checkCdaFile(bytes)),
    ...pdfs.flatMap(({ content }) => checkPdfFile(content)),
  ].map(({ rule, where, received }) => `${rule} ${where} ${received}`);
}

describe('documents that the bench sends', () => {
  it.each([[undefined], ['document-structure'], ['plusieurs-documents']])(
    'break no rule of its own: %s',
    async (variant) => {
      expect(await breaches(variant === undefined ? {} : { variant })).toEqual([]);
    },
  );

  it('hold the one defect that their variant names', async () => {
    const wrong = await breaches({ variant: 'hash-faux' });
    expect(wrong.map((one) => one.split(' ')[0])).toEqual(['XDM-HASH']);
  });
});
