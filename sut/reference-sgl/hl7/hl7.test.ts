import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createIdentityTraces,
  createSettings,
  describeChange,
  type IdentityChange,
  type IdentityFeed,
} from '../identity/index.ts';
import type { Patient, Report, SglConfig } from '../model/index.ts';
import { newControlId, writeAck } from './ack.ts';
import { decodeMessage, encodeMessage } from './bytes.ts';
import type { BusinessAck } from './business-ack.ts';
import { createHl7, type Hl7, type Hl7Deps } from './hl7.ts';
import type { ToldConsent } from './read-consent.ts';
import { readMessage, type Hl7Message } from './message.ts';
import { exchangeMllp, listenMllp, type MllpListener } from './mllp.ts';
import { Hl7Refusal } from './types.ts';

const NOW = new Date('2026-11-22T10:00:00Z');
const INS = { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' };

const PATIENT: Patient = {
  id: 'P000001',
  localId: 'IPP000001',
  traits: {
    birthName: 'PAT-TROIS',
    firstNames: ['DOMINIQUE', 'MARIE-LOUISE'],
    sex: 'F',
    birthDate: '1979-03-28',
    birthPlace: '51215',
  },
  status: 'qualifiee',
  document: 'passeport',
  proof: 'piece',
  flags: [],
  ins: INS,
  insHistory: [],
  identifiers: [],
  createdAt: NOW,
};
const { ins: _, ...WITHOUT_INS } = PATIENT;
const VALIDATED: Patient = { ...WITHOUT_INS, status: 'validee' };
const FLAGGED: Patient = { ...PATIENT, status: 'provisoire', flags: ['douteuse'] };
const RETRIEVED: Patient = { ...PATIENT, status: 'recuperee', proof: 'aucune' };

/** The other system: what it received, what it answers. */
let partner: MllpListener;
let received: Hl7Message[];
let answer: (message: Hl7Message) => Uint8Array | Promise<Uint8Array>;
const open: Hl7[] = [];
const told: BusinessAck[] = [];
const consents: (ToldConsent & { patientId: string })[] = [];
const timers: (() => void)[] = [];

const ack = (message: Hl7Message, refusal?: Hl7Refusal) =>
  encodeMessage(writeAck(message, refusal, newControlId(), NOW));

beforeEach(async () => {
  received = [];
  timers.length = 0;
  answer = (message) => ack(message);
  partner = await listenMllp({ host: '127.0.0.1', port: 0 }, async (bytes) => {
    const message = readMessage(decodeMessage(bytes));
    received.push(message);
    return await answer(message);
  });
});
afterEach(async () => {
  for (const hl7 of open.splice(0)) await hl7.stop();
  await partner.close();
});

interface World {
  hl7: Hl7;
  traces: ReturnType<typeof createIdentityTraces>;
  feeds: IdentityFeed[];
}

function start(options: {
  patient?: Patient;
  faults?: string[];
  role?: 'referentiel' | 'esclave';
  report?: Report;
  alone?: boolean;
  receiveFeed?: Hl7Deps['receiveFeed'];
}): World {
  const { patient = PATIENT, faults = [], role = 'referentiel', report } = options;
  const config = {
    host: '127.0.0.1',
    product: { name: 'SGL', version: '1', editor: 'E' },
    laboratory: { name: 'LABORATOIRE TEST' },
    biologist: { nationalId: '899700000001', lastName: 'BLUE', firstName: 'EVA' },
    oidRoot: '1.2.250.1.999.1.1',
    timeoutMs: 400,
    ...(options.alone !== true && { hl7: { partner: { host: partner.host, port: partner.port } } }),
  } as SglConfig;
  const settings = createSettings(config);
  settings.adjust({ role });
  const traces = createIdentityTraces();
  const feeds: IdentityFeed[] = [];
  const hl7 = createHl7({
    config,
    faults: new Set(faults),
    now: () => NOW,
    settings: () => settings.current(),
    patients: { get: () => patient },
    lastReport: () => report,
    receiveFeed:
      options.receiveFeed ??
      (async (feed) => {
        feeds.push(feed);
        return { action: 'creer', accepted: true, patientId: 'P000009', message: 'Identité reçue.' };
      }),
    receiveBusinessAck: (ack) => {
      told.push(ack);
      return ack.about !== 'INCONNU';
    },
    receiveConsent: (patientId, consent) => consents.push({ patientId, ...consent }),
    traces,
    schedule(run) {
      timers.push(run);
      return { cancel: () => undefined };
    },
    onError: () => undefined,
  });
  open.push(hl7);
  return { hl7, traces, feeds };
}

const field = (message: Hl7Message | undefined, segment: string, number: number): string =>
  message?.segments.find(({ name }) => name === segment)?.raw.split('|')[segment === 'MSH' ? number - 1 : number] ?? '';
const types = () => received.map((message) => message.segment('MSH')?.text(9, 2));

describe('what is sent', () => {
  it('says a qualified identity with its INS, in the profile of PAM France', async () => {
    const { hl7, traces } = start({});
    const sent = await hl7.send('P000001', 'eva');
    expect(sent).toMatchObject({ state: 'transmis', type: 'ADT^A31', carriesIns: true });
    const [message] = received;
    expect(field(message, 'MSH', 10)).toBe(sent.controlId);
    expect(field(message, 'MSH', 9)).toBe('ADT^A31^ADT_A05');
    expect([12, 17, 18, 19, 21].map((number) => field(message, 'MSH', number))).toEqual([
      '2.5^FRA^2.11',
      'FRA',
      'UNICODE UTF-8',
      'FR',
      '2.11^IHE_FRANCE-2.11-PAM',
    ]);
    expect(field(message, 'PID', 3)).toMatch(/^IPP000001\^\^\^[^&]*&1\.2\.250\.1\.999\.1\.1\.5&ISO\^PI~/);
    expect(field(message, 'PID', 3)).toMatch(
      /~279035121518989\^\^\^ASIP-SANTE-INS-NIR&1\.2\.250\.1\.213\.1\.4\.10&ISO\^INS$/,
    );
    expect(field(message, 'PID', 5)).toBe('PAT-TROIS^DOMINIQUE^DOMINIQUE MARIE-LOUISE^^^^L');
    expect(field(message, 'PID', 7)).toBe('19790328');
    expect(field(message, 'PID', 11)).toBe('^^^^^^BDL^^51215');
    expect(field(message, 'PID', 32)).toBe('VALI');
    expect(traces.of('P000001')).toMatchObject([{ kind: 'transmission', user: 'eva', partner: sent.partner }]);
  });

  it.each([
    [RETRIEVED, 'RECUP'],
    [VALIDATED, 'VALI'],
    [FLAGGED, 'PROV'],
  ])('never sends the INS of an identity that is not qualified', async (patient, reliability) => {
    const { hl7, traces } = start({ patient });
    expect(await hl7.send('P000001', 'eva')).toMatchObject({ state: 'transmis', carriesIns: false });
    expect(received[0]?.segments.map(({ raw }) => raw).join('\r')).not.toContain('INS');
    expect(field(received[0], 'PID', 32)).toBe(reliability);
    expect(traces.of('P000001')[0]).not.toHaveProperty('partner');
  });

  it('sends results, not identities, when it is a slave', async () => {
    const report = {
      requestId: 'D1',
      title: 'Bilan & suivi',
      results: [{ loinc: '718-7', label: 'Hémoglobine', value: 13.2, unit: 'g/dL', low: 12 }],
      biologist: { nationalId: '899700000001', lastName: 'BLUE', firstName: 'EVA' },
      sampledAt: NOW,
    } as unknown as Report;
    const { hl7 } = start({ role: 'esclave', report });
    hl7.onIdentityChange(changeOf(VALIDATED, PATIENT));
    expect(await hl7.send('P000001', 'eva')).toMatchObject({ type: 'ORU^R01', state: 'transmis', carriesIns: true });
    expect(types()).toEqual(['R01']);
    const result = received[0]?.segment('OBX');
    expect([result?.text(3), result?.text(3, 2), result?.text(5), result?.text(6), result?.text(7)]).toEqual([
      '718-7',
      'Hémoglobine',
      '13.2',
      'g/dL',
      '12-',
    ]);
    expect(received[0]?.segment('OBR')?.text(4, 2)).toBe('Bilan & suivi');
  });

  it('refuses to send to nobody, and stays silent about changes', async () => {
    const { hl7 } = start({ alone: true });
    await expect(hl7.send('P000001', 'eva')).rejects.toMatchObject({ code: 'HL7_SANS_PARTENAIRE' });
    hl7.onIdentityChange(changeOf(VALIDATED, PATIENT));
    expect(hl7.sent()).toEqual([]);
  });
});

function changeOf(before: Patient, after: Patient, origin: IdentityChange['origin'] = 'saisie'): IdentityChange {
  return describeChange(before, after, { at: NOW, user: 'eva', origin });
}

describe('propagation', () => {
  const renamed = { ...VALIDATED, traits: { ...VALIDATED.traits, birthName: 'AUTRE' } };
  const cases: [string, IdentityChange, string[]][] = [
    ['a creation', { ...changeOf(VALIDATED, VALIDATED), kind: 'creation' }, ['A28']],
    ['a qualification', changeOf(VALIDATED, PATIENT), ['A31']],
    ['the loss of a shared INS with new traits', changeOf(PATIENT, renamed), ['A47', 'A31']],
    ['the loss of a shared INS alone', changeOf(PATIENT, VALIDATED), ['A47']],
    ['the loss of an INS never shared', changeOf(RETRIEVED, { ...renamed, status: 'provisoire' }), ['A31']],
    ['a used name', changeOf(PATIENT, { ...PATIENT, traits: { ...PATIENT.traits, usedName: 'X' } }), ['A31']],
    ['nothing', changeOf(PATIENT, { ...PATIENT }), []],
    ['what a message brought', changeOf(VALIDATED, PATIENT, 'flux'), []],
  ];

  it.each(cases)('tells %s', async (_name, change, expected) => {
    const { hl7 } = start({});
    hl7.onIdentityChange(change);
    await hl7.stop();
    expect(hl7.sent().map(({ type }) => type.split('^')[1])).toEqual(expected);
  });

  it('takes the INS away by an A47 that names it in MRG-1 only', async () => {
    const { hl7 } = start({});
    hl7.onIdentityChange(changeOf(PATIENT, renamed));
    // The queue is in order: this one is answered after the two others.
    await hl7.send('P000001', 'eva');
    const [removal, update] = received;
    expect(types()).toEqual(['A47', 'A31', 'A31']);
    expect(field(removal, 'MSH', 9)).toBe('ADT^A47^ADT_A30');
    expect(field(removal, 'MRG', 1)).toBe('279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS');
    expect(field(removal, 'PID', 3)).not.toContain('INS');
    expect(field(update, 'PID', 5)).toContain('AUTRE');
  });
});

describe('acknowledgements', () => {
  it('tries again what was answered AE, with the same identifier', async () => {
    const { hl7, traces } = start({});
    answer = (message) => ack(message, new Hl7Refusal('AE', '207', 'PID', 'Base arrêtée'));
    const sent = await hl7.send('P000001', 'eva');
    expect(sent).toMatchObject({ state: 'en-attente', tries: 1, detail: 'Acquitté AE : 207 Base arrêtée.' });
    expect(traces.of('P000001')[0]).not.toHaveProperty('partner');
    answer = (message) => ack(message);
    expect(await hl7.retry(sent.controlId)).toMatchObject({ state: 'transmis', tries: 2 });
    expect(new Set(received.map((message) => message.segment('MSH')?.text(10))).size).toBe(1);
    expect(received).toHaveLength(2);
  });

  it('tries again by itself after its delay, then leaves it to a person', async () => {
    const { hl7 } = start({});
    answer = (message) => ack(message, new Hl7Refusal('AE', '207', 'PID', 'panne'));
    const { controlId } = await hl7.send('P000001', 'eva');
    for (let round = 0; round < 3; round += 1) {
      timers.splice(0).forEach((run) => run());
      await waitFor(() => timers.length > 0 || hl7.sent()[0]?.detail.includes('à relancer') === true);
    }
    expect(timers).toEqual([]);
    expect(hl7.sent()).toMatchObject([
      { controlId, tries: 4, detail: expect.stringContaining('à relancer') as string },
    ]);
  });

  it.each([
    ['AR', (message: Hl7Message) => ack(message, new Hl7Refusal('AR', '203', 'MSH', 'version')), 'refuse', 'AR : 203'],
    ['nonsense', () => encodeMessage('bonjour'), 'en-attente', "n'est pas l'acquittement"],
    [
      'the acknowledgement of another',
      (message: Hl7Message) =>
        encodeMessage(new TextDecoder().decode(ack(message)).replace(/MSA\|AA\|\w+/, 'MSA|AA|AUTRE')),
      'en-attente',
      "n'est pas l'acquittement",
    ],
    ['nothing', () => new Promise<Uint8Array>(() => undefined), 'en-attente', 'délai'],
  ])('keeps what was answered %s', async (_name, said, state, detail) => {
    const { hl7 } = start({});
    answer = said;
    const sent = await hl7.send('P000001', 'eva');
    expect(sent).toMatchObject({ state, detail: expect.stringContaining(detail) as string });
  });

  it('does not send an old identity over a newer one', async () => {
    const { hl7 } = start({});
    answer = (message) => ack(message, new Hl7Refusal('AE', '207', 'PID', 'panne'));
    const old = await hl7.send('P000001', 'eva');
    answer = (message) => ack(message);
    await hl7.send('P000001', 'eva');
    expect(await hl7.retry(old.controlId)).toMatchObject({ state: 'remplace', tries: 1 });
    expect(received).toHaveLength(2);
  });

  it('never reuses an identifier', async () => {
    const { hl7 } = start({});
    for (let round = 0; round < 5; round += 1) await hl7.send('P000001', 'eva');
    expect(new Set(hl7.sent().map(({ controlId }) => controlId)).size).toBe(5);
  });
});

/** Lets the sockets work; bounded. */
async function waitFor(condition: () => boolean): Promise<void> {
  const until = Date.now() + 10_000;
  while (!condition() && Date.now() < until) await new Promise((resolve) => setImmediate(resolve));
  expect(condition()).toBe(true);
}

describe('what is received', () => {
  const A28 = (id = 'M1', name = 'PAT-TROIS') =>
    `MSH|^~\\&|SIH|HOPITAL|SGL|LABO|20260101||ADT^A28^ADT_A05|${id}|P|2.5^FRA^2.11\rPID|||42^^^&1.2.250.1.999.7&ISO^PI||${name}^ANNE^^^^^L||19790328|F\r`;
  const post = async ({ hl7 }: World, text: string): Promise<Hl7Message> =>
    readMessage(decodeMessage(await exchangeMllp(await hl7.listen(), encodeMessage(text), 5_000)));

  it('acknowledges, and hands the identity over', async () => {
    const world = start({});
    const said = await post(world, A28());
    expect([said.segment('MSH')?.text(9, 2), said.segment('MSA')?.text(1), said.segment('MSA')?.text(2)]).toEqual([
      'A28',
      'AA',
      'M1',
    ]);
    expect(world.feeds).toMatchObject([{ messageId: 'M1', traits: { birthName: 'PAT-TROIS' } }]);
    expect(world.hl7.received()).toMatchObject([{ ack: 'AA', again: false, patientId: 'P000009' }]);
    expect(await world.hl7.listen()).toEqual(await world.hl7.listen());
  });

  it('answers again a message that comes again, without taking it twice', async () => {
    const world = start({});
    const answers = await Promise.all([
      post(world, A28()),
      post(world, A28()),
      post(world, A28().replace('20260101', '20260102')),
    ]);
    expect(answers.map((said) => said.segment('MSA')?.text(1))).toEqual(['AA', 'AA', 'AA']);
    expect(world.feeds).toHaveLength(1);
    const other = await post(world, A28('M1', 'AUTRE'));
    expect([other.segment('MSA')?.text(1), other.segment('ERR')?.text(3)]).toEqual(['AE', '205']);
    expect(world.feeds).toHaveLength(1);
  });

  it('answers AE what the identity rules refuse, AR what is not for it', async () => {
    const world = start({
      receiveFeed: async () => ({ action: 'refuser', accepted: false, message: 'Le message ne donne pas : sexe.' }),
    });
    const refused = await post(world, A28());
    expect(refused.segment('MSA')?.text(1)).toBe('AE');
    expect(refused.segment('ERR')?.text(8)).toBe('Le message ne donne pas : sexe.');
    const unknown = await post(world, A28('M2').replace('A28^ADT_A05', 'A99'));
    expect([unknown.segment('MSA')?.text(1), unknown.segment('ERR')?.text(3)]).toEqual(['AR', '201']);
    const nonsense = await post(world, 'bonjour');
    expect(nonsense.segment('MSA')?.text(1)).toBe('AR');
  });

  it('lets the sender try again when the fault is ours', async () => {
    let broken = true;
    const world = start({
      async receiveFeed() {
        if (broken) throw new Error('panne');
        return { action: 'creer', accepted: true, message: 'Reçue.' };
      },
    });
    expect((await post(world, A28())).segment('MSA')?.text(1)).toBe('AE');
    broken = false;
    expect((await post(world, A28())).segment('MSA')?.text(1)).toBe('AA');
  });
});

describe('faults', () => {
  it.each([
    ['hl7-ins-non-qualifiee', RETRIEVED, (message: Hl7Message) => field(message, 'PID', 3).includes('^INS')],
    ['hl7-pid32-absent', PATIENT, (message: Hl7Message) => field(message, 'PID', 32) === ''],
    ['hl7-cle-fausse', PATIENT, (message: Hl7Message) => !field(message, 'PID', 3).includes('279035121518989')],
    ['hl7-version', PATIENT, (message: Hl7Message) => field(message, 'MSH', 12) === '2.3'],
  ])('%s shows on the wire', async (fault, patient, shows) => {
    for (const faults of [[], [fault]]) {
      received.length = 0;
      await start({ patient, faults }).hl7.send('P000001', 'eva');
      expect([faults, shows(received[0] as Hl7Message)]).toEqual([faults, faults.length > 0]);
    }
  });

  it('hl7-msh10-reutilise numbers every message alike', async () => {
    const { hl7 } = start({ faults: ['hl7-msh10-reutilise'] });
    await hl7.send('P000001', 'eva');
    await hl7.send('P000001', 'eva');
    expect(new Set(received.map((message) => message.segment('MSH')?.text(10))).size).toBe(1);
  });

  it('hl7-sans-a47 forgets the removal, hl7-sans-trace the journal', async () => {
    const { hl7, traces } = start({ faults: ['hl7-sans-a47', 'hl7-sans-trace'] });
    hl7.onIdentityChange(changeOf(PATIENT, VALIDATED));
    await hl7.send('P000001', 'eva');
    expect(types()).toEqual(['A31', 'A31']);
    expect(traces.of('P000001')).toEqual([]);
  });
});
