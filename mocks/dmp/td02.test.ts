import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, attribute, descendants, type XmlElement } from '#formats/xml/index.ts';
import { openBench, type TestBench } from './testing/bench.ts';
import { type DmpAnswer, faultOf } from './testing/client.ts';
import { existenceBody } from './testing/messages.ts';
import { ACTIONS } from './vocabulary.ts';

let bench: TestBench;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

function read({ payload }: DmpAnswer) {
  const first = (name: string): XmlElement | undefined => descendants(payload, name)[0];
  const of = (element: XmlElement | undefined, name: string): string | undefined => element && attribute(element, name);
  const patient = first('patient');
  return {
    message: payload.name.local,
    typeCode: of(first('acknowledgement'), 'typeCode'),
    detail: first('acknowledgementDetail')?.text,
    target: of(at(payload, 'acknowledgement', 'targetMessage', 'id'), 'extension'),
    query: of(at(payload, 'controlActProcess', 'queryAck', 'queryId'), 'extension'),
    responseCode: of(at(payload, 'controlActProcess', 'queryAck', 'queryResponseCode'), 'code'),
    status: of(patient && at(patient, 'statusCode'), 'code'),
    ins: of(patient && at(patient, 'id'), 'extension'),
    software: at(payload, 'receiver', 'device', 'softwareName')?.text,
  };
}

describe('TD0.2', () => {
  it('shows an existing record and echoes the request', async () => {
    const patient = bench.context.population.draw('nominal');
    expect(read(await bench.exists(patient))).toEqual({
      message: 'PRPA_IN201308UV02',
      typeCode: 'AA',
      detail: undefined,
      target: 'message-1',
      query: 'query-1',
      responseCode: 'OK',
      status: 'active',
      ins: patient.ins,
      software: 'TEST',
    });
    expect(bench.last()).toMatchObject({
      operation: 'TD0.2',
      expected: true,
      attribution: { patient: patient.key, ins: patient.ins },
      outcome: 'répondu : DMP existant, autorisation aucune',
    });
  });

  it.each([
    ['dmp-inexistant', 'NF', undefined],
    ['dmp-ferme', 'OK', 'terminated'],
  ])('answers a patient %s', async (situation, responseCode, status) => {
    const patient = bench.context.population.draw(situation);
    expect(read(await bench.exists(patient))).toMatchObject({ typeCode: 'AA', responseCode, status });
  });

  it('follows the state set by a step, until the reset', async () => {
    const patient = bench.context.population.draw('nominal');
    bench.dmp.registry.setStatus(patient.ins, 'ferme');
    expect(read(await bench.exists(patient)).status).toBe('terminated');
    bench.dmp.reset();
    expect(read(await bench.exists(patient)).status).toBe('active');
  });

  it.each([
    ['inexistant', 'NF', undefined],
    ['ferme', 'OK', 'terminated'],
  ])('plays %s once', async (situation, responseCode, status) => {
    const patient = bench.context.population.draw('nominal');
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation, times: 1 });
    expect(read(await bench.exists(patient))).toMatchObject({ responseCode, status });
    expect(bench.last().outcome).toContain(`joué ${situation}`);
    expect(read(await bench.exists(patient)).status).toBe('active');
  });

  it('plays structure-inconnue as AE with its text', async () => {
    const patient = bench.context.population.draw('nominal');
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation: 'structure-inconnue' });
    const answer = read(await bench.exists(patient));
    expect(answer).toMatchObject({ typeCode: 'AE', status: undefined });
    expect(answer.detail).toContain('Structure introuvable ou Inactive');
  });

  it('leaves alone what is meant for feeding', async () => {
    const patient = bench.context.population.draw('nominal');
    const situation = 'XDSRegistryNotAvailable';
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation, times: 1 });
    expect(read(await bench.exists(patient)).responseCode).toBe('OK');
    expect(bench.context.situations.take('dmp', patient.key)?.situation).toBe(situation);
  });

  it('refuses another patient than the one of the VIHF', async () => {
    const [patient, other] = [bench.context.population.draw('nominal'), bench.context.population.draw('nominal')];
    const body = existenceBody({ patient: other });
    const answer = read(await bench.call('patients', ACTIONS.existence, patient, body));
    expect(answer).toMatchObject({ typeCode: 'AE', status: undefined });
  });

  it('answers NF to an INS that nobody carries', async () => {
    const unknown = { ...bench.context.population.draw('nominal'), ins: '199999999999934' };
    expect(read(await bench.exists(unknown)).responseCode).toBe('NF');
  });

  it('answers NF when the authority is not that of the patient', async () => {
    const patient = { ...bench.context.population.draw('nominal'), oid: '1.2.250.1.213.1.4.8' };
    expect(read(await bench.exists(patient)).responseCode).toBe('NF');
  });

  it('names the reading of administrative data', async () => {
    const patient = bench.context.population.draw('nominal');
    const body = existenceBody({ patient }, 'CNSLT_DATA');
    expect(read(await bench.call('patients', ACTIONS.existence, patient, body)).responseCode).toBe('OK');
    expect(bench.last().operation).toBe('TD1.3a');
  });

  it.each(['reasonCode', 'queryByParameter'])('refuses a message without %s', async (element) => {
    const patient = bench.context.population.draw('nominal');
    const body = existenceBody({ patient }).replaceAll(element, 'other');
    const answer = await bench.call('patients', ACTIONS.existence, patient, body);
    expect(faultOf(answer).code).toBe('Sender');
  });

  it('plays the faults of transport', async () => {
    const patient = bench.context.population.draw('nominal');
    const play = (situation: string): void =>
      bench.context.situations.set({
        service: 'dmp',
        about: patient.key,
        situation,
        times: 1,
        parameters: { delayMs: 5 },
      });
    play('coupure');
    await expect(bench.exists(patient)).rejects.toThrow();
    play('http-503-html');
    await expect(bench.exists(patient)).rejects.toThrow(/^503/);
    play('latence');
    expect(read(await bench.exists(patient)).responseCode).toBe('OK');
    expect(bench.last().outcome).toContain('latence (5 ms)');
  });
});
