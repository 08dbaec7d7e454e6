import { describe, expect, it } from 'vitest';
import { gestureContracts } from './contract.ts';
import type { GestureInput, GestureName, GestureOutput } from './gesture-types.ts';

/** The types and the published description are two texts: each example is held by the compiler and by the schema. */
function inputs<G extends GestureName>(name: G, ...examples: GestureInput<G>[]): void {
  for (const example of examples) expect(gestureContracts().get(name)?.problemsOfInput(example)).toEqual([]);
}

function outputs<G extends GestureName>(name: G, ...examples: GestureOutput<G>[]): void {
  for (const example of examples) expect(gestureContracts().get(name)?.problemsOfOutput(example)).toEqual([]);
}

const CORRESPONDENT = { correspondentId: 'C1', rpps: '99700000001', lastName: 'DUPONT', firstName: 'ANNE' };

describe('contract of the gestures about secure mail', () => {
  it('takes mails written, answered, read and deleted', () => {
    inputs('sendReport', { reportId: 'R1', professionals: ['a@banc.mssante.test'], toPatient: true });
    inputs(
      'sendMail',
      { to: ['a@banc.mssante.test'], subject: 'Bonjour', text: 'Texte', html: true, deliveryReceipt: true },
      { patientId: 'P1', subject: 'Bonjour', text: 'Texte', noReply: true, readReceipt: true, user: 'utilisateur-1' },
    );
    inputs('replyMail', { messageId: '<a@b>', text: 'Réponse' });
    inputs('fetchMail', {}, { mailbox: 'labo@banc.mssante.test' });
    inputs('openMail', { messageId: '<a@b>', user: 'utilisateur-1' });
    inputs('deleteMail', { messageId: '<a@b>' });
    for (const name of ['sendMail', 'replyMail'] as const) outputs(name, { messageId: '<c@d>', message: 'Envoyé.' });
    outputs('openMail', { message: 'Ouvert, accusé envoyé.' });
    outputs('fetchMail', { received: 0, message: 'Rien de nouveau.' });
  });

  it('takes refusals and correspondents', () => {
    inputs('recordMailRefusal', { patientId: 'P1', towards: 'professionnels', on: true });
    inputs('addCorrespondent', { patientId: 'P1', rpps: '99700000001' });
    inputs('refreshCorrespondent', { patientId: 'P1', correspondentId: 'C1' });
    outputs('addCorrespondent', { correspondent: CORRESPONDENT, message: 'Ajouté.' });
    outputs('refreshCorrespondent', { correspondent: { ...CORRESPONDENT, gone: true }, message: 'Mis à jour.' });
  });

  it('takes the settings', () => {
    inputs('adjustSettings', {
      mailSending: 'manuel',
      mailReplyTo: { professionals: 'secretariat@banc.mssante.test' },
      patientReplies: true,
      mailSender: 'applicative',
      directoryEveryHours: 12,
    });
  });

  it('shows mails, traces, correspondents and the directory', () => {
    inputs('readState', { what: 'mails' }, { what: 'mail-traces', mailbox: 'a@b.test' });
    inputs('readState', { what: 'correspondents', patientId: 'P1' }, { what: 'directory' });
    outputs('readState', {
      mails: [
        {
          messageId: '<a@b>',
          direction: 'emis',
          kind: 'document',
          from: 'LABORATOIRE',
          to: ['a@b.test'],
          subject: 'CR d’examens biologiques',
          at: '2026-01-05T10:00:00Z',
          receipts: [{ kind: 'echec', at: '2026-01-05T10:01:00Z', detail: 'Boîte pleine' }],
        },
        {
          messageId: '<c@d>',
          direction: 'recu',
          kind: 'document',
          from: 'DR ANNE DUPONT',
          to: ['labo@b.test'],
          subject: 'Lettre',
          at: '2026-01-05T10:00:00Z',
          sender: 'professionnel',
          documents: [{ uniqueId: '1.2.3', state: 'a-rapprocher', reason: 'aucun patient' }],
        },
      ],
      mailTraces: [
        {
          at: '2026-01-05T10:00:00+01:00',
          author: '899700000001',
          action: 'envoi',
          mailbox: 'labo@b.test',
          request: 'DATA',
          response: '250',
        },
      ],
      correspondents: [CORRESPONDENT],
      directory: { everyHours: 24, professionals: 12 },
    });
  });
});
