import { describe, expect, it } from 'vitest';
import {
  checkAnswerGiven,
  checkDeleted,
  checkFailureShown,
  checkIntegration,
  checkMailScreen,
  checkMailTraces,
  checkOnce,
  checkReceiptShown,
  checkRefusalShown,
  checkRetry,
  checkSeen,
  checkShown,
  checkUnknownPatient,
  checkUnsound,
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

  it('wants no secret in them, and repeats none', () => {
    const findings = checkMailTraces([trace({ request: 'AUTH PLAIN mot-de-passe' })], [sent()], ['mot-de-passe', '']);
    expect(findings).toMatchObject([{ rule: 'MAIL-TRACE-SECRET' }]);
    expect(JSON.stringify(findings)).not.toContain('mot-de-passe');
    expect(checkMailTraces([trace()], [sent()], ['mot-de-passe', ''])).toEqual([]);
  });

  it('takes the trace that has the answer when two are about the same action', () => {
    const traces = [trace({ response: '451 Try again' }), trace({ response: '550 5.1.1 Unknown' })];
    expect(rules(traces, [sent({ refusal: '550' })])).toEqual([]);
  });

  it('takes the nearest in time when the journal tells the same of long before', () => {
    const before = trace({ at: '2026-01-05T08:00:00+01:00' });
    expect(rules([before, trace({ at: 'hier' }), trace()], [sent()])).toEqual([]);
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

  it('go to the file once, however many mails bring them', () => {
    const document = { uniqueId: '1.2', state: 'integre', patientId: 'P1' } as const;
    const others = [
      { ...document, state: 'deja-present' as const },
      { ...document, uniqueId: '1.3' },
    ];
    expect(checkOnce([document, ...others], '1.2')).toEqual([]);
    expect(checkOnce([document, document], '1.2')).toMatchObject([{ rule: 'MAIL-IN-ONCE', severity: 'warning' }]);
  });

  it('wait for a person when their archive is wrong', () => {
    expect(checkUnsound([{ uniqueId: '1.2', state: 'refuse' }], 'x')).toEqual([]);
    expect(checkUnsound([{ uniqueId: '1.2', state: 'integre' }], 'x')).toMatchObject([{ rule: 'MAIL-IN-SOUND' }]);
  });
});

describe('mails of the mailbox', () => {
  const held = (...flags: string[]) => ({ flags: new Set(flags) });

  it('are marked read once dealt with, where they still are', () => {
    for (const mail of [undefined, held('\\Seen'), held('\\seen', '\\Answered')])
      expect(checkSeen(mail, '<a@b>')).toEqual([]);
    expect(checkSeen(held(), '<a@b>')).toMatchObject([{ rule: 'MAIL-IN-SEEN' }]);
  });

  it('are no more there once deleted', () => {
    for (const mail of [undefined, held('\\Deleted')]) expect(checkDeleted(mail, '<a@b>')).toEqual([]);
    expect(checkDeleted(held('\\Seen'), '<a@b>')).toMatchObject([{ rule: 'MAIL-TRACE-DONE' }]);
  });

  const INS = '279035121518989';
  const patient = { kind: 'patient', address: `${INS}@patient.mssante.fr`, birthName: 'PAT-TROIS' } as const;
  const professional = { kind: 'professionnel', address: 'a@b.test' } as const;
  const shown = { messageId: '<a@b>', from: 'Pat-Trois DOMINIQUE', subject: 'Question', sender: 'patient' } as const;

  it('are shown for people: no prefix, who wrote, a patient by his name', () => {
    expect(checkMailScreen(shown, patient)).toEqual([]);
    expect(checkMailScreen({ ...shown, from: 'a@b.test', sender: 'professionnel' }, professional)).toEqual([]);
  });

  it.each([
    ['MAIL-SUBJECT-SHOWN', { ...shown, subject: 'XDM/1.0/DDM+Lettre' }, patient],
    ['MAIL-SENDER-KIND', { ...shown, sender: 'professionnel' }, patient],
    ['MAIL-SENDER-KIND', shown, professional],
    ['MAIL-PATIENT-NAMED', { ...shown, from: patient.address }, patient],
    ['MAIL-PATIENT-NAMED', { ...shown, from: `PAT-TROIS (${INS})` }, patient],
  ] as const)('or are told: %s', (rule, mail, writer) => {
    expect(checkMailScreen(mail, writer)).toMatchObject([{ rule, severity: 'warning' }]);
  });
});

describe('answers', () => {
  const seen = { about: '<a@b>', asked: true, failed: true, answered: true };

  it('warn of a receipt or of a failure that the sender never learns', () => {
    const told = (changes: Partial<typeof seen>) => checkAnswerGiven({ ...seen, ...changes }).map(({ rule }) => rule);
    expect(told({})).toEqual([]);
    expect(told({ answered: false })).toEqual(['MAIL-MDN-GIVEN', 'MAIL-FAILURE-TOLD']);
    expect(told({ answered: false, failed: false })).toEqual(['MAIL-MDN-GIVEN']);
    expect(told({ answered: false, asked: false })).toEqual(['MAIL-FAILURE-TOLD']);
  });
});

describe('what the operator could not take', () => {
  it('leaves again, or is shown waiting', () => {
    const waitedMs = 3_000;
    expect(checkRetry({ taken: true, state: 'transmis', waitedMs })).toEqual([]);
    expect(checkRetry({ taken: false, state: 'en-attente', waitedMs })).toMatchObject([{ severity: 'warning' }]);
    for (const state of ['refuse', 'transmis'])
      expect(checkRetry({ taken: false, state, waitedMs })).toMatchObject([{ rule: 'MAIL-RETRY', severity: 'error' }]);
  });

  it('is shown refused, with the words of the operator', () => {
    const reply = '550 5.1.1 No such user here';
    const judged = (detail: string, state = 'refuse') => checkRefusalShown({ state, detail }, reply);
    for (const detail of ['Refusé (550)', 'no such user here']) expect(judged(detail)).toEqual([]);
    expect(judged('Destinataire inconnu')).toMatchObject([{ severity: 'warning' }]);
    for (const [detail, state] of [
      [' ', 'refuse'],
      ['550', 'transmis'],
    ] as const)
      expect(judged(detail, state)).toMatchObject([{ rule: 'MAIL-FAILURE-SHOWN', severity: 'error' }]);
  });
});
