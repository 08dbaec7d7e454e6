import { describe, expect, it } from 'vitest';
import {
  checkFailureShown,
  checkIntegration,
  checkMailTraces,
  checkReceiptShown,
  checkShown,
  checkUnknownPatient,
  type MailTraceShown,
  type SeenAction,
} from './index.ts';

const AT = '2026-01-05T09:00:00.000Z';
const trace = (changes: Partial<MailTraceShown> = {}): MailTraceShown => ({
  at: '2026-01-05T10:00:01+01:00',
  author: '899700000001',
  action: 'envoi',
  request: 'DATA',
  response: '250 2.6.0 Message queued',
  messageId: '<a@b>',
  ...changes,
});
const sent = (changes: Partial<SeenAction> = {}): SeenAction => ({
  action: 'envoi',
  at: AT,
  messageId: '<a@b>',
  ...changes,
});
const rules = (traces: readonly MailTraceShown[], actions: readonly SeenAction[]) =>
  checkMailTraces(traces, actions).map(({ rule }) => rule);

describe('traces', () => {
  it('accepts one complete trace for each action', () => {
    const traces = [trace({ action: 'connexion', messageId: '' }), trace(), trace({ action: 'suppression' })];
    expect(rules([trace()], [sent()])).toEqual([]);
    expect(rules(traces, [sent(), sent({ action: 'suppression' })])).toEqual([]);
  });

  it('wants a trace of each action, about the right mail', () => {
    expect(rules([], [sent()])).toEqual(['MAIL-TRACE-ACTION']);
    expect(rules([trace({ messageId: '<other@b>' })], [sent()])).toEqual(['MAIL-TRACE-ACTION']);
    expect(rules([trace()], [sent(), sent({ action: 'consultation' })])).toEqual(['MAIL-TRACE-ACTION']);
  });

  it.each([
    ['no author', { author: ' ' }],
    ['a universal time', { at: '2026-01-05T09:00:00Z' }],
    ['a time that is not that of the action', { at: '2026-01-05T09:00:00+01:00' }],
    ['no request', { request: '' }],
    ['no response', { response: '' }],
  ])('refuses a trace with %s', (_, changes) => {
    expect(rules([trace(changes)], [sent()])).toEqual(['MAIL-TRACE-CONTENT']);
  });

  it('wants the answer of the operator in the trace of a failure', () => {
    expect(rules([trace({ response: '550 5.1.1 Unknown' })], [sent({ refusal: '550' })])).toEqual([]);
    expect(rules([trace({ response: 'échec' })], [sent({ refusal: '550' })])).toEqual(['MAIL-TRACE-ANSWER']);
  });

  it('takes the trace that has the answer when two are about the same action', () => {
    const traces = [trace({ response: '451 Try again' }), trace({ response: '550 5.1.1 Unknown' })];
    expect(rules(traces, [sent({ refusal: '550' })])).toEqual([]);
  });
});

describe('receipts', () => {
  const received = { kind: 'reception', detail: 'Remis le 05/01/2026' } as const;
  const failed = { kind: 'echec', detail: 'Espace de santé fermé' } as const;

  it('wants a delivery report shown', () => {
    expect(checkReceiptShown([received], 'courriel')).toEqual([]);
    for (const receipts of [[], [failed], [{ ...received, kind: 'lecture' as const }]])
      expect(checkReceiptShown(receipts, 'courriel')).toMatchObject([{ rule: 'MAIL-RECEIPT-SHOWN' }]);
  });

  it('wants a failure shown with its reason, and never as received', () => {
    expect(checkFailureShown([failed], 'transmis', 'courriel')).toEqual([]);
    expect(checkFailureShown([], 'refuse', 'courriel')).toEqual([]);
    for (const [receipts, state] of [
      [[], 'transmis'],
      [[{ ...failed, detail: '' }], 'transmis'],
      [[failed, received], 'transmis'],
    ] as const)
      expect(checkFailureShown(receipts, state, 'courriel')).toMatchObject([{ rule: 'MAIL-FAILURE-SHOWN' }]);
  });
});

describe('documents received', () => {
  it('go to the patient of their metadata', () => {
    expect(checkIntegration({ uniqueId: '1.2', state: 'integre', patientId: 'P1' }, 'P1', true)).toEqual([]);
    expect(checkIntegration({ uniqueId: '1.2', state: 'a-rapprocher' }, 'P1', false)).toEqual([]);
    for (const document of [
      undefined,
      { uniqueId: '1.2', state: 'integre', patientId: 'P2' },
      { uniqueId: '1.2', state: 'refuse', patientId: 'P1' },
      { uniqueId: '1.2', state: 'a-rapprocher' },
    ] as const)
      expect(checkIntegration(document, 'P1', true)).toMatchObject([{ rule: 'MAIL-IN-PATIENT' }]);
  });

  it('wait when nobody knows the patient', () => {
    expect(checkUnknownPatient({ uniqueId: '1.2', state: 'a-rapprocher' })).toEqual([]);
    for (const document of [
      undefined,
      { uniqueId: '1.2', state: 'integre', patientId: 'P2' },
      { uniqueId: '1.2', state: 'a-rapprocher', patientId: 'P2' },
    ] as const)
      expect(checkUnknownPatient(document)).toMatchObject([{ rule: 'MAIL-IN-UNKNOWN' }]);
  });

  it('are shown with their mail', () => {
    expect(checkShown(['<a@b>'], '<a@b>')).toEqual([]);
    expect(checkShown([], '<a@b>')).toMatchObject([{ rule: 'MAIL-IN-SHOWN', expected: '<a@b>' }]);
  });
});
