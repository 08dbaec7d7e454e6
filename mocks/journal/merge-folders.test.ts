import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpExchange, TlsExchange } from '#formats/exchange/index.ts';
import { createJournal, mergeJournals, readJournal } from './index.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jalon-journal-'));
  folders.push(folder);
  return folder;
}

const peer = { address: '127.0.0.1', port: 4000 };
const base = {
  service: 'insi',
  startedAt: '2026-01-05T10:00:00.000Z',
  durationMs: 3,
  attribution: {},
  expected: true,
  outcome: 'répondu 00',
  peer,
} as const;

/** Bodies name the exchange, so that a body given to another one shows. */
function http(id: string): HttpExchange {
  return {
    ...base,
    id,
    operation: `op-${id}`,
    protocol: 'http',
    request: { method: 'POST', url: '/lps', headers: [], body: Buffer.from(`question ${id}`) },
    response: { status: 200, headers: [], body: Buffer.from(`réponse ${id} `.repeat(40_000)) },
  };
}

function journalOf(...ids: readonly string[]): string {
  const folder = newFolder();
  const journal = createJournal({ folder });
  for (const id of ids) journal.record(http(id));
  return folder;
}

describe('journals of several benches', () => {
  it('become one, in the order of the parts, with their bodies; what no part names comes last', () => {
    const [one, two, target] = [journalOf('a', 'b', 'e'), journalOf('c', 'd', 'f'), newFolder()];
    createJournal({ folder: target }).record(http('déjà là'));
    mergeJournals(target, [
      { folder: one, count: 1 },
      { folder: two, count: 2 },
      { folder: one, count: 1 },
    ]);
    const { exchanges, problems } = readJournal(target);
    expect(problems).toEqual([]);
    expect(exchanges.map(({ id }) => id)).toEqual(['déjà là', 'a', 'c', 'd', 'b', 'e', 'f']);
    for (const exchange of exchanges as readonly HttpExchange[]) {
      expect(Buffer.from(exchange.request.body).toString()).toBe(`question ${exchange.id}`);
      expect(Buffer.from(exchange.response?.body ?? []).toString()).toContain(`réponse ${exchange.id} `);
    }
    expect(readdirSync(one)).toEqual([]);
    expect(readdirSync(two)).toEqual([]);
  });

  it('keep the records byte for byte, but for the names of their bodies', () => {
    const [one, target] = [journalOf('a', 'b'), newFolder()];
    createJournal({ folder: target }).record(http('0'));
    const before = readFileSync(join(one, '0002-insi-op-b.json'), 'utf8');
    mergeJournals(target, [{ folder: one, count: Infinity }]);
    expect(readFileSync(join(target, '0003-insi-op-b.json'), 'utf8')).toBe(before.replaceAll('"0002-', '"0003-'));
  });

  it('take an exchange without body, and what a kill left unfinished', () => {
    const [one, target] = [newFolder(), newFolder()];
    const tls: TlsExchange = {
      ...base,
      id: 't',
      operation: 'handshake',
      protocol: 'tls',
      outcome: 'refusé',
      error: 'refusé',
    };
    createJournal({ folder: one }).record(tls);
    writeFileSync(join(one, 'recu-1.part'), 'moitié');
    mergeJournals(target, [{ folder: one, count: 5 }]);
    const { exchanges, problems } = readJournal(target);
    expect(exchanges.map(({ id }) => id)).toEqual(['t']);
    expect(problems).toMatchObject([{ code: 'UNFINISHED', file: 'recu-1.part' }]);
  });

  it('say what cannot be written', () => {
    const file = join(newFolder(), 'fichier');
    writeFileSync(file, '');
    expect(() => mergeJournals(join(file, 'journal'), [])).toThrow(
      expect.objectContaining({ code: 'JOURNAL_UNWRITABLE' }),
    );
  });
});
