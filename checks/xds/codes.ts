import {
  classification,
  classifications,
  codeOf,
  DOCUMENT_ENTRY,
  SUBMISSION_SET,
  type ExtrinsicObject,
  type RegistryObject,
} from '#formats/ebrim/index.ts';
import type { Report } from '../report/index.ts';
import { SHIPPED_CODES, type CodedMetadata, type CodeList, type CodeLists } from './code-lists.ts';
import { isSignatureEntry } from './submission.ts';
import type { JudgedRegistry } from './types.ts';

const CODED = [
  'classCode',
  'typeCode',
  'formatCode',
  'healthcareFacilityTypeCode',
  'practiceSettingCode',
  'eventCodeList',
] as const;

/** Coded metadata and confidentiality against the lists (D6 and D11 of protocols.md §2.11). */
export function checkCodes(judged: JudgedRegistry): void {
  const { objects, options } = judged;
  const lists = options.codes ?? SHIPPED_CODES;
  const lot = objects.submissionSet;
  if (lot !== undefined) checkScheme(judged, lot, 'contentTypeCode', SUBMISSION_SET.contentTypeCode, lists);
  for (const entry of objects.documents) {
    if (isSignatureEntry(entry)) continue;
    for (const name of CODED) checkScheme(judged, entry, name, DOCUMENT_ENTRY[name], lists);
    checkClassOfType(judged, entry, lists);
    checkConfidentiality(judged.report, entry, lists);
  }
}

/** N, and the three codes that hide (JDV_J58). */
const MOST_CODES = 4;

const listOf = (lists: CodeLists, name: CodedMetadata): CodeList | undefined =>
  lists.lists.find(({ metadata }) => metadata === name);
const holds = (list: CodeList, code: string, system: string): boolean =>
  list.codes.some((one) => one.code === code && one.system === system);

function checkScheme(
  { report }: JudgedRegistry,
  object: RegistryObject,
  name: CodedMetadata,
  scheme: string,
  lists: CodeLists,
): void {
  const list = listOf(lists, name);
  const systems = list === undefined || list.systems.length === 0 ? undefined : list.systems;
  for (const one of classifications(object, scheme)) {
    const { code, label, system } = codeOf(one);
    const rightSystem = systems === undefined ? system !== '' : systems.includes(system);
    if (code === '' || label === '' || !rightSystem) {
      report.add('XDS-CODE', {
        where: one.path,
        received: `${name} : code ${code || 'vide'}, libellé ${label || 'vide'}, système ${system || 'vide'}`,
        expected: `un code, un libellé et le système ${systems?.join(' ou ') ?? 'du jeu de valeurs'}`,
        remedy: `Renseignez nodeRepresentation, le Slot codingScheme et Name de ${name}.`,
      });
    } else if (list?.complete === true && !holds(list, code, system)) {
      report.add('XDS-CODE-VALUE', {
        where: `${one.path}/@nodeRepresentation`,
        received: `${code} (${system})`,
        expected: `un code de ${list.name}, qui en compte ${list.codes.length}`,
        remedy: `Choisissez ${name} dans le jeu de valeurs, ou mettez la liste à jour (--codes).`,
      });
    }
  }
}

function checkClassOfType({ report }: JudgedRegistry, entry: ExtrinsicObject, { classOfType }: CodeLists): void {
  const type = classification(entry, DOCUMENT_ENTRY.typeCode)?.nodeRepresentation;
  const received = classification(entry, DOCUMENT_ENTRY.classCode);
  const expected = classOfType.find(({ typeCode }) => typeCode === type)?.classCode;
  if (received === undefined || expected === undefined || received.nodeRepresentation === expected) return;
  report.add('XDS-CLASS-OF-TYPE', {
    where: `${received.path}/@nodeRepresentation`,
    received: received.nodeRepresentation ?? 'vide',
    expected: `${expected}, la classe du type ${type}`,
    remedy: 'Déduisez classCode de typeCode par la table d’association (ASS_X04).',
  });
}

/** Codes of masking and visibility of one entry, in a feeding or in an update. */
export function checkConfidentiality(
  report: Pick<
    Report<'XDS-CONFIDENTIALITY-NORMAL' | 'XDS-CONFIDENTIALITY-CODE' | 'XDS-CONFIDENTIALITY-COMBINATION'>,
    'add'
  >,
  entry: ExtrinsicObject,
  lists: CodeLists,
): void {
  const found = classifications(entry, DOCUMENT_ENTRY.confidentialityCode);
  if (found.length === 0) return;
  const codes = found.map((one) => ({ ...codeOf(one), path: one.path }));
  const [first] = codes;
  if (codes.length > MOST_CODES) {
    report.add('XDS-CONFIDENTIALITY-CODE', {
      where: codes[MOST_CODES]?.path ?? entry.path,
      received: `${codes.length} codes`,
      expected: `${MOST_CODES} codes au plus, chacun une fois`,
      remedy: 'N’envoyez chaque code de masquage qu’une fois.',
    });
  }
  if (first?.code !== 'N') {
    report.add('XDS-CONFIDENTIALITY-NORMAL', {
      where: first?.path ?? entry.path,
      received: codes.map((one) => one.code).join(', '),
      expected: 'N en premier',
      remedy: 'Envoyez toujours le code N, avant les codes de masquage.',
    });
  }
  const list = listOf(lists, 'confidentialityCode');
  for (const { code, system, path } of list === undefined ? [] : codes) {
    const right = list?.complete === true ? holds(list, code, system) : list?.systems.includes(system) === true;
    if (right || list === undefined) continue;
    report.add('XDS-CONFIDENTIALITY-CODE', {
      where: path,
      received: `${code} (${system || 'sans système'})`,
      expected: list.codes.map((one) => `${one.code} (${one.system})`).join(', ') || list.systems.join(', '),
      remedy: `Employez les codes de ${list.name}, chacun avec son système.`,
    });
  }
  for (const together of lists.forbiddenTogether) {
    if (!together.every((code) => codes.some((one) => one.code === code))) continue;
    report.add('XDS-CONFIDENTIALITY-COMBINATION', {
      where: entry.path,
      received: together.join(' et '),
      expected: 'l’un ou l’autre',
      remedy: 'Ne laissez pas l’utilisateur masquer un document aux professionnels et au patient à la fois.',
    });
  }
}
