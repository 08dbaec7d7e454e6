import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { cents } from '#dsr/money/index.ts';
import type { PaymentRequest, StatusChange } from '../asp/types.ts';
import { orderOf } from '../orders/orders.fixture.ts';
import { openTracker, type Tracker } from './index.ts';
import { MIGRATIONS } from './migrations.ts';
import { SQLITE_SPELLING } from './sqlite.ts';

const AT = '2026-03-01T10:00:00.000Z';
const AUTHOR = { at: AT, by: 'essai' };
const folder = (): string => mkdtempSync(join(tmpdir(), 'jalon-carnet-'));
const change = (status: StatusChange['status'], at = AT, note?: string): StatusChange => ({
  status,
  at,
  by: 'essai',
  ...(note === undefined ? {} : { note }),
});

function requestOf(id: string, order: string, ...history: readonly StatusChange[]): PaymentRequest {
  return {
    id,
    kind: 'avance',
    order,
    requested: cents(988_200),
    layout: { name: 'avance', version: '0.1.0', proposed: true },
    json: { file: `${id}.json`, sha256: 'a', history },
    zip: { file: `${id}.zip`, sha256: 'b', history: [change('preparee')] },
  };
}

async function audit(dataDir: string): Promise<readonly Record<string, unknown>[]> {
  const raw = new DatabaseSync(join(dataDir, 'suivi.sqlite'));
  const rows = raw.prepare('SELECT actor, action, subject, detail FROM audit ORDER BY id').all();
  raw.close();
  return rows;
}

async function opened(): Promise<{ readonly dataDir: string; readonly tracker: Tracker }> {
  const dataDir = folder();
  return { dataDir, tracker: await openTracker({ dataDir }) };
}

describe('the book of orders', () => {
  it('keeps orders, tells what an import changed, and audits it before and after', async () => {
    const { dataDir, tracker } = await opened();
    const first = orderOf();
    const second = orderOf({ number: 'BC-2', instance: 'INST-2', sites: [] });
    expect(await tracker.importOrders([second, first], AUTHOR)).toEqual({
      added: ['BC-2', 'BC-1'],
      changed: [],
      unchanged: [],
    });
    const { signedOn: _, ...unsigned } = first;
    expect(await tracker.importOrders([unsigned, second], AUTHOR)).toEqual({
      added: [],
      changed: ['BC-1'],
      unchanged: ['BC-2'],
    });
    await tracker.close();
    const again = await openTracker({ dataDir });
    expect(await again.orders()).toEqual([unsigned, second]);
    expect(await again.order('BC-2')).toEqual(second);
    expect(await again.order('BC-3')).toBeUndefined();
    await again.close();
    const rows = await audit(dataDir);
    expect(rows.map(({ action, subject }) => [action, subject])).toEqual([
      ['bon de commande ajouté', 'BC-2'],
      ['bon de commande ajouté', 'BC-1'],
      ['bon de commande modifié', 'BC-1'],
    ]);
    expect(rows[2]).toMatchObject({ actor: 'essai', detail: '{"signedOn":["2022-02-01",null]}' });
  });

  it('takes ten thousand orders at once', async () => {
    const { tracker } = await opened();
    const all = Array.from({ length: 10_000 }, (_, index) =>
      orderOf({ number: `BC-${String(index).padStart(5, '0')}`, instance: `I-${index}` }),
    );
    expect((await tracker.importOrders(all, AUTHOR)).added).toHaveLength(10_000);
    expect(await tracker.orders()).toEqual(all);
    expect((await tracker.importOrders(all, AUTHOR)).unchanged).toHaveLength(10_000);
    const requests = all.map(({ number }) => requestOf(`avance.${number}`, number, change('preparee')));
    await tracker.putPaymentRequests(requests, AUTHOR);
    expect(await tracker.paymentRequests()).toHaveLength(10_000);
    await tracker.close();
  });

  it('brings a tracker of the second schema up to date and keeps what it holds', async () => {
    const dataDir = folder();
    const raw = new DatabaseSync(join(dataDir, 'suivi.sqlite'));
    for (const migration of MIGRATIONS.slice(0, 2)) raw.exec(migration(SQLITE_SPELLING));
    raw.exec('PRAGMA user_version = 2');
    raw.prepare('INSERT INTO rem VALUES (?, ?)').run('x', '{}');
    raw.close();
    const tracker = await openTracker({ dataDir });
    await tracker.importOrders([orderOf()], AUTHOR);
    expect(await tracker.orders()).toHaveLength(1);
    await tracker.close();
    const after = new DatabaseSync(join(dataDir, 'suivi.sqlite'));
    expect(after.prepare('SELECT sha256 FROM rem').all()).toHaveLength(1);
    after.close();
  });
});

describe('requests for payment', () => {
  it('are kept whole with both histories, oldest first, and found by order', async () => {
    const { tracker } = await opened();
    const { zip: _, ...alone } = requestOf('b', 'BC-2', change('preparee'), change('deposee', AT, 'portail'));
    const first = requestOf('c', 'BC-1', change('preparee'));
    await tracker.putPaymentRequests([first], AUTHOR);
    await tracker.putPaymentRequests([alone], { ...AUTHOR, at: '2026-03-02T10:00:00.000Z' });
    expect(await tracker.paymentRequests()).toEqual([first, alone]);
    expect(await tracker.paymentRequests('BC-2')).toEqual([alone]);
    expect(await tracker.paymentRequests('BC-9')).toEqual([]);
    await tracker.close();
  });

  it('grow by one status at a time, audited, each file for itself', async () => {
    const { dataDir, tracker } = await opened();
    await tracker.putPaymentRequests([requestOf('a', 'BC-1', change('preparee'))], AUTHOR);
    await tracker.appendStatus('a', 'json', change('deposee', '2026-03-02T10:00:00.000Z'));
    const after = await tracker.appendStatus('a', 'zip', change('deposee', '2026-03-03T10:00:00.000Z', 'à la main'));
    expect(await tracker.paymentRequests()).toEqual([after]);
    expect(after.json.history.map(({ status }) => status)).toEqual(['preparee', 'deposee']);
    await tracker.close();
    expect((await audit(dataDir)).map(({ action, detail }) => `${String(action)} : ${String(detail)}`)).toEqual([
      'demande d’avance, json : rien → preparee',
      'demande d’avance, zip : rien → preparee',
      'demande d’avance, json : preparee → deposee',
      'demande d’avance, zip : preparee → deposee : à la main',
    ]);
  });

  it('are replaced, their histories going on from what is kept', async () => {
    const { dataDir, tracker } = await opened();
    const before = requestOf('a', 'BC-1', change('preparee'));
    await tracker.putPaymentRequests([before], AUTHOR);
    const after: PaymentRequest = {
      ...before,
      aspReference: 'ASP-7',
      json: { file: 'autre.json', sha256: 'c', history: [...before.json.history, change('deposee')] },
    };
    await tracker.putPaymentRequests([after], AUTHOR);
    expect(await tracker.paymentRequests()).toEqual([after]);
    await expect(tracker.putPaymentRequests([before], AUTHOR)).rejects.toMatchObject({ code: 'REQUEST_STALE' });
    const rewritten = { ...after, json: { ...after.json, history: [change('validee'), change('deposee')] } };
    const fresh = requestOf('z', 'BC-1', change('preparee'));
    await expect(tracker.putPaymentRequests([fresh, rewritten], AUTHOR)).rejects.toMatchObject({
      code: 'REQUEST_STALE',
    });
    const { zip: _, ...without } = after;
    await expect(tracker.putPaymentRequests([without], AUTHOR)).rejects.toMatchObject({ code: 'REQUEST_STALE' });
    expect(await tracker.paymentRequests()).toEqual([after]);
    await tracker.close();
    const actions = (await audit(dataDir)).map(({ action }) => action);
    expect(actions).toEqual([
      'demande d’avance, json',
      'demande d’avance, zip',
      'demande d’avance, json',
      'demande de paiement modifiée',
    ]);
  });

  it('are unknown, or have no zip', async () => {
    const { tracker } = await opened();
    const { zip: _, ...alone } = requestOf('a', 'BC-1', change('preparee'));
    await tracker.putPaymentRequests([alone], AUTHOR);
    const unknown = { code: 'REQUEST_UNKNOWN' };
    await expect(tracker.appendStatus('z', 'json', change('deposee'))).rejects.toMatchObject(unknown);
    await expect(tracker.appendStatus('a', 'zip', change('deposee'))).rejects.toMatchObject(unknown);
    await tracker.close();
  });

  it('never have their statuses rewritten', async () => {
    const { dataDir, tracker } = await opened();
    await tracker.putPaymentRequests([requestOf('a', 'BC-1', change('preparee'))], AUTHOR);
    await tracker.close();
    const raw = new DatabaseSync(join(dataDir, 'suivi.sqlite'));
    expect(() => raw.exec("UPDATE deposit_status SET status = 'validee'")).toThrow('append-only');
    expect(() => raw.exec('DELETE FROM deposit_status')).toThrow('append-only');
    raw.close();
  });
});
