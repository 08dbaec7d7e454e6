import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exchange, TlsPeer } from '#formats/exchange/index.ts';
import { BenchError, messageOf } from '../errors.ts';

const KEEP_IN_MEMORY = 256 * 1024;

/** Bodies of an exchange by the name of their file. */
function bodies(exchange: Exchange): Readonly<Record<string, Uint8Array>> {
  switch (exchange.protocol) {
    case 'http':
      return {
        request: exchange.request.body,
        ...(exchange.response === undefined ? {} : { response: exchange.response.body }),
      };
    case 'smtp':
      return { source: exchange.source };
    case 'imap':
    case 'mllp':
      return { received: exchange.received, sent: exchange.sent };
    case 'tls':
      return {};
  }
}

/** The exchange with each body replaced by the name of its file, and the peer certificate in base64. */
function describe(exchange: Exchange, files: Readonly<Record<string, string>>): unknown {
  const peer =
    exchange.peer.tls === undefined ? exchange.peer : { ...exchange.peer, tls: describePeer(exchange.peer.tls) };
  switch (exchange.protocol) {
    case 'http':
      return {
        ...exchange,
        peer,
        request: { ...exchange.request, body: files['request'] ?? null },
        ...(exchange.response === undefined
          ? {}
          : { response: { ...exchange.response, body: files['response'] ?? null } }),
      };
    case 'smtp':
      return { ...exchange, peer, source: files['source'] ?? null };
    case 'imap':
    case 'mllp':
      return { ...exchange, peer, received: files['received'] ?? null, sent: files['sent'] ?? null };
    case 'tls':
      return { ...exchange, peer };
  }
}

function describePeer(tls: TlsPeer): unknown {
  return tls.certificate === undefined ? tls : { ...tls, certificate: Buffer.from(tls.certificate).toString('base64') };
}

/** Gives `holder` a property that is read from its file each time it is asked. */
function readLater<Holder extends object>(holder: Holder, key: keyof Holder & string, path: string): Holder {
  return Object.defineProperty(holder, key, { enumerable: true, get: () => new Uint8Array(readFileSync(path)) });
}

/** The same exchange whose bodies above `limit` bytes are read from their file each time they are asked. */
function lighten(exchange: Exchange, paths: Readonly<Record<string, string>>, limit: number): Exchange {
  const large = Object.entries(bodies(exchange)).filter(([, bytes]) => bytes.length > limit);
  if (large.length === 0) return exchange;
  const copy =
    exchange.protocol === 'http'
      ? {
          ...exchange,
          request: { ...exchange.request },
          ...(exchange.response === undefined ? {} : { response: { ...exchange.response } }),
        }
      : { ...exchange };
  for (const [name] of large) {
    const path = paths[name] ?? '';
    if (copy.protocol === 'http' && name === 'request') readLater(copy.request, 'body', path);
    else if (copy.protocol === 'http' && copy.response !== undefined) readLater(copy.response, 'body', path);
    else if (copy.protocol === 'smtp') readLater(copy, 'source', path);
    else if (copy.protocol === 'imap' || copy.protocol === 'mllp') {
      readLater(copy, name === 'received' ? 'received' : 'sent', path);
    }
  }
  return copy;
}

/** File-name part that says what the exchange was, whatever a client put in its path. */
function slug(text: string): string {
  return (
    text
      .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
      .replaceAll(/^[-.]+|[-.]+$/g, '')
      .slice(0, 60) || 'echange'
  );
}

function lastNumber(folder: string): number {
  let last = 0;
  for (const name of readdirSync(folder)) last = Math.max(last, Number(/^(\d+)-/.exec(name)?.[1] ?? 0));
  return last;
}

/**
 * Opens the journal folder; numbers go on after those already there, so that a resumed run keeps what the killed one saw.
 * @throws {BenchError} `JOURNAL_UNWRITABLE`
 */
export function createFolder(folder: string, keepInMemory = KEEP_IN_MEMORY): { write(exchange: Exchange): Exchange } {
  const guard = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      throw new BenchError(
        'JOURNAL_UNWRITABLE',
        `Le journal ne peut pas être écrit dans ${folder} : ${messageOf(error)}`,
        'Vérifier les droits du dossier et la place libre sur le disque.',
        { cause: error },
      );
    }
  };
  let number = guard(() => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return lastNumber(folder);
  });
  return {
    write: (exchange) =>
      guard(() => {
        number += 1;
        const base = `${String(number).padStart(4, '0')}-${exchange.service}-${slug(exchange.operation)}`;
        const files: Record<string, string> = {};
        const paths: Record<string, string> = {};
        for (const [name, bytes] of Object.entries(bodies(exchange))) {
          files[name] = `${base}.${name}.bin`;
          paths[name] = join(folder, files[name]);
          writeFileSync(paths[name], bytes, { mode: 0o600 });
        }
        const target = join(folder, `${base}.json`);
        writeFileSync(`${target}.tmp`, `${JSON.stringify(describe(exchange, files), undefined, 1)}\n`, { mode: 0o600 });
        renameSync(`${target}.tmp`, target);
        return lighten(exchange, paths, keepInMemory);
      }),
  };
}
