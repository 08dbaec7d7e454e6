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

const ANALYSES = [{ code: '2345-7', label: 'Glucose', value: 5.1, unit: 'mmol/L' }];
const COUNTS = { total: 3, qualified: 2, notQualified: 1 };

describe('contract of the gestures about the DMP', () => {
  it('takes a report of the past, hidden, partial, signed by somebody else', () => {
    inputs('validateReport', {
      patientId: 'P1',
      title: 'Bilan',
      analyses: ANALYSES,
      professionals: [],
      sendToPatient: false,
      sendToDmp: true,
      status: 'partiel',
      confidentiality: { hiddenFromProfessionals: true, hiddenFromLegalRepresentatives: true },
      date: '2024-03-01T10:00:00+01:00',
      author: { lastName: 'ANCIEN', firstName: 'PAUL', nationalId: '899700000001', profession: '10' },
      user: 'utilisateur-1',
    });
    inputs('replaceReport', { reportId: 'R1', analyses: ANALYSES, title: 'Bilan', status: 'complet' });
    const made = { reportId: 'R1', documents: [], confidentiality: { hiddenFromPatient: true } };
    outputs('validateReport', made);
    outputs('replaceReport', made, {
      reportId: 'R1',
      documents: [{ kind: 'cda-n3', id: '1.2', fileName: 'a.xml', base64: 'AA==', audience: 'patient' }],
    });
  });

  it('takes what is done to a document and to a record', () => {
    inputs('deleteReport', { reportId: 'R1', reason: 'mauvais patient', user: 'utilisateur-1' });
    inputs('blockDmp', { patientId: 'P1', on: true });
    inputs('recordDmpConsent', { patientId: 'P1', choice: 'opposition' });
    inputs('feedHistory', { patientId: 'P1', from: '2020-01-01', to: '2020-12-31', kinds: ['11502-2'] });
    inputs('receiveDocument', {
      patientId: 'P1',
      title: 'Lettre de liaison',
      typeCode: '34133-9',
      mediaType: 'application/pdf',
      base64: 'AA==',
    });
    for (const action of ['masquer', 'demasquer', 'montrer-au-patient', 'archiver', 'desarchiver'] as const)
      inputs('changeDmpDocument', { reportId: 'R1', action });
    for (const name of ['deleteReport', 'blockDmp', 'recordDmpConsent', 'changeDmpDocument'] as const)
      outputs(name, { message: 'Fait.' });
    outputs('receiveDocument', { documentId: 'D1' });
    outputs('feedHistory', { documents: [{ reportId: 'R1', state: 'deja-transmis', message: 'Déjà versé.' }] });
  });

  it('takes what is read from a record', () => {
    inputs('openDmpWeb', { page: 'accueil' }, { page: 'dossier', patientId: 'P1', user: 'utilisateur-2' });
    outputs('openDmpWeb', { request: { method: 'GET', url: 'https://webps.test/AccesDirect/TableauDeBord' } });
    inputs('checkDmpAccess', { patientId: 'P1' });
    outputs('checkDmpAccess', {
      exists: 'actif',
      access: 'inexistante',
      message: 'Le DMP existe.',
      differences: [{ field: 'Nom utilisé', here: 'A', inDmp: 'B' }],
    });
    inputs('searchDmp', {
      patientId: 'P1',
      criteria: { submittedFrom: '2026-01-01', typeCodes: ['11502-2'], author: 'DUPONT', archived: true },
    });
    const found = { uniqueId: '1.2', title: 'Bilan', typeCode: '11502-2', author: 'A', structure: 'L' } as const;
    outputs('searchDmp', {
      documents: [{ ...found, date: '2026-01-02T03:04:05+01:00', status: 'actif', alreadyHere: false }],
      message: '1 document.',
    });
    inputs('readDmpDocument', { patientId: 'P1', uniqueId: '1.2', integrate: true });
    outputs('readDmpDocument', { integrated: true, alreadyHere: false, origin: 'DMP', message: 'Intégré.' });
  });

  it('shows the state of a record, the journal and the figures', () => {
    inputs(
      'readState',
      { what: 'dmp', patientId: 'P1' },
      { what: 'dmp-traces' },
      { what: 'dashboard', period: 'annee-precedente', finess: '0B0000001', rpps: '99700000001' },
    );
    outputs(
      'readState',
      {
        dmp: {
          patientId: 'P1',
          existence: 'actif',
          access: 'valide',
          consent: 'accord',
          blocked: false,
          lastCheck: { at: '2026-01-02T03:04:05Z', user: 'u', message: 'm', differences: [] },
          fed: [
            {
              reportId: 'R1',
              uniqueId: '1.2',
              kind: 'cda-n1',
              version: 2,
              status: 'remplace',
              confidentiality: {},
              at: '2026-01-02T03:04:05Z',
            },
          ],
          integrated: [{ uniqueId: '1.3', title: 't', origin: 'DMP', at: '2026-01-02T03:04:05Z', user: 'u' }],
        },
      },
      {
        dmpTraces: [
          { at: '2026-01-02T03:04:05Z', user: 'u', action: 'TD2.1', outcome: 'echec', message: 'XDSRegistryBusy' },
        ],
      },
      {
        dashboard: {
          period: 'mois-courant',
          from: '2026-01-01',
          to: '2026-01-31',
          reports: { dmp: COUNTS, mssProfessional: COUNTS, mssPatient: COUNTS },
          files: { dmp: 1, mssProfessional: 1, mssPatient: 1, allThree: 0 },
          failures: { dmp: 0, mssProfessional: 0, mssPatient: 0 },
        },
      },
    );
  });

  it.each([
    ['changeDmpDocument', { reportId: 'R1', action: 'effacer' }],
    ['openDmpWeb', { page: 'ailleurs' }],
    ['recordDmpConsent', { patientId: 'P1', choice: 'non-recueilli' }],
    ['feedHistory', { patientId: 'P1', from: 'hier', to: '2020-12-31' }],
    ['readState', { what: 'dashboard', period: 'toujours' }],
    ['validateReport', { patientId: 'P1' }],
  ] as const)('refuses a wrong %s', (name, example) => {
    expect(gestureContracts().get(name)?.problemsOfInput(example)).not.toEqual([]);
  });
});
