import { readSoap } from '#formats/soap/index.ts';
import { at, attribute, child, children, type XmlElement } from '#formats/xml/index.ts';
import type { InsiAnswer, InsNumber } from './types.ts';
import { RESULT } from './vocabulary.ts';

/**
 * Reads the body of an answer of INSi, whatever prefixes it uses.
 *
 * @param body bytes of the HTTP response; undefined when none came
 */
export function readInsiAnswer(body: Uint8Array | undefined): InsiAnswer {
  const reading = body === undefined ? undefined : readSoap(body);
  if (reading?.ok !== true) return { kind: 'unreadable', code: '' };
  const { payload } = reading.envelope;
  if (payload === undefined) return { kind: 'unreadable', code: '' };
  if (payload.name.local === 'Fault') {
    const error = at(payload, 'Detail', 'Erreur');
    const code = (error && attribute(error, 'code')) ?? at(payload, 'Code', 'Subcode', 'Value')?.text.trim() ?? '';
    return { kind: 'fault', code };
  }
  if (payload.name.local !== 'RESULTAT' || payload.name.namespace !== RESULT) return { kind: 'unreadable', code: '' };
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

function numberOf(e: XmlElement): InsNumber {
  const part = (local: string): string => at(e, 'IdIndividu', local)?.text.trim() ?? '';
  return { ins: part('NumIdentifiant') + part('Cle'), oid: child(e, 'OID')?.text.trim() ?? '' };
}
