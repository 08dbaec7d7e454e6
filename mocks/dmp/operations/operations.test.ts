import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { at, attribute, children, descendants, escapeXml, readXml } from '#formats/xml/index.ts';
import type { SendOptions } from '../testing/bench.ts';
import { type DmpAnswer, faultOf } from '../testing/client.ts';
import { operationBody } from '../testing/messages.ts';
import { bench, patient, useBench } from '../testing/use-bench.ts';
import { readOperation } from './operation.ts';
import { ACTIONS, HABILITATIONS, PATIENTS } from '../vocabulary.ts';

let me: string;

useBench();
beforeEach(() => {
  me = bench.caller(patient).professional.nationalId;
});

type Values = Readonly<Record<string, string>>;
const td03 = (values: Values, options?: SendOptions): Promise<DmpAnswer> =>
  bench.call(
    'habilitations',
    ACTIONS.authorisation,
    patient,
    operationBody('setAuthorization', HABILITATIONS, values),
    options,
  );
const td16 = (mode: string, options?: SendOptions): Promise<DmpAnswer> =>
  bench.call(
    'habilitations',
    ACTIONS.authorisationList,
    patient,
    operationBody('listAuthorizationByPatient', HABILITATIONS, { mode }),
    options,
  );
const td04 = (values: Values, options?: SendOptions): Promise<DmpAnswer> =>
  bench.call('patients', ACTIONS.patientList, patient, operationBody('patientList', PATIENTS, values), options);
const SINCE = { startDate: '20200101000000', dateType: 'LASTDOC' };

function output({ payload }: DmpAnswer) {
  const found = at(payload, 'output');
  const text = (name: string): string | undefined => found && at(found, name)?.text;
  return { message: payload.name.local, status: text('status'), context: text('context') };
}
const rows = ({ payload }: DmpAnswer, name: string) =>
  children(at(payload, 'output') ?? payload, name).map((row) =>
    Object.fromEntries(row.children.flatMap((node) => (node.kind === 'element' ? [[node.name.local, node.text]] : []))),
  );
/** AUTORISATION and STATUT_MT of TD0.2. */
async function existence(options?: SendOptions): Promise<readonly (string | undefined)[]> {
  const { payload } = await bench.exists(patient, options);
  return descendants(payload, 'attentionLine').map((line) => {
    const value = at(line, 'value');
    return value && (attribute(value, 'code') ?? attribute(value, 'value'));
  });
}

describe('TD0.3', () => {
  it('puts an authorisation that TD0.2 then tells, and takes it away', async () => {
    expect(await existence()).toEqual(['INEXISTANTE', 'false']);
    expect(output(await td03({ action: 'AJOUT' }))).toEqual({
      message: 'setAuthorizationResponse',
      status: 'DMPOk',
      context: '',
    });
    expect(bench.last()).toMatchObject({ operation: 'TD0.3', expected: true, attribution: { patient: patient.key } });
    expect(await existence()).toEqual(['VALIDE', 'false']);
    expect(output(await td03({ action: 'AJOUT' })).context).toMatch(/déjà présente/);
    expect(output(await td03({ action: 'SUPPRESSION' })).status).toBe('DMPOk');
    expect(await existence()).toEqual(['INEXISTANTE', 'false']);
    expect(output(await td03({ action: 'SUPPRESSION' })).context).toMatch(/Aucune autorisation/);
  });

  it('renews an authorisation of more than six months', async () => {
    bench.dmp.registry.setAuthorisation(patient.ins, me, 'expiree');
    expect(await existence()).toEqual(['EXPIREE', 'false']);
    await td03({ action: 'AJOUT' });
    expect(await existence()).toEqual(['VALIDE', 'false']);
  });

  it('declares and removes the treating doctor', async () => {
    await td03({ action: 'AJOUT', role: 'MEDECIN_TRAITANT' });
    expect(bench.dmp.registry.treatingDoctor(patient.ins)).toBe(me);
    expect(await existence()).toEqual(['VALIDE', 'true']);
    await td03({ action: 'SUPPRESSION', role: 'MEDECIN_TRAITANT' });
    expect(await existence()).toEqual(['VALIDE', 'false']);
    const nurse = output(await td03({ action: 'AJOUT', role: 'MEDECIN_TRAITANT' }, { vihf: { profession: '60' } }));
    expect(nurse).toMatchObject({
      status: 'DMPAccessDeniedByRightsService',
      context: expect.stringMatching(/médecin/) as string,
    });
  });

  it.each<[string, () => void, string, RegExp]>([
    [
      'a blocked professional',
      () => bench.dmp.registry.setBlocked(patient.ins, me, true),
      'DMPAccessDeniedByRightsService',
      /bloqué/,
    ],
    [
      'a patient opposed',
      () => bench.dmp.registry.setOpposed(patient.ins, true),
      'DMPAccessDeniedByRightsService',
      /oppose/,
    ],
    ['a closed record', () => bench.dmp.registry.setStatus(patient.ins, 'ferme'), 'DMPClosed', /fermé/],
    ['no record', () => bench.dmp.registry.setStatus(patient.ins, 'inexistant'), 'DMPPatientNotFound', /Aucun DMP/],
    ['the situation inexistant', () => play('inexistant'), 'DMPPatientNotFound', /Aucun DMP/],
    ['the situation ferme', () => play('ferme'), 'DMPClosed', /fermé/],
    ['the situation structure-inconnue', () => play('structure-inconnue'), 'DMPStructureNotFound', /Inactive/],
    ['the situation acces-refuse', () => play('acces-refuse'), 'DMPAccessDeniedByRightsService', /bloqué/],
    ['the situation opposition', () => play('opposition'), 'DMPAccessDeniedByRightsService', /oppose/],
    [
      'the situation ps-structure-non-lies',
      () => play('ps-structure-non-lies'),
      'DMPAccessDeniedByRightsService',
      /non liés/,
    ],
    [
      'a professional not linked with the structure',
      () => bench.dmp.registry.setLinked(me, bench.context.population.laboratory.id, false),
      'DMPAccessDeniedByRightsService',
      /non liés/,
    ],
  ])('refuses for %s', async (_, arrange, status, context) => {
    arrange();
    const answer = await td03({ action: 'AJOUT' });
    expect(output(answer)).toMatchObject({ status, context: expect.stringMatching(context) as string });
    expect(bench.last().outcome).toContain(`refusé ${status}`);
    expect(bench.dmp.registry.authorisations(patient.ins).filter(({ mode }) => mode === 'ACTIVE')).toEqual([]);
  });

  it('refuses an organisation', async () => {
    const answer = output(await td03({ action: 'AJOUT' }, { vihf: { role: 'SECRETARIAT_MEDICAL' } }));
    expect(answer).toMatchObject({ status: 'DMPAccessDeniedByRightsService' });
  });

  it.each<[string, Values, RegExp]>([
    ['no action', {}, /action absent/],
    ['an unknown action', { action: 'AJOUTER' }, /AJOUTER/],
    ['an unknown role', { action: 'AJOUT', role: 'INFIRMIER' }, /INFIRMIER/],
    ['a patient in the body', { action: 'AJOUT', patient: '1' }, /patient inattendu/],
  ])('answers a fault to %s', async (_, values, reason) => {
    const fault = faultOf(await td03(values));
    expect(fault).toMatchObject({ status: 500, code: 'Sender', subcode: 'DMPInvalidRequest' });
    expect(fault.reason).toMatch(reason);
  });

  it('answers a fault to an action given twice, or in another namespace', async () => {
    const twice =
      '<setAuthorization xmlns="urn:si-dmp-habilitations"><action>AJOUT</action><action>AJOUT</action></setAuthorization>';
    const call = (body: string) => bench.call('habilitations', ACTIONS.authorisation, patient, body);
    expect(faultOf(await call(twice)).reason).toMatch(/deux fois/);
    const foreign =
      '<setAuthorization xmlns="urn:si-dmp-habilitations"><action xmlns="urn:x">AJOUT</action></setAuthorization>';
    expect(faultOf(await call(foreign)).reason).toMatch(/inattendu/);
  });
});

describe('transport of the new transactions', () => {
  it('plays coupure, http-503-html and latence', async () => {
    play('coupure');
    await expect(td03({ action: 'AJOUT' })).rejects.toThrow();
    play('http-503-html');
    await expect(td16('TOUTE')).rejects.toThrow(/^503/);
    bench.context.situations.set({
      service: 'dmp',
      about: patient.key,
      situation: 'latence',
      times: 1,
      parameters: { delayMs: 5 },
    });
    expect(output(await td04(SINCE)).status).toBe('DMPOk');
    expect(bench.last().outcome).toContain('joué latence (5 ms)');
  });
});

describe('reading an operation', () => {
  const parameters = [
    { name: 'action', required: true },
    { name: 'role', required: false },
  ];

  it('never gives a value that is not a parameter, whatever the children are', () => {
    const name = fc.constantFrom('action', 'role', 'autre', 'setAuthorization');
    const namespace = fc.constantFrom(HABILITATIONS, 'urn:x', '');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, namespace, fc.string({ maxLength: 20 })), { maxLength: 6 }), (items) => {
        const xml = items.map(
          ([local, uri, text]) => `<${local} xmlns="${uri}">${escapeXml(text.replaceAll(/[^ -~]/g, ''))}</${local}>`,
        );
        const document = readXml(
          new TextEncoder().encode(`<setAuthorization xmlns="${HABILITATIONS}">${xml.join('')}</setAuthorization>`),
        );
        if (!document.ok) throw new Error(document.fault.message);
        const reading = readOperation(document.root, parameters);
        const names = items.map(([local]) => local);
        const right =
          items.every(([local, uri]) => uri === HABILITATIONS && (local === 'action' || local === 'role')) &&
          new Set(names).size === names.length &&
          items.some(([local, , text]) => local === 'action' && text.replaceAll(/[^ -~]/g, '').trim() !== '');
        expect(reading.ok).toBe(right);
        if (reading.ok) expect([...reading.values.keys()].toSorted()).toEqual(names.toSorted());
      }),
    );
  });
});

describe('TD1.6', () => {
  it('lists who is authorised and who is blocked', async () => {
    const [, , other] = bench.context.population.professionals;
    await td03({ action: 'AJOUT' });
    bench.dmp.registry.setBlocked(patient.ins, other?.nationalId ?? '', true);
    const ids = async (mode: string) =>
      rows(await td16(mode), 'listAuthorizationByPatientData').map((row) => row['nationalId']);
    expect(await ids('ACTIVE')).toEqual([me]);
    expect(await ids('INTERDITE')).toEqual([other?.nationalId]);
    expect(await ids('TOUTE')).toEqual([me, other?.nationalId]);
    const [row] = rows(await td16('ACTIVE'), 'listAuthorizationByPatientData');
    expect(row).toMatchObject({
      nationalIdType: '1.2.250.1.71.4.2.1',
      lastName: bench.caller(patient).professional.lastName,
      codeSpeciality: 'SM03',
      libSpeciality: 'Biologie médicale (SM)',
      startOfAuthorization: expect.stringMatching(/^\d{14}$/) as string,
      mode: 'ACTIVE',
    });
  });

  it('does not list an expired authorisation', async () => {
    bench.dmp.registry.setAuthorisation(patient.ins, me, 'expiree');
    expect(rows(await td16('TOUTE'), 'listAuthorizationByPatientData')).toEqual([]);
    expect(output(await td16('TOUTE')).status).toBe('DMPOk');
  });

  it('refuses a closed record, an organisation and an unknown mode', async () => {
    expect(output(await td16('TOUTE', { vihf: { role: 'AUTOMATE' } })).status).toBe('DMPAccessDeniedByRightsService');
    expect(faultOf(await td16('TOUS')).reason).toMatch(/mode « TOUS » inconnu/);
    bench.dmp.registry.setStatus(patient.ins, 'ferme');
    expect(output(await td16('TOUTE')).status).toBe('DMPClosed');
  });
});

describe('TD0.4', () => {
  const withoutPatient = { vihf: { without: 'urn:oasis:names:tc:xacml:2.0:resource:resource-id' } } as const;

  it('lists the authorised records fed since a date, without a patient in the VIHF', async () => {
    await bench.feed(patient);
    expect(rows(await td04(SINCE, withoutPatient), 'patientlistData')).toEqual([]);
    await td03({ action: 'AJOUT' });
    const [row, ...others] = rows(await td04(SINCE, withoutPatient), 'patientlistData');
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      patientIdentifier: `${patient.ins}${patient.oid}`,
      lastName: patient.birthName,
      MT: 'false',
      lastAddDate: '20260105100000',
    });
    expect(bench.last()).toMatchObject({ operation: 'TD0.4', outcome: 'répondu DMPOk : 1 DMP' });
    expect(rows(await td04({ ...SINCE, startDate: '20270101000000' }, withoutPatient), 'patientlistData')).toEqual([]);
  });

  it('by date of authorisation, shows a record without documents', async () => {
    bench.dmp.registry.setAuthorisation(patient.ins, me, 'valide');
    expect(rows(await td04(SINCE), 'patientlistData')).toEqual([]);
    const found = rows(await td04({ ...SINCE, dateType: 'LASTAUTORIZATION' }), 'patientlistData');
    expect(found).toHaveLength(1);
  });

  it('by date of update, counts a change of metadata', async () => {
    await bench.feed(patient);
    await td03({ action: 'AJOUT' });
    expect(rows(await td04({ ...SINCE, dateType: 'LASTUPDATE' }), 'patientlistData')).toHaveLength(1);
  });

  it.each<[string, () => void]>([
    ['closed', () => bench.dmp.registry.setStatus(patient.ins, 'ferme')],
    ['of a patient who blocks the caller', () => bench.dmp.registry.setBlocked(patient.ins, me, true)],
    ['whose authorisation has expired', () => bench.dmp.registry.setAuthorisation(patient.ins, me, 'expiree')],
  ])('leaves out a record %s', async (_, arrange) => {
    await bench.feed(patient);
    await td03({ action: 'AJOUT' });
    arrange();
    expect(rows(await td04(SINCE), 'patientlistData')).toEqual([]);
  });

  it('refuses an organisation', async () => {
    const refused = output(await td04(SINCE, { vihf: { role: 'AUTOMATE' } }));
    expect(refused).toMatchObject({
      status: 'DMPAccessDeniedByRightsService',
      context: expect.stringMatching(/TD0.4/) as string,
    });
  });

  it('plays structure-inconnue about the professional who calls without patient', async () => {
    bench.context.situations.set({ service: 'dmp', about: me, situation: 'structure-inconnue', times: 1 });
    expect(output(await td04(SINCE, withoutPatient)).status).toBe('DMPStructureNotFound');
  });

  it.each<[string, Values, RegExp]>([
    ['no startDate', { dateType: 'LASTDOC' }, /startDate absent/],
    ['a date that is none', { ...SINCE, startDate: '2026-01-01' }, /14 chiffres/],
    ['an unknown dateType', { ...SINCE, dateType: 'AUTRE' }, /AUTRE/],
  ])('answers a fault to %s', async (_, values, reason) => {
    const fault = faultOf(await td04(values));
    expect(fault).toMatchObject({ code: 'Sender', subcode: 'DMPInvalidRequest' });
    expect(fault.reason).toMatch(reason);
  });
});

function play(situation: string): void {
  bench.context.situations.set({ service: 'dmp', about: patient.key, situation, times: 1 });
}
