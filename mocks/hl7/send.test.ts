import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { buildAck, frameMllp, mllpReader, readHl7, writeHl7, type AckParts } from '#formats/hl7v2/index.ts';
import { createTestContext } from '../testing.ts';
import { HL7_DOMAINS, startHl7 } from './index.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

/** A product that listens: what it does with each message is the test's to say. */
async function product(answer: (raw: Uint8Array, socket: Socket) => void) {
  const received: Uint8Array[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const reader = mllpReader();
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      for (const raw of reader.push(chunk).messages) {
        received.push(raw);
        answer(raw, socket);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  cleanups.push(close);
  return { received, address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port }, close };
}

function acknowledging(code: AckParts['code'], error?: AckParts['error'], controlId?: string) {
  return (raw: Uint8Array, socket: Socket) => {
    const reading = readHl7(raw);
    if (!reading.ok) throw new Error(reading.fault.message);
    const message = controlId === undefined ? reading.message : { ...reading.message, controlId };
    const ack = buildAck(message, { code, controlId: 'ACK1', at: new Date(), ...(error && { error }) });
    socket.write(frameMllp(ack));
  };
}

async function bench() {
  const context = await createTestContext();
  const service = await startHl7(context);
  cleanups.push(() => service.close());
  const patient = context.population.draw('nominal');
  const feed = service.makeFeed({
    event: 'A28',
    patient,
    domain: HL7_DOMAINS.hopital,
    localId: 'H-1',
    identity: { reliability: 'VALI', withIns: true },
  });
  return { context, service, patient, feed };
}

describe('a message sent to the product', () => {
  it('is acknowledged and journaled, raw both ways, as the bench’s own', async () => {
    const { context, service, patient, feed } = await bench();
    const { address, received } = await product(acknowledging('AA'));
    const sent = await service.send(address, feed);
    expect(received).toEqual([feed]);
    expect(sent).toMatchObject({ ack: { code: 'AA' } });
    expect(sent.failure).toBeUndefined();
    expect(context.journal.list({ about: patient.key, operation: 'ADT^A28' })).toEqual([sent.exchange]);
    expect(sent.exchange).toMatchObject({
      protocol: 'mllp',
      direction: 'outgoing',
      peer: { address: '127.0.0.1', port: address.port },
      expected: true,
      outcome: 'envoyé par le banc, acquitté AA',
      sent: feed,
    });
    expect(new TextDecoder().decode(sent.exchange.received)).toContain(`MSA|AA|${sent.ack?.controlId}`);
  });

  it('is about whom the caller says', async () => {
    const { service, patient } = await bench();
    const { address } = await product(acknowledging('AA'));
    const text = new TextDecoder().decode(
      writeHl7([
        { name: 'MSH', fields: { 10: 'X1' } },
        { name: 'PID', fields: { 3: '77' } },
      ]),
    );
    expect((await service.send(address, text)).exchange.attribution).toEqual({});
    expect((await service.send(address, text, { about: patient.key })).exchange.attribution).toEqual({
      patient: patient.key,
    });
    // What the bench said of a local identifier is remembered.
    expect((await service.send(address, text)).exchange.attribution).toEqual({ patient: patient.key });
  });

  it('brings the error of a refusal back', async () => {
    const { service, feed } = await bench();
    const error = { code: '101', text: 'Required field missing', location: 'PID^1^8' };
    const { address } = await product(acknowledging('AE', error));
    const { ack, failure, exchange } = await service.send(address, feed);
    expect(ack).toMatchObject({ code: 'AE', error: { code: '101', location: 'PID^1^8' } });
    expect(failure).toBeUndefined();
    expect(exchange.outcome).toBe('envoyé par le banc, acquitté AE 101');
  });

  it('may be sent although it is no HL7: the product must stand it', async () => {
    const { service } = await bench();
    const { address } = await product((_raw, socket) =>
      acknowledging('AR')(new TextEncoder().encode('MSH|^~\\&|||||||ACK|||2.5\r'), socket),
    );
    const { ack, exchange } = await service.send(address, 'PID|1||seul');
    expect(ack?.code).toBe('AR');
    expect(exchange.operation).toBe('hl7-illisible');
  });

  it('many at once keep each their own acknowledgement', async () => {
    const { context, service } = await bench();
    const { address } = await product(acknowledging('AA'));
    const all = await Promise.all(
      Array.from({ length: 40 }, () => {
        const patient = context.population.draw('nominal');
        const identity = { reliability: 'VALI', withIns: true };
        const order = { event: 'A31', patient, domain: HL7_DOMAINS.hopital, localId: patient.key, identity } as const;
        return service.send(address, service.makeFeed(order)).then((sent) => ({ sent, patient }));
      }),
    );
    for (const { sent, patient } of all) {
      expect(sent.failure).toBeUndefined();
      expect(sent.exchange.attribution.patient).toBe(patient.key);
    }
    expect(new Set(all.map(({ sent }) => sent.ack?.controlId)).size).toBe(40);
  });
});

describe('a product that answers badly', () => {
  it.each([
    ['acknowledges another message', acknowledging('AA', undefined, 'AUTRE'), 'HL7_OTHER_MESSAGE'],
    [
      'answers no HL7',
      (_raw: Uint8Array, socket: Socket) => socket.write(frameMllp(Buffer.from('ok'))),
      'HL7_UNREADABLE',
    ],
    [
      'answers without MSA',
      (_raw: Uint8Array, socket: Socket) => socket.write(frameMllp(Buffer.from('MSH|^~\\&|||||||ACK\r'))),
      'HL7_UNREADABLE',
    ],
    [
      'answers outside a block',
      (_raw: Uint8Array, socket: Socket) => socket.write('HTTP/1.1 400 Bad'),
      'HL7_UNREADABLE',
    ],
    [
      'answers without end',
      (_raw: Uint8Array, socket: Socket) => socket.write(Buffer.concat([Buffer.of(0x0b), Buffer.alloc(1_100_000, 65)])),
      'HL7_UNREADABLE',
    ],
    [
      'answers a block that it never ends, and closes',
      (_raw: Uint8Array, socket: Socket) => socket.end(Buffer.concat([Buffer.of(0x0b), Buffer.from('MSH|^~\\&|')])),
      'HL7_UNREADABLE',
    ],
    ['closes', (_raw: Uint8Array, socket: Socket) => socket.end(), 'HL7_CLOSED'],
    ['resets', (_raw: Uint8Array, socket: Socket) => socket.resetAndDestroy(), 'HL7_CLOSED'],
  ] as const)('%s: told, journaled, not thrown', async (_what, answer, code) => {
    const { context, service, feed, patient } = await bench();
    const { address } = await product((raw, socket) => void answer(raw, socket));
    const { failure, exchange } = await service.send(address, feed, { timeoutMs: 5000 });
    expect(failure?.code).toBe(code);
    expect(exchange.outcome).toContain(failure?.message ?? 'nothing');
    expect(context.journal.list({ about: patient.key })).toEqual([exchange]);
  });

  it('keeps what was answered, even when it is no acknowledgement', async () => {
    const { service, feed } = await bench();
    const { address } = await product((_raw, socket) => void socket.write('HTTP/1.1 400 Bad'));
    const { exchange } = await service.send(address, feed);
    expect(new TextDecoder().decode(exchange.received)).toBe('HTTP/1.1 400 Bad');
  });

  it('begins an answer that it never ends: told as such, with what came', async () => {
    const { service, feed } = await bench();
    const { address } = await product((_raw, socket) => void socket.write('\u{b}MSH|^~\\&|X'));
    const { failure, exchange } = await service.send(address, feed, { timeoutMs: 400 });
    expect(failure).toMatchObject({
      code: 'HL7_UNREADABLE',
      message: expect.stringContaining('jamais terminée') as string,
    });
    expect(new TextDecoder().decode(exchange.received)).toBe('MSH|^~\\&|X');
  });

  it('never answers: the wait ends at its limit', async () => {
    const { service, feed } = await bench();
    const { address, received } = await product(() => undefined);
    const { ack, failure } = await service.send(address, feed, { timeoutMs: 50 });
    expect(ack).toBeUndefined();
    expect(['HL7_TIMEOUT', 'HL7_UNREACHABLE']).toContain(failure?.code);
    expect(received.length).toBeLessThanOrEqual(1);
  });

  it('does not listen', async () => {
    const { context, service, feed } = await bench();
    const { address, close } = await product(() => undefined);
    close();
    const { failure } = await service.send(address, feed);
    expect(failure?.code).toBe('HL7_UNREACHABLE');
    expect(context.journal.list()).toHaveLength(1);
  });

  it('does not hold the bench that closes', async () => {
    const { service, feed } = await bench();
    let asked = () => undefined as unknown;
    const waiting = new Promise((resolve) => (asked = () => resolve(undefined)));
    const { address } = await product(() => asked());
    const sending = service.send(address, feed, { timeoutMs: 600_000 });
    await waiting;
    await service.close();
    expect((await sending).failure?.code).toBe('HL7_CLOSED');
  });
});
