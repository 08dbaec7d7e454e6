import { describe, expect, it } from 'vitest';
import { at, attribute, descendants } from '#formats/xml/index.ts';
import type { SendOptions } from '../testing/bench.ts';
import { type DmpAnswer, faultOf } from '../testing/client.ts';
import { patientSearchBody } from '../testing/messages.ts';
import { bench, patient, useBench } from '../testing/use-bench.ts';
import { ACTIONS } from '../vocabulary.ts';

useBench();

const REGULATION: SendOptions = {
  vihf: { purpose: 'centre_15', without: 'urn:oasis:names:tc:xacml:2.0:resource:resource-id' },
};
type Criteria = Parameters<typeof patientSearchBody>[0];
const search = (criteria: Criteria, options = REGULATION, edit = (body: string): string => body): Promise<DmpAnswer> =>
  bench.call('patients', ACTIONS.patientSearch, patient, edit(patientSearchBody(criteria)), options);
const traits = (): Criteria & { family: string; birthTime: string } => ({
  family: patient.birthName,
  given: patient.firstNames[0] ?? '',
  birthTime: patient.birthDate.replaceAll('-', ''),
  sex: patient.sex,
});

function read({ payload }: DmpAnswer) {
  const code = (...path: string[]): string | undefined => {
    const found = at(payload, ...path);
    return found && attribute(found, 'code');
  };
  return {
    message: payload.name.local,
    acknowledgement: code('acknowledgement', 'typeCode'),
    refusal: code('acknowledgement', 'acknowledgementDetail', 'code'),
    response: code('controlActProcess', 'queryAck', 'queryResponseCode'),
    found: descendants(payload, 'patient').map((one) => {
      const id = at(one, 'id');
      const score = at(one, 'subjectOf1', 'queryMatchObservation', 'value');
      return [id && attribute(id, 'extension'), score && attribute(score, 'value')];
    }),
  };
}

describe('TD0.5', () => {
  it('finds a patient by traits, for medical regulation', async () => {
    expect(read(await search(traits()))).toEqual({
      message: 'PRPA_IN201306UV02',
      acknowledgement: 'AA',
      refusal: undefined,
      response: 'OK',
      found: [[patient.ins, '100']],
    });
    expect(bench.last()).toMatchObject({ operation: 'TD0.5', expected: true, outcome: 'répondu : 1 patient(s)' });
  });

  it('scores a beginning of name lower', async () => {
    const { family } = traits();
    const { found } = read(await search({ ...traits(), family: family.slice(0, -1) }));
    expect(found).toContainEqual([patient.ins, '80']);
  });

  it('answers NF to traits of nobody, and for a closed record', async () => {
    expect(read(await search({ ...traits(), family: 'PERSONNE' }))).toMatchObject({
      acknowledgement: 'AA',
      response: 'NF',
      found: [],
    });
    expect(read(await search({ ...traits(), sex: patient.sex === 'F' ? 'M' : 'F' })).found).toEqual([]);
    bench.dmp.registry.setStatus(patient.ins, 'ferme');
    expect(read(await search(traits())).response).toBe('NF');
  });

  it.each<[string, SendOptions]>([
    ['in normal access', { vihf: { without: 'urn:oasis:names:tc:xacml:2.0:resource:resource-id' } }],
    ['by another profession', { vihf: { ...REGULATION.vihf, profession: '60' } }],
    ['by an organisation', { vihf: { ...REGULATION.vihf, role: 'AUTOMATE' } }],
  ])('is refused %s', async (_, options) => {
    expect(read(await search(traits(), options))).toMatchObject({
      acknowledgement: 'AE',
      refusal: 'DMPAccessDeniedByRightsService',
      response: 'AE',
      found: [],
    });
  });

  it('refuses too few criteria, and too many people', async () => {
    const { family, birthTime } = traits();
    expect(read(await search({ family })).refusal).toBe('DMPInvalidRequest');
    expect(read(await search({ birthTime })).refusal).toBe('DMPInvalidRequest');
    expect(read(await search({ family: 'PAT', birthTime: '19' })).refusal).toBe('DMPTooManyPatients');
    bench.context.situations.set({
      service: 'dmp',
      about: bench.caller(patient).professional.nationalId,
      situation: 'patients-trop-nombreux',
      times: 1,
    });
    expect(read(await search({ family, birthTime })).refusal).toBe('DMPTooManyPatients');
  });

  it.each<[string, (body: string) => string, RegExp]>([
    ['without control code', (body) => body.replace('PRPA_TE201305UV02', 'AUTRE'), /PRPA_TE201305UV02/],
    ['without semanticsText', (body) => body.replace(/<semanticsText>.*?<\/semanticsText>/, ''), /semanticsText/],
    ['without parameterList', (body) => body.replaceAll('parameterList', 'other'), /parameterList/],
    ['without queryId', (body) => body.replace('<queryId root="1.2.3"', '<queryId'), /queryId/],
    [
      'with another criterion',
      (body) => body.replaceAll('livingSubjectName', 'mothersMaidenName'),
      /mothersMaidenName/,
    ],
    [
      'with a criterion twice',
      (body) => body.replace(/<livingSubjectBirthTime>.*<\/livingSubjectBirthTime>/, '$&$&'),
      /plusieurs fois/,
    ],
  ])('answers a fault to a message %s', async (_, edit, reason) => {
    const fault = faultOf(await search(traits(), REGULATION, edit));
    expect(fault).toMatchObject({ code: 'Sender', subcode: 'DMPInvalidRequest' });
    expect(fault.reason).toMatch(reason);
  });
});
