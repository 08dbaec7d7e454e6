import { ParseOption, XmlDocument, type XmlElement, type XmlNode } from 'libxml2-wasm';
import type { InsiIdentity } from '../identity/index.ts';
import type { Ins } from '../model/index.ts';

/** What INSi answered, whatever it was. */
export type InsiAnswer =
  | { kind: 'trouve'; code: '00'; label: string; identity: InsiIdentity }
  | { kind: 'sans-reponse'; code: '01' | '02'; label: string }
  /** A SOAP fault: `code` is that of `siram:Erreur`, else the subcode. */
  | { kind: 'erreur'; code: string; label: string }
  /** Not an answer of INSi: a maintenance page, a truncated message, an unknown code. */
  | { kind: 'illisible'; why: string };

const NAMESPACES = {
  s: 'http://www.w3.org/2003/05/soap-envelope',
  r: 'http://www.cnamts.fr/INSiResultat',
  e: 'urn:siram',
};

/** Reads by namespace and name only: prefixes are free and do vary. Never throws. */
export function readAnswer(contentType: string | undefined, body: Uint8Array): InsiAnswer {
  if (!/^(application\/soap\+xml|text\/xml|application\/xml)\b/i.test(contentType ?? '')) {
    return { kind: 'illisible', why: `type de contenu inattendu (${(contentType ?? 'aucun').slice(0, 60)})` };
  }
  let document: XmlDocument;
  try {
    document = XmlDocument.fromBuffer(body, { option: ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET });
  } catch {
    return { kind: 'illisible', why: 'XML mal formé ou tronqué' };
  }
  try {
    return document.dtd ? { kind: 'illisible', why: 'XML avec DTD, refusé' } : readDocument(document);
  } finally {
    document.dispose();
  }
}

function readDocument(document: XmlDocument): InsiAnswer {
  const fault = element(document.get('/s:Envelope/s:Body/s:Fault', NAMESPACES));
  if (fault) {
    const error = element(fault.get('s:Detail//e:Erreur', NAMESPACES));
    const subcode = text(fault, 's:Code/s:Subcode/s:Value')?.split(':').at(-1);
    const code = error?.attr('code')?.value || subcode || 'erreur-soap';
    return { kind: 'erreur', code, label: error?.content.trim() || (text(fault, 's:Reason/s:Text') ?? '') };
  }
  const result = element(document.get('/s:Envelope/s:Body/r:RESULTAT', NAMESPACES));
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

function element(node: XmlNode | null): XmlElement | undefined {
  return (node as XmlElement | null) ?? undefined;
}

function text(parent: XmlElement, path: string): string | undefined {
  return parent.get(path, NAMESPACES)?.content.trim();
}
