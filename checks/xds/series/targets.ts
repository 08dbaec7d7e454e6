import {
  ASSOCIATION,
  classifications,
  DOCUMENT_ENTRY,
  externalIdentifier,
  parseXon,
  slotValues,
  STATUS,
  type ExtrinsicObject,
} from '#formats/ebrim/index.ts';
import type { DmpCall, FedDocument } from './calls.ts';
import { placeOf, type JudgedSeries } from './judged.ts';

/** Replacements and updates against what the DMP showed before, and against what was fed (D10 of protocols.md §2.11). */
export function checkTargets(judged: JudgedSeries): void {
  /** Last state that a search showed of each entry, by entryUUID. */
  const shown = new Map<string, ExtrinsicObject>();
  const fed = new Map<string, FedDocument>();
  for (const call of judged.calls) {
    for (const document of call.documents) {
      checkReplacement(judged, call, document, shown, fed);
    }
    if (call.update !== undefined) checkUpdate(judged, call, shown);
    for (const entry of call.answer.objects?.documents ?? []) shown.set(entry.id, entry);
    if (call.transaction === 'TD2.1' && call.answer.outcome === 'done') {
      for (const document of call.documents) fed.set(document.uniqueId, document);
    }
  }
}

const uniqueIdOf = (entry: ExtrinsicObject): string => externalIdentifier(entry, DOCUMENT_ENTRY.uniqueId)?.value ?? '';

function checkReplacement(
  { report }: JudgedSeries,
  call: DmpCall,
  document: FedDocument,
  shown: ReadonlyMap<string, ExtrinsicObject>,
  fed: ReadonlyMap<string, FedDocument>,
): void {
  const { cda, replaces, replacesPath } = document;
  const parent = cda?.relatedDocuments.find(({ typeCode }) => typeCode === 'RPLC')?.parentIds[0]?.root;
  const target = replaces === undefined ? undefined : shown.get(replaces);
  if (replaces !== undefined && target !== undefined) {
    const inForce = target.status === undefined || target.status === STATUS.approved;
    const right = parent === undefined || uniqueIdOf(target) === parent;
    if (!inForce || !right) {
      report.add('DMP-REPLACEMENT-TARGET', {
        where: placeOf(call, `${replacesPath}/@targetObject`),
        received: `${replaces}, la fiche de ${uniqueIdOf(target)}, ${inForce ? 'en vigueur' : 'qui n’est plus en vigueur'}`,
        expected: `la fiche en vigueur de ${parent ?? 'la version remplacée'}`,
        remedy: 'Demandez au DMP (TD3.1) l’entryUUID de la version en vigueur juste avant de la remplacer.',
      });
    }
  }
  // A document that takes the place of one that we saw fed, by its own word, by that of the registry, or by its setId.
  const setId = setIdOf(document);
  const known =
    (parent === undefined ? undefined : fed.get(parent)) ??
    (target === undefined ? undefined : fed.get(uniqueIdOf(target))) ??
    (setId === undefined
      ? undefined
      : [...fed.values()].findLast(
          (one) => setIdOf(one) === setId && one.sort === document.sort && one.uniqueId !== document.uniqueId,
        ));
  if (known === undefined || cda === undefined) return;
  const former = known.cda?.versionNumber ?? 1;
  for (const [name, path, received, expected, wrong] of [
    [
      'l’association RPLC',
      document.entry.path,
      'absente',
      `vers la fiche de ${known.uniqueId}`,
      replaces === undefined,
    ],
    [
      'l’uniqueId',
      `${document.entry.path}, uniqueId`,
      document.uniqueId,
      'un uniqueId neuf',
      document.uniqueId === known.uniqueId,
    ],
    [
      'versionNumber',
      `document ${document.entry.id}, /ClinicalDocument/versionNumber`,
      String(cda.versionNumber ?? 'absent'),
      String(former + 1),
      (cda.versionNumber ?? 1) <= former,
    ],
    [
      'setId',
      `document ${document.entry.id}, /ClinicalDocument/setId`,
      setId ?? 'absent',
      setIdOf(known),
      setId !== setIdOf(known),
    ],
  ] as const) {
    if (!wrong) continue;
    report.add('DMP-NEW-VERSION', {
      where: placeOf(call, path),
      received,
      expected: expected ?? 'absent',
      remedy: `Corrigez ${name} : ce document est une nouvelle version de ${known.uniqueId}, déjà enregistré.`,
    });
  }
}

function setIdOf({ cda }: FedDocument): string | undefined {
  const setId = cda?.setId;
  return setId && `${setId.root}^${setId.extension ?? ''}`;
}

function checkUpdate({ report }: JudgedSeries, call: DmpCall, shown: ReadonlyMap<string, ExtrinsicObject>): void {
  const { associations = [], documents = [] } = call.update ?? {};
  for (const one of associations) {
    const target = shown.get(one.targetObject ?? '');
    if (one.associationType !== ASSOCIATION.updateAvailabilityStatus || target === undefined) continue;
    const owners = classifications(target, DOCUMENT_ENTRY.author).flatMap((author) =>
      slotValues(author, 'authorInstitution').map((value) => parseXon(value).id),
    );
    if (owners.length > 0 && call.structure !== '' && !owners.includes(call.structure)) {
      report.add('DMP-UPDATE-OWN', {
        where: placeOf(call, `${one.path}/@targetObject`),
        received: `un document de ${[...new Set(owners)].join(', ')}`,
        expected: `un document de ${call.structure}, la structure du VIHF`,
        remedy: 'Ne proposez la suppression et l’archivage que pour les documents de la structure.',
      });
    }
    const original = slotValues(one, 'OriginalStatus')[0];
    if (target.status !== undefined && original !== target.status) {
      report.add('DMP-UPDATE-STATE', {
        where: placeOf(call, `${one.path}, OriginalStatus`),
        received: original ?? 'absent',
        expected: `${target.status}, l’état que le DMP a donné`,
        remedy: 'Lisez l’état de la fiche (TD3.1) juste avant de la mettre à jour.',
      });
    }
  }
  for (const entry of documents) {
    const target = [...shown.values()].findLast(({ lid, status }) => lid === entry.lid && status !== STATUS.deprecated);
    const member = associations.find(({ targetObject }) => targetObject === entry.id);
    const previous = member && slotValues(member, 'PreviousVersion')[0];
    if (target?.versionName === undefined || member === undefined || previous === target.versionName) continue;
    report.add('DMP-UPDATE-STATE', {
      where: placeOf(call, `${member.path}, PreviousVersion`),
      received: previous ?? 'absent',
      expected: `${target.versionName}, la version que le DMP a donnée`,
      remedy: 'Reprenez VersionInfo de la fiche reçue (TD3.1).',
    });
  }
}
