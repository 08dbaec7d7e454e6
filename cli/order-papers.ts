import { SENTENCES, type QuoteDocument, type QuoteSubject } from '#checks/quote/index.ts';
import type { Calendar } from '#dsr/calendar/index.ts';
import type { Amounts } from '#dsr/money/index.ts';
import type { PaymentRequest } from '#tracker/asp/index.ts';
import type { Order, VendorProduct } from '#tracker/orders/index.ts';
import { productOf } from '#tracker/window/index.ts';
import { dated } from './quote-subjects.ts';

/** A paper of an order of the book, as the checks take it. */
export interface OrderPaper {
  /** Number of the order. */
  readonly order: string;
  readonly subject: QuoteSubject;
}

/** Where each field is, for who reads the book. */
const PLACES: Readonly<Record<string, string>> = {
  lines: 'montants',
  mentions: 'mentions',
  siteCount: 'sites',
  sites: 'sites',
  instance: 'instance',
  signedOn: 'date de signature du client',
  signature: 'façon de signer',
  referencedOn: 'produit, date de référencement',
  deemedCompleteOn: 'produit, date du dossier complet',
  advancePeriodEndsOn: 'produit, fin des demandes d’avance',
  acceptance: 'VA ou MOM',
  amendments: 'avenants',
  mssDeployment: 'indicateur de déploiement MSS',
};

/** The papers of the book: each order, its invoice, and what its balance needs once the service is done. */
export function papersOf(
  { orders, products }: { readonly orders: readonly Order[]; readonly products: readonly VendorProduct[] },
  calendar: Calendar,
): readonly OrderPaper[] {
  return orders.flatMap((order) => {
    const found = productOf(order, products);
    const product = typeof found === 'string' ? undefined : found;
    return [orderOf(order, product), ...invoiceOf(order), ...balanceOf(order)].map((document) => ({
      order: order.number,
      subject: dated({ document, locate: placeIn(order, document) }, calendar),
    }));
  });
}

/** The requests already made. An amendment replaces the request that it amends: it is not a second one. */
export function requestPapers(orders: readonly Order[], requests: readonly PaymentRequest[]): readonly OrderPaper[] {
  const byNumber = new Map(orders.map((order) => [order.number, order]));
  return requests
    .filter(({ amends }) => amends === undefined)
    .flatMap((request) => {
      const order = byNumber.get(request.order);
      if (order === undefined) return [];
      const document = requestOf(request, order);
      return [{ order: order.number, subject: { document, locate: placeIn(order, document) } }];
    });
}

function placeIn(order: Order, document: QuoteDocument): (path: string) => string {
  const paper = { order: '', quote: '', invoice: ', facture', advance: ', avance', balance: ', solde', enrolment: '' };
  return (path) => `bon ${order.number}${paper[document.kind]}, ${PLACES[path.split('/')[1] ?? ''] ?? 'bon entier'}`;
}

function baseOf(order: Order): Omit<QuoteDocument, 'kind'> {
  return { number: order.number, couloir: order.couloir, wave: order.wave, siteCount: order.sites.length };
}

function lineOf(order: Order, amounts: Amounts, mention: boolean): NonNullable<QuoteDocument['lines']>[number] {
  // The name of the product is the vendor's: a couloir or a module in it says nothing of what the line sells.
  const label = order.couloir;
  return {
    label: mention ? `${SENTENCES.state}, ${label}` : label,
    category: 'prestation-segur',
    payer: 'state',
    ...amounts,
  };
}

function orderOf(order: Order, product: VendorProduct | undefined): QuoteDocument {
  const { instance, sites, signedOn, signature, amounts } = order;
  const { sentOn, deemedCompleteOn, referencedOn, advancePeriodEndsOn } = product ?? {};
  return {
    kind: 'order',
    ...baseOf(order),
    instance,
    sites: sites.map(({ finess }) => finess),
    lines: [lineOf(order, amounts, order.stateMention)],
    mentions: order.conditionalMention ? [SENTENCES.conditional] : [],
    ...(signedOn === undefined ? {} : { signedOn }),
    ...(signature === undefined ? {} : { signature }),
    ...(sentOn === undefined ? {} : { sentOn }),
    ...(deemedCompleteOn === undefined ? {} : { deemedCompleteOn }),
    ...(referencedOn === undefined ? {} : { referencedOn }),
    ...(advancePeriodEndsOn === undefined ? {} : { advancePeriodEndsOn }),
  };
}

function invoiceOf(order: Order): readonly QuoteDocument[] {
  const { invoice } = order;
  if (invoice === undefined) return [];
  return [
    {
      kind: 'invoice',
      ...baseOf(order),
      number: invoice.number,
      lines: [lineOf(order, invoice.amounts, invoice.stateMention)],
    },
  ];
}

/** Only once the service is done: what an order still waits for is no fault of it. */
function balanceOf(order: Order): readonly QuoteDocument[] {
  const { acceptance, amendments, mssDeployment } = order;
  if (acceptance === undefined) return [];
  // The book does not say the programme; the indicator is only there in MS1 and MS2.
  const programme = mssDeployment === undefined && acceptance.mssDeployment === undefined ? undefined : 'MS1';
  const asked = mssDeployment ?? acceptance.mssDeployment;
  return [
    {
      kind: 'balance',
      ...baseOf(order),
      lines: [
        lineOf(order, amendments.findLast(({ amounts }) => amounts !== undefined)?.amounts ?? order.amounts, true),
      ],
      acceptance,
      amendments,
      ...(programme === undefined ? {} : { programme }),
      ...(asked === undefined ? {} : { mssDeployment: asked }),
    },
  ];
}

function requestOf({ id, kind, instance, dsrCode, sites }: PaymentRequest, order: Order): QuoteDocument {
  return {
    kind: kind === 'avance' ? 'advance' : 'balance',
    number: id,
    couloir: dsrCode ?? order.couloir,
    wave: order.wave,
    instance: instance ?? order.instance,
    sites: sites ?? order.sites.map(({ finess }) => finess),
  };
}
