import type { CdaActor } from '#formats/cda/index.ts';
import {
  classifications,
  DOCUMENT_ENTRY,
  parseCe,
  parseXcn,
  parseXon,
  slot,
  type Classification,
  type Xcn,
} from '#formats/ebrim/index.ts';
import { differ, inDocument, type Pair } from './types.ts';

/** Authors and responsible of an entry against those of its document. What is absent on one side is another rule's. */
export function checkPeople(pair: Pair): void {
  checkAuthors(pair);
  checkResponsible(pair);
}

function checkAuthors(pair: Pair): void {
  const { report, entry, cda } = pair;
  const authors = classifications(entry, DOCUMENT_ENTRY.author);
  if (cda.authors.length === 0 || authors.length === 0) return;
  const matched = new Set<CdaActor>();
  for (const author of authors) {
    const person = slot(author, 'authorPerson');
    const xcn = parseXcn(person?.values[0] ?? '');
    if (xcn.id === '') return;
    const found = cda.authors.find((one) => idsOf(one).includes(xcn.id));
    if (found === undefined) {
      report.add('XDS-CDA-AUTHOR', {
        where: person?.path ?? author.path,
        received: xcn.id,
        expected: `${cda.authors.flatMap(idsOf).join(' ou ')} (auteur du document)`,
        remedy: 'Construisez la fiche à partir des auteurs écrits dans le document.',
      });
      return;
    }
    matched.add(found);
    compareAuthor(pair, author, xcn, found);
  }
  for (const one of cda.authors) {
    if (matched.has(one) || idsOf(one).length === 0) continue;
    report.add('XDS-CDA-AUTHOR', {
      where: entry.path,
      received: `${authors.length} auteur(s), sans ${idsOf(one).join(', ')}`,
      expected: `l’auteur de ${inDocument(pair, one.path)}`,
      remedy: 'Donnez à la fiche chaque auteur du document.',
    });
  }
}

function compareAuthor({ report }: Pair, author: Classification, xcn: Xcn, actor: CdaActor): void {
  const institution = slot(author, 'authorInstitution');
  const xon = parseXon(institution?.values[0] ?? '');
  const speciality = slot(author, 'authorSpecialty');
  const ce = parseCe(speciality?.values[0] ?? '');
  const role = slot(author, 'authorRole');
  const structures = (actor.organization?.ids ?? []).map((id) => id.extension ?? id.root);
  const add = (where: string, received: string, expected: string): void =>
    report.add('XDS-CDA-AUTHOR', {
      where,
      received,
      expected: `${expected} (auteur du document, ${actor.path})`,
      remedy: 'Reprenez dans la fiche l’auteur tel que le document l’écrit.',
    });
  if (!actor.isDevice && namesDiffer(xcn, actor)) {
    add(slot(author, 'authorPerson')?.path ?? author.path, namesOf(xcn), namesOf(actor));
  }
  if (xon.id !== '' && structures.length > 0 && !structures.includes(xon.id)) {
    add(institution?.path ?? author.path, xon.id, structures.join(' ou '));
  }
  const coded = actor.code?.code;
  if (ce.code !== '' && coded !== undefined && (ce.code !== coded || otherSystem(ce.system, actor))) {
    add(speciality?.path ?? author.path, `${ce.code} (${ce.system})`, `${coded} (${actor.code?.codeSystem ?? ''})`);
  }
  const told = actor.functionCode?.displayName;
  if (differ(role?.values[0], told)) add(role?.path ?? author.path, role?.values[0] ?? '', told ?? '');
}

function otherSystem(system: string, { code }: CdaActor): boolean {
  return system !== '' && code?.codeSystem !== undefined && code.codeSystem !== system;
}

function checkResponsible(pair: Pair): void {
  const { report, entry, cda } = pair;
  const found = slot(entry, 'legalAuthenticator');
  const xcn = parseXcn(found?.values[0] ?? '');
  const actor = cda.legalAuthenticator;
  if (found === undefined || xcn.id === '' || actor === undefined || idsOf(actor).length === 0) return;
  const same = idsOf(actor).includes(xcn.id);
  if (same && !namesDiffer(xcn, actor)) return;
  report.add('XDS-CDA-LEGAL-AUTHENTICATOR', {
    where: found.path,
    received: same ? namesOf(xcn) : xcn.id,
    expected: `${same ? namesOf(actor) : idsOf(actor).join(' ou ')} (${inDocument(pair, actor.path)})`,
    remedy: 'Reprenez dans la fiche le responsable écrit dans le document.',
  });
}

function namesDiffer(xcn: Xcn, actor: CdaActor): boolean {
  return differ(xcn.familyName, actor.familyName) || differ(xcn.givenName, actor.givenName);
}

function namesOf({ familyName = '', givenName = '' }: Pick<CdaActor, 'familyName' | 'givenName'>): string {
  return `${familyName} ${givenName}`.trim();
}

/** A service is known by an OID alone, everybody else by a number in the system of its root. */
function idsOf({ ids }: CdaActor): readonly string[] {
  return ids.flatMap((id) => (id.nullFlavor === undefined ? [id.extension ?? id.root] : []));
}
