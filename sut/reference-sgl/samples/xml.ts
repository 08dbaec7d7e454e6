import { XmlDocument } from 'libxml2-wasm';

const NS = {
  h: 'urn:hl7-org:v3',
  lab: 'urn:oid:1.3.6.1.4.1.19376.1.3.2',
  lcm: 'urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0',
  rim: 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0',
  s: 'http://www.w3.org/2003/05/soap-envelope',
  wsa: 'http://www.w3.org/2005/08/addressing',
  saml2: 'urn:oasis:names:tc:SAML:2.0:assertion',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xad: 'http://uri.etsi.org/01903/v1.1.1#',
  xdsb: 'urn:ihe:iti:xds-b:2007',
  xop: 'http://www.w3.org/2004/08/xop/include',
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
};

/** Values that an XPath finds in a document: text of elements, value of attributes. Prefixes are those of the field. */
export function xpath(xml: Uint8Array | string, path: string): readonly string[] {
  const document = typeof xml === 'string' ? XmlDocument.fromString(xml) : XmlDocument.fromBuffer(xml);
  try {
    return document.find(path, NS).map((node) => node.content);
  } finally {
    document.dispose();
  }
}
