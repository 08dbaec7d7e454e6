import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { StreamExchange } from '#formats/exchange/index.ts';
import { encodeHl7, frameMllp, mllpReader, segment } from '#formats/hl7v2/index.ts';
import { dial, msa, nextAck, oru, start } from './wire.fixture.ts';

const VT = Buffer.of(0x0b);
const MIB = 1024 * 1024;
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');
const text = (message: Uint8Array): string => Buffer.from(message).toString('utf8');
/** A message made from a good one. */
const made = (id: string, change: (whole: string) => string): Buffer => {
  const whole = text(oru({ id }));
  const changed = change(whole);
  if (changed === whole) throw new Error('nothing was changed');
  return bytes(changed);
};

async function closing(socket: Socket): Promise<void> {
  socket.resume();
  if (!socket.closed) await once(socket, 'close');
}

/** Code, control id and error of the answer. */
async function answered(socket: Socket): Promise<readonly string[]> {
  const ack = await nextAck(socket);
  const err = segment(ack, 'ERR')?.fields;
  const [code = '', about = ''] = msa(ack);
  return [code, about, (err?.[3] ?? '').split('^')[0] ?? '', (err?.[5] ?? '').split('^')[0] ?? ''];
}

describe('framing', () => {
  it('outside a block closes the connection and is journaled', async () => {
    const { context, socket } = await start();
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await closing(socket);
    expect(context.journal.list()[0]).toMatchObject({ operation: 'mllp-illisible', expected: false });
  });

  it('without end of block: journaled with what was received and answered AR, when the sender leaves', async () => {
    const { context, socket } = await start();
    const message = oru({ id: 'NOEND' });
    socket.end(Buffer.concat([VT, message]));
    expect(await answered(socket)).toEqual(['AR', 'NOEND', '100', '']);
    await closing(socket);
    const [exchange] = context.journal.list() as readonly StreamExchange[];
    expect(exchange?.outcome).toContain('jamais été terminé');
    expect(exchange?.received).toEqual(message.slice(0, 4096));
  });

  it('without end of block, and the sender who resets: journaled all the same', async () => {
    const { context, socket } = await start();
    socket.write(Buffer.concat([VT, oru({ id: 'RESET' })]), () => socket.resetAndDestroy());
    await expect.poll(() => context.journal.list()[0]?.outcome ?? '').toContain('jamais été terminé');
  });

  it('without end of block, and silence: closed after a while, the message being told', async () => {
    const { context, socket } = await start({}, { stalledMs: 30 });
    socket.write(Buffer.concat([VT, oru({ id: 'SILENT' })]));
    expect(await answered(socket)).toEqual(['AR', 'SILENT', '100', '']);
    await closing(socket);
    expect(context.journal.list()[0]?.outcome).toContain('jamais été terminé');
  });

  it('a block that begins inside another is not taken for its end', async () => {
    const { context, socket } = await start();
    socket.write(Buffer.concat([VT, oru({ id: 'FIRST' }), frameMllp(oru({ id: 'SECOND' }))]));
    expect(await answered(socket)).toEqual(['AR', 'FIRST', '100', '']);
    await closing(socket);
    expect(context.journal.list()[0]?.outcome).toContain('commence avant la fin du précédent');
  });

  it('byte by byte, and three messages in one write', async () => {
    const { context, socket } = await start();
    socket.setNoDelay(true);
    const slow = frameMllp(oru({ id: 'SLOW' }));
    for (const byte of slow) socket.write(Uint8Array.of(byte));
    expect(await answered(socket)).toEqual(['AA', 'SLOW', '', '']);
    socket.end(Buffer.concat(['A', 'B', 'C'].map((id) => frameMllp(oru({ id })))));
    const reader = mllpReader();
    const acks: string[] = [];
    for await (const chunk of socket as AsyncIterable<Buffer>) acks.push(...reader.push(chunk).messages.map(text));
    expect(acks.map((ack) => /MSA\|AA\|(\w+)/.exec(ack)?.[1])).toEqual(['A', 'B', 'C']);
    expect(context.journal.list()).toHaveLength(4);
  });

  it('a sender that ends its side at once is answered, even late', async () => {
    const { context, socket } = await start();
    context.situations.set({ service: 'hl7', situation: 'accuse-tardif', parameters: { delayMs: 20 } });
    socket.end(frameMllp(oru({ id: 'LATE' })));
    expect(await answered(socket)).toEqual(['AA', 'LATE', '', '']);
  });
});

describe('size', () => {
  it('above the limit is answered AR under its own number, then the connection closes', async () => {
    const { context, socket } = await start({}, { maxBytes: 5000 });
    socket.write(Buffer.concat([VT, oru({ id: 'LARGE' }), Buffer.alloc(100_000, 65)]));
    expect(await answered(socket)).toEqual(['AR', 'LARGE', '207', '']);
    await closing(socket);
    const [exchange] = context.journal.list() as readonly StreamExchange[];
    expect(exchange?.outcome).toMatch(/dépasse 5000 octets/);
    expect(exchange?.received.length).toBeLessThanOrEqual(4096);
  });

  it('of 100 MB: refused without being kept, the others being answered meanwhile', async () => {
    const { context, service, socket } = await start();
    const other = await dial(service);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const piece = Buffer.alloc(MIB, 65);
    socket.write(Buffer.concat([VT, oru({ id: 'HUGE' })]));
    for (let sent = 0; sent < 100 && !socket.destroyed; sent += 1) {
      if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      if (sent === 20) {
        other.write(frameMllp(oru({ id: 'OTHER' })));
        expect(await answered(other)).toEqual(['AA', 'OTHER', '', '']);
      }
    }
    expect(await answered(socket)).toEqual(['AR', 'HUGE', '207', '']);
    socket.destroy();
    expect(most).toBeLessThan(200 * MIB);
    expect(context.journal.list().map(({ outcome }) => outcome)).toEqual([
      'acquitté AA',
      expect.stringContaining('dépasse'),
    ]);
  }, 60_000);

  it('a sender that does not wait for its answers is held back', async () => {
    const { context, service, socket } = await start();
    context.situations.set({ service: 'hl7', situation: 'accuse-tardif', parameters: { delayMs: 600_000 }, times: 1 });
    socket.write(frameMllp(oru({ id: 'WAITED' })));
    const flood = frameMllp(Buffer.concat([oru({ id: 'FLOOD' }), bytes(`NTE|1||${'x'.repeat(MIB)}\r`)]));
    let held = false;
    for (let sent = 0; sent < 100 && !held; sent += 1) {
      held = !socket.write(flood) && !(await drained(socket));
    }
    expect(held).toBe(true);
    const other = await dial(service);
    other.write(frameMllp(oru({ id: 'OTHER' })));
    expect(await answered(other)).toEqual(['AA', 'OTHER', '', '']);
  });

  it('messages begun on several connections are bounded together', async () => {
    const { context, service, socket } = await start({}, { maxHeldBytes: 30_000 });
    const half = (id: string) => Buffer.concat([VT, oru({ id }), Buffer.alloc(10_000, 65)]);
    const other = await dial(service);
    socket.write(half('FIRST'));
    // The first one is known to have been read when a message sent after it on a third connection is answered.
    const third = await dial(service);
    third.write(frameMllp(oru({ id: 'THIRD' })));
    expect(await answered(third)).toEqual(['AA', 'THIRD', '', '']);
    other.write(half('SECOND'));
    expect(await answered(other)).toEqual(['AR', 'SECOND', '207', '']);
    await closing(other);
    expect(context.journal.list().at(-1)?.outcome).toContain('Trop de messages commencés');
    // What was given up counts no more.
    third.write(frameMllp(oru({ id: 'NEXT' })));
    expect(await answered(third)).toEqual(['AA', 'NEXT', '', '']);
  });

  it('connections above the limit are told in the journal', async () => {
    const { context, service, socket } = await start({}, { maxConnections: 1 });
    const { host, port } = service.addresses.mllp;
    expect([host, port]).toEqual([socket.remoteAddress, socket.remotePort]);
    await closing(await dial(service));
    expect(context.journal.list()[0]?.outcome).toContain('trop de connexions');
    socket.write(frameMllp(oru({ id: 'KEPT' })));
    expect(await answered(socket)).toEqual(['AA', 'KEPT', '', '']);
  });
});

/** Whether the other side read what was written, within a moment. */
async function drained(socket: Socket): Promise<boolean> {
  const signal = AbortSignal.timeout(300);
  return once(socket, 'drain', { signal }).then(
    () => true,
    () => false,
  );
}

describe('content', () => {
  const hostile: readonly (readonly [
    what: string,
    message: (id: string) => Uint8Array,
    code: string,
    error: string,
  ])[] = [
    ['separators that are not five', (id) => made(id, (whole) => whole.replace('|^~\\&|', '|^^\\&|')), 'AR', '102'],
    ['no MSH', () => bytes('PID|1||x\r'), 'AR', '100'],
    ['characters that are not those of MSH-18', (id) => latin(id, 'UNICODE UTF-8'), 'AR', '102'],
    ['characters that have no name', (id) => made(id, (whole) => whole.replace('UNICODE UTF-8', 'ROT13')), 'AR', '102'],
    ['base64 folded into lines', (id) => made(id, (whole) => whole.replace(/(Base64\^.{76})/, '$1\r\n')), 'AE', '100'],
    ['base64 that is none', (id) => made(id, (whole) => whole.replace(/Base64\^\w/, 'Base64^*')), 'AE', '102'],
    [
      'a CDA that is not well formed',
      (id) => made(id, (whole) => whole.replace(/Base64\^[^|]+/, `Base64^${bytes('<a><b></a>').toString('base64')}`)),
      'AE',
      '102',
    ],
    ['a document that is no ED', (id) => made(id, (whole) => whole.replace('OBX|1|ED', 'OBX|1|ST')), 'AE', '100'],
    [
      'a segment cut in the middle',
      (id) => made(id, (whole) => whole.slice(0, whole.indexOf('MASQUE_PS'))),
      'AE',
      '101',
    ],
    [
      'an event that does not exist',
      (id) => made(id, (whole) => whole.replace('ORU^R01^ORU_R01', 'ORU^R77')),
      'AE',
      '201',
    ],
  ];

  it.each(hostile)(
    '%s: refused under its own number, and the connection goes on',
    async (_what, message, code, error) => {
      const { socket } = await start();
      const raw = message('HOSTILE');
      socket.write(frameMllp(raw));
      const readable = text(raw).startsWith('MSH|^~');
      expect((await answered(socket)).slice(0, 3)).toEqual([code, readable ? 'HOSTILE' : '', error]);
      socket.write(frameMllp(oru({ id: 'NEXT' })));
      expect(await answered(socket)).toEqual(['AA', 'NEXT', '', '']);
    },
  );

  const allowed: readonly (readonly [what: string, message: (id: string) => Uint8Array])[] = [
    ['characters of 8859/1', (id) => latin(id, '8859/1')],
    ['characters of 8859/15', (id) => latin(id, '8859/15')],
    ['other separators', (id) => made(id, otherSeparators)],
    ['segments ended by LF', (id) => made(id, (whole) => whole.replaceAll('\r', '\n'))],
    ['segments ended by CRLF', (id) => made(id, (whole) => whole.replaceAll('\r', '\r\n'))],
    [
      'escapes',
      (id) => made(id, (whole) => whole.replace('^x^MetaDMPMSS', '^a\\F\\b\\X0D\\c\\.br\\d\\E\\\\T\\^MetaDMPMSS')),
    ],
    ['a Z segment, fields after the last known, and empty fields', (id) => made(id, extended)],
    ['a segment that is not ended', (id) => made(id, (whole) => whole.slice(0, -1))],
  ];

  it.each(allowed)('%s: accepted', async (_what, message) => {
    const { context, socket } = await start();
    socket.write(frameMllp(message('ALLOWED')));
    expect(await answered(socket)).toEqual(['AA', 'ALLOWED', '', '']);
    expect(context.journal.list()[0]).toMatchObject({ expected: true });
  });

  it('says where the characters are wrong, and where a field is cut', async () => {
    const { context, socket } = await start();
    socket.write(frameMllp(latin('A', 'UNICODE UTF-8')));
    await nextAck(socket);
    socket.write(frameMllp(made('B', (whole) => whole.replace(/(Base64\^.{76})/, '$1\r\n'))));
    await nextAck(socket);
    expect(context.journal.list().map(({ outcome }) => outcome)).toEqual([
      expect.stringContaining('à partir du segment 2 (PID)'),
      expect.stringContaining('coupe-t-il un champ de OBX'),
    ]);
  });
});

function latin(id: string, named: string): Uint8Array {
  return encodeHl7(text(oru({ id })).replace('UNICODE UTF-8', named), 'iso-8859-1');
}

function otherSeparators(whole: string): string {
  const other = new Map([
    ['|', '#'],
    ['^', '!'],
    ['~', '*'],
    ['\\', '?'],
    ['&', '%'],
  ]);
  return Array.from(whole, (character) => other.get(character) ?? character).join('');
}

function extended(whole: string): string {
  return whole.replace('\rORC|', '||||||\rZXX|1|à nous\rORC|');
}
