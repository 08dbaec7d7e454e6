import { child, children, type XmlElement } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import type { InsRule } from './rules.ts';
import type { SentIdentity } from './types.ts';

/**
 * Judges that the traits sent to INSi are those of the identity, but for accents and case: what is sent is written as INSi
 * wants it. First names may be fewer, never others; the place may be left out.
 */
export function checkSentTraits(report: Report<InsRule>, e: XmlElement, identity: SentIdentity | undefined): void {
  if (identity === undefined) return;
  const { traits } = identity;
  const names = traits.firstNames.map(strict);
  const sent = (local: string): string => child(e, local)?.text ?? '';
  const pairs: [local: string, received: string, expected: string][] = [
    ['NomNaissance', strict(sent('NomNaissance')), strict(traits.birthName)],
    ['Sexe', sent('Sexe').trim(), traits.sex],
    ['DateNaissance', sent('DateNaissance').trim(), traits.birthDate],
  ];
  const place = sent('LieuNaissance').trim();
  if (place !== '') pairs.push(['LieuNaissance', place, traits.birthPlace ?? 'absent, car inconnu']);
  for (const [local, received, expected] of pairs) {
    if (received === expected) continue;
    add(report, `${e.path}/${local}[1]`, received, expected);
  }
  for (const one of children(e, 'Prenom')) {
    const name = strict(one.text);
    // A product may send all the first names in one element, or one element for each.
    if (names.includes(name) || name === names.join(' ')) continue;
    add(report, one.path, name, names.join(' ou '));
  }
}

/** Among the identities that calls may be about, the one of this search; the first when none has its traits. */
export function identityFor(e: XmlElement, identities: readonly SentIdentity[] = []): SentIdentity | undefined {
  const name = strict(child(e, 'NomNaissance')?.text ?? '');
  const date = child(e, 'DateNaissance')?.text.trim();
  return (
    identities.find(({ traits }) => strict(traits.birthName) === name && traits.birthDate === date) ?? identities[0]
  );
}

function add(report: Report<InsRule>, where: string, received: string, expected: string): void {
  report.add('INSI-SENT-TRAITS', {
    where,
    received: received || 'vide',
    expected,
    remedy: 'Envoyez à INSi les traits enregistrés pour ce patient, mis en majuscules sans accents, et rien d’autre.',
  });
}

/** Upper case, without diacritics, with the straight apostrophe: how INSi compares names. */
export function strict(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .replaceAll(/œ/gi, 'OE')
    .replaceAll(/æ/gi, 'AE')
    .trim()
    .toUpperCase();
}
