import { parseCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import { cents, withVat } from '#dsr/money/index.ts';
import type { Order, VendorProduct } from '../orders/types.ts';

export const day = (text: string): CivilDate => {
  const date = parseCivilDate(text);
  if (date === undefined) throw new Error(`no such day: ${text}`);
  return date;
};

/** As a reader sees it: the unbreakable spaces are a matter of lines. */
export const plain = (text: string): string => text.replaceAll('\u00A0', ' ');

/** An order of a laboratory that does not exist. */
export function orderOf(number: string, signed: string | undefined, ht = 2_745_000, more: Partial<Order> = {}): Order {
  return {
    number,
    client: { name: `Laboratoire Fictif ${number}`, siret: '00000000000000' },
    couloir: 'SGL',
    wave: '1',
    instance: `instance-${number}`,
    sites: [{ finess: '990000001' }],
    product: { name: 'Éprouvette', version: '1.0' },
    amounts: withVat(cents(ht), 2000),
    ...(signed === undefined ? {} : { signedOn: day(signed) }),
    conditionalMention: true,
    stateMention: true,
    amendments: [],
    attachments: [],
    ...more,
  };
}

export function productNamed(name: string, version: string, more: Partial<VendorProduct> = {}): VendorProduct {
  return { name, version, couloir: 'SGL', wave: '1', dsrCode: 'SGL-VA1', ...more };
}
