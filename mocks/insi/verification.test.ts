import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, attribute, children, escapeXml } from '#formats/xml/index.ts';
import type { TestPatient } from '../population/types.ts';
import { heldTraits } from './identity.ts';
import { BULK_VERIFICATION, UNIT_VERIFICATION } from './operations.ts';
import { codeOf, openInsi, payloadOf } from './testing-bench.ts';
import { searchMessage, send, SOAP_12_MEDIA, type TestAnswer, traits } from './testing.ts';

let bench: Awaited<ReturnType<typeof openInsi>>;

beforeAll(async () => {
  bench = await openInsi();
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.context.situations.reset();
  bench.context.population.reset();
});

interface Identity {
  readonly ins: string;
  readonly oid: string;
  readonly birthName: string;
  readonly firstNames: readonly string[];
  readonly sex: string;
  readonly birthDate: string;
  readonly birthPlace?: string;
}

/** The identity as INSi gave it to the product. */
function given(patient: TestPatient): Identity {
  const { ins, oid } = patient;
  return { ins, oid, ...heldTraits(patient) };
}

const content = ({ ins, oid, ...identity }: Identity): string =>
  `<MatriculeINS><NumIdentifiant>${ins.slice(0, 13)}</NumIdentifiant><Cle>${ins.slice(13)}</Cle><OID>${oid}</OID></MatriculeINS>${traits(identity)}`;

const unit = (identity: Identity): Promise<TestAnswer> =>
  bench.call({ operation: UNIT_VERIFICATION, criteria: content(identity) });

const bulk = (identities: readonly (readonly [string, Identity])[]): Promise<TestAnswer> =>
  bench.call({
    operation: BULK_VERIFICATION,
    criteria: identities
      .map(([ref, identity]) => `<Verification ref="${escapeXml(ref)}">${content(identity)}</Verification>`)
      .join(''),
  });

const verdict = (answer: TestAnswer): string | undefined => at(payloadOf(answer.body), 'CR', 'LibelleCR')?.text;
const verdicts = (answer: TestAnswer): readonly (readonly [string | undefined, string | undefined])[] =>
  children(payloadOf(answer.body), 'Verification').map((one) => [
    attribute(one, 'ref'),
    at(one, 'CR', 'LibelleCR')?.text,
  ]);

describe('unit verification', () => {
  it('answers OK to what INSi gave, under the names of the bench', async () => {
    const patient = bench.context.population.draw('nominal');
    const answer = await unit(given(patient));
    expect(answer.status).toBe(200);
    expect(payloadOf(answer.body).name).toMatchObject({
      local: 'RESULTATVERIF',
      namespace: 'http://www.cnamts.fr/INSiResultatVerif',
    });
    expect([codeOf(answer), verdict(answer)]).toEqual(['00', 'OK']);
    expect(bench.last()).toMatchObject({
      operation: 'verifierIns',
      attribution: { patient: patient.key, ins: patient.ins },
    });
    expect(bench.last().outcome).toMatch(/^répondu OK ; noms de l’opération non confirmés/);
  });

  it.each([
    'nia',
    'historique',
    'cle-fausse',
    'traits-differents',
    'naissance-00',
    'corse-2a',
    'apostrophe',
    'nom-long',
    'plusieurs-prenoms',
  ])('answers OK to a patient of the situation %s, as INSi holds it', async (situation) => {
    expect(verdict(await unit(given(bench.context.population.draw(situation))))).toBe('OK');
  });

  it('takes the first of the first names, all of them, or all of them in one element', async () => {
    const patient = bench.context.population.draw('plusieurs-prenoms');
    const { firstNames } = given(patient);
    for (const sent of [firstNames.slice(0, 1), firstNames, [firstNames.join(' ')]]) {
      expect(verdict(await unit({ ...given(patient), firstNames: sent }))).toBe('OK');
    }
  });

  it('does without the birth place', async () => {
    const { birthPlace: _, ...identity } = given(bench.context.population.draw('nominal'));
    expect(verdict(await unit(identity))).toBe('OK');
  });

  it.each<[string, (identity: Identity) => Partial<Identity>, string]>([
    ['unknown number', () => ({ ins: '199011234567872' }), 'matricule inconnu'],
    ['OID', () => ({ oid: '1.2.250.1.213.1.4.11' }), 'OID'],
    ['name', () => ({ birthName: 'AUTRE' }), 'nom'],
    ['first name', () => ({ firstNames: ['AUTRE'] }), 'prénoms'],
    ['one first name more', ({ firstNames }) => ({ firstNames: [...firstNames, 'AUTRE'] }), 'prénoms'],
    ['first names in another order', ({ firstNames }) => ({ firstNames: firstNames.toReversed() }), 'prénoms'],
    ['sex', ({ sex }) => ({ sex: sex === 'M' ? 'F' : 'M' }), 'sexe'],
    ['birth date', () => ({ birthDate: '1899-01-01' }), 'date'],
    ['birth place', () => ({ birthPlace: '99999' }), 'lieu'],
    ['key', ({ ins }) => ({ ins: `${ins.slice(0, 13)}${ins.endsWith('01') ? '02' : '01'}` }), 'matricule'],
  ])('answers KO to another %s, and tells the journal why', async (_, change, said) => {
    const patient = bench.context.population.patients.find(
      (one) => one.situation === 'nominal' && one.firstNames.length > 1,
    );
    if (!patient) throw new Error('no patient');
    const identity = given(patient);
    const answer = await unit({ ...identity, ...change(identity) });
    expect([codeOf(answer), verdict(answer)]).toEqual(['01', 'KO']);
    expect(bench.last().outcome).toMatch(new RegExp(`^répondu KO \\(.*${said}`));
  });

  it('answers KO to a former number', async () => {
    const patient = bench.context.population.draw('historique');
    const [former] = patient.history;
    if (!former) throw new Error('no history');
    expect(verdict(await unit({ ...given(patient), ins: former.ins, oid: former.oid }))).toBe('KO');
    expect(bench.last().attribution.patient).toBe(patient.key);
  });

  it.each(['verification-ko', 'inconnu'])('answers KO to the situation %s', async (situation) => {
    expect(verdict(await unit(given(bench.context.population.draw(situation))))).toBe('KO');
  });

  it('plays the verdict and the fault that a scenario asks for, once or until the reset', async () => {
    const patient = bench.context.population.draw('nominal');
    const play = (situation: string, times?: number): void =>
      bench.context.situations.set({ service: 'insi', about: patient.key, situation, ...(times && { times }) });
    play('verification-ko', 1);
    expect(verdict(await unit(given(patient)))).toBe('KO');
    expect(verdict(await unit(given(patient)))).toBe('OK');
    play('insi_103', 1);
    expect(codeOf(await unit(given(patient)))).toBe('insi_103');
    play('verification-ko');
    expect(verdict(await unit(given(patient)))).toBe('KO');
    expect(verdict(await unit(given(patient)))).toBe('KO');
  });

  it('leaves alone what was set for a search', async () => {
    const patient = bench.context.population.draw('nominal');
    bench.context.situations.set({ service: 'insi', about: patient.key, situation: 'code-01', times: 1 });
    expect(verdict(await unit(given(patient)))).toBe('OK');
    expect(codeOf(await bench.call({ criteria: traits(patient) }))).toBe('01');
  });

  it.each([
    ['', 'MatriculeINS absent'],
    ['<MatriculeINS><NumIdentifiant>1</NumIdentifiant></MatriculeINS>', 'NumIdentifiant'],
    ['<MatriculeINS><NumIdentifiant>2790351215189</NumIdentifiant><Cle>89</Cle></MatriculeINS>', 'OID'],
    [
      '<MatriculeINS><NumIdentifiant>2790351215189</NumIdentifiant><Cle>89</Cle><OID>1.2.250.1.213.1.4.10</OID></MatriculeINS><NomNaissance>X</NomNaissance>',
      'Prenom, Sexe, DateNaissance',
    ],
  ])('refuses a content that verifies nothing (%#)', async (criteria, said) => {
    const answer = await bench.call({ operation: UNIT_VERIFICATION, criteria });
    expect([answer.status, codeOf(answer)]).toEqual([500, 'desir_000']);
    expect(bench.last().outcome).toContain(said);
  });
});

describe('bulk verification', () => {
  it('answers each reference in its order, and says whose they are', async () => {
    const [one, other] = [bench.context.population.draw('nominal'), bench.context.population.draw('corse-2b')];
    const changed = { ...given(other), birthDate: '1899-01-01' };
    const nobody = { ...given(one), ins: '199011234567872', birthName: 'PERSONNE' };
    const answer = await bulk([
      ['b & "1"', given(one)],
      ['2', changed],
      ['3', nobody],
    ]);
    expect(verdicts(answer)).toEqual([
      ['b & "1"', 'OK'],
      ['2', 'KO'],
      ['3', 'KO'],
    ]);
    const { operation, attribution, outcome } = bench.last();
    expect(operation).toBe('verifierInsEnMasse');
    expect(attribution).toEqual({ patient: one.key, ins: one.ins, patients: [one.key, other.key] });
    expect(bench.context.journal.list({ about: other.key }).at(-1)?.operation).toBe('verifierInsEnMasse');
    expect(outcome).toContain(
      `répondu à 3 vérifications : ${one.key} OK ; ${other.key} KO (date de naissance différente) ; matricule 199011234567872 KO (matricule inconnu)`,
    );
  });

  it('changes the verdict on the patient of the situation only', async () => {
    const [one, other] = [bench.context.population.draw('nominal'), bench.context.population.draw('nominal')];
    bench.context.situations.set({ service: 'insi', about: other.key, situation: 'verification-ko', times: 1 });
    const identities = [
      ['1', given(one)],
      ['2', given(other)],
    ] as const;
    expect(verdicts(await bulk(identities)).map(([, said]) => said)).toEqual(['OK', 'KO']);
    expect(verdicts(await bulk(identities)).map(([, said]) => said)).toEqual(['OK', 'OK']);
  });

  it('plays a fault set for any of its patients', async () => {
    const [one, other] = [bench.context.population.draw('nominal'), bench.context.population.draw('nominal')];
    bench.context.situations.set({ service: 'insi', about: other.key, situation: 'insi_103', times: 1 });
    const answer = await bulk([
      ['1', given(one)],
      ['2', given(other)],
    ]);
    expect(codeOf(answer)).toBe('insi_103');
  });

  it('takes as many as the profile says, no more', async () => {
    const people = bench.context.population.patients.filter(({ situation }) => situation === 'nominal');
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => {
        const patient = people[index % people.length];
        if (!patient) throw new Error('nobody');
        return [String(index), given(patient)] as const;
      });
    const answer = await bulk(many(500));
    expect(verdicts(answer)).toHaveLength(500);
    expect(verdicts(answer).every(([, said]) => said === 'OK')).toBe(true);
    const refused = await bulk(many(501));
    expect([refused.status, codeOf(refused)]).toEqual([500, 'desir_000']);
    expect(bench.last().outcome).toContain('500 au plus');
  });

  it.each([
    ['', 'aucun élément Verification'],
    ['<Verification/>', 'ref absent'],
    ['<Verification ref="1"/>', '« 1 » : MatriculeINS absent'],
  ])('refuses %s', async (criteria, said) => {
    const answer = await bench.call({ operation: BULK_VERIFICATION, criteria });
    expect(answer.status).toBe(500);
    expect(bench.last().outcome).toContain(said);
  });

  it('refuses a reference given twice', async () => {
    const identity = given(bench.context.population.draw('nominal'));
    await bulk([
      ['1', identity],
      ['1', identity],
    ]);
    expect(bench.last().outcome).toContain('déjà donné');
  });
});

describe('names given by a vendor', () => {
  it('replace those of the bench everywhere', async () => {
    const vendor = await openInsi(
      {},
      {
        vocabulary: {
          operations: {
            unit: { action: 'urn:reel:verifier', element: 'VERIFICATION', namespace: 'urn:reel' },
          },
          verification: {
            matricule: 'Ins',
            number: 'Num',
            resultElement: 'REPONSE',
            resultNamespace: 'urn:reel:reponse',
            koCode: '99',
          },
        },
        faults: { insi_103: { code: 'insi_777' } },
      },
    );
    try {
      const patient = vendor.context.population.draw('nominal');
      const operation = {
        ...UNIT_VERIFICATION,
        action: 'urn:reel:verifier',
        element: 'VERIFICATION',
        namespace: 'urn:reel',
      };
      const ask = (birthName: string): Promise<TestAnswer> =>
        send(vendor.insi.addresses.url, vendor.context.pki, {
          client: 'INSI-AUTO',
          contentType: SOAP_12_MEDIA,
          body: searchMessage({
            operation,
            criteria: content({ ...given(patient), birthName })
              .replaceAll('MatriculeINS', 'Ins')
              .replaceAll('NumIdentifiant', 'Num'),
          }),
        });
      const answer = await ask(patient.birthName);
      expect(payloadOf(answer.body).name).toMatchObject({ local: 'REPONSE', namespace: 'urn:reel:reponse' });
      expect(codeOf(answer)).toBe('00');
      expect(vendor.last()).toMatchObject({ operation: 'verifierIns' });
      expect(vendor.last().outcome).not.toContain('non confirmés');
      expect(codeOf(await ask('AUTRE'))).toBe('99');
      vendor.context.situations.set({ service: 'insi', about: patient.key, situation: 'insi_103' });
      expect(codeOf(await ask('AUTRE'))).toBe('insi_777');
    } finally {
      await vendor.close();
    }
  });
});
