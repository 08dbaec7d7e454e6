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
          el(
            'Verification',
            faults.has('insi-verification-sans-ref') ? {} : { ref: identity.ref },
            ...writeIdentity(identity, faults),
          ),
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

/** Published fictive number, for the fault that verifies somebody else. */
const ANOTHER = { matricule: '279035121518989', oid: '1.2.250.1.213.1.4.10' };

function textOfName(text: string, faults: ReadonlySet<string>): string {
  if (faults.has('insi-nom-tronque')) return text.slice(0, 6).trim();
  if (faults.has('insi-noms-accentues')) return text.replaceAll('E', 'É').replaceAll('A', 'À').replaceAll('I', 'Ï');
  return text;
}

function writeCard(card: VitaleCard, faults: ReadonlySet<string>): readonly string[] {
  const number = (element: string, matricule: string): string =>
    el(
      element,
      {},
      textEl('NumIdentifiant', matricule.slice(0, 13)),
      ...(faults.has('insi-vitale-sans-cle') ? [] : [textEl('Cle', matricule.slice(13))]),
    );
  const rank = faults.has('insi-vitale-autre-rang') ? card.birthRank + 1 : card.birthRank;
  const people = [textEl('NomNaissance', card.birthName), textEl('DateNaissance', card.birthDate)];
  if (faults.has('insi-vitale-sans-matricule')) return people;
  return [
    ...(card.bearer === undefined ? [] : [number('MatriculeIndividu', card.bearer)]),
    number('MatriculeOD', card.holder),
    ...people,
    textEl('RangNaissance', String(rank)),
  ];
}

/** NIA for NIR, and the other way round. */
function otherAuthority(oid: string): string {
  return oid.endsWith('.9') ? ANOTHER.oid : ANOTHER.oid.replace(/\.10$/, '.9');
}

function writeIdentity({ ins: held, traits }: IdentityToVerify, faults: ReadonlySet<string>): readonly string[] {
  const ins = faults.has('insi-verification-autre') ? ANOTHER : held;
  return [
    el(
      'MatriculeINS',
      {},
      textEl('NumIdentifiant', ins.matricule.slice(0, 13)),
      textEl('Cle', ins.matricule.slice(13)),
      ...(faults.has('insi-verification-sans-oid')
        ? []
        : [textEl('OID', faults.has('insi-verification-autre-oid') ? otherAuthority(ins.oid) : ins.oid)]),
    ),
    ...writeTraits(traits, faults),
  ];
}
