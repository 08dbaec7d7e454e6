import { readOrderJson, type Order } from '#tracker/orders/index.ts';
import { readIdentifier } from './load-orders.ts';

/** An order of the JSON template, of a laboratory that does not exist. @param rank makes its sites its own */
function formOf(number: string, signedOn: string, rank: number, conditionalMention = true) {
  return {
    number,
    client: { name: `Laboratoire Mirabelle ${rank}`, siret: '00000000000109' },
    couloir: 'SGL',
    wave: '1',
    instance: `INSTANCE-${rank}`,
    sites: [2 * rank, 2 * rank + 1].map((site) => withKey(`99000${100 + site}`)),
    product: { name: 'LaboExemple', version: '7.2' },
    amounts: { ht: '27450.00', vatRate: '20', ttc: '32940.00' },
    signedOn,
    signature: 'manuscrite',
    conditionalMention,
    stateMention: true,
    files: { quote: `${number}-devis.pdf`, order: `${number}.pdf`, orderSigned: true },
  };
}

/** Last days: 14 June 2022 (three, one of them without its mention), 31 May, 29 September. */
export const ORDERS = {
  orders: [
    formOf('BC-1', '2022-02-14', 1),
    formOf('BC-2', '2022-02-14', 2),
    formOf('BC-3', '2022-02-14', 3, false),
    formOf('BC-4', '2022-01-31', 4),
    formOf('BC-5', '2022-06-01', 5),
  ],
};

/** Orders as the book keeps them, by number and day of signature. */
export function bookOf(...rows: readonly (readonly [number: string, signedOn: string])[]): readonly Order[] {
  const forms = rows.map(([number, signedOn], index) => formOf(number, signedOn, index));
  const { orders, messages } = readOrderJson({ orders: forms }, readIdentifier);
  if (orders.length !== rows.length) throw new Error(JSON.stringify(messages));
  return orders.map(({ order }) => order);
}

/** A FINESS with its Luhn key. */
function withKey(digits: string): string {
  const sum = Array.from(digits, Number)
    .toReversed()
    .reduce((total, digit, index) => {
      const doubled = index % 2 === 0 ? digit * 2 : digit;
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
