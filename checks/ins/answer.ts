import { readSoap } from '#formats/soap/index.ts';
import { at, attribute, child, children, type XmlElement } from '#formats/xml/index.ts';
import { readContentType } from '#formats/mime/index.ts';
import type { HeldTraits, InsiAnswer, InsiTraits, InsNumber, VerificationResult } from './types.ts';
import { namesOf, type VerificationNames } from './verification-names.ts';
import { RESULT } from './vocabulary.ts';

/**
 * Reads a response as the product should: what is not SOAP by its status or its content type is no answer of INSi, whatever
 * its bytes (protocols.md §1.6, A10).
 *
 * @param response as the journal keeps it; undefined when the connection ended without one
 * @param names of the messages of verification that the vendor gave
 */
export function readInsiResponse(
  response:
    | {
        readonly status: number;
        readonly headers: readonly (readonly [name: string, value: string])[];
        readonly body: Uint8Array;
      }
    | undefined,
  names?: Partial<VerificationNames>,
): InsiAnswer {
  if (response === undefined || (response.status !== 200 && response.status !== 500)) {
    return { kind: 'unreadable', code: '' };
  }
  const header = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (readContentType(header)?.type !== 'application/soap+xml') return { kind: 'unreadable', code: '' };
  return readInsiAnswer(response.body, names);
}

/**
 * Reads the body of an answer of INSi, whatever prefixes it uses.
 *
 * @param body bytes of the HTTP response; undefined when none came
 * @param names as for {@link readInsiResponse}
 */
export function readInsiAnswer(body: Uint8Array | undefined, names?: Partial<VerificationNames>): InsiAnswer {
  const reading = body === undefined ? undefined : readSoap(body);
  if (reading?.ok !== true) return { kind: 'unreadable', code: '' };
  const { payload } = reading.envelope;
  if (payload === undefined) return { kind: 'unreadable', code: '' };
  if (payload.name.local === 'Fault') {
    const error = at(payload, 'Detail', 'Erreur');
    const code = (error && attribute(error, 'code')) ?? at(payload, 'Code', 'Subcode', 'Value')?.text.trim() ?? '';
    return { kind: 'fault', code };
  }
  // The element of a verification has no public name, a vendor may give its own: its results tell it.
  if (payload.name.local !== 'RESULTAT' || payload.name.namespace !== RESULT)
    return verifiedOf(payload, namesOf(names));
  const code = at(payload, 'CR', 'CodeCR')?.text.trim() ?? '';
  const person = child(payload, 'INDIVIDU');
  const active = person && child(person, 'INSACTIF');
  const traits = person && child(person, 'TIQ');
  if (code !== '00') return code === '' ? { kind: 'unreadable', code: '' } : { kind: 'none', code };
  if (person === undefined || active === undefined || traits === undefined) return { kind: 'unreadable', code: '' };
  const trait = (local: string): string => child(traits, local)?.text.trim() ?? '';
  return {
    kind: 'found',
    code: '00',
    traits: {
      birthName: trait('NomNaissance'),
      firstName: trait('Prenom'),
      firstNames: trait('ListePrenom'),
      sex: trait('Sexe'),
      birthDate: trait('DateNaissance'),
      birthPlace: trait('LieuNaissance'),
    },
    active: numberOf(active),
    history: children(person, 'INSHISTO').map(numberOf),
  };
}

/** A bulk answer holds one Verification per identity; a unit one holds its CR directly. */
function verifiedOf(payload: XmlElement, names: VerificationNames): InsiAnswer {
  const bulk = children(payload, names.entry);
  const results = (bulk.length > 0 ? bulk : [payload]).flatMap((e): readonly VerificationResult[] => {
    const label = at(e, 'CR', 'LibelleCR')?.text.trim();
    const returned = label === names.okLabel ? 'OK' : label === names.koLabel ? 'KO' : undefined;
    const ref = attribute(e, names.reference);
    return returned === undefined ? [] : [{ returned, ...(ref === undefined ? {} : { ref }) }];
  });
  // One result that cannot be read leaves the whole answer in doubt.
  if (results.length < Math.max(1, bulk.length)) return { kind: 'unreadable', code: '' };
  return { kind: 'verified', code: results.some(({ returned }) => returned === 'KO') ? 'KO' : 'OK', results };
}

function numberOf(e: XmlElement): InsNumber {
  const part = (local: string): string => at(e, 'IdIndividu', local)?.text.trim() ?? '';
  return { ins: part('NumIdentifiant') + part('Cle'), oid: child(e, 'OID')?.text.trim() ?? '' };
}

/** Traits of an answer in the shape in which the product holds them: `ListePrenom` cut at its spaces. */
export function heldTraitsOf(traits: InsiTraits): HeldTraits {
  const { birthName, firstNames, sex, birthDate, birthPlace } = traits;
  return {
    birthName,
    firstNames: firstNames.split(' ').filter((name) => name !== ''),
    sex,
    birthDate,
    ...(birthPlace === '' ? {} : { birthPlace }),
  };
}
