import type { SoapEnvelope } from '#formats/soap/index.ts';
import { child, children, type XmlElement } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import type { InsRule } from './rules.ts';
import { checkSentTraits, identityFor } from './sent-traits.ts';
import type { InsiOptions } from './types.ts';
import { checkVitale } from './vitale.ts';

/** A double hyphen joins two family names (protocols.md §1.6, A3). */
export const NAME = /^[A-Z](?:[A-Z' -]*[A-Z'])?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
export const COG = /^(?:\d{5}|2[AB]\d{3})$/;

/** Judges the body of a search (protocols.md §1.4 and §1.6). */
export function checkSearch(report: Report<InsRule>, envelope: SoapEnvelope, options: InsiOptions): void {
  const { payload } = envelope;
  if (payload?.name.local === 'RECSANSVITALE') {
    checkTraits(report, payload);
    checkSentTraits(report, payload, identityFor(payload, options.identities));
  }
  if (payload?.name.local === 'RECVITALE') checkVitale(report, envelope, payload, options);
}

/** What identifies the person and the search; two requests with the same text are the same search. */
export function searchKey(envelope: SoapEnvelope): { readonly person: string; readonly search: string } | undefined {
  const { payload } = envelope;
  if (payload?.name.local !== 'RECSANSVITALE') return undefined;
  const of = (local: string): string =>
    children(payload, local)
      .map((e) => e.text.trim())
      .join('+');
  const person = [of('NomNaissance'), of('Sexe'), of('DateNaissance')].join('|');
  return { person, search: [person, of('Prenom'), of('LieuNaissance')].join('|') };
}

/** First names of a traits search, in order. */
export function firstNamesOf(payload: XmlElement): readonly XmlElement[] {
  return children(payload, 'Prenom');
}

/** Judges traits wherever INSi is sent some: a search, a verification. */
export function checkTraits(report: Report<InsRule>, search: XmlElement): void {
  for (const [local, name] of [
    ['NomNaissance', 'le nom de naissance'],
    ['Prenom', 'un prénom'],
    ['Sexe', 'le sexe'],
    ['DateNaissance', 'la date de naissance'],
  ] as const) {
    if (child(search, local)?.text.trim()) continue;
    report.add('INSI-TRAITS-REQUIRED', {
      where: `${search.path}/${local}`,
      received: 'absent ou vide',
      expected: name,
      remedy: `N’appelez INSi qu’une fois ${name} connu, et envoyez-le dans ${local}.`,
    });
  }
  for (const e of [...children(search, 'NomNaissance'), ...firstNamesOf(search)]) {
    if (e.text.trim() === '' || NAME.test(e.text)) continue;
    report.add('INSI-TRAITS-CHARACTERS', {
      where: e.path,
      received: e.text,
      expected: 'des majuscules A-Z, espace, apostrophe et trait d’union, sans espace au bord',
      remedy: 'Mettez en majuscules, ôtez accents, cédilles, ligatures, chiffres et espaces de bord avant l’appel.',
    });
  }
  checkSex(report, search);
  checkDate(report, search);
  checkPlace(report, search);
}

function checkSex(report: Report<InsRule>, search: XmlElement): void {
  const sex = child(search, 'Sexe');
  if (sex === undefined || sex.text.trim() === '' || /^[MF]$/.test(sex.text)) return;
  report.add('INSI-SEX', {
    where: sex.path,
    received: sex.text,
    expected: 'M ou F',
    remedy: 'N’envoyez pas de recherche pour un sexe inconnu (I) ; sinon envoyez M ou F.',
  });
}

function checkDate(report: Report<InsRule>, search: XmlElement): void {
  const date = child(search, 'DateNaissance');
  if (date === undefined || date.text.trim() === '' || DATE.test(date.text)) return;
  report.add('INSI-BIRTH-DATE', {
    where: date.path,
    received: date.text,
    expected: 'AAAA-MM-JJ',
    remedy: 'Écrivez la date sur 10 caractères, année d’abord, sans heure.',
  });
}

function checkPlace(report: Report<InsRule>, search: XmlElement): void {
  const place = child(search, 'LieuNaissance');
  if (place === undefined) return;
  if (place.text.trim() === '99999') {
    report.add('INSI-BIRTH-PLACE-UNKNOWN', {
      where: place.path,
      received: '99999',
      expected: 'pas d’élément LieuNaissance',
      remedy: 'Omettez LieuNaissance quand le lieu est inconnu.',
    });
  } else if (!COG.test(place.text)) {
    report.add('INSI-BIRTH-PLACE', {
      where: place.path,
      received: place.text || 'vide',
      expected: 'un code COG de 5 caractères (commune ou 99 suivi du pays)',
      remedy:
        'Envoyez le code officiel géographique, pas le code postal ni le libellé ; omettez l’élément s’il est inconnu.',
    });
  }
}
