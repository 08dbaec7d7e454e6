import { describe, expect, it } from 'vitest';
import { BenchError } from '../errors.ts';
import { readDmpOptions } from './index.ts';
import { documentRight, judgeTransaction, RIGHTS } from './rights-matrix.ts';
import official from './rights-matrix.json' with { type: 'json' };
import { OIDS } from './vocabulary.ts';

const read = (value: unknown) => readDmpOptions(JSON.stringify(value));

function refused(json: string, file?: string): BenchError {
  try {
    readDmpOptions(json, file);
  } catch (error) {
    if (error instanceof BenchError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('settings of the DMP in a file', () => {
  it('keeps what is known', () => {
    expect(read({})).toEqual({});
    expect(read({ source: 'liste de 2026', homologations: ['SGL-1234', 'SGL-1235'] })).toEqual({
      homologations: ['SGL-1234', 'SGL-1235'],
    });
  });

  it('takes the matrix of the bench as it is written', () => {
    expect(read({ rights: official })).toEqual({ rights: RIGHTS });
  });

  it('takes one part of the matrix, the others stay', () => {
    const documents = [{ who: ['G15_10'], types: ['11502-2'], read: 'own', write: true }];
    const { rights } = read({ rights: { source: 'PDT-526', documents, withoutAuthorisation: { read: 'none' } } });
    if (!rights) throw new Error('no matrix');
    expect(rights).toEqual({
      ...RIGHTS,
      source: expect.any(String) as string,
      documents: [{ ...documents[0], confirmed: true }],
      withoutAuthorisation: { read: 'none', confirmed: true },
    });
    const doctor = { roles: [{ code: '10', system: OIDS.profession }], mode: 'INDIRECTE', purpose: 'normal' };
    expect(documentRight(doctor, '11502-2', rights)).toEqual({ read: 'own', write: true });
    expect(documentRight(doctor, '34112-3', rights)).toEqual({ read: 'none', write: false });
    expect(judgeTransaction(doctor, 'TD2.1', rights)).toEqual({ ok: true });
  });

  it('knows the professions of the file', () => {
    const rights = { professions: { '99': 'Autre' }, documents: official.documents, transactions: [] };
    const transactions = [{ transaction: 'TD2.1', who: ['G15_99'] }];
    expect(read({ rights: { ...rights, transactions } }).rights?.transactions[0]?.who).toEqual(['G15_99']);
    expect(refused(JSON.stringify({ rights: { transactions } })).message).toContain(
      '/rights/transactions/0/who/0 : « G15_99 » ne désigne personne',
    );
  });

  it.each<[string, string]>([
    ['{', 'pas du JSON, ligne 1, colonne 2'],
    ['{"homologations":["A"]\n"rights":{}}', 'pas du JSON, ligne 2, colonne 1'],
    ['', 'le fichier est vide'],
    ['[]', 'à la racine : un objet est attendu'],
    ['{"homologation":["A"]}', '« homologation » est inconnu'],
    ['{"homologations":"A"}', '/homologations : une liste est attendue'],
    ['{"homologations":[]}', '/homologations : vide'],
    ['{"homologations":["A B"]}', '/homologations/0 : valeur mal écrite ; attendu : 64 lettres'],
    ['{"rights":{"document":[]}}', '/rights : « document » est inconnu'],
    ['{"rights":{"documents":[{"who":["patient"],"types":["*"],"write":false}]}}', '« read » manque'],
    [
      '{"rights":{"documents":[{"who":["patient"],"types":["*"],"read":"some","write":"non"}]}}',
      '/rights/documents/0/read : valeur inconnue ; admis : all, own, none ; /rights/documents/0/write : true ou false est attendu',
    ],
    ['{"rights":{"transactions":[{"transaction":"TD9.9","who":["patient"]}]}}', 'admis : TD0.2, TD0.3'],
    ['{"rights":{"documents":[{"who":["medecin"],"types":["*"],"read":"all","write":true}]}}', '« medecin »'],
    ['{"rights":{"professionSystem":"x"}}', '/rights/professionSystem : valeur mal écrite ; attendu : un OID'],
    ['{"rights":{"urgentPurposes":["urgence"]}}', 'admis : normal, bris_de_glace, centre_15'],
    ['{"codes":{"list":[]}}', '/codes : « list » est inconnu'],
    ['{"codes":{"lists":[{"metadata":"couleur","name":"x"}]}}', '/codes/lists/0/metadata : valeur inconnue ; admis : '],
    [JSON.stringify({ homologations: ['A'.repeat(400), ...Array.from({ length: 8 }, () => '')] }), 'et 4 de plus'],
  ])('refuses %.90s', (json, told) => {
    const error = refused(json);
    expect(error.code).toBe('DMP_OPTIONS');
    expect(error.message).toContain(told);
    expect(error.remedy).toContain('mocks/dmp/rights-matrix.json');
  });

  it('names the file', () => {
    expect(refused('', 'droits.json').message).toMatch(/^Les réglages du DMP \(droits\.json\) ne se lisent pas : /);
  });
});
