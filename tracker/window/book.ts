import type { CivilDate } from '#dsr/dates/index.ts';
import type { Order, ReferencingDates, VendorProduct } from '../orders/types.ts';
import { campaignWindow } from './campaign.ts';
import type { CampaignWindow } from './campaign-types.ts';
import { productOf, type NoProduct } from './match.ts';

/** Where the end of the period of advance comes from. */
export type AdvanceEndSource =
  /** The vendor's own file, or what the reader typed. */
  | 'given'
  /** The official calendar of the couloir and wave. */
  | 'calendar'
  | 'unknown';

/** Orders that share a file: those of one product, or of one couloir and wave when no product answers for them. */
export interface ProductWindow {
  readonly couloir: string;
  readonly wave: '1' | '2';
  readonly product?: VendorProduct;
  /** Why there is no product; its dates are then only those that the reader gave. */
  readonly without?: NoProduct;
  readonly dates: ReferencingDates;
  readonly advanceEndSource: AdvanceEndSource;
  readonly window: CampaignWindow;
}

export interface BookInput {
  readonly orders: readonly Order[];
  readonly products: readonly VendorProduct[];
  /** What the reader gave: it speaks louder than the products. */
  readonly given: ReferencingDates;
  /** End of the period of advance in the official calendar. */
  readonly advanceEndOf: (couloir: string, wave: string) => CivilDate | undefined;
  readonly today: CivilDate;
  readonly plannedOn?: CivilDate | undefined;
}

/**
 * The whole book of orders, by product, in the order in which they first come.
 *
 * @throws {RangeError} when a date leaves the calendar
 */
export function bookWindows({
  orders,
  products,
  given,
  advanceEndOf,
  today,
  plannedOn,
}: BookInput): readonly ProductWindow[] {
  const found = orders.map((order) => ({ order, product: productOf(order, products) }));
  const groups = Map.groupBy(found, ({ order, product }) =>
    typeof product === 'string' ? `${product} ${order.couloir} ${order.wave}` : String(products.indexOf(product)),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { couloir, wave } = first.order;
    const product = typeof first.product === 'string' ? undefined : first.product;
    const own = datesOf({ ...product, ...given });
    const official = advanceEndOf(couloir, wave);
    const advancePeriodEndsOn = own.advancePeriodEndsOn ?? official;
    const dates = { ...own, ...(advancePeriodEndsOn === undefined ? {} : { advancePeriodEndsOn }) };
    return [
      {
        couloir,
        wave,
        ...(typeof first.product === 'string' ? { without: first.product } : { product: first.product }),
        dates,
        advanceEndSource:
          own.advancePeriodEndsOn !== undefined ? 'given' : official !== undefined ? 'calendar' : 'unknown',
        window: campaignWindow({ orders: group.map(({ order }) => order), dates, today, plannedOn }),
      },
    ];
  });
}

function datesOf({ sentOn, deemedCompleteOn, referencedOn, advancePeriodEndsOn }: ReferencingDates): ReferencingDates {
  return {
    ...(sentOn === undefined ? {} : { sentOn }),
    ...(deemedCompleteOn === undefined ? {} : { deemedCompleteOn }),
    ...(referencedOn === undefined ? {} : { referencedOn }),
    ...(advancePeriodEndsOn === undefined ? {} : { advancePeriodEndsOn }),
  };
}
