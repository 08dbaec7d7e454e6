import type { CdaCode } from '#formats/cda/index.ts';
import { classifications, codeOf, DOCUMENT_ENTRY, parseCx, slot, slotValues } from '#formats/ebrim/index.ts';
import { utcOf } from '../utc.ts';
import type { CoherenceRule } from './rules.ts';
import { inDocument, type Pair } from './types.ts';

const ORDER = 'urn:ihe:iti:xds:2013:order';

/** The act, its place and its order, as an entry and its document tell them. */
export function checkAct(pair: Pair): void {
  const { cda } = pair;
  const event = cda.mainServiceEvent ?? (cda.serviceEvents.length === 1 ? cda.serviceEvents[0] : undefined);
  checkTime(pair, 'serviceStartTime', event?.low, false);
  checkTime(pair, 'serviceStopTime', event?.high, event?.low !== undefined);
  checkCode(pair, 'XDS-CDA-FACILITY', 'healthcareFacilityTypeCode', cda.encounter?.facilityCode);
  const industry = event?.performers.find((one) => one.organization?.industryClass !== undefined);
  checkCode(pair, 'XDS-CDA-PRACTICE-SETTING', 'practiceSettingCode', industry?.organization?.industryClass);
  checkEvents(pair);
  checkOrders(pair);
}

/** @param wanted whether the document tells of the act, so that one time that it leaves out is known to be unknown */
function checkTime(
  pair: Pair,
  name: string,
  time: { readonly value?: string; readonly path: string } | undefined,
  wanted: boolean,
): void {
  const { report, entry } = pair;
  const found = slot(entry, name);
  const received = found?.values[0] ?? '';
  const expected = utcOf(time?.value);
  const invented = wanted && time?.value === undefined && received !== '';
  const missing = wanted && received === '' && expected !== undefined;
  // The form of a time is another rule's.
  const other = expected !== undefined && /^\d{14}$/.test(received) && received !== expected;
  if (!invented && !missing && !other) return;
  report.add('XDS-CDA-SERVICE-TIME', {
    where: found?.path ?? entry.path,
    received: received || `${name} absent`,
    expected: invented
      ? `pas de ${name} : le document ne donne pas la fin de l’acte`
      : `${expected} (${inDocument(pair, time?.path ?? '')}, en UTC)`,
    remedy: `Convertissez en UTC la date de l’acte écrite dans le document pour ${name}.`,
  });
}

function checkCode(
  pair: Pair,
  rule: CoherenceRule,
  name: 'healthcareFacilityTypeCode' | 'practiceSettingCode',
  coded: CdaCode | undefined,
): void {
  const { report, entry } = pair;
  const [found] = classifications(entry, DOCUMENT_ENTRY[name]);
  if (found === undefined || coded?.code === undefined) return;
  const { code, system } = codeOf(found);
  const sameSystem = system === '' || coded.codeSystem === undefined || system === coded.codeSystem;
  if (code === '' || (code === coded.code && sameSystem)) return;
  report.add(rule, {
    where: found.path,
    received: `${code} (${system})`,
    expected: `${coded.code} (${coded.codeSystem ?? ''}), lu dans ${inDocument(pair, coded.path)}`,
    remedy: `Reprenez ${name} du document CDA.`,
  });
}

function checkEvents(pair: Pair): void {
  const { report, entry, cda } = pair;
  const acts = cda.serviceEvents.flatMap(({ code }) => (code?.code === undefined ? [] : [code.code]));
  if (cda.serviceEvents.length === 0) return;
  for (const found of classifications(entry, DOCUMENT_ENTRY.eventCodeList)) {
    const { code } = codeOf(found);
    if (code === '' || acts.includes(code)) continue;
    report.add('XDS-CDA-EVENT-CODE', {
      where: found.path,
      received: code,
      expected:
        acts.length > 0 ? `${acts.join(', ')} (actes du document)` : 'aucun code : le document ne code aucun acte',
      remedy: 'Reprenez dans eventCodeList les codes de documentationOf/serviceEvent.',
    });
  }
}

function checkOrders(pair: Pair): void {
  const { report, entry, cda } = pair;
  if (cda.orders.length === 0) return;
  const name = 'urn:ihe:iti:xds:2013:referenceIdList';
  for (const value of slotValues(entry, name)) {
    const cx = parseCx(value);
    if (cx.identifierType !== ORDER) continue;
    const known = cda.orders.some(
      ({ root, extension }) =>
        (extension === cx.id && root === cx.authority.universalId) || (extension === undefined && root === cx.id),
    );
    if (known) continue;
    report.add('XDS-CDA-ORDER', {
      where: slot(entry, name)?.path ?? entry.path,
      received: value,
      expected: cda.orders.map(({ root, extension }) => `${extension ?? root}^^^&${root}&ISO^${ORDER}`).join(' ou '),
      remedy: 'Reprenez dans referenceIdList l’identifiant de inFulfillmentOf/order.',
    });
  }
}
