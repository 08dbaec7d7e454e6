import { join } from 'node:path';
import type { Exchange } from '#formats/exchange/index.ts';
import { readLater } from './form.ts';

/** A body as a record names it: always a file beside it, whatever was written there. */
const BODY_FILE = /^[\w.-]+\.bin$/;

/**
 * Makes an exchange again from its record: bodies are read from their files each time they are asked.
 * @returns undefined for what is no record of an exchange
 */
export function restore(
  record: unknown,
  folder: string,
): { readonly bodies: readonly string[]; readonly exchange: Exchange } | undefined {
  if (!isRecord(record)) return undefined;
  const bodies: string[] = [];
  const later = (holder: Record<string, unknown>, key: string): boolean => {
    const file = holder[key];
    if (typeof file !== 'string' || !BODY_FILE.test(file)) return false;
    bodies.push(file);
    readLater(holder, key, join(folder, file));
    return true;
  };
  const whole = (): boolean => {
    switch (record['protocol']) {
      case 'http': {
        const { request, response } = record;
        const answered = response === undefined || (isObject(response) && later(response, 'body'));
        return isObject(request) && later(request, 'body') && answered;
      }
      case 'smtp':
        return later(record, 'source');
      case 'imap':
      case 'mllp':
        return later(record, 'received') && later(record, 'sent');
      case 'tls':
        return true;
      default:
        return false;
    }
  };
  if (!whole()) return undefined;
  const { tls } = record.peer;
  if (isObject(tls) && typeof tls['certificate'] === 'string') {
    tls['certificate'] = new Uint8Array(Buffer.from(tls['certificate'], 'base64'));
  }
  // Each part that code relies on was looked at; the rest was written by `describe` of the same folder.
  return { bodies, exchange: record as unknown as Exchange };
}

type RawRecord = Record<string, unknown> & { readonly peer: Record<string, unknown> };

function isRecord(value: unknown): value is RawRecord {
  return (
    isObject(value) &&
    isObject(value['peer']) &&
    isObject(value['attribution']) &&
    ['id', 'service', 'operation', 'startedAt', 'outcome'].every((key) => typeof value[key] === 'string')
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
