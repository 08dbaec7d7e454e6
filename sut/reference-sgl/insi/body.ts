import { el, textEl } from '../xml/index.ts';
import type { Operation } from './operations.ts';
import type { IdentityToVerify, InsiQuery, InsiRequest, VitaleCard } from './types.ts';

/** The element of the Body. Source: ICIR WSDL 1.5.0 (protocols.md §1.4); verification as `operations.json` says. */
export function writeBody(
  request: InsiRequest,
  { element, namespace }: Operation,
  faults: ReadonlySet<string>,
): string {
  const children = ((): readonly string[] => {
    switch (request.kind) {
      case 'traits':
        return writeTraits(request.query, faults);
      case 'vitale':
        return writeCard(request.card, faults);
      case 'verification':
        return writeIdentity(request.identity, faults);
      case 'verification-masse':
        return request.identities.map((identity) =>
          el('Verification', { ref: identity.ref }, ...writeIdentity(identity, faults)),
        );
    }
  })();
  return el(element, { xmlns: namespace }, ...children);
}

function writeTraits(query: InsiQuery, faults: ReadonlySet<string>): readonly string[] {
  const name = (text: string): string => textOfName(text, faults);
  const place = faults.has('insi-lieu-99999') ? '99999' : query.birthPlace;
  const french = query.birthDate.split('-').toReversed().join('/');
  return [
    textEl('NomNaissance', name(query.birthName)),
    ...query.firstNames.map((first) => textEl('Prenom', name(first))),
    ...(faults.has('insi-sans-sexe')
      ? []
      : [textEl('Sexe', faults.has('insi-sexe-minuscule') ? query.sex.toLowerCase() : query.sex)]),
    textEl('DateNaissance', faults.has('insi-date-francaise') ? french : query.birthDate),
    ...(place === undefined ? [] : [textEl('LieuNaissance', place)]),
    ...(faults.has('insi-lieu-departement') && place === undefined ? [textEl('LieuNaissance', '63')] : []),
  ];
}

function textOfName(text: string, faults: ReadonlySet<string>): string {
  if (faults.has('insi-noms-accentues')) return text.replaceAll('E', 'É').replaceAll('A', 'À').replaceAll('I', 'Ï');
  return faults.has('insi-noms-minuscules') ? text.toLowerCase() : text;
}

function writeCard(card: VitaleCard, faults: ReadonlySet<string>): readonly string[] {
  const number = (element: string, matricule: string): string =>
    el(
      element,
      {},
      textEl('NumIdentifiant', matricule.slice(0, 13)),
      ...(faults.has('insi-vitale-sans-cle') ? [] : [textEl('Cle', matricule.slice(13))]),
    );
  return [
    ...(card.bearer === undefined ? [] : [number('MatriculeIndividu', card.bearer)]),
    number('MatriculeOD', card.holder),
    textEl('NomNaissance', card.birthName),
    textEl('DateNaissance', card.birthDate),
    textEl('RangNaissance', String(card.birthRank)),
  ];
}

function writeIdentity({ ins, traits }: IdentityToVerify, faults: ReadonlySet<string>): readonly string[] {
  return [
    el(
      'MatriculeINS',
      {},
      textEl('NumIdentifiant', ins.matricule.slice(0, 13)),
      textEl('Cle', faults.has('insi-verification-cle-fausse') ? '00' : ins.matricule.slice(13)),
      ...(faults.has('insi-verification-sans-oid') ? [] : [textEl('OID', ins.oid)]),
    ),
    ...writeTraits(traits, faults),
  ];
}
