import { createHash } from 'node:crypto';
import type { AnnuaireDesk } from '../types.ts';

/** What tells one state of a file from another. */
export interface Version {
  readonly tag: string;
  /** Milliseconds, whole seconds. */
  readonly modifiedAt: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * @param file what is asked, parameters included
 * @param ageDays days since the file was made
 */
export function versionOf({ book }: AnnuaireDesk, file: string, ageDays = 0): Version {
  const state = `${file} ${book.day} ${book.revision} ${book.changedAt.toISOString()}`;
  const tag = `"${createHash('sha256').update(state).digest('hex').slice(0, 24)}"`;
  const modifiedAt = Math.floor(book.changedAt.getTime() / 1000) * 1000 - ageDays * 86_400_000;
  const headers = { ETag: tag, 'Last-Modified': new Date(modifiedAt).toUTCString(), 'Accept-Ranges': 'none' };
  return { tag, modifiedAt, headers };
}

/** Whether who asks already has this version: `If-None-Match` first, else `If-Modified-Since` (RFC 9110 §13.1). */
export function isCurrent(request: Request, { tag, modifiedAt }: Version): boolean {
  const tags = request.headers.get('if-none-match');
  if (tags !== null) return tags.split(',').some((one) => ['*', tag].includes(one.trim().replace(/^W\//u, '')));
  const since = Date.parse(request.headers.get('if-modified-since') ?? '');
  return !Number.isNaN(since) && modifiedAt <= since;
}
