import { describe, expect, it } from 'vitest';
import type { Report, SglConfig } from '../model/index.ts';
import type { ReportDelivery } from '../mssante/index.ts';
import { fakeDocuments, recordingChannels } from '../testing/laboratory.ts';
import type { ChannelAnswer, Channels } from './channels.ts';
import { createOutbox, type Schedule } from './outbox.ts';

const CONFIG = { mssante: {}, oidRoot: '1.2.250.1.999.1.1', retryDelaysMs: [10, 20] } as unknown as SglConfig;

const REPORT = {
  id: 'CR1',
  patient: {
    id: 'P1',
    status: 'qualifiee',
    ins: { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' },
  },
  biologist: { nationalId: '899700000001' },
  recipients: { professionals: ['a@x.mssante.fr', 'a@x.mssante.fr', 'b@x.mssante.fr'], patient: true, dmp: true },
} as unknown as Report;

/** Time under the hand of the test. */
function manualSchedule(): Schedule & { delays: number[]; runAll(): void } {
  let waiting: (() => void)[] = [];
  const delays: number[] = [];
  const schedule: Schedule = (run, delay) => {
    waiting.push(run);
    delays.push(delay);
    return { cancel: () => (waiting = waiting.filter((other) => other !== run)) };
  };
  return Object.assign(schedule, {
    delays,
    runAll() {
      const due = waiting;
      waiting = [];
      for (const run of due) run();
    },
  });
}

function open(changes: Partial<Channels>, faults: string[] = [], holdDmp?: () => string | undefined) {
  const schedule = manualSchedule();
  const channels = { ...recordingChannels(), ...changes };
  const outbox = createOutbox({
    config: CONFIG,
    faults: new Set(faults),
    channels,
    now: () => new Date(0),
    schedule,
    ...(holdDmp && { holdDmp }),
  });
  return { outbox, schedule, channels };
}

const WAITING: ChannelAnswer = { state: 'en-attente', detail: 'Service indisponible.', references: [] };

describe('outbox', () => {
  it('sends one document a line to the DMP and one mail an address', async () => {
    const { outbox } = open({});
    const lines = await outbox.post(REPORT, await fakeDocuments());
    expect(lines.map(({ channel, recipient, state, references }) => [channel, recipient, state, references])).toEqual([
      ['dmp', 'DMP du patient', 'transmis', ['1.2.250.1.999.1.3']],
      ['dmp', 'DMP du patient', 'transmis', ['1.2.250.1.999.1.1']],
      ['mssante-professionnel', 'a@x.mssante.fr', 'transmis', ['<1@test>']],
      ['mssante-professionnel', 'b@x.mssante.fr', 'transmis', ['<2@test>']],
      ['mssante-patient', '279035121518989@patient.mssante.fr', 'transmis', ['<3@test>']],
    ]);
  });

  it('holds back the DMP when the patient has none or has closed it', async () => {
    const documents = await fakeDocuments();
    for (const existence of [
      { exists: false, closed: false, detail: '' },
      { exists: true, closed: true, detail: '' },
    ]) {
      const { outbox, channels } = open({ testExistence: async () => existence });
      const lines = await outbox.post(REPORT, documents);
      expect(lines.map(({ state }) => state)).toEqual(['bloque', 'bloque', 'transmis', 'transmis', 'transmis']);
      expect((channels as unknown as { sent: string[] }).sent.some((sent) => sent.startsWith('dmp'))).toBe(false);
    }
  });

  it('waits when the existence of the DMP is not known for the moment, then asks again', async () => {
    const answers = [
      { exists: false, closed: false, detail: 'indisponible', transient: true },
      { exists: false, closed: false, detail: 'indisponible', transient: true },
    ];
    const { outbox } = open({
      testExistence: async () => answers.shift() ?? { exists: true, closed: false, detail: '' },
    });
    const [line] = await outbox.post(REPORT, await fakeDocuments());
    expect(line).toMatchObject({ state: 'en-attente', detail: 'indisponible' });
    expect((await outbox.retry(line?.id ?? ''))?.state).toBe('transmis');
  });

  it('never loses a report when one channel is down, nor holds the others', async () => {
    const { outbox } = open({
      testExistence: async () => {
        throw new Error('ECONNREFUSED');
      },
    });
    const lines = await outbox.post(REPORT, await fakeDocuments());
    expect(lines.map(({ state }) => state)).toEqual(['en-attente', 'en-attente', 'transmis', 'transmis', 'transmis']);
  });

  it('tries again a bounded number of times, then waits for the user', async () => {
    let calls = 0;
    const feedDmp = async () => {
      calls += 1;
      return WAITING;
    };
    const { outbox, schedule } = open({ feedDmp });
    const [first] = await outbox.post(REPORT, await fakeDocuments());
    for (let round = 0; round < 5; round += 1) {
      schedule.runAll();
      await outbox.retry('inconnu');
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(schedule.delays).toEqual([10, 10, 20, 20]);
    expect(calls).toBe(6);
    const [kept] = outbox.list('CR1');
    expect(kept).toMatchObject({ id: first?.id, state: 'en-attente' });
    expect(kept?.detail).toContain("Plus d'essai automatique");
  });

  it('ends well when the channel comes back', async () => {
    const answers: ChannelAnswer[] = [WAITING, { state: 'transmis', detail: 'Success', references: ['1.2'] }];
    const report = { ...REPORT, recipients: { professionals: ['a@x.mssante.fr'], patient: false, dmp: false } };
    const { outbox } = open({
      sendReport: async () => ({ messageId: '<1@x>', ...(answers.shift() ?? WAITING) }),
    });
    const [line] = await outbox.post(report, await fakeDocuments());
    expect(line?.state).toBe('en-attente');
    expect(await outbox.retry(line?.id ?? '')).toMatchObject({ state: 'transmis', references: ['<1@x>'] });
  });

  it('hands over at a new try the mail of the last one', async () => {
    const written = { outgoing: { messageId: '<1@x>' }, sent: {} } as unknown as NonNullable<ReportDelivery['written']>;
    const given: unknown[] = [];
    const report = { ...REPORT, recipients: { professionals: ['a@x.mssante.fr'], patient: false, dmp: false } };
    const { outbox } = open({
      async sendReport(_report, _documents, _recipient, _config, _faults, order) {
        given.push(order?.written);
        return { messageId: '<1@x>', written, ...WAITING };
      },
    });
    const [line] = await outbox.post(report, await fakeDocuments());
    await outbox.retry(line?.id ?? '');
    expect(given).toEqual([undefined, written]);
  });

  it('does not try again what was refused', async () => {
    const refused = { state: 'refuse', detail: 'XDSPatientIdDoesNotMatch', references: [] } as const;
    const { outbox, schedule } = open({ feedDmp: async () => ({ ...refused, references: [] }) });
    const [line] = await outbox.post(REPORT, await fakeDocuments());
    expect(line).toMatchObject({ state: 'refuse', detail: 'XDSPatientIdDoesNotMatch' });
    expect(schedule.delays).toEqual([]);
    expect((await outbox.retry(line?.id ?? ''))?.state).toBe('refuse');
  });

  it('starts nothing once stopped', async () => {
    let calls = 0;
    const { outbox, schedule } = open({
      feedDmp: async () => {
        calls += 1;
        return WAITING;
      },
    });
    await outbox.post(REPORT, await fakeDocuments());
    await outbox.stop();
    schedule.runAll();
    expect(calls).toBe(2);
  });

  it('sends a document again under its own number, and says that it is the same', async () => {
    const sent: (readonly [string, boolean | undefined])[] = [];
    const retry = async (faults: string[]) => {
      sent.length = 0;
      const { outbox, schedule } = open(
        {
          async feedDmp(_report, [document], _config, _faults, again) {
            sent.push([document?.id ?? '', again]);
            return sent.length === 1 ? WAITING : { state: 'transmis', detail: '', references: [document?.id ?? ''] };
          },
        },
        faults,
      );
      const { n3 } = await fakeDocuments();
      await outbox.feed(REPORT, [n3]);
      schedule.runAll();
      await outbox.stop();
      return sent.map(([id]) => id);
    };
    expect(await retry([])).toEqual(['1.2.250.1.999.1.3', '1.2.250.1.999.1.3']);
    expect(sent.map(([, again]) => again)).toEqual([false, true]);
    expect(new Set(await retry(['dmp-reessai-nouvel-uniqueid'])).size).toBe(2);
    expect(await retry(['dmp-sans-reessai'])).toHaveLength(1);
  });

  it('feeds the DMP alone, and asks once for the whole session', async () => {
    let asked = 0;
    const { outbox, channels } = open({
      testExistence: async () => {
        asked += 1;
        return { exists: true, closed: false, detail: '' };
      },
    });
    const { n3, n1 } = await fakeDocuments();
    const session = {};
    await outbox.feed(REPORT, [n3], session);
    await outbox.feed(REPORT, [n1], session);
    expect((channels as unknown as { sent: string[] }).sent).toEqual(['dmp cda-n3', 'dmp cda-n1']);
    expect(asked).toBe(1);
  });

  it('holds the DMP back as long as it is told to, and lets the mails go', async () => {
    const lines = await open({}, [], () => 'Bloqué.').outbox.post(REPORT, await fakeDocuments());
    expect(lines.map(({ state, detail }) => [state, state === 'bloque' ? detail : ''])).toEqual([
      ['bloque', 'Bloqué.'],
      ['bloque', 'Bloqué.'],
      ['transmis', ''],
      ['transmis', ''],
      ['transmis', ''],
    ]);
  });

  it('no longer sends what another version replaces', async () => {
    let calls = 0;
    const { outbox, schedule } = open({
      feedDmp: async () => {
        calls += 1;
        return WAITING;
      },
    });
    const { n3 } = await fakeDocuments();
    await outbox.feed(REPORT, [n3]);
    outbox.supersede(REPORT.id, 'Remplacé.');
    schedule.runAll();
    await outbox.stop();
    expect(calls).toBe(1);
    expect(outbox.list(REPORT.id)).toMatchObject([{ state: 'bloque', detail: 'Remplacé.' }]);
  });

  it('shows the code and the label of the DMP, unless a fault hides them', async () => {
    const refused: ChannelAnswer = {
      state: 'refuse',
      detail: 'XDSRegistryMetadataError : code inconnu',
      references: [],
    };
    const { n3 } = await fakeDocuments();
    const detail = async (faults: string[]) =>
      (await open({ feedDmp: async () => refused }, faults).outbox.feed(REPORT, [n3]))[0]?.detail;
    expect(await detail([])).toContain('XDSRegistryMetadataError : code inconnu');
    expect(await detail(['dmp-erreur-muette'])).not.toContain('XDSRegistryMetadataError');
  });
});
