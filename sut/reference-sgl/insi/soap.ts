import { ParseOption, XmlDocument, type XmlElement, type XmlNode } from 'libxml2-wasm';
import { RESULT_NAMESPACE, VERIFICATION_NAMESPACE } from './operations.ts';
import type { InsiFailure } from './types.ts';

export const NAMESPACES = {
  s: 'http://www.w3.org/2003/05/soap-envelope',
  r: RESULT_NAMESPACE,
  v: VERIFICATION_NAMESPACE,
  e: 'urn:siram',
};

/**
 * Reads an answer of INSi by namespace and name only: prefixes are free and do vary. Never throws: a maintenance page, a
 * truncated message or a SOAP fault comes as an {@link InsiFailure}.
 *
 * @param read called with the Body when it holds no fault; the document is gone afterwards
 */
export function readSoap<Answer>(
  contentType: string | undefined,
  body: Uint8Array,
  read: (body: XmlElement) => Answer | InsiFailure,
): Answer | InsiFailure {
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
    if (document.dtd) return { kind: 'illisible', why: 'XML avec DTD, refusé' };
    const content = element(document.get('/s:Envelope/s:Body', NAMESPACES));
    if (!content) return { kind: 'illisible', why: "la réponse n'est pas un message SOAP" };
    return readFault(content) ?? read(content);
  } finally {
    document.dispose();
  }
}

function readFault(body: XmlElement): InsiFailure | undefined {
  const fault = element(body.get('s:Fault', NAMESPACES));
  if (!fault) return undefined;
  const error = element(fault.get('s:Detail//e:Erreur', NAMESPACES));
  const subcode = text(fault, 's:Code/s:Subcode/s:Value')?.split(':').at(-1);
  const code = error?.attr('code')?.value || subcode || 'erreur-soap';
  return { kind: 'erreur', code, label: error?.content.trim() || (text(fault, 's:Reason/s:Text') ?? '') };
}

export function element(node: XmlNode | null): XmlElement | undefined {
  return (node as XmlElement | null) ?? undefined;
}

/** Trimmed content of what the path names; undefined when it is absent. */
export function text(parent: XmlElement, path: string): string | undefined {
  return parent.get(path, NAMESPACES)?.content.trim();
}
