import type { Finding } from '#dsr/verdict/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import {
  classifications,
  DOCUMENT_ENTRY,
  EBXML,
  readRegistryObjects,
  type ExtrinsicObject,
} from '#formats/ebrim/index.ts';
import { readSoap } from '#formats/soap/index.ts';
import { child } from '#formats/xml/index.ts';
import { openReport } from '../report/index.ts';
import { ASKED_RULES } from './asked-rules.ts';
import { documentsOfLot } from './lot.ts';
import { dmpRequestOf, envelopeBytes, transactionOf, type DmpRequest } from './transaction.ts';

type Call = DmpRequest | HttpExchange;

/** Judges the calls to the DMP since the user blocked the feeding of this patient: none of them feeds it. */
export function checkBlockedFeeding(calls: readonly Call[]): readonly Finding[] {
  const report = openReport(ASKED_RULES);
  for (const [index, call] of calls.entries()) {
    const request = dmpRequestOf(call);
    if (transactionOf(request)?.name !== 'TD2.1') continue;
    const ids = documentsOfLot(request).map(({ uniqueId }) => uniqueId);
    report.add('DMP-FEEDING-BLOCKED', {
      where: `appel n° ${index + 1} au DMP depuis le blocage`,
      received: `une alimentation (TD2.1)${ids.length === 0 ? '' : ` : ${ids.join(', ')}`}`,
      expected: "aucune alimentation tant que l'utilisateur ne la permet pas à nouveau",
      remedy: "Retenez l'envoi au DMP, et lui seul, tant que le blocage dure.",
    });
  }
  return report.findings;
}

/** What the user asked to hide, in the codes of the DMP. */
export type HiddenCode = 'MASQUE_PS' | 'INVISIBLE_PATIENT' | 'INVISIBLE_REPRESENTANTS_LEGAUX';

const HIDDEN: ReadonlySet<string> = new Set<HiddenCode>([
  'MASQUE_PS',
  'INVISIBLE_PATIENT',
  'INVISIBLE_REPRESENTANTS_LEGAUX',
]);

/**
 * Judges whether the entries of a feeding (TD2.1) or of a change of metadata (TD3.3a, TD3.3b) hide what the user asked to
 * hide, and nothing else.
 *
 * @param asked none: seen by everybody
 */
export function checkAskedConfidentiality(calls: readonly Call[], asked: readonly HiddenCode[]): readonly Finding[] {
  const report = openReport(ASKED_RULES);
  const expected = asked.toSorted().join(', ') || 'aucun masquage';
  for (const entry of calls.flatMap(entriesOf)) {
    const received = hiddenCodes(entry).join(', ') || 'aucun masquage';
    if (received === expected) continue;
    report.add('XDS-CONFIDENTIALITY-ASKED', {
      where: `${entry.path}, confidentialityCode`,
      received,
      expected,
      remedy: "Transmettez au DMP le choix que l'utilisateur a fait dans le logiciel.",
    });
  }
  return report.findings;
}

/** Judges the two copies of a report, that of the patient and that of the professionals (DOC/va1.36). */
export function checkTwoCopies(
  calls: readonly Call[],
  copies: Readonly<Record<'patient' | 'professionnel', readonly string[]>>,
): readonly Finding[] {
  const report = openReport(ASKED_RULES);
  const documents = calls.flatMap((call) => documentsOfLot(dmpRequestOf(call)));
  for (const [audience, code] of [
    ['patient', 'MASQUE_PS'],
    ['professionnel', 'INVISIBLE_PATIENT'],
  ] as const) {
    for (const uniqueId of copies[audience]) {
      const found = documents.find((document) => document.uniqueId === uniqueId);
      const codes = found === undefined ? [] : hiddenCodes(found.entry);
      if (codes.includes(code)) continue;
      report.add('XDS-TWO-COPIES', {
        where: found === undefined ? 'alimentations' : `${found.entry.path}, confidentialityCode`,
        received: found === undefined ? 'document absent' : codes.join(', ') || 'aucun masquage',
        expected: `${code} sur l’exemplaire ${audience === 'patient' ? 'du patient' : 'des professionnels'} (${uniqueId})`,
        remedy: 'Cachez chaque exemplaire à ceux qui ont l’autre.',
      });
    }
  }
  return report.findings;
}

function entriesOf(call: Call): readonly ExtrinsicObject[] {
  const request = dmpRequestOf(call);
  if (transactionOf(request)?.name === 'TD2.1') return documentsOfLot(request).map(({ entry }) => entry);
  const reading = readSoap(envelopeBytes(request));
  const payload = reading.ok ? reading.envelope.payload : undefined;
  const list = payload && child(payload, 'RegistryObjectList', EBXML.rim);
  return list ? readRegistryObjects(list).documents : [];
}

function hiddenCodes(entry: ExtrinsicObject): readonly string[] {
  return classifications(entry, DOCUMENT_ENTRY.confidentialityCode)
    .map(({ nodeRepresentation }) => nodeRepresentation ?? '')
    .filter((code) => HIDDEN.has(code))
    .toSorted();
}
