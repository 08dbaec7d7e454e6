import { ParseOption, XmlDocument, XmlElement as LibElement, XmlC14NMode } from 'libxml2-wasm';

/**
 * One element of a document as a document of its own: what it inherits (namespaces, `xml:` attributes) is written on it,
 * so that it canonicalises as it did in its place, exclusively or not (Canonical XML 1.0 §2.4).
 *
 * @param bytes a document that `readXml` accepted
 * @param path as `XmlElement.path` gives it
 * @returns undefined when there is no element there
 */
export function isolateElement(bytes: Uint8Array, path: string): string | undefined {
  const document = XmlDocument.fromBuffer(bytes, {
    option: (ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE) as ParseOption,
  });
  try {
    const steps = path.slice(1).split('/');
    const xpath = steps.map((step) => step.replace(/^([^[]+)/, `*[local-name()='$1']`)).join('/');
    const node = document.get(`/${xpath}`);
    return node instanceof LibElement
      ? node.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_1_0, withComments: true })
      : undefined;
  } finally {
    document.dispose();
  }
}
