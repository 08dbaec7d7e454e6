import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { StreamExchange } from '#formats/exchange/index.ts';
import { frameMllp, mllpReader, segment } from '#formats/hl7v2/index.ts';
import { HL7_DOMAINS, HL7_SITUATIONS } from './index.ts';
import { msa, nextAck, oru, start } from './wire.fixture.ts';

describe('acknowledgements', () => {
  it('are AA for a good message, which is journaled and attributed', async () => {
    const { context, socket } = await start();
    const patient = context.population.draw('nominal');
    const message = oru({ id: 'MSG00001' }, patient.ins);
    socket.write(frameMllp(message));
    const ack = await nextAck(socket);
    expect(msa(ack)).toEqual(['AA', 'MSG00001']);
    expect(ack.type.code).toBe('ACK');
    const [exchange] = context.journal.list({ about: patient.key }) as readonly StreamExchange[];
    expect(exchange).toMatchObject({ protocol: 'mllp', operation: 'ORU^R01', expected: true, outcome: 'acquitté AA' });
    expect(exchange?.received).toEqual(message);
    expect(Buffer.from(exchange?.sent ?? []).toString()).toContain('MSA|AA|MSG00001');
  });

  it('come in order for messages cut and glued on the wire', async () => {
    const { context, socket } = await start();
    const bytes = Buffer.concat(['A', 'B', 'C'].map((id) => frameMllp(oru({ id }))));
    socket.write(bytes.subarray(0, 50));
    socket.write(bytes.subarray(50));
    const reader = mllpReader();
    const ids: string[] = [];
    for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      for (const raw of reader.push(chunk).messages)
        ids.push(/MSA\|AA\|(\w)/.exec(Buffer.from(raw).toString())?.[1] ?? '');
      if (ids.length === 3) break;
    }
    expect(ids).toEqual(['A', 'B', 'C']);
    expect(context.journal.list()).toHaveLength(3);
  });

  it.each([
    [{ version: '2.3' }, 'AE', '203'],
    [{ type: 'ADT^A01', version: '2.6' }, 'AE', '203'],
    [{ type: 'ORM^O01' }, 'AE', '200'],
    [{ type: 'ORU^R99' }, 'AE', '201'],
    [{ id: '' }, 'AE', '101'],
    [{ mode: 'X' }, 'AE', '202'],
    [{ type: 'ADT^A31^ADT_A05' }, 'AE', '100'],
    [{ type: 'ADT^A60' }, 'AE', '201'],
  ])('refuse %j by %s and ERR %s', async (header, code, error) => {
    const { context, socket } = await start();
    socket.write(frameMllp(oru(header)));
    const ack = await nextAck(socket);
    expect(msa(ack)[0]).toBe(code);
    expect(segment(ack, 'ERR')?.fields[3]).toMatch(new RegExp(`^${error}\\^`));
    expect(context.journal.list()[0]?.outcome).toContain(`${code} ${error}`);
  });

  it.each(['A01', 'A03', 'A04', 'A08', 'A28', 'A31', 'A40', 'A47'] as const)(
    'take the identity message %s of PAM France without a remark',
    async (event) => {
      const { context, service, socket } = await start();
      const patient = context.population.draw('nominal');
      const identity = { reliability: 'VALI', withIns: event !== 'A47' };
      const merge = event === 'A40' ? { merge: { localId: '43' } } : {};
      socket.write(
        frameMllp(service.makeFeed({ event, patient, domain: HL7_DOMAINS.hopital, localId: '42', identity, ...merge })),
      );
      expect(msa(await nextAck(socket))[0]).toBe('AA');
      expect(context.journal.list({ about: patient.key })).toMatchObject([
        { operation: `ADT^${event}`, outcome: 'acquitté AA', expected: true, direction: 'incoming' },
      ]);
    },
  );

  it.each([
    ['PID', '100', 'PID', { without: ['PID'] }],
    ['EVN', '100', 'EVN', { without: ['EVN'] }],
    ['MRG', '100', 'MRG', { without: ['MRG'] }],
    ['PID-3', '101', 'PID^1^3', { fields: { 'PID-3': '' } }],
    ['PID-5', '101', 'PID^1^5', { fields: { 'PID-5': '' } }],
    ['MRG-1', '101', 'MRG^1^1', { fields: { 'MRG-1': '' } }],
  ])('refuse an A47 without %s by AE %s', async (_what, code, location, overrides) => {
    const { context, service, socket } = await start();
    const patient = context.population.draw('nominal');
    const identity = { reliability: 'VALI', withIns: false };
    const domain = HL7_DOMAINS.hopital;
    socket.write(frameMllp(service.makeFeed({ event: 'A47', patient, domain, localId: '42', identity, overrides })));
    const ack = await nextAck(socket);
    expect(msa(ack)[0]).toBe('AE');
    expect(segment(ack, 'ERR')?.fields.slice(2, 4)).toEqual([location, expect.stringMatching(`^${code}\\^`)]);
  });

  it('tell in the journal what a real receiver lets pass', async () => {
    const { context, socket } = await start();
    socket.write(frameMllp(oru({ type: 'ORU^R01', profile: 'AUTRE' })));
    expect(msa(await nextAck(socket))[0]).toBe('AA');
    expect(context.journal.list()[0]?.outcome).toBe(
      'acquitté AA, mais MSH-9.3 vaut rien (attendu : ORU_R01) ; MSH-21 vaut « AUTRE » (attendu : un profil CISIS_CDA)',
    );
  });

  it('are more tolerant of versions in the lenient profile', async () => {
    const { socket } = await start({ profile: 'lenient' });
    socket.write(frameMllp(oru({ version: '2.3' })));
    expect(msa(await nextAck(socket))[0]).toBe('AA');
  });

  it('are AR when the header cannot be read', async () => {
    const { context, socket } = await start();
    socket.write(frameMllp(new TextEncoder().encode('PID|1||x\r')));
    const ack = await nextAck(socket);
    expect(msa(ack)[0]).toBe('AR');
    expect(segment(ack, 'ERR')?.fields[3]).toMatch(/^100\^/);
    expect(context.journal.list()[0]).toMatchObject({ operation: 'hl7-illisible', expected: false });
  });
});

describe('situations', () => {
  it('force a refusal for one patient only, once', async () => {
    const { context, socket } = await start();
    const patient = context.population.draw('nominal');
    context.situations.set({ service: 'hl7', about: patient.key, situation: 'ae-207-902', times: 1 });
    const ask = async (ins: string) => {
      socket.write(frameMllp(oru({}, ins)));
      return nextAck(socket);
    };
    expect(msa(await ask('279035121518989'))[0]).toBe('AA');
    const refusal = await ask(patient.ins);
    expect(segment(refusal, 'ERR')?.fields.slice(3, 6)).toEqual([
      '207^Application error^messageErrorCondition',
      'E',
      '902^Patient inconnu^HL70533',
    ]);
    expect(msa(await ask(patient.ins))[0]).toBe('AA');
  });

  it('are every code that the French volets name', async () => {
    const { context, socket } = await start();
    const refusals = HL7_SITUATIONS.filter((name) => /^a[er]/.test(name));
    for (const name of refusals) {
      context.situations.set({ service: 'hl7', situation: name, times: 1 });
      socket.write(frameMllp(oru()));
      const ack = await nextAck(socket);
      const [, code = '', application = ''] = /^ae-(\d+)(?:-(\d+))?$/.exec(name) ?? ['', '207'];
      expect([name, msa(ack)[0]]).toEqual([name, name === 'ar' ? 'AR' : 'AE']);
      expect(segment(ack, 'ERR')?.fields[3]).toMatch(new RegExp(`^${code}\\^.+\\^messageErrorCondition$`));
      if (application !== '') expect(segment(ack, 'ERR')?.fields[5]).toMatch(new RegExp(`^${application}\\^.+`));
    }
    expect(refusals.length).toBeGreaterThanOrEqual(15);
  });

  it('acknowledge another message, or answer what is no acknowledgement', async () => {
    const { context, socket } = await start();
    context.situations.set({ service: 'hl7', situation: 'msa2-faux', times: 1 });
    context.situations.set({ service: 'hl7', situation: 'accuse-illisible', times: 1 });
    socket.write(frameMllp(oru({ id: 'MINE' })));
    const [code, id] = msa(await nextAck(socket));
    expect(code).toBe('AA');
    expect(id).not.toBe('MINE');
    socket.write(frameMllp(oru()));
    await expect(nextAck(socket)).rejects.toThrow(/MSH/);
  });

  it('refuse a delay that cannot be played', async () => {
    const { context } = await start();
    const ask = (delayMs: string | number) => () =>
      context.situations.set({ service: 'hl7', situation: 'accuse-tardif', parameters: { delayMs } });
    expect(ask('demain')).toThrow();
    expect(ask(-1)).toThrow();
    expect(ask(1e9)).toThrow();
  });

  it('cut the connection, or never answer', async () => {
    const { context, socket } = await start();
    context.situations.set({ service: 'hl7', situation: 'sans-accuse', times: 1 });
    context.situations.set({ service: 'hl7', situation: 'coupure', times: 1 });
    let answered = 0;
    socket.on('data', () => (answered += 1));
    socket.write(Buffer.concat([frameMllp(oru()), frameMllp(oru())]));
    await once(socket, 'close');
    expect(answered).toBe(0);
    expect(context.journal.list().map((one) => one.outcome)).toEqual([
      expect.stringMatching(/^aucun acquittement/),
      expect.stringMatching(/^connexion coupée/),
    ]);
  });

  it('answer late', async () => {
    const { context, socket } = await start();
    context.situations.set({ service: 'hl7', situation: 'accuse-tardif', parameters: { delayMs: 5 } });
    socket.write(frameMllp(oru()));
    expect(msa(await nextAck(socket))[0]).toBe('AA');
    expect(context.journal.list()[0]?.outcome).toContain('5 ms plus tard');
  });
});

describe('a message that comes again', () => {
  it('gets the same answer, whatever its time, until a reset', async () => {
    const { context, service, socket } = await start();
    const ask = async (message: Uint8Array) => {
      socket.write(frameMllp(message));
      const ack = await nextAck(socket);
      return [msa(ack)[0], segment(ack, 'ERR')?.fields[3] ?? ''];
    };
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    const good = oru({ id: 'SAME' });
    const later = new TextEncoder().encode(text(good).replace('20260105100000', '20260105100500'));
    expect(await ask(good)).toEqual(['AA', '']);
    expect(await ask(later)).toEqual(['AA', '']);
    expect(context.journal.list()[1]?.outcome).toContain('comme la première fois (MSH-10 déjà reçu)');
    const other = new TextEncoder().encode(text(good).replace('ÉLODIE', 'ZOÉ'));
    expect(await ask(other)).toEqual(['AE', expect.stringMatching(/^205/)]);
    expect(await ask(good)).toEqual(['AA', '']);
    service.reset();
    expect(await ask(other)).toEqual(['AA', '']);
    const bad = oru({ id: 'BAD', version: '2.3' });
    expect(await ask(bad)).toEqual(await ask(bad));
  });
});

describe('attribution', () => {
  const local = (id: string, name: string, more = '') =>
    new TextEncoder().encode(
      [
        `MSH|^~\\&|SIL|LABO|DPI|HOPITAL|20260105100000||ORU^R01^ORU_R01|${id}|P|2.5|||||FRA|UNICODE UTF-8`,
        `PID|1||42^^^LABO&1.2.3&ISO^PI${more}||${name}`,
        '',
      ].join('\r'),
    );

  it('is by INS, then by the local identifier that came with it', async () => {
    const { context, socket } = await start();
    const patient = context.population.draw('nominal');
    const whole = local('A', 'X^Y', `~${patient.ins}^^^ASIP-SANTE-INS-NIR&${patient.oid}&ISO^INS`);
    for (const message of [local('B', 'X^Y'), whole, local('C', 'X^Y')]) {
      socket.write(frameMllp(message));
      await nextAck(socket);
    }
    expect(context.journal.list().map((one) => one.attribution.patient)).toEqual([undefined, patient.key, patient.key]);
  });

  it('is by name and birth date otherwise, twins being told apart by their first names', async () => {
    const { context, socket } = await start();
    const one = context.population.draw('jumeaux');
    const other = context.population.byKey(`${one.key}-jumeau`);
    for (const [index, twin] of [one, other].entries()) {
      const date = twin?.birthDate.replaceAll('-', '') ?? '';
      const name = `${twin?.birthName}^${twin?.firstNames[0]}^^^^^L||${date}`;
      const message = new TextDecoder().decode(local(`T${index}`, name)).replace('|42^', `|${index}^`);
      socket.write(frameMllp(new TextEncoder().encode(message)));
      await nextAck(socket);
    }
    expect(context.journal.list().map(({ attribution }) => attribution.patient)).toEqual([one.key, other?.key]);
  });

  it('of the loss of an INS is by MRG-1', async () => {
    const { context, service, socket } = await start();
    const patient = context.population.draw('nominal');
    const identity = { reliability: 'PROV', withIns: false };
    const traits = { birthName: 'SOMEBODY ELSE' };
    socket.write(
      frameMllp(
        service.makeFeed({
          event: 'A47',
          patient,
          domain: HL7_DOMAINS.hopital,
          localId: '9',
          identity,
          overrides: { traits },
        }),
      ),
    );
    await nextAck(socket);
    expect(context.journal.list()[0]?.attribution).toEqual({ ins: patient.ins, patient: patient.key });
  });
});
