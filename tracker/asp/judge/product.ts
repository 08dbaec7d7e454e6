import { isBefore } from '#dsr/dates/index.ts';
import type { Order, Vendor, VendorProduct } from '../../orders/types.ts';
import { dayInFrench, type Reason } from '../reasons/index.ts';
import { about, type Case } from './case.ts';

/** The product of an order among those of the vendor, under the same DSR. */
export function productOf({ product, couloir, wave }: Order, vendor: Vendor): VendorProduct | undefined {
  return vendor.products.find(
    (one) =>
      one.couloir === couloir &&
      one.wave === wave &&
      plain(one.name) === plain(product.name) &&
      plain(one.version) === plain(product.version),
  );
}

function plain(text: string): string {
  return text.trim().toLocaleLowerCase('fr');
}

/** A request needs a product that the ANS references already. */
export function judgeProduct(given: Pick<Case, 'order' | 'product' | 'vendor' | 'today'>): readonly Reason[] {
  const { order, product, vendor, today } = given;
  const { name, version } = order.product;
  if (product === undefined) {
    const known = vendor.products.map((one) => `${one.name} ${one.version} (${one.couloir} vague ${one.wave})`);
    const { couloir, wave } = order;
    const facts = { name, version, couloir, wave, known: known.join(', ') || 'aucun' };
    return [about(given, 'ASP_PRODUCT_UNKNOWN', 'product', facts)];
  }
  const reasons: Reason[] = [];
  const where = `vendor.products[${vendor.products.indexOf(product)}]`;
  if (product.referencedOn === undefined || isBefore(today, product.referencedOn)) {
    const facts = { name, version, today: dayInFrench(today) };
    reasons.push(about(given, 'ASP_PRODUCT_NOT_REFERENCED', `${where}.referencedOn`, facts));
  }
  if (product.ansReference === undefined) {
    reasons.push(about(given, 'ASP_PRODUCT_REFERENCE', `${where}.ansReference`, { name, version }));
  }
  return reasons;
}
