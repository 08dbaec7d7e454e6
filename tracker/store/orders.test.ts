import { expect, it } from 'vitest';
import { cents } from '#dsr/money/index.ts';
import type { PaymentRequest, StatusChange } from '../asp/types.ts';
import { orderOf } from '../orders/orders.fixture.ts';
import { onBothStores, type Places } from './both-stores.fixture.ts';
import { openTracker, type Tracker, type TrackerPlace } from './index.ts';
import { auditOf, refuseRows, rewritings, withRaw } from './raw.fixture.ts';

const AT = '2026-03-01T10:00:00.000Z';
const AUTHOR = { at: AT, by: 'essai' };
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

async function opened(place: Places): Promise<{ readonly where: TrackerPlace; readonly tracker: Tracker }> {
  const where = await place();
  return { where, tracker: await openTracker(where) };
}

onBothStores('the book of orders', (place) => {
  it('keeps orders, tells what an import changed, and audits it before and after', async () => {
    const { where, tracker } = await opened(place);
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
    const again = await openTracker(where);
    expect(await again.orders()).toEqual([unsigned, second]);
    expect(await again.order('BC-2')).toEqual(second);
    expect(await again.order('BC-3')).toBeUndefined();
    await again.close();
    const rows = await auditOf(where);
    expect(rows.map(({ action, subject }) => [action, subject])).toEqual([
      ['bon de commande ajouté', 'BC-2'],
      ['bon de commande ajouté', 'BC-1'],
      ['bon de commande modifié', 'BC-1'],
    ]);
    expect(rows[2]).toMatchObject({ actor: 'essai', detail: '{"signedOn":["2022-02-01",null]}' });
  });

  it('takes ten thousand orders at once', { timeout: 60_000 }, async () => {
    const { tracker } = await opened(place);
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

  it('keeps all the orders of an import or none of them', async () => {
    const { where, tracker } = await opened(place);
    const all = Array.from({ length: 1_200 }, (_, index) => orderOf({ number: `BC-${index}`, instance: `I-${index}` }));
    await tracker.importOrders([all[0]!], AUTHOR);
    await refuseRows(where, 'audit', "NEW.subject = 'BC-1100'");
    const changed = all.map((order) => ({ ...order, conditionalMention: false }));
    await expect(tracker.importOrders(changed, AUTHOR)).rejects.toThrow('panne');
    expect(await tracker.orders()).toEqual([all[0]]);
    expect(await auditOf(where)).toHaveLength(1);
    await tracker.close();
  });
});

onBothStores('requests for payment', (place) => {
  it('are kept whole with both histories, oldest first, and found by order', async () => {
    const { tracker } = await opened(place);
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
    const { where, tracker } = await opened(place);
    await tracker.putPaymentRequests([requestOf('a', 'BC-1', change('preparee'))], AUTHOR);
    await tracker.appendStatus('a', 'json', change('deposee', '2026-03-02T10:00:00.000Z'));
    const after = await tracker.appendStatus('a', 'zip', change('deposee', '2026-03-03T10:00:00.000Z', 'à la main'));
    expect(await tracker.paymentRequests()).toEqual([after]);
    expect(after.json.history.map(({ status }) => status)).toEqual(['preparee', 'deposee']);
    await tracker.close();
    expect((await auditOf(where)).map(({ action, detail }) => `${String(action)} : ${String(detail)}`)).toEqual([
      'demande d’avance, json : rien → preparee',
      'demande d’avance, zip : rien → preparee',
      'demande d’avance, json : preparee → deposee',
      'demande d’avance, zip : preparee → deposee : à la main',
    ]);
  });

  it('are replaced, their histories going on from what is kept', async () => {
    const { where, tracker } = await opened(place);
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
    const actions = (await auditOf(where)).map(({ action }) => action);
    expect(actions).toEqual([
      'demande d’avance, json',
      'demande d’avance, zip',
      'demande d’avance, json',
      'demande de paiement modifiée',
    ]);
  });

  it('are unknown, or have no zip', async () => {
    const { tracker } = await opened(place);
    const { zip: _, ...alone } = requestOf('a', 'BC-1', change('preparee'));
    await tracker.putPaymentRequests([alone], AUTHOR);
    const unknown = { code: 'REQUEST_UNKNOWN' };
    await expect(tracker.appendStatus('z', 'json', change('deposee'))).rejects.toMatchObject(unknown);
    await expect(tracker.appendStatus('a', 'zip', change('deposee'))).rejects.toMatchObject(unknown);
    await tracker.close();
  });

  it('never have their statuses rewritten', async () => {
    const { where, tracker } = await opened(place);
    await tracker.putPaymentRequests([requestOf('a', 'BC-1', change('preparee'))], AUTHOR);
    await tracker.close();
    const rows = () => withRaw(where, (raw) => raw.rows('SELECT * FROM deposit_status ORDER BY id'));
    const before = await rows();
    expect(before).toHaveLength(2);
    for (const sql of rewritings(where, 'deposit_status', 'status')) {
      await withRaw(where, (raw) => expect(raw.exec(sql), sql).rejects.toThrow('append-only'));
    }
    expect(await rows()).toEqual(before);
  });
});
