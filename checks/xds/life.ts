import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { ASSOCIATION, EBXML, readRegistryObjects, slotValues } from '#formats/ebrim/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { child } from '#formats/xml/index.ts';
import { openReport } from '../report/index.ts';
import { documentsOfLot } from './lot.ts';
import { dmpRequestOf, envelopeBytes, type DmpRequest } from './transaction.ts';
import { LIFE_RULES } from './life-rules.ts';

type Call = DmpRequest | HttpExchange;

/** @param expected what the user made: a partial report, or a complete one */
export function checkReportStatus(calls: readonly Call[], expected: 'partiel' | 'complet'): readonly Finding[] {
  const report = openReport(LIFE_RULES);
  const wanted = expected === 'partiel' ? 'active' : 'completed';
  for (const { cda, entry } of calls.flatMap((call) => documentsOfLot(dmpRequestOf(call)))) {
    // The status is that of the structured report; the N1 is only its picture.
    if (cda?.level !== 'N3') continue;
    const { statusCode, path } = cda.mainServiceEvent ?? { statusCode: undefined, path: 'documentationOf' };
    if (statusCode === wanted) continue;
    report.add('XDS-REPORT-STATUS', {
      where: `${entry.path}, ${path}/statusCode`,
      received: statusCode ?? 'absent',
      expected: `${wanted} (compte rendu ${expected})`,
      remedy: 'Écrivez le statut du compte rendu dans documentationOf/serviceEvent/lab:statusCode.',
    });
  }
  return report.findings;
}

const UPDATE_STATUS = 'urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus';
const DELETED = 'urn:asip:ci-sis:2010:StatusType:Deleted';

/** Judges a deletion (TD3.3c). @param inForce entryUUID of the entries that may be deleted, as the DMP holds them */
export function checkDeletion(call: Call, inForce: readonly string[]): readonly Finding[] {
  const report = openReport(LIFE_RULES);
  const reading = readSoap(envelopeBytes(dmpRequestOf(call)));
  const payload = reading.ok ? reading.envelope.payload : undefined;
  const list = payload && child(payload, 'RegistryObjectList', EBXML.rim);
  const changes = (list ? readRegistryObjects(list).associations : []).filter(
    ({ associationType }) => associationType !== ASSOCIATION.hasMember,
  );
  const right = changes.some(
    (one) =>
      one.associationType === UPDATE_STATUS &&
      inForce.includes(one.targetObject ?? '') &&
      slotValues(one, 'NewStatus')[0] === DELETED,
  );
  if (!right) {
    const [first] = changes;
    report.add('XDS-DELETION', {
      where: first?.path ?? '/Envelope/Body[1]',
      received: first
        ? `${first.associationType ?? 'sans type'} de ${first.targetObject ?? 'absent'} vers ${slotValues(first, 'NewStatus')[0] ?? 'aucun état'}`
        : 'aucun changement d’état',
      expected: `UpdateAvailabilityStatus de ${inForce.join(' ou ')} vers ${DELETED}`,
      remedy: 'Demandez la suppression de la fiche en vigueur, que GetDocuments donne.',
    });
  }
  return report.findings;
}
