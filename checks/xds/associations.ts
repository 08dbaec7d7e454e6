import { ASSOCIATION, slotValues } from '#formats/ebrim/index.ts';
import { isSignatureEntry } from './submission.ts';
import type { Judged } from './types.ts';

/** HasMember, signs and RPLC (protocols.md §2.5, associations). */
export function checkAssociations(judged: Judged): void {
  const { objects, report, options } = judged;
  const lot = objects.submissionSet?.id;
  const members = objects.associations.filter((one) => one.associationType === ASSOCIATION.hasMember);
  for (const entry of objects.documents) {
    const found = members.filter((one) => one.sourceObject === lot && one.targetObject === entry.id);
    const original = found.length === 1 && found[0] && slotValues(found[0], 'SubmissionSetStatus')[0] === 'Original';
    if (original) continue;
    report.add('XDS-HAS-MEMBER', {
      where: found[0]?.path ?? entry.path,
      received:
        found.length === 1
          ? 'HasMember sans SubmissionSetStatus Original'
          : `${found.length} HasMember vers ${entry.id}`,
      expected: `une association HasMember de ${lot ?? 'l’id du lot'} vers ${entry.id}, SubmissionSetStatus Original`,
      remedy: 'Ajoutez une association HasMember par fiche, signature comprise.',
    });
  }
  const signature = objects.documents.find(isSignatureEntry);
  if (signature !== undefined) {
    const signs = objects.associations.filter((one) => one.associationType === ASSOCIATION.signs);
    if (!signs.some((one) => one.sourceObject === signature.id && one.targetObject === lot)) {
      report.add('XDS-SIGNS', {
        where: signs[0]?.path ?? signature.path,
        received: signs[0] ? `${signs[0].sourceObject} vers ${signs[0].targetObject}` : 'pas d’association signs',
        expected: `${signature.id} vers ${lot ?? 'l’id du lot'}`,
        remedy: `Ajoutez l’association ${ASSOCIATION.signs} de la signature vers le lot.`,
      });
    }
  }
  checkReplacement(judged, options.replaces);
}

function checkReplacement({ objects, report }: Judged, replaces: string | undefined): void {
  const found = objects.associations.filter((one) => one.associationType === ASSOCIATION.replaces);
  const remedy =
    'Reliez la nouvelle fiche à l’entryUUID (urn:uuid:…) du document en vigueur, donné par le DMP, et non à son uniqueId.';
  for (const one of found) {
    const known = objects.documents.some((entry) => entry.id === one.sourceObject && !isSignatureEntry(entry));
    const target = one.targetObject ?? '';
    const rightTarget = replaces === undefined ? /^urn:uuid:[0-9a-f-]{36}$/i.test(target) : target === replaces;
    if (known && rightTarget) continue;
    report.add('XDS-REPLACEMENT', {
      where: one.path,
      received: `${one.sourceObject ?? 'absent'} vers ${target || 'absent'}`,
      expected: `une fiche du lot vers ${replaces ?? 'urn:uuid:…'}`,
      remedy,
    });
  }
  if (replaces !== undefined && found.length === 0) {
    report.add('XDS-REPLACEMENT', {
      where: '/Envelope/Body[1]',
      received: 'pas d’association RPLC',
      expected: `une association RPLC vers ${replaces}`,
      remedy,
    });
  }
}
