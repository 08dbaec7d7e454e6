import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { StreamExchange } from '#formats/exchange/index.ts';
import { frameMllp, mllpReader, readHl7, segment, type Hl7Message } from '#formats/hl7v2/index.ts';
import { createTestContext } from '../testing.ts';
import type { ServiceContext } from '../types.ts';
import { startHl7, type Hl7Options } from './index.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

async function start(overrides: Partial<ServiceContext> = {}, options: Hl7Options = {}) {
  const context = await createTestContext(overrides);
  const service = await startHl7(context, options);
  cleanups.push(() => service.close());
  const { host, port } = service.addresses.mllp;
  const socket = connect(port, host);
  socket.on('error', () => undefined);
  cleanups.push(() => socket.destroy());
  await once(socket, 'connect');
  return { context, socket };
}

function oru(header: { type?: string; version?: string; id?: string } = {}, ins = '279035121518989'): Uint8Array {
  const { type = 'ORU^R01^ORU_R01', version = '2.5', id = 'MSG00001' } = header;
  return new TextEncoder().encode(
    [
      `MSH|^~\\&|SIL|LABO|DPI|HOPITAL|20260105100000||${type}|${id}|P|${version}|||||FRA|UNICODE UTF-8`,
      `PID|1||${ins}^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS~42^^^LABO^PI||PATTEST^ÉLODIE`,
      '',
    ].join('\r'),
  );
}

async function nextAck(socket: Socket): Promise<Hl7Message> {
  const reader = mllpReader();
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    const [raw] = reader.push(chunk).messages;
    if (raw === undefined) continue;
    const reading = readHl7(raw);
    if (!reading.ok) throw new Error(reading.fault.message);
    return reading.message;
  }
  throw new Error('closed without an acknowledgement');
}

function msa(ack: Hl7Message): readonly string[] {
  return segment(ack, 'MSA')?.fields.slice(1) ?? [];
}

describe('acknowledgements', () => {
  it('are AA for a good message, which is journaled and attributed', async () => {
    const { context, socket } = await start();
    const patient = context.population.draw('nominal');
    const message = oru({}, patient.ins);
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
  ])('refuse %j by %s and ERR %s', async (header, code, error) => {
    const { context, socket } = await start();
    socket.write(frameMllp(oru(header)));
    const ack = await nextAck(socket);
    expect(msa(ack)[0]).toBe(code);
    expect(segment(ack, 'ERR')?.fields[3]).toMatch(new RegExp(`^${error}\\^`));
    expect(context.journal.list()[0]?.outcome).toContain(`${code} ${error}`);
  });

  it('follow the version of the national profile: a PAM message carries its French version', async () => {
    const { socket } = await start();
    socket.write(frameMllp(oru({ type: 'ADT^A28^ADT_A05', version: '2.5^FRA^2.11' })));
    expect(msa(await nextAck(socket))[0]).toBe('AA');
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
      '207^Application internal error^HL70357',
      'E',
      '902^Patient inconnu^HL70533',
    ]);
    expect(msa(await ask(patient.ins))[0]).toBe('AA');
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

describe('hostile input', () => {
  it('outside a block closes the connection and is journaled', async () => {
    const { context, socket } = await start();
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await once(socket, 'close');
    expect(context.journal.list()[0]).toMatchObject({ operation: 'mllp-illisible', expected: false });
  });

  it('above the size limit closes the connection', async () => {
    const { context, socket } = await start({}, { maxBytes: 100 });
    socket.write(frameMllp(oru()));
    await once(socket, 'close');
    expect(context.journal.list()[0]?.outcome).toMatch(/dépasse 100 octets/);
  });
});
