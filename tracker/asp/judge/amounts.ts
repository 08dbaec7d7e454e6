import { exactEuros, minus, type Amounts } from '#dsr/money/index.ts';
import { expectedTtc } from '../amounts.ts';
import { rateInFrench, type Reason } from '../reasons/index.ts';
import { about, type Case } from './case.ts';

/** Both amounts as the sentences name them. */
export function amountsInFrench({ ht, ttc }: Pick<Amounts, 'ht' | 'ttc'>): {
  readonly ht: string;
  readonly ttc: string;
} {
  return { ht: exactEuros(ht), ttc: exactEuros(ttc) };
}

/** Real amounts, consistent to the cent, at most the pre-tax ceiling. The printed all-in ceiling judges nothing: it is rounded. */
export function judgeAmounts(given: Case): readonly Reason[] {
  const { order, total, regulation } = given;
  const reasons: Reason[] = [];
  const text = amountsInFrench(total);
  const rate = rateInFrench(total.vatRate);
  if (total.ht <= 0 || total.ttc <= 0) reasons.push(about(given, 'ASP_AMOUNT_ZERO', 'amounts', text));
  if (!Number.isSafeInteger(total.vatRate) || total.vatRate < 0 || total.vatRate > 10_000) {
    reasons.push(about(given, 'ASP_VAT_RATE', 'amounts.vatRate', { rate }));
  } else if (expectedTtc(total) !== total.ttc) {
    const facts = { ...text, rate, expected: exactEuros(expectedTtc(total)) };
    reasons.push(about(given, 'ASP_AMOUNT_TTC', 'amounts.ttc', facts));
  }
  const ceiling = regulation.ceiling(order.couloir, order.wave, order.sites.length);
  if (ceiling.status === 'no-band') {
    const facts = { scale: ceiling.scale, sites: String(order.sites.length) };
    reasons.push(about(given, 'ASP_BAND_ABSENT', 'sites', facts));
  } else if (ceiling.status === 'known' && total.ht > ceiling.ceilingHt) {
    const facts = {
      ht: text.ht,
      ceiling: exactEuros(ceiling.ceilingHt),
      scale: ceiling.scale,
      over: exactEuros(minus(total.ht, ceiling.ceilingHt)),
      sites: String(order.sites.length),
    };
    reasons.push(about(given, 'ASP_CEILING', 'amounts.ht', facts));
  }
  return reasons;
}

/** What is asked for is never nothing, and never to be given back. */
export function judgeRequested(given: Case): readonly Reason[] {
  const { kind, requested, total, advance } = given;
  if (requested.ttc > 0 && requested.ht > 0) return [];
  // An order of nothing, or a balance without advance, is told already.
  if (total.ht <= 0 || total.ttc <= 0 || (kind === 'solde' && advance === undefined)) return [];
  const facts = {
    requested: exactEuros(requested.ttc),
    total: exactEuros(total.ttc),
    advance: exactEuros(kind === 'avance' ? requested.ttc : minus(total.ttc, requested.ttc)),
    way:
      kind === 'avance'
        ? 'Portez le montant réel de la prestation : sa part de 30 % ne fait pas un centime.'
        : 'L’avance payée atteint le total : vérifiez les montants de l’avenant, ou rapprochez-vous de l’ASP pour le trop-perçu.',
  };
  return [about(given, 'ASP_REQUEST_ZERO', 'amounts', facts)];
}
