import { describe, expect, it } from 'vitest';
import { at, attribute, children, descendants, type XmlElement } from '#formats/xml/index.ts';
import { type DmpAnswer, faultOf } from './testing/client.ts';
import { existenceBody } from './testing/messages.ts';
import { bench, useBench } from './testing/use-bench.ts';
import { ACTIONS } from './vocabulary.ts';

useBench();

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
    ids: patient && children(patient, 'id').map((id) => [attribute(id, 'root'), attribute(id, 'extension')]),
    software: at(payload, 'receiver', 'device', 'softwareName')?.text,
  };
}

function authorisation({ payload }: DmpAnswer): string | undefined {
  const [line] = descendants(payload, 'attentionLine');
  const value = line && at(line, 'value');
  return value && attribute(value, 'code');
}

function play(situation: string, about: string): void {
  bench.context.situations.set({ service: 'dmp', about, situation, times: 1 });
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
      // The INS-C comes first: who reads the first id reads something else than the INS.
      ids: [
        ['1.2.250.1.213.1.4.2', expect.stringMatching(/^\d{22}$/)],
        [patient.oid, patient.ins],
      ],
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

  it.each([
    ['autorisation-inexistante', 'INEXISTANTE'],
    ['autorisation-expiree', 'EXPIREE'],
    ['acces-refuse', 'BLOQUEE'],
    ['opposition', 'BLOQUEE'],
  ])('plays %s as AUTORISATION %s of an existing record', async (situation, code) => {
    const patient = bench.context.population.draw('nominal');
    bench.dmp.registry.setAuthorisation(patient.ins, bench.caller(patient).professional.nationalId, 'valide');
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation, times: 1 });
    expect(authorisation(await bench.exists(patient))).toBe(code);
    expect(authorisation(await bench.exists(patient))).toBe('VALIDE');
  });

  it('tells BLOQUEE to a blocked professional, and to anybody when the patient is opposed', async () => {
    const patient = bench.context.population.draw('nominal');
    const { nationalId } = bench.caller(patient).professional;
    bench.dmp.registry.setAuthorisation(patient.ins, nationalId, 'bloquee');
    expect(authorisation(await bench.exists(patient))).toBe('BLOQUEE');
    bench.dmp.registry.setAuthorisation(patient.ins, nationalId, 'valide');
    bench.dmp.registry.setOpposed(patient.ins, true);
    const answer = await bench.exists(patient);
    expect([authorisation(answer), read(answer).status]).toEqual(['BLOQUEE', 'active']);
  });

  it('plays identite-differente: other traits under the same INS', async () => {
    const patient = bench.context.population.draw('nominal');
    const birthName = async () =>
      descendants((await bench.exists(patient)).payload, 'family').find((one) => attribute(one, 'qualifier') === 'BR')
        ?.text;
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation: 'identite-differente', times: 1 });
    expect(await birthName()).toBe('DIVERGENT');
    expect(await birthName()).toBe(patient.birthName);
  });

  it('says since when a record is closed, why, and whether urgency is refused', async () => {
    const patient = bench.context.population.draw('nominal');
    bench.dmp.registry.setStatus(patient.ins, 'ferme');
    bench.dmp.registry.setUrgencyOpposed(patient.ins, true);
    const { payload } = await bench.exists(patient);
    const [high] = descendants(payload, 'high');
    expect(high && attribute(high, 'value')).toMatch(/^\d{14}$/);
    const observed = descendants(payload, 'administrativeObservation').map((one) => {
      const [code, value] = [at(one, 'code'), at(one, 'value')];
      return [code && attribute(code, 'code'), value && attribute(value, 'value')];
    });
    expect(observed).toContainEqual(['FERMETURE_DEMANDE_PATIENT', undefined]);
    expect(observed).toContainEqual(['OPPOSITION_ACCES_URGENCE', 'true']);
  });

  it.each<[string, (patient: string) => void, RegExp]>([
    ['ps-structure-non-lies', (about) => play('ps-structure-non-lies', about), /PS et Structure non liés/],
    [
      'a professional not linked with the structure',
      () => {
        const [professional] = bench.context.population.professionals;
        bench.dmp.registry.setLinked(professional?.nationalId ?? '', bench.context.population.laboratory.id, false);
      },
      /PS et Structure non liés/,
    ],
  ])('answers AE for %s', async (_, arrange, text) => {
    const patient = bench.context.population.draw('nominal');
    arrange(patient.key);
    const answer = read(await bench.exists(patient));
    expect(answer).toMatchObject({ typeCode: 'AE', responseCode: 'AE', status: undefined });
    expect(answer.detail).toMatch(text);
  });

  it('answers AE to a profession that the matrix does not know, after the patient of the body', async () => {
    const [patient, other] = [bench.context.population.draw('nominal'), bench.context.population.draw('nominal')];
    const options = { vihf: { profession: '99' } };
    expect(read(await bench.exists(patient, options)).detail).toMatch(/Droits insuffisants : le rôle « 99 »/);
    const wrong = await bench.call('patients', ACTIONS.existence, patient, existenceBody({ patient: other }), options);
    expect(read(wrong).detail).toMatch(/resource-id/);
  });

  it('opens TD1.3a to professionals only', async () => {
    const patient = bench.context.population.draw('nominal');
    const body = existenceBody({ patient }, 'CNSLT_DATA');
    const options = { vihf: { role: 'AUTOMATE' } };
    expect(read(await bench.exists(patient, options)).typeCode).toBe('AA');
    expect(read(await bench.call('patients', ACTIONS.existence, patient, body, options)).detail).toMatch(/TD1.3a/);
  });

  it.each([
    ['DMPInvalidCertificate', 'DMPInvalidCertificate', /Not a valid signature certificate/],
    ['specialite-absente', 'DMPInvalidVIHF', /Aucune spécialité dans le vihf/],
  ])('plays %s: a fault, whatever the VIHF is', async (situation, subcode, reason) => {
    const patient = bench.context.population.draw('nominal');
    play(situation, patient.key);
    const answer = faultOf(await bench.exists(patient));
    expect(answer).toMatchObject({ status: 500, code: 'Sender', subcode });
    expect(answer.reason).toMatch(reason);
    expect(bench.last().outcome).toContain(`joué ${situation} : refusé`);
    expect(read(await bench.exists(patient)).responseCode).toBe('OK');
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
    const answer = await bench.call('patients', ACTIONS.existence, patient, body);
    expect(read(answer).responseCode).toBe('OK');
    expect(bench.last().operation).toBe('TD1.3a');
    expect(descendants(answer.payload, 'city')).toHaveLength(1);
    const plain = await bench.exists(patient);
    expect(descendants(plain.payload, 'city')).toHaveLength(0);
    const telecoms = [answer, plain].flatMap(({ payload }) => descendants(payload, 'telecom'));
    expect(telecoms.map((telecom) => attribute(telecom, 'value'))).toEqual(['tel:0199000000', 'tel:0199000000']);
  });

  it.each([
    'reasonCode',
    'queryByParameter',
    'patientIdentifier',
    'creationTime',
    'interactionId',
    'receiver',
    'sender',
    'queryId',
  ])('refuses a message without %s', async (element) => {
    const patient = bench.context.population.draw('nominal');
    const body = existenceBody({ patient }).replaceAll(element, 'other');
    const answer = await bench.call('patients', ACTIONS.existence, patient, body);
    expect(faultOf(answer)).toMatchObject({ code: 'Sender', subcode: 'DMPInvalidRequest' });
  });

  it('refuses a message about two patients', async () => {
    const patient = bench.context.population.draw('nominal');
    const body = existenceBody({ patient }).replace(/<patientIdentifier>.*<\/patientIdentifier>/, '$&$&');
    expect(faultOf(await bench.call('patients', ACTIONS.existence, patient, body)).reason).toMatch(/plusieurs/);
  });

  it('reads a message with other processing codes, and tells it', async () => {
    const patient = bench.context.population.draw('nominal');
    const body = existenceBody({ patient }).replace('<processingCode code="D"/>', '<processingCode code="P"/>');
    expect(read(await bench.call('patients', ACTIONS.existence, patient, body)).responseCode).toBe('OK');
    expect(bench.last().outcome).toMatch(/avertissement : processingCode « P » au lieu de D/);
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
