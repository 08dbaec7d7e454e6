import type { IdentifierKind } from '../ports.ts';
import type { Reason } from '../reasons/index.ts';
import { about, type Case } from './case.ts';

const LABELS: Readonly<Record<IdentifierKind, string>> = { siret: 'SIRET', finess: 'FINESS', rpps: 'RPPS' };

/** Numbers of the vendor, of the client and of each site. */
export function judgeIdentifiers(given: Case): readonly Reason[] {
  const { vendor, order, regulation } = given;
  const reasons: Reason[] = [];
  const ofVendor = regulation.identifierProblem('siret', vendor.siret);
  if (ofVendor !== undefined) {
    reasons.push(about(given, 'ASP_VENDOR_IDENTIFIER', 'vendor.siret', { label: LABELS.siret, detail: ofVendor }));
  }
  for (const kind of ['siret', 'finess', 'rpps'] as const) {
    const value = order.client[kind];
    if (value === undefined) continue;
    const detail = regulation.identifierProblem(kind, value);
    if (detail === undefined) continue;
    reasons.push(about(given, 'ASP_CLIENT_IDENTIFIER', `client.${kind}`, { label: LABELS[kind], value, detail }));
  }
  for (const [index, { finess }] of order.sites.entries()) {
    const detail = regulation.identifierProblem('finess', finess);
    if (detail === undefined) continue;
    reasons.push(about(given, 'ASP_SITE_IDENTIFIER', `sites[${index}].finess`, { value: finess, detail }));
  }
  return reasons;
}
