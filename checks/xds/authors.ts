import {
  classifications,
  DOCUMENT_ENTRY,
  parseCe,
  parseXcn,
  parseXon,
  slot,
  SUBMISSION_SET,
  type Classification,
  type Slot,
  type Xcn,
} from '#formats/ebrim/index.ts';
import { isSignatureEntry } from './submission.ts';
import type { JudgedRegistry } from './types.ts';

const SPECIALITY_SYSTEM = '1.2.250.1.213.1.1.4.5';

/** Authors and legal authenticator (D7 of protocols.md §2.11; formats of §2.5). */
export function checkAuthors(judged: JudgedRegistry): void {
  const { objects, report } = judged;
  const lot = objects.submissionSet;
  const authors = lot ? classifications(lot, SUBMISSION_SET.author) : [];
  if (authors.length > 1) {
    report.add('XDS-AUTHOR', {
      where: authors[1]?.path ?? '',
      received: `${authors.length} auteurs du lot`,
      expected: 'un seul auteur du lot',
      remedy: 'Gardez pour le lot le seul auteur de la soumission.',
    });
  }
  for (const author of authors) checkAuthor(judged, author);
  const [first] = authors;
  if (first !== undefined) checkInstitutionOfVihf(judged, first);
  for (const entry of objects.documents) {
    for (const author of classifications(entry, DOCUMENT_ENTRY.author)) checkAuthor(judged, author);
    const authenticator = slot(entry, 'legalAuthenticator');
    if (authenticator === undefined || isSignatureEntry(entry)) continue;
    checkAuthenticator(judged, authenticator);
  }
}

function checkAuthor({ report }: JudgedRegistry, author: Classification): void {
  const person = slot(author, 'authorPerson');
  const value = person?.values[0] ?? '';
  const xcn = parseXcn(value);
  const faults = person === undefined || value === '' ? ['authorPerson absent'] : faultsOfXcn(xcn);
  if (faults.length > 0) {
    report.add('XDS-AUTHOR', {
      where: person?.path ?? author.path,
      received: value === '' ? 'authorPerson absent' : `${value} (${faults.join(', ')})`,
      expected: 'id^NOM^Prénom^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS',
      remedy: 'Renseignez les composants 1, 2, 3, 9, 10 et 13 de l’auteur.',
    });
  }
  // Patients write in their own name: they have neither institution nor speciality.
  if (xcn.identifierType === 'NH') return;
  checkInstitution(report, author);
  const speciality = slot(author, 'authorSpecialty');
  for (const one of speciality?.values ?? []) {
    const ce = parseCe(one);
    if (ce.code !== '' && ce.label !== '' && ce.system === SPECIALITY_SYSTEM) continue;
    report.add('XDS-AUTHOR', {
      where: speciality?.path ?? author.path,
      received: one || 'vide',
      expected: `code^libellé^${SPECIALITY_SYSTEM}`,
      remedy: 'Écrivez la spécialité avec son code, son libellé et son OID.',
    });
  }
}

function checkInstitution(report: JudgedRegistry['report'], author: Classification): void {
  const institution = slot(author, 'authorInstitution');
  const value = institution?.values[0] ?? '';
  const xon = parseXon(value);
  const structure = xon.authority.universalId === '1.2.250.1.71.4.2.2' && xon.identifierType === 'IDNST';
  const service = xon.authority.universalId === '1.3.2' && xon.identifierType === 'SIREN';
  if (xon.name !== '' && xon.id !== '' && xon.authority.universalIdType === 'ISO' && (structure || service)) return;
  report.add('XDS-AUTHOR', {
    where: institution?.path ?? author.path,
    received: value || 'authorInstitution absent',
    expected: 'Nom^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^Struct_IdNat',
    remedy: 'Renseignez les composants 1, 6, 7 et 10 de la structure.',
  });
}

function checkInstitutionOfVihf({ report, vihf }: JudgedRegistry, author: Classification): void {
  const institution = slot(author, 'authorInstitution');
  const value = institution?.values[0];
  const structure = vihf?.structure;
  if (!value || !structure || parseXon(value).id === structure) return;
  report.add('XDS-AUTHOR-INSTITUTION', {
    where: institution?.path ?? author.path,
    received: parseXon(value).id || 'vide',
    expected: `${structure} (Identifiant_Structure du VIHF)`,
    remedy: 'Donnez au lot la structure au nom de laquelle la requête est authentifiée.',
  });
}

function checkAuthenticator({ report }: JudgedRegistry, authenticator: Slot): void {
  const value = authenticator.values[0] ?? '';
  const faults = value === '' ? [] : faultsOfXcn(parseXcn(value));
  if (authenticator.values.length === 1 && faults.length === 0) return;
  if (value === '') return;
  report.add('XDS-LEGAL-AUTHENTICATOR', {
    where: authenticator.path,
    received: faults.length > 0 ? `${value} (${faults.join(', ')})` : `${authenticator.values.length} valeurs`,
    expected: 'une seule valeur id^NOM^Prénom^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS',
    remedy: 'Renseignez le responsable du document avec son identifiant national.',
  });
}

/** Components that are absent or wrong; persons, systems of a structure (`RI`, `EI`) and patients (`NH`) differ. */
function faultsOfXcn(xcn: Xcn): string[] {
  const faults: string[] = [];
  if (xcn.id === '') faults.push('composant 1 vide');
  if (xcn.familyName === '') faults.push('composant 2 vide');
  if (xcn.givenName === '') faults.push('composant 3 vide');
  const { authority, nameType, identifierType } = xcn;
  if (authority.namespaceId !== '' || authority.universalId === '' || authority.universalIdType !== 'ISO') {
    faults.push('composant 9 de la forme &OID&ISO attendu');
  } else if (identifierType === 'IDNPS' && authority.universalId !== '1.2.250.1.71.4.2.1') {
    faults.push('OID du composant 9');
  } else if (identifierType === 'NH' && !authority.universalId.startsWith('1.2.250.1.213.1.4.')) {
    faults.push('OID du composant 9 : celui de l’INS attendu');
  }
  if (!['IDNPS', 'RI', 'EI', 'NH'].includes(identifierType)) faults.push('composant 13');
  const expected = identifierType === 'RI' || identifierType === 'EI' ? 'U' : 'D';
  if (nameType !== expected) faults.push(`composant 10 : ${expected} attendu`);
  return faults;
}
