import { count, day, flag, instant, list, object, oneOf, orNull, ref, text, type Schema } from '../contract/schema.ts';

const cents = { type: 'integer' } as const;
const figures = {
  orders: count,
  expected: cents,
  toRequest: cents,
  requested: cents,
  paid: cents,
  atRisk: cents,
} as const;
const risk = object({ code: text, kinds: list(oneOf(['avance', 'solde'])), message: text, remedy: text });
const status = oneOf([
  'preparee',
  'deposee',
  'validee',
  'a-modifier',
  'incomplete',
  'decidee-et-payee',
  'risque-de-recouvrement',
]);
const deposit = object({
  file: text,
  sha256: text,
  history: list(object({ status, at: instant, by: text, note: orNull(text) })),
});

/** Orders, their money and their dates. Amounts in cents, all taxes included unless said otherwise. */
export const MONEY_SCHEMAS: Readonly<Record<string, Schema>> = {
  OrderLine: object({
    number: text,
    client: text,
    siret: text,
    couloir: text,
    wave: oneOf(['1', '2']),
    instance: text,
    sites: count,
    product: object({ name: text, version: text }),
    signedOn: orNull(day),
    ht: cents,
    ttc: cents,
    window: orNull(oneOf(['eligible', 'not-eligible', 'pending'])),
    lastDayForCompleteFile: orNull(day),
    expected: cents,
    paid: cents,
    atRisk: cents,
    risks: list(risk),
  }),
  OrderList: object({ total: count, next: orNull(text), orders: list(ref('OrderLine')) }),
  OrdersImport: object({
    added: list(text),
    changed: list(text),
    unchanged: list(text),
    messages: list(
      object({
        code: text,
        severity: oneOf(['error', 'warning', 'info']),
        row: count,
        column: text,
        message: text,
        remedy: text,
      }),
    ),
    written: flag,
  }),
  Money: object({
    today: day,
    windowJudged: flag,
    totals: object(figures),
    byMonth: list(object({ ...figures, month: orNull(text) })),
    byClient: list(object({ ...figures, siret: text, client: text })),
  }),
  Deadline: object({
    id: text,
    kind: oneOf(['dossier', 'avance', 'date-ferme', 'prestation', 'solde', 'calendrier', 'complement', 'exigence']),
    date: day,
    time: orNull(text),
    daysLeft: { type: 'integer' },
    title: text,
    detail: text,
    amount: orNull(cents),
  }),
  DeadlineList: object({ total: count, next: orNull(text), deadlines: list(ref('Deadline')) }),
  PaymentRequest: object({
    id: text,
    kind: oneOf(['avance', 'solde']),
    order: text,
    requested: cents,
    status,
    draft: flag,
    json: deposit,
    zip: orNull(deposit),
    aspReference: orNull(text),
  }),
  PaymentRequestList: object({ total: count, next: orNull(text), requests: list(ref('PaymentRequest')) }),
};
