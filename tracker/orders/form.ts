import { eurosText, type Amounts, type Cents } from '#dsr/money/index.ts';
import { COLUMNS } from './columns.ts';
import type { Amendment, AttachmentKind, Order } from './types.ts';

/** An order as JSON is read and written: levels are the dots of the column names, amounts are euros. */
export type OrderForm = Readonly<Record<string, unknown>>;

/**
 * An order in the published form: what `readOrderJson` reads back as the same order. Amounts are texts of euros with two
 * decimals, so that no reader's float decides.
 */
export function orderForm(order: Order): OrderForm {
  const { amounts, amendments, invoice, attachments, sites, ...plain } = order;
  return {
    ...plain,
    sites: sites.map(({ finess, name }) => (name === undefined ? finess : { finess, name })),
    amounts: { ...euros(amounts), vatRate: rateText(amounts.vatRate) },
    amendments: amendments.map(amendmentForm),
    ...(invoice === undefined ? {} : { invoice: invoiceForm(invoice) }),
    files: filesForm(attachments),
  };
}

const euros = ({ ht, ttc }: Amounts) => ({ ht: eurosText(ht), ttc: eurosText(ttc) });

/** In per cent, as the column takes it. @param rate in ten-thousandths */
function rateText(rate: number): string {
  return eurosText(rate as Cents).replace(/\.?0+$/u, '');
}

function amendmentForm({ amounts, ...plain }: Amendment) {
  return { ...plain, ...(amounts === undefined ? {} : euros(amounts)) };
}

function invoiceForm({ amounts, ...plain }: NonNullable<Order['invoice']>) {
  return { ...plain, ...euros(amounts) };
}

function filesForm(attachments: Order['attachments']) {
  const of = (...kinds: readonly AttachmentKind[]) => attachments.filter(({ kind }) => kinds.includes(kind));
  const paths = (name: string, ...kinds: readonly AttachmentKind[]) =>
    of(...kinds).length === 0 ? {} : { [name]: of(...kinds).map(({ path }) => path) };
  const signed = (name: string, ...kinds: readonly AttachmentKind[]) =>
    of(...kinds).length === 0 ? {} : { [name]: of(...kinds).every((one) => one.signed) };
  return {
    ...paths('quote', 'quote'),
    ...paths('order', 'order'),
    ...signed('orderSigned', 'order'),
    ...paths('invoice', 'invoice'),
    ...paths('acceptance', 'va', 'mom'),
    ...signed('acceptanceSigned', 'va', 'mom'),
    ...paths('other', 'other'),
  };
}

/** The example of the template in JSON. */
export function exampleForm(): OrderForm {
  const form: Record<string, unknown> = {};
  for (const { name, kind, example } of COLUMNS) {
    if (example === '') continue;
    const levels = name.split('.');
    const last = levels.pop() ?? '';
    let level = form;
    for (const each of levels) level = (level[each] ??= {}) as Record<string, unknown>;
    level[last] = exampleValue(kind, example);
  }
  return form;
}

function exampleValue(kind: string, example: string): unknown {
  if (kind === 'yes-no') return example === 'oui';
  if (kind === 'sites') return example.split(' ');
  return kind === 'euros' ? example.replace(',', '.') : example;
}
