import {
  classifications,
  DOCUMENT_ENTRY,
  parseCe,
  parseXcn,
  slot,
  slotValues,
  SUBMISSION_SET,
  type Classification,
} from '#formats/ebrim/index.ts';
import { isSignatureEntry } from '../submission.ts';
import type { Judged } from '../types.ts';

const G15 = '1.2.250.1.71.1.2.7';
/** A doctor has one speciality everywhere; the sections of a pharmacist are not coded alike by every table. */
const DOCTOR = '10';

/** Author of the lot, and what the VIHF, the lot and the entries say of one person (D7 of protocols.md §2.11). */
export function checkLotCoherence({ report, objects, vihf }: Judged): void {
  const lot = objects.submissionSet;
  const entries = objects.documents.filter((entry) => !isSignatureEntry(entry));
  const ofLot = lot ? classifications(lot, SUBMISSION_SET.author) : [];
  const ofEntries = entries.flatMap((entry) => classifications(entry, DOCUMENT_ENTRY.author));
  const responsible = entries.flatMap((entry) =>
    slotValues(entry, 'legalAuthenticator').map((one) => parseXcn(one).id),
  );
  const [author] = ofLot;
  const person = author && parseXcn(slot(author, 'authorPerson')?.values[0] ?? '');
  if (author !== undefined && person !== undefined && person.id !== '' && person.identifierType === 'IDNPS') {
    const known = [vihf?.nameId ?? '', ...ofEntries.map(personOf), ...responsible].filter((id) => id !== '');
    if (known.length > 0 && !known.includes(person.id)) {
      report.add('XDS-LOT-AUTHOR', {
        where: slot(author, 'authorPerson')?.path ?? author.path,
        received: person.id,
        expected: `${[...new Set(known)].join(' ou ')} (VIHF, auteurs et responsables des fiches)`,
        remedy: 'Donnez au lot l’auteur de la soumission, et non une personne par défaut.',
      });
    }
  }
  const stated = new Map<string, { readonly code: string; readonly from: string }>();
  const [role, speciality] = vihf?.roles ?? [];
  if (vihf !== undefined && role !== undefined && role.codeSystem === G15 && speciality?.code) {
    stated.set(vihf.nameId, { code: `G15_${role.code}/${speciality.code}`, from: 'VIHF' });
  }
  for (const one of [...ofLot, ...ofEntries]) {
    const found = slot(one, 'authorSpecialty');
    const code = parseCe(found?.values[0] ?? '').code;
    const id = personOf(one);
    if (id === '' || !code.startsWith('G15_')) continue;
    const before = stated.get(id);
    if (before === undefined) stated.set(id, { code, from: one.path });
    else if (!alike(before.code, code)) {
      report.add('XDS-AUTHOR-ROLE', {
        where: found?.path ?? one.path,
        received: `${code}, pour ${id}`,
        expected: `${before.code} (${before.from})`,
        remedy: 'Lisez profession et spécialité d’une seule source, pour le VIHF, le lot et les fiches.',
      });
    }
  }
}

function alike(one: string, other: string): boolean {
  const [profession = '', speciality] = one.slice(4).split('/');
  const [otherProfession = '', otherSpeciality] = other.slice(4).split('/');
  if (profession !== otherProfession) return false;
  return profession !== DOCTOR || !speciality || !otherSpeciality || speciality === otherSpeciality;
}

function personOf(author: Classification): string {
  return parseXcn(slot(author, 'authorPerson')?.values[0] ?? '').id;
}
