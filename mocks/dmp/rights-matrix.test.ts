import { describe, expect, it } from 'vitest';
import { faultOf, registryOf } from './testing/client.ts';
import { findDocumentsBody, retrieveBody } from './testing/messages.ts';
import { bench, useBench } from './testing/use-bench.ts';
import { documentRight, judgeTransaction, RIGHTS, type RightsMatrix } from './rights-matrix.ts';
import { PLAYED_BY } from './situations.ts';
import { ACTIONS, OIDS } from './vocabulary.ts';

const caller = (code: string, system: string = OIDS.profession, purpose = 'normal', mode = 'INDIRECTE') => ({
  roles: [{ code, system }],
  purpose,
  mode,
});
const structure = caller('AUTOMATE', OIDS.roleOfOthers);
const patient = caller('EXP_PATIENT', OIDS.roleOfOthers);

describe('the rights matrix', () => {
  it('has a source, speaks of every transaction, and says of each row whether it is confirmed', () => {
    const transactions = new Set(RIGHTS.transactions.map(({ transaction }) => transaction));
    const served = Object.keys(PLAYED_BY).filter((name) => name !== 'TD0.9');
    expect([...transactions].toSorted()).toEqual([...served, 'TD1.3a'].toSorted());
    for (const row of [...RIGHTS.transactions, ...RIGHTS.documents]) expect(typeof row.confirmed).toBe('boolean');
  });

  it.each<[string, ReturnType<typeof caller>, readonly string[]]>([
    ['a doctor', caller('10'), ['TD0.2', 'TD0.3', 'TD0.4', 'TD1.3a', 'TD1.6', 'TD2.1', 'TD3.1', 'TD3.2', 'TD3.3']],
    ['a doctor in regulation', caller('10', OIDS.profession, 'centre_15'), ['TD0.5']],
    ['a pharmacist', caller('21'), ['TD0.2', 'TD0.3', 'TD0.4', 'TD1.3a', 'TD1.6', 'TD2.1', 'TD3.1', 'TD3.2', 'TD3.3']],
    ['an automate', structure, ['TD0.2', 'TD2.1', 'TD3.1', 'TD3.3']],
    ['the patient', patient, ['TD3.1', 'TD3.2']],
    ['an unknown profession', caller('99'), []],
    ['a role of an unknown table', caller('10', '1.2.3'), []],
  ])('opens to %s', (_, vihf, wanted) => {
    const all = [...new Set(RIGHTS.transactions.map(({ transaction }) => transaction))];
    const opened = all.filter((name) => judgeTransaction(vihf, name, RIGHTS).ok);
    expect(opened).toEqual(expect.arrayContaining([...wanted]));
    expect(
      opened.filter((name) => !wanted.includes(name) && !(name === 'TD0.5' || vihf.purpose === 'centre_15')),
    ).toEqual([]);
  });

  it('tells who consults in the simple indirect mode', () => {
    expect(judgeTransaction(caller('10'), 'TD3.2', RIGHTS)).toMatchObject({
      warning: expect.stringMatching(/INDIRECTE_RENFORCEE/) as string,
    });
    const strengthened = caller('10', OIDS.profession, 'normal', 'INDIRECTE_RENFORCEE');
    expect(judgeTransaction(strengthened, 'TD3.2', RIGHTS)).toEqual({ ok: true });
  });

  it('lets a structure read its own documents only, and the patient write none', () => {
    expect(documentRight(structure, '11502-2', RIGHTS)).toEqual({ read: 'own', write: true });
    expect(documentRight(patient, '11502-2', RIGHTS)).toEqual({ read: 'all', write: false });
    expect(documentRight(caller('99'), '11502-2', RIGHTS)).toEqual({ read: 'none', write: false });
  });
});

describe('another matrix', () => {
  /** Doctors may neither read nor write reports of biology. */
  const narrow: RightsMatrix = {
    ...RIGHTS,
    documents: [
      { who: ['G15_10'], types: ['11502-2'], read: 'none', write: false, confirmed: false },
      ...RIGHTS.documents,
    ],
  };
  useBench('strict', narrow);

  it('refuses a type of document to a profession, to write and to read', async () => {
    const someone = bench.context.population.draw('nominal');
    const refused = registryOf(await bench.feed(someone));
    expect(refused).toMatchObject({ status: 'Failure' });
    expect(refused.errors).toEqual([
      expect.objectContaining({ code: 'DMPAccessDeniedByRightsService', location: 'Document01' }) as object,
    ]);
    const documentOid = bench.oid();
    const pharmacist = { vihf: { profession: '21' } };
    expect(registryOf(await bench.feed(someone, { documentOid }, pharmacist)).status).toBe('Success');
    const found = async (options?: typeof pharmacist) =>
      (
        await bench.call('registry', ACTIONS.query, someone, findDocumentsBody({ patient: someone }), options)
      ).http.body.toString();
    expect(await found(pharmacist)).toContain(documentOid);
    expect(await found()).not.toContain(documentOid);
    const read = await bench.call('repository', ACTIONS.retrieve, someone, retrieveBody(documentOid));
    expect(registryOf(read).errors[0]?.code).toBe('XDSDocumentUniqueIdError');
  });

  it.each([
    ['repository', ACTIONS.retrieve, retrieveBody('1.2.3'), { role: 'AUTOMATE' }, /TD3.2/],
    ['repository', ACTIONS.retrieve, retrieveBody('1.2.3'), { profession: '99' }, /« 99 »/],
  ])('%s %s is refused with a fault to who has no right', async (service, action, body, vihf, reason) => {
    const someone = bench.context.population.draw('nominal');
    const fault = faultOf(await bench.call(service, action, someone, body, { vihf }));
    expect(fault).toMatchObject({ code: 'Sender', subcode: 'DMPAccessDeniedByRightsService' });
    expect(fault.reason).toMatch(reason);
  });

  it('refuses feeding to a profession that it does not know, and by the patient', async () => {
    const someone = bench.context.population.draw('nominal');
    for (const vihf of [{ profession: '99' }, { role: 'EXP_PATIENT' }]) {
      expect(faultOf(await bench.feed(someone, {}, { vihf })).subcode).toBe('DMPAccessDeniedByRightsService');
    }
  });
});
