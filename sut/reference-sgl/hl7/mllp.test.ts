import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createFrameReader, exchangeMllp, frame, listenMllp, type MllpListener } from './mllp.ts';

const close: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of close.splice(0)) await end();
});

async function listen(answer: (message: Buffer) => Uint8Array): Promise<MllpListener> {
  const listener = await listenMllp({ host: '127.0.0.1', port: 0 }, async (message) => answer(message));
  close.push(() => listener.close());
  return listener;
}

describe('createFrameReader', () => {
  it('finds the messages however the stream is cut', () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.map((byte) => 32 + (byte % 90))));
    fc.assert(
      fc.property(messages, fc.array(fc.nat(60)), (sent, cuts) => {
        const stream = Buffer.concat(sent.map(frame));
        const read = createFrameReader();
        const found: Buffer[] = [];
        let at = 0;
        for (const cut of [...cuts, stream.length]) {
          found.push(...(read(stream.subarray(at, at + cut)) ?? []));
          at += cut;
        }
        expect(found.map(String)).toEqual(sent.map((bytes) => Buffer.from(bytes).toString()));
      }),
    );
  });

  it.each([
    ['text before the mark', Buffer.from('MSH|')],
    ['a mark inside a message', Buffer.from('\u000bMSH\u000b')],
    ['an end without its CR', Buffer.from('\u000bMSH\u001cX')],
  ])('gives up on %s', (_name, bytes) => {
    expect(createFrameReader()(bytes)).toBeUndefined();
  });

  it('gives up on a message without end', () => {
    const read = createFrameReader(10);
    expect(read(Buffer.from('\u000b0123456789'))).toEqual([]);
    expect(read(Buffer.from('0'))).toBeUndefined();
  });
});

describe('sockets', () => {
  it('answers several messages of one connection in order', async () => {
    const { host, port } = await listen((message) => Buffer.from(`<${message.toString()}>`));
    const answers = await new Promise<Buffer[]>((resolve) => {
      const socket = connect({ host, port });
      const read = createFrameReader();
      const all: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => {
        all.push(...(read(chunk) ?? []));
        if (all.length === 2) {
          socket.destroy();
          resolve(all);
        }
      });
      socket.write(Buffer.concat([frame(Buffer.from('un')), frame(Buffer.from('deux'))]));
    });
    expect(answers.map(String)).toEqual(['<un>', '<deux>']);
  });

  it('closes a connection that breaks the framing, and goes on with the others', async () => {
    const { host, port } = await listen((message) => message);
    await new Promise<void>((resolve) => {
      const socket = connect({ host, port }, () => socket.write('GET / HTTP/1.1\r\n'));
      socket.on('error', () => undefined);
      socket.once('close', () => resolve());
      socket.resume();
    });
    const answer = await exchangeMllp({ host, port }, Buffer.from('bonjour'), 5_000);
    expect(answer.toString()).toBe('bonjour');
  });

  const server = async (act: Parameters<typeof createServer>[1]): Promise<{ host: string; port: number }> => {
    const opened: Server = createServer(act);
    await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
    close.push(() => void opened.close());
    return { host: '127.0.0.1', port: (opened.address() as AddressInfo).port };
  };

  it.each([
    ['nobody listens', async () => ({ host: '127.0.0.1', port: 9 }), 'connexion'],
    ['the partner hangs up', () => server((socket) => socket.destroy()), 'coupure'],
    ['the partner does not speak MLLP', () => server((socket) => socket.end('HTTP/1.1 400\r\n')), 'trame'],
    ['the partner says nothing', () => server((socket) => socket.resume()), 'delai'],
  ])('says that %s', async (_name, start, failure) => {
    const address = await start();
    await expect(exchangeMllp(address, Buffer.from('x'), 300)).rejects.toMatchObject({ failure });
  });

  it('can be cut short', async () => {
    const address = await server((socket) => socket.resume());
    const stop = new AbortController();
    const exchange = exchangeMllp(address, Buffer.from('x'), 60_000, stop.signal);
    stop.abort();
    await expect(exchange).rejects.toMatchObject({ failure: 'coupure' });
    await expect(exchangeMllp(address, Buffer.from('x'), 60_000, stop.signal)).rejects.toMatchObject({
      failure: 'coupure',
    });
  });
});
