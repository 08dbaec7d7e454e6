import { writeSync } from 'node:fs';
import { orderOf } from '../orders/orders.fixture.ts';
import { openTracker } from './index.ts';

/**
 * Changes the same many orders in one transaction after the other, and says each one before and after: whoever kills it knows
 * which one it was in. Arguments: folder, prefix of the orders, how many transactions (0: without end), address of the database.
 */
const [dataDir = '', prefix = '', times = '0', url] = process.argv.slice(2);
const ROWS = 400;
const tracker = await openTracker({ dataDir, ...(url === undefined ? {} : { url }) });
const former = (await tracker.order(`${prefix}-0`))?.product.version;
const first = Number(former ?? 0) + 1;
for (let rank = first; Number(times) === 0 || rank < first + Number(times); rank += 1) {
  const orders = Array.from({ length: ROWS }, (_, index) =>
    orderOf({
      number: `${prefix}-${index}`,
      instance: `${prefix}-${index}`,
      product: { name: 'Labo', version: String(rank) },
    }),
  );
  writeSync(1, `begun ${rank}\n`);
  await tracker.importOrders(orders, { by: 'camille', at: '2026-02-03T10:00:00.000Z' });
  writeSync(1, `done ${rank}\n`);
}
await tracker.close();
