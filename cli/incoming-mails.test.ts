import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkMailFile } from '#checks/mail/index.ts';
import { createTestContext } from '#mocks/testing.ts';
import { startMssante, type IncomingOrder, type RunningMssante } from '#mocks/mssante/index.ts';

const UNKNOWN = ['MAIL-CDA-PRESENT', 'MAIL-X-MSS-CODECDA', 'MAIL-X-MSS-INS'];

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

/** Ids of the rules that the mail of an order breaks. */
async function broken(parts: Partial<IncomingOrder>): Promise<readonly string[]> {
  running.reset();
  const [patient, otherPatient] = context.population.patients;
  if (!patient || !otherPatient) throw new RangeError('empty population');
  const variant = parts.variant ?? '';
  await running.receive({
    kind: 'document',
    patient: patient.key,
    ...(['deux-patients', 'objet-autre-patient'].includes(variant) ? { otherPatient: otherPatient.key } : {}),
    ...parts,
  });
  const [mail] = running.delivered(context.population.laboratory.mailbox);
  const findings = await checkMailFile(mail?.source ?? new Uint8Array(), { wave: 'va2', sender: 'PER' });
  return [...new Set(findings.map(({ rule }) => rule))];
}

describe('the mails that the bench sends to a product, judged by its own rules', () => {
  it.each<[string, Partial<IncomingOrder>]>([
    ['a document', {}],
    ['a document on an unknown patient', { variant: 'patient-inconnu' }],
    ['a document without INS', { variant: 'ins-non-qualifiee' }],
    ['two documents', { variant: 'plusieurs-documents' }],
    ['a replacement', { kind: 'annule-et-remplace', replaces: '<1@banc.test>' }],
    ['a message', { kind: 'message' }],
    ['the third of a thread', { kind: 'fil' }],
  ])('%s breaks none', async (_, parts) => {
    expect(await broken(parts)).toEqual([]);
  });

  it.each([
    ['hash-faux', ['XDM-HASH']],
    ['deux-patients', ['MAIL-ONE-PATIENT', 'XDM-ONE-PATIENT']],
    // Without metadata the documents are unknown: what the headers say of them has nothing to lean on.
    ['sans-metadata', [...UNKNOWN, 'XDM-METADATA-PRESENT']],
    ['metadata-mal-formee', [...UNKNOWN, 'XDM-METADATA-WELLFORMED']],
    ['zip-slip', ['XDM-ENTRY-PATH']],
    ['objet-autre-patient', ['MAIL-SUBJECT']],
  ])('%s breaks what it says', async (variant, rules) => {
    expect(await broken({ variant })).toEqual(rules);
  });
});
