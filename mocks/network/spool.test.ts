import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'node:https';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { createJournal, readJournal } from '../journal/index.ts';
import { closeListeners, onlyHttp, start } from './listener.fixture.ts';
import { currentExchange } from './current-exchange.ts';

const MB = 1024 * 1024;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jalon-spool-'));
});
afterEach(async () => {
  await closeListeners();
  rmSync(folder, { recursive: true, force: true });
});

const body = Buffer.alloc(3 * MB, 'abcdefgh');
const arriving = (): string[] => readdirSync(folder).filter((name) => name.startsWith('recu-'));

describe('a large body', () => {
  it('goes to disk as it arrives, is read by the handler and by what comes later, and is the one of the journal', async () => {
    let later: (() => Uint8Array) | undefined;
    let streamed = 0;
    const journal = createJournal({ folder });
    const handler = http.post('/x', async ({ request: received }) => {
      const { rawBody } = currentExchange();
      expect(arriving()).toHaveLength(1);
      expect(journal.list()).toEqual([]);
      later = currentExchange().later?.(rawBody.subarray(MB, MB + 8));
      streamed = (await received.arrayBuffer()).byteLength;
      return new HttpResponse(String(rawBody.length));
    });
    const { call } = await start({ handlers: [handler] }, { journal });
    expect((await call('/x', { body })).body.toString()).toBe(String(body.length));
    expect(streamed).toBe(body.length);
    expect(arriving()).toEqual([]);
    expect(Buffer.from(onlyHttp(journal.list()).request.body).equals(body)).toBe(true);
    expect(Buffer.from(later?.() ?? []).toString()).toBe('abcdefgh');
    const [again] = readJournal(folder).exchanges as readonly HttpExchange[];
    expect(Buffer.from(again?.request.body ?? []).equals(body)).toBe(true);
    expect(readJournal(folder).problems).toEqual([]);
  });

  it('that nobody serves is kept all the same', async () => {
    const journal = createJournal({ folder });
    const { call } = await start({ handlers: [] }, { journal });
    expect((await call('/y', { body })).status).toBe(404);
    expect(onlyHttp(journal.list()).request.body).toHaveLength(body.length);
  });

  it('above the limit leaves its first bytes and no file', async () => {
    const journal = createJournal({ folder });
    const { call } = await start({ handlers: [], maxBodyBytes: MB }, { journal });
    expect((await call('/x', { body })).status).toBe(413);
    expect(onlyHttp(journal.list()).request.body).toHaveLength(64 * 1024);
    expect(arriving()).toEqual([]);
  });

  it('cut by its sender leaves its first bytes and no file', async () => {
    const journal = createJournal({ folder });
    const { listener, pki } = await start({ handlers: [] }, { journal });
    const sent = request(`${listener.origin}/x`, {
      method: 'POST',
      agent: false,
      ca: pki.caPem,
      headers: { 'content-length': 5 * MB },
    });
    sent.on('error', () => undefined);
    sent.write(body, () => sent.destroy());
    const exchange = await journal.waitFor({ service: 'insi' }, 5000);
    expect(exchange.outcome).toMatch(/interrompue par le client .* seuls ses 65536 premiers octets/);
    expect(arriving()).toEqual([]);
  });

  it('that the disk refuses is told, and never laid to the product', async () => {
    const journal = createJournal({ folder });
    const full = {
      ...journal,
      spool: () => {
        throw new Error('disk full');
      },
    };
    const { call } = await start({ handlers: [] }, { journal: full });
    const answer = await call('/x', { body });
    expect(answer.status).toBe(500);
    expect(answer.body.toString()).toContain('ne peut pas garder cet échange');
    expect(onlyHttp(journal.list()).outcome).toMatch(/erreur du banc, le produit n'est pas en cause : .*disk full/);
  });

  it('whose bench was killed is told when the folder is read', async () => {
    const spool = createJournal({ folder }).spool?.();
    spool?.append(body);
    expect(readJournal(folder).problems).toMatchObject([{ code: 'UNFINISHED', file: arriving()[0] }]);
  });
});
