import { upcomingMilestones, type Calendar } from '#dsr/calendar/index.ts';
import { daysBetween, parisDay, type CivilDate } from '#dsr/dates/index.ts';
import { advanceRateFor, type Scales } from '#dsr/scales/index.ts';
import { requestStatus } from '../../asp/index.ts';
import type { Deposit, PaymentRequest } from '../../asp/types.ts';
import { deadlinesOf, moneyView, type DeadlineGroup, type LedgerOrder } from '../../ledger/index.ts';
import type { Order, Vendor } from '../../orders/types.ts';
import { milestoneTargets } from '../../reminders/index.ts';
import { judgeWindow, productOf, type WindowJudgement } from '../../window/index.ts';
import type {
  DeadlineKind,
  DeadlineView,
  MoneyFiguresView,
  MoneyOverviewView,
  OrderLineView,
  PaymentRequestView,
} from '../money-types.ts';
import type { Board } from './board.ts';

/** Official tables and the vendor's own dates: given by who starts the server. */
export interface MoneyTables {
  readonly calendar: Calendar;
  readonly scales: Scales;
  /** Without it, no window is judged. */
  readonly vendor?: Vendor | undefined;
}

/** The book of orders with everything that is counted from it. */
export interface Book {
  readonly lines: readonly OrderLineView[];
  readonly overview: MoneyOverviewView;
  readonly deadlines: readonly DeadlineGroup[];
}

/** @param now moment of the question: a deadline has an hour in Paris */
export function bookOf(
  orders: readonly Order[],
  requests: readonly PaymentRequest[],
  { calendar, scales, vendor }: MoneyTables,
  now: Date,
): Book {
  const byOrder = Map.groupBy(requests, ({ order }) => order);
  const windows = new Map(orders.map((order) => [order.number, windowOf(order, vendor)]));
  const given = orders.map((order): LedgerOrder => {
    const status = windows.get(order.number)?.status;
    return {
      order,
      requests: byOrder.get(order.number) ?? [],
      deadlines: deadlinesOf(order, calendar),
      advanceShare: advanceRateFor(order.couloir, order.wave, order.sites.length, scales),
      ...(status === undefined ? {} : { window: status }),
    };
  });
  const view = moneyView(given, now);
  const money = new Map(view.orders.map((one) => [one.number, one]));
  return {
    lines: orders.flatMap((order): readonly OrderLineView[] => {
      const window = windows.get(order.number);
      const own = money.get(order.number);
      if (own === undefined) return [];
      const { expected, paid, atRisk, risks } = own;
      const line = {
        number: order.number,
        client: order.client.name,
        siret: order.client.siret,
        couloir: order.couloir,
        wave: order.wave,
        instance: order.instance,
        sites: order.sites.length,
        product: { name: order.product.name, version: order.product.version },
        signedOn: order.signedOn ?? null,
        ht: order.amounts.ht,
        ttc: order.amounts.ttc,
        window: window?.status ?? null,
        lastDayForCompleteFile: window?.lastDayForCompleteFile ?? null,
        expected,
        paid,
        atRisk,
        risks,
      };
      return [line];
    }),
    overview: {
      today: parisDay(now),
      windowJudged: vendor !== undefined,
      totals: figures(view.totals),
      byMonth: view.byMonth.map((one) => ({ ...figures(one), month: one.month ?? null })),
      byClient: view.byClient.map((one) => ({ ...figures(one), siret: one.siret, client: one.client })),
    },
    deadlines: view.deadlines,
  };
}

function figures({ orders, expected, toRequest, requested, paid, atRisk }: MoneyFiguresView): MoneyFiguresView {
  return { orders, expected, toRequest, requested, paid, atRisk };
}

function windowOf(order: Order, vendor: Vendor | undefined): WindowJudgement | undefined {
  const product = vendor === undefined ? 'no-product' : productOf(order, vendor.products);
  return typeof product === 'string'
    ? undefined
    : judgeWindow({ ...product, signedOn: order.signedOn, ht: order.amounts.ht });
}

const MONEY_DEADLINES: Readonly<
  Record<DeadlineGroup['kind'], { readonly kind: DeadlineKind; readonly title: string }>
> = {
  advance: { kind: 'avance', title: 'Demandes d’avance' },
  firmDate: { kind: 'date-ferme', title: 'Dates fermes à annoncer aux clients' },
  service: { kind: 'prestation', title: 'Prestations à réaliser' },
  balance: { kind: 'solde', title: 'Demandes de solde' },
};

/** What orders and payments must keep, nearest first. */
export function moneyDeadlines({ lines, deadlines }: Book, today: CivilDate): readonly DeadlineView[] {
  const files = lines.flatMap((line): readonly DeadlineView[] => {
    const { number, client, window, lastDayForCompleteFile: date, ttc } = line;
    if (window !== 'pending' || date === null) return [];
    return [
      {
        id: `dossier/${number}`,
        kind: 'dossier',
        date,
        time: null,
        daysLeft: daysBetween(today, date),
        title: `Dernier jour du dossier complet pour la commande ${number}`,
        detail: `${client} : passé ce jour, la commande sort de la fenêtre des 120 jours.`,
        amount: ttc,
      },
    ];
  });
  const groups = deadlines.map(({ kind, deadline, daysLeft, orders, amount }): DeadlineView => {
    const { kind: shown, title } = MONEY_DEADLINES[kind];
    return {
      id: `${shown}/${deadline.date}`,
      kind: shown,
      date: deadline.date,
      time: deadline.time ?? null,
      daysLeft,
      title,
      detail: `${orders.length} bon(s) de commande : ${orders.slice(0, 20).join(', ')}${orders.length > 20 ? '…' : ''}.`,
      amount,
    };
  });
  return [...files, ...groups];
}

/** What the file must keep: official dates, answers owed to the authority, due dates of requirements. */
export function fileDeadlines(boards: readonly Board[], { calendar }: MoneyTables, now: Date): readonly DeadlineView[] {
  const today = parisDay(now);
  const official = milestoneTargets(upcomingMilestones(now, { calendar }), today).map(
    ({ id, date, time, title, detail }): DeadlineView => ({
      id,
      kind: 'calendrier',
      date,
      time: time ?? null,
      daysLeft: daysBetween(today, date),
      title,
      detail,
      amount: null,
    }),
  );
  const owed = boards.flatMap(({ campaign, complements }) =>
    complements.flatMap(({ complement: { id, state, answerDue, text } }): readonly DeadlineView[] => {
      if (answerDue === undefined || state === 'repondu' || state === 'clos') return [];
      return [
        {
          id: `complement/${id}`,
          kind: 'complement',
          date: answerDue.date,
          time: answerDue.time ?? null,
          daysLeft: daysBetween(today, answerDue.date),
          title: `Réponse due à l’autorité (${campaign.product} ${campaign.version})`,
          detail: text.slice(0, 300),
          amount: null,
        },
      ];
    }),
  );
  const due = boards.flatMap((board) =>
    board.applicable.flatMap(({ id, title }): readonly DeadlineView[] => {
      const { assignment } = board.file(id);
      if (assignment?.due === undefined || board.leftOut(id)) return [];
      return [
        {
          id: `exigence/${board.campaign.id}/${id}`,
          kind: 'exigence',
          date: assignment.due,
          time: null,
          daysLeft: daysBetween(today, assignment.due),
          title: `${id}${assignment.owner === undefined ? '' : `, ${assignment.owner}`}`,
          detail: `${title} (${board.campaign.product} ${board.campaign.version})`,
          amount: null,
        },
      ];
    }),
  );
  return [...official, ...owed, ...due];
}

export function paymentRequestView(request: PaymentRequest): PaymentRequestView {
  const { id, kind, order, requested, layout, json, zip, aspReference } = request;
  return {
    id,
    kind,
    order,
    requested,
    status: requestStatus(request),
    draft: layout.proposed,
    json: depositView(json),
    zip: zip === undefined ? null : depositView(zip),
    aspReference: aspReference ?? null,
  };
}

function depositView({ file, sha256, history }: Deposit): PaymentRequestView['json'] {
  return { file, sha256, history: history.map(({ status, at, by, note }) => ({ status, at, by, note: note ?? null })) };
}
