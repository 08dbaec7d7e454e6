import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, attribute, descendants, readXml } from '#formats/xml/index.ts';
import type { TestPatient } from '../population/types.ts';
import { FAULT_NAMES, faultTable } from './faults.ts';
import { INSI_SITUATIONS } from './index.ts';
import { VITALE_SEARCH } from './operations.ts';
import { cardCriteria, codeOf, insOf, openInsi, payloadOf } from './testing-bench.ts';
import { SOAP_12_MEDIA, type TestAnswer, traits } from './testing.ts';
import { SIRAM } from './vocabulary.ts';

let bench: Awaited<ReturnType<typeof openInsi>>;

beforeAll(async () => {
  bench = await openInsi();
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.context.situations.reset();
  bench.context.population.reset();
});

type Parameters = Readonly<Record<string, string | number>>;

/** Sets a situation for a new patient, then searches it. */
async function play(situation: string, parameters?: Parameters, times?: number) {
  const patient = bench.context.population.draw('nominal');
  bench.context.situations.set({
    service: 'insi',
    about: patient.key,
    situation,
    ...(parameters && { parameters }),
    ...(times && { times }),
  });
  return { patient, answer: await ask(patient) };
}

const ask = (patient: TestPatient): Promise<TestAnswer> => bench.call({ criteria: traits(patient) });

describe('faults', () => {
  it.each(FAULT_NAMES.map((name) => [name]))('%s is played with its code, side, severity and text', async (name) => {
    const known = faultTable()[name];
    const { answer } = await play(name);
    expect(answer.status).toBe(500);
    const fault = payloadOf(answer.body);
    const [error] = descendants(fault, 'Erreur', SIRAM);
    expect(error && [attribute(error, 'code'), attribute(error, 'severite'), error.text]).toEqual([
      known.code,
      known.severity,
      known.text,
    ]);
    expect(at(fault, 'Code', 'Value')?.text.split(':').at(-1)).toBe(known.side);
    expect(at(fault, 'Code', 'Subcode', 'Value')?.text.split(':').at(-1)).toBe(known.subcode);
    expect(bench.last().outcome).toContain(`joué ${name} : répondu ${known.code}`);
  });

  it('erreur-soap plays any other one', async () => {
    const { answer } = await play('erreur-soap', {
      code: 'desir_123',
      subcode: 'siram_77',
      side: 'Receiver',
      severity: 'fatale',
      text: 'Refusé & dit',
    });
    const fault = payloadOf(answer.body);
    const [error] = descendants(fault, 'Erreur', SIRAM);
    expect(error && [attribute(error, 'code'), attribute(error, 'severite'), error.text]).toEqual([
      'desir_123',
      'fatale',
      'Refusé & dit',
    ]);
    expect(at(fault, 'Code', 'Subcode', 'Value')?.text).toMatch(/:siram_77$/);
    expect(at(fault, 'Code', 'Value')?.text).toMatch(/(^|:)Receiver$/);
  });

  it.each<[string, Parameters]>([
    ['without code', {}],
    ['with a side that SOAP has not', { code: 'x', side: 'Client' }],
  ])('erreur-soap cannot be set %s', (_, parameters) => {
    expect(() => bench.context.situations.set({ service: 'insi', situation: 'erreur-soap', parameters })).toThrow(
      /parameters|paramètres|« (?:code|side) »/i,
    );
  });
});

describe('business answers', () => {
  it('code-00 answers the person whom the search is about, even one whom INSi does not know', async () => {
    const patient = bench.context.population.draw('inconnu');
    bench.context.situations.set({ service: 'insi', about: patient.key, situation: 'code-00', times: 1 });
    const answer = await ask(patient);
    expect([codeOf(answer), insOf(answer)]).toEqual(['00', patient.ins]);
    expect(codeOf(await ask(patient))).toBe('01');
  });

  it('a verdict of verification is left for a verification', async () => {
    const { answer } = await play('verification-ko');
    expect(codeOf(answer)).toBe('00');
    expect(bench.context.situations.list()).toHaveLength(1);
  });

  it('02, then 00: what is counted is played in its order', async () => {
    const patient = bench.context.population.draw('nominal');
    for (const situation of ['code-02', 'insi_102', 'code-01']) {
      bench.context.situations.set({ service: 'insi', about: patient.key, situation, times: 1 });
    }
    const codes: string[] = [];
    for (let turn = 0; turn < 4; turn += 1) codes.push(codeOf(await ask(patient)));
    expect(codes).toEqual(['02', 'insi_102', '01', '00']);
  });

  it('is played for everybody when nobody is named', async () => {
    bench.context.situations.set({ service: 'insi', situation: 'code-01', times: 2 });
    const codes = [];
    for (let turn = 0; turn < 3; turn += 1) codes.push(codeOf(await ask(bench.context.population.draw('nominal'))));
    expect(codes).toEqual(['01', '01', '00']);
  });
});

describe('identities that must not be taken home', () => {
  it.each([
    ['sans-nom', ['NomNaissance'], undefined],
    ['sans-nom-vide', ['NomNaissance'], ''],
    ['sans-prenom', ['Prenom', 'ListePrenom'], undefined],
    ['sans-prenom-vide', ['Prenom', 'ListePrenom'], ''],
    ['sans-sexe', ['Sexe'], undefined],
    ['sans-sexe-vide', ['Sexe'], ''],
  ] as const)('%s', async (situation, elements, expected) => {
    const { answer, patient } = await play(situation);
    expect([codeOf(answer), insOf(answer)]).toEqual(['00', patient.ins]);
    const tiq = at(payloadOf(answer.body), 'INDIVIDU', 'TIQ');
    for (const element of elements) expect(tiq && at(tiq, element)?.text).toBe(expected);
    expect(tiq && at(tiq, 'DateNaissance')?.text).toBe(patient.birthDate);
  });

  it.each<[string, (date: string) => string]>([
    ['naissance-00', (date) => `${date.slice(0, 8)}00`],
    ['naissance-mois-00', (date) => `${date.slice(0, 5)}00${date.slice(7)}`],
    ['naissance-jour-mois-00', (date) => `${date.slice(0, 5)}00-00`],
  ])('%s', async (situation, expected) => {
    const { answer, patient } = await play(situation);
    expect(at(payloadOf(answer.body), 'INDIVIDU', 'TIQ', 'DateNaissance')?.text).toBe(expected(patient.birthDate));
  });

  it('also come by Vitale card', async () => {
    const patient = bench.context.population.draw('nominal');
    bench.context.situations.set({ service: 'insi', about: patient.key, situation: 'sans-sexe' });
    const answer = await bench.call({ operation: VITALE_SEARCH, criteria: cardCriteria(patient.card) });
    expect(codeOf(answer)).toBe('00');
    expect(at(payloadOf(answer.body), 'INDIVIDU', 'TIQ', 'Sexe')).toBeUndefined();
  });
});

describe('on the way back', () => {
  it('an XML without its end has the right length and is not well-formed', async () => {
    const { answer, patient } = await play('xml-mal-forme', undefined, 1);
    expect(answer.status).toBe(200);
    expect(readXml(answer.body).ok).toBe(false);
    expect(codeOf(await ask(patient))).toBe('00');
  });

  it('the network plays its own situations for the patient, and their sum', async () => {
    const patient = bench.context.population.draw('nominal');
    for (const [situation, parameters] of [
      ['latence', { delayMs: 1 }],
      ['type-contenu-faux', {}],
      ['code-01', {}],
    ] as const) {
      bench.context.situations.set({ service: 'insi', about: patient.key, situation, times: 1, parameters });
    }
    const answer = await ask(patient);
    expect([codeOf(answer), answer.contentType]).toEqual(['01', 'text/plain; charset=utf-8']);
    expect(bench.last().outcome).toMatch(/joué code-01 .*latence.*type-contenu-faux/);
  });

  it('a fault may be cut, like any answer', async () => {
    const patient = bench.context.population.draw('nominal');
    for (const situation of ['insi_102', 'coupure']) {
      bench.context.situations.set({ service: 'insi', about: patient.key, situation, times: 1 });
    }
    await expect(ask(patient)).rejects.toThrow();
    expect(codeOf(await ask(patient))).toBe('00');
  });

  it('announces every name', () => {
    const known = bench.context.situations.known('insi');
    expect(known).toEqual(expect.arrayContaining([...INSI_SITUATIONS]));
    for (const name of ['latence', 'coupure', 'tronque', 'http-503-html', 'type-contenu-faux']) {
      expect(known).toContain(name);
    }
  });
});

describe('profiles', () => {
  it('documentation answers a technical failure to an unknown card, and one shape of XML', async () => {
    const documented = await openInsi({ profile: 'documentation' });
    try {
      const unknown = documented.context.population.draw('inconnu');
      const card = await documented.call({ operation: VITALE_SEARCH, criteria: cardCriteria(unknown.card) });
      expect(codeOf(card)).toBe('insi_101');
      const patient = documented.context.population.draw('nominal');
      const texts = new Set<string>();
      for (let turn = 0; turn < 3; turn += 1) {
        const { body } = await documented.call({ criteria: traits(patient), messageId: 'uuid:7' });
        texts.add(body.toString());
      }
      expect(texts.size).toBe(1);
      const [text = ''] = texts;
      expect(text).toMatch(/^<\?xml [^>]*\?><soap:Envelope xmlns:soap="[^"]*"><soap:Header><wsa:Action xmlns:wsa=/);
      expect(text).toContain('<RESULTAT xmlns="http://www.cnamts.fr/INSiResultat"><CR><CodeCR>00</CodeCR>');
    } finally {
      await documented.close();
    }
  });

  const breaches: readonly (readonly [what: string, criteria: (good: string) => string, said: string])[] = [
    ['an element unknown', (good) => `${good}<Autre/>`, 'Autre inconnu'],
    ['another order', (good) => `<Sexe>F</Sexe>${good.replace(/<Sexe>.<\/Sexe>/, '')}`, 'mal placé'],
    ['an element twice', (good) => good.replace(/(<Sexe>.<\/Sexe>)/, '$1$1'), 'plusieurs fois'],
    ['another namespace', (good) => good.replace('<Sexe>', '<Sexe xmlns="urn:autre">'), 'urn:autre'],
    ['text between elements', (good) => `texte${good}`, 'du texte'],
  ];

  it.each(breaches)('strict refuses %s in the body', async (_, change, said) => {
    const criteria = change(traits(bench.context.population.draw('nominal')));
    expect(codeOf(await bench.call({ criteria }))).toBe('desir_000');
    expect(bench.last().outcome).toContain(said);
  });

  it('lenient lets them pass, and searches with what is missing', async () => {
    const lenient = await openInsi({ profile: 'lenient' });
    try {
      for (const [, change] of breaches) {
        const criteria = change(traits(lenient.context.population.draw('nominal')));
        expect((await lenient.call({ criteria })).status).toBe(200);
      }
      expect(codeOf(await lenient.call({ criteria: '<NomNaissance>X</NomNaissance>' }))).toBe('01');
    } finally {
      await lenient.close();
    }
  });

  it('answers VersionMismatch to SOAP 1.1, whatever its media type', async () => {
    const criteria = traits(bench.context.population.draw('nominal'));
    for (const contentType of ['text/xml; charset=utf-8', SOAP_12_MEDIA]) {
      const answer = await bench.call({ criteria, contentType, soap: 'http://schemas.xmlsoap.org/soap/envelope/' });
      expect(answer.status).toBe(500);
      expect(at(payloadOf(answer.body), 'Code', 'Value')?.text).toMatch(/(^|:)VersionMismatch$/);
    }
  });
});
