import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { buildAck, frameMllp, mllpReader, readHl7, type AckParts } from '#formats/hl7v2/index.ts';
import { startHl7 } from '../hl7/index.ts';
import { createTestContext } from '../testing.ts';
import type { HostPort } from '../types.ts';
import { startControl } from './index.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

/** A product that acknowledges whatever it is sent. */
async function product(code: AckParts['code'] = 'AA') {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const reader = mllpReader();
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      for (const raw of reader.push(chunk).messages) {
        received.push(new TextDecoder().decode(raw));
        const reading = readHl7(raw);
        if (!reading.ok) throw new Error(reading.fault.message);
        socket.write(frameMllp(buildAck(reading.message, { code, controlId: 'ACK1', at: new Date() })));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { received, address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port } };
}

async function bench(hl7Target?: HostPort) {
  const context = await createTestContext();
  const hl7 = await startHl7(context);
  const { journal, situations, population } = context;
  const control = await startControl(
    { journal, situations, population, hl7, reset: () => undefined, ...(hl7Target && { hl7Target }) },
    0,
  );
  cleanups.push(
    () => hl7.close(),
    () => control.close(),
  );
  const post = async (body: unknown) => {
    const answer = await fetch(`${control.url}/hl7/feeds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: answer.status, document: (await answer.json()) as Record<string, unknown> };
  };
  const [patient] = population.patients;
  if (patient === undefined) throw new Error('no patient');
  return { journal, patient, post };
}

describe('POST /hl7/feeds', () => {
  it('has a feed sent to the product, and answers its acknowledgement and the journal id', async () => {
    const { journal, patient, post } = await bench();
    const { address, received } = await product();
    const { status, document } = await post({ address, patient: patient.ins, event: 'A28' });
    expect(status).toBe(200);
    expect(document).toMatchObject({ operation: 'ADT^A28', ack: { code: 'AA' } });
    expect(journal.list({ about: patient.key })).toEqual([
      expect.objectContaining({ id: document['exchange'], direction: 'outgoing' }),
    ]);
    expect(received[0]).toContain(`${patient.ins}^^^ASIP-SANTE-INS-NIR&`);
    expect(received[0]).toContain(`PID|||BANC-${patient.key}^^^HOPITAL TEST&`);
    expect(received[0]).toContain('|VALI|');
  });

  it('says what was asked: domain, local number, reliability, traits, what is merged or lost', async () => {
    const { patient, post } = await bench();
    const { address, received } = await product();
    const asked = [
      { event: 'A31', domain: 'laboratoire', localId: 'L-1', identity: { reliability: 'PROV', withIns: false } },
      { event: 'A08', domain: { oid: '1.2.250.1.999.9', name: 'A', facility: 'B' }, traits: { birthName: 'AUTRE' } },
      { event: 'A40', merge: { localId: 'H-2' } },
      { event: 'A47' },
    ];
    for (const one of asked) expect((await post({ address, patient: patient.key, ...one })).status).toBe(200);
    expect(received[0]).toMatch(/PID\|\|\|L-1\^[^~|]*\|.*\|PROV\|/);
    expect(received[1]).toMatch(/&1\.2\.250\.1\.999\.9&ISO[^]*\|AUTRE\^/);
    expect(received[2]).toMatch(/\rMRG\|H-2\^/);
    expect(received[3]).toMatch(new RegExp(`PID\\|\\|\\|[^~|]*\\|[^]*\\rMRG\\|${patient.ins}\\^`));
  });

  it('gives the refusal of the product as its acknowledgement, and its silence as an error', async () => {
    const { journal, patient, post } = await bench();
    const { address } = await product('AE');
    expect((await post({ address, patient: patient.key, event: 'A28' })).document).toMatchObject({
      ack: { code: 'AE' },
    });
    const closed = createServer();
    closed.listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const { status, document } = await post({
      address: { host: '127.0.0.1', port },
      patient: patient.key,
      event: 'A28',
    });
    expect(status).toBe(502);
    expect(document['error']).toMatchObject({ code: 'HL7_UNREACHABLE', ack: null, exchange: journal.mark() });
  });

  it('goes to this machine, or to the address given at the start of the bench and to no other', async () => {
    const { address, received } = await product();
    const { journal, patient, post } = await bench(address);
    expect((await post({ patient: patient.key, event: 'A28' })).status).toBe(200);
    expect(received).toHaveLength(1);
    for (const host of [
      '192.0.2.1',
      'produit.example',
      '0.0.0.0',
      '127.0.0.1.example',
      '2130706433',
      '::ffff:1.2.3.4',
    ]) {
      const { status, document } = await post({ address: { host, port: 80 }, patient: patient.key, event: 'A28' });
      expect([status, (document['error'] as { code: string }).code]).toEqual([400, 'ADDRESS_REFUSED']);
    }
    expect(journal.list()).toHaveLength(1);
  });

  it.each([
    ['{', 'NOT_JSON', /./],
    [[], 'BAD_FEED', /type attendu objet/],
    [{}, 'BAD_FEED', /« patient » manque[^]*« event » manque/],
    [{ patient: 'nominal-01', event: 'A28' }, 'BAD_FEED', /--hl7-target/],
    [{ patient: 'nominal-01', event: 'A99' }, 'BAD_FEED', /\/event : valeur attendue parmi A01, /],
    [{ address: { host: '127.0.0.1' }, patient: 'x', event: 'A28' }, 'BAD_FEED', /\/address : le champ « port »/],
    [{ address: { host: '127.0.0.1', port: 70000 }, patient: 'x', event: 'A28' }, 'BAD_FEED', /port : 65535 au plus/],
    [{ address: { host: '127.0.0.1', port: 1 }, patient: 'personne', event: 'A28' }, 'UNKNOWN_PATIENT', /nominal-01/],
    [{ patient: 'x', event: 'A28', domain: 'mairie' }, 'BAD_FEED', /\/domain : forme attendue .*laboratoire\|hopital/],
    [{ patient: 'x', event: 'A28', domain: { oid: 'x' } }, 'BAD_FEED', /domain : le champ « name » manque/],
    [{ patient: 'x', event: 'A28', traits: { birthDate: '5/1/70' } }, 'BAD_FEED', /birthDate : forme attendue/],
    [{ patient: 'x', event: 'A28', fields: {} }, 'BAD_FEED', /« fields » n'existe pas/],
    [{ address: { host: '127.0.0.1', port: 1 }, patient: 'nominal-01', event: 'A40' }, 'BAD_FEED', /« merge »/],
  ])('refuses %j with 400 and says why', async (body, code, detail) => {
    const { journal, post } = await bench();
    const { status, document } = await post(body);
    const error = document['error'] as { code: string; message: string; details: string[] };
    expect([status, error.code]).toEqual([400, code]);
    expect(error.details.join('\n')).toMatch(detail);
    expect(journal.list()).toEqual([]);
  });
});
