import { sql, type Kysely } from 'kysely';
import { expect, it } from 'vitest';
import { join } from 'node:path';
import { appendAudit, lastAuditHash, verifyAudit, type AuditLine } from './audit.ts';
import { onBothStores, type Places } from './both-stores.fixture.ts';
import { openPostgres } from './postgres.ts';
import type { Schema } from './schema.ts';
import { openSqlite } from './sqlite.ts';

const line = (detail: string): AuditLine => ({
  at: '2026-02-03T10:00:00.000Z',
  actor: 'camille',
  action: 'essai',
  subject: 'S',
  detail,
  before: '{"a":1}',
  after: null,
});

async function open(place: Places): Promise<Kysely<Schema>> {
  const { dataDir, url } = await place();
  return url === undefined ? openSqlite(join(dataDir, 'suivi.sqlite')) : openPostgres(url);
}

onBothStores('the audit', (place) => {
  it('is a chain that holds, refuses to be rewritten, and shows where somebody cut it', async () => {
    const db = await open(place);
    const add = (...details: readonly string[]) =>
      db.transaction().execute((trx) => appendAudit(trx, details.map(line)));
    await add('un', 'deux');
    await add('trois');
    expect(await verifyAudit(db)).toBeUndefined();
    await expect(db.updateTable('audit').set({ detail: 'autre' }).execute()).rejects.toThrow(/append-only/u);
    await expect(db.deleteFrom('audit').execute()).rejects.toThrow(/append-only/u);
    const before = await lastAuditHash(db);
    // Somebody who owns the store may take the triggers away: the chain then tells.
    const drop = ['DROP TRIGGER audit_is_never_changed', 'DROP TRIGGER IF EXISTS audit_is_never_deleted'];
    const isPostgres = (await place()).url !== undefined;
    for (const one of drop) await sql.raw(isPostgres ? `${one} ON audit` : one).execute(db);
    await db.updateTable('audit').set({ detail: 'autre' }).where('detail', '=', 'deux').execute();
    expect((await verifyAudit(db))?.reason).toMatch(/ligne 2 /u);
    await db.updateTable('audit').set({ detail: 'deux' }).where('detail', '=', 'autre').execute();
    expect(await verifyAudit(db)).toBeUndefined();
    await db.deleteFrom('audit').where('detail', '=', 'un').execute();
    expect((await verifyAudit(db))?.reason).toMatch(/ligne 2 /u);
    expect(await lastAuditHash(db)).toBe(before);
    await db.destroy();
  });

  it('stays a chain when many write at once', async () => {
    const db = await open(place);
    await Promise.all(
      Array.from({ length: 25 }, (_, rank) =>
        db.transaction().execute((trx) => appendAudit(trx, [line(`n° ${rank}`)])),
      ),
    );
    expect(await verifyAudit(db)).toBeUndefined();
    expect(await db.selectFrom('audit').select('id').execute()).toHaveLength(25);
    await db.destroy();
  });

  it('takes what a transaction tells only if the transaction does', async () => {
    const db = await open(place);
    await expect(
      db.transaction().execute(async (trx) => {
        await appendAudit(trx, [line('perdu')]);
        throw new Error('arrêt');
      }),
    ).rejects.toThrow('arrêt');
    expect(await lastAuditHash(db)).toBe('');
    await db.destroy();
  });
});
