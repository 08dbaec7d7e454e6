import type { Order, VendorProduct } from '../orders/types.ts';

/** Why no product of the vendor answers for an order, or that several do. */
export type NoProduct = 'no-product' | 'several-products';

/**
 * The product under whose file an order falls: same couloir and wave, then same name, then same version. The version is
 * only asked when the rest does not decide: an order signed early often names the version before.
 */
export function productOf(order: Order, products: readonly VendorProduct[]): VendorProduct | NoProduct {
  const sameDsr = products.filter(({ couloir, wave }) => couloir === order.couloir && wave === order.wave);
  const named = narrowed(sameDsr, ({ name }) => plain(name) === plain(order.product.name));
  const [first, ...others] = narrowed(named, ({ version }) => plain(version) === plain(order.product.version));
  if (first === undefined) return 'no-product';
  return others.length > 0 ? 'several-products' : first;
}

/** Those that match, or all when none does. */
function narrowed(products: readonly VendorProduct[], matches: (product: VendorProduct) => boolean) {
  const kept = products.filter(matches);
  return kept.length > 0 ? kept : products;
}

function plain(text: string): string {
  return text.trim().toLocaleLowerCase('fr');
}
