import type { XmlElement } from 'libxml2-wasm';
import type { Ins } from '../model/index.ts';
import { element, NAMESPACES, readSoap, text } from './soap.ts';
import type { InsiAnswer } from './types.ts';

/** Reads the answer to a search, whatever it is. Never throws. Source: ICIR WSDL 1.5.0, element RESULTAT. */
export function readAnswer(contentType: string | undefined, body: Uint8Array): InsiAnswer {
  return readSoap<InsiAnswer>(contentType, body, readResult);
}

function readResult(body: XmlElement): InsiAnswer {
  const result = element(body.get('r:RESULTAT', NAMESPACES));
  if (!result) return { kind: 'illisible', why: "la réponse n'est pas un résultat INSi" };
  const code = text(result, 'r:CR/r:CodeCR');
  const label = text(result, 'r:CR/r:LibelleCR') ?? '';
  if (code === '01' || code === '02') return { kind: 'sans-reponse', code, label };
  if (code !== '00') return { kind: 'illisible', why: `code de retour inconnu (${(code ?? 'absent').slice(0, 20)})` };
  const person = element(result.get('r:INDIVIDU', NAMESPACES));
  const active = element(person?.get('r:INSACTIF', NAMESPACES) ?? null);
  const traits = element(person?.get('r:TIQ', NAMESPACES) ?? null);
  if (!person || !active || !traits) return { kind: 'illisible', why: 'code 00 sans identité complète' };
  return {
    kind: 'trouve',
    code,
    label,
    identity: {
      ins: readIns(active),
      history: person
        .find('r:INSHISTO', NAMESPACES)
        .map(element)
        .filter((histo) => histo !== undefined)
        .map(readIns),
      birthName: text(traits, 'r:NomNaissance'),
      firstName: text(traits, 'r:Prenom'),
      firstNameList: text(traits, 'r:ListePrenom'),
      sex: text(traits, 'r:Sexe'),
      birthDate: text(traits, 'r:DateNaissance'),
      birthPlace: text(traits, 'r:LieuNaissance'),
    },
  };
}

/** 13 characters and the key are two elements on the wire; they are glued everywhere else. */
function readIns(parent: XmlElement): Ins {
  const number = text(parent, 'r:IdIndividu/r:NumIdentifiant') ?? '';
  const key = text(parent, 'r:IdIndividu/r:Cle') ?? '';
  return { matricule: `${number}${key}`, oid: text(parent, 'r:OID') ?? '' };
}
