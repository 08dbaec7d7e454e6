import { readXml, type XmlElement } from '#formats/xml/index.ts';
import { inDocument, type Pair } from './types.ts';

const XSLT = 'http://www.w3.org/1999/XSL/Transform';
const ACTIVE: ReadonlySet<string> = new Set(['script', 'iframe', 'object', 'embed', 'applet']);
/** Attributes by which a page fetches something. */
const FETCHING: ReadonlySet<string> = new Set(['src', 'background', 'data', 'codebase', 'action', 'poster']);
const LINKING: ReadonlySet<string> = new Set(['link', 'import', 'include', 'base']);

/**
 * The style sheet that carries a document (D13). The document that it carries is judged by `checks/cda`, like any other:
 * it is left out here.
 */
export function checkStyleSheet(pair: Pair & { readonly bytes: Uint8Array }): void {
  const { report, cda, bytes } = pair;
  // One named by a relative address is told by `checks/cda`: whoever shows the document may have it.
  if (cda.styleSheet !== undefined && /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(cda.styleSheet)) {
    report.add('XDS-STYLE-SHEET-EXTERNAL', {
      where: inDocument(pair, 'instruction xml-stylesheet, href'),
      received: cda.styleSheet,
      expected: 'aucune feuille de style hors du document',
      remedy: 'Retirez l’instruction, ou portez le document par sa feuille de style (application/xslt+xml).',
    });
  }
  if (!cda.selfPresenting) return;
  const reading = readXml(bytes);
  if (reading.ok) visit(pair, reading.root);
}

function visit(pair: Pair, e: XmlElement): void {
  if (e.path === pair.cda.root.path) return;
  const local = e.name.local.toLowerCase();
  if (ACTIVE.has(local)) script(pair, e.path, `<${e.name.local}>`);
  const style =
    local === 'style' && /@import|url\s*\(\s*["']?\s*(?!["'#]|data:)/i.test(e.text) ? '@import ou url()' : '';
  if (style !== '') external(pair, e.path, style);
  for (const { name, value } of e.attributes) {
    const own = name.local.toLowerCase();
    const where = `${e.path}/@${name.local}`;
    const handler = e.name.namespace !== XSLT && /^on[a-z]{3,}$/.test(own);
    if (handler || /^\s*(?:javascript|vbscript):/i.test(value)) script(pair, where, value);
    else if (own === 'name' && e.name.namespace === XSLT && /^on[a-z]{3,}$/i.test(value) && local === 'attribute') {
      script(pair, where, value);
    } else if (fetches(e, own, value)) external(pair, where, value);
    else if (e.name.namespace === XSLT && /\bdocument\s*\(\s*['"]\s*[^'"\s]/.test(value)) external(pair, where, value);
  }
  for (const node of e.children) if (node.kind === 'element') visit(pair, node);
}

function fetches(e: XmlElement, attribute: string, value: string): boolean {
  const local = e.name.local.toLowerCase();
  const address = FETCHING.has(attribute) || (attribute === 'href' && LINKING.has(local));
  return address && value.trim() !== '' && !/^\s*(?:data:|#|\{)/i.test(value);
}

function script(pair: Pair, path: string, received: string): void {
  pair.report.add('XDS-STYLE-SHEET-SCRIPT', {
    where: inDocument(pair, path),
    received,
    expected: 'ni script, ni gestionnaire d’événement, ni cadre actif',
    remedy: 'Retirez tout contenu actif de la feuille de style : le DMP refuse le document.',
  });
}

function external(pair: Pair, path: string, received: string): void {
  pair.report.add('XDS-STYLE-SHEET-EXTERNAL', {
    where: inDocument(pair, path),
    received,
    expected: 'un contenu dans le document (data: ou #identifiant)',
    remedy: 'Mettez l’image, la police ou la feuille dans le document au lieu d’en donner l’adresse.',
  });
}
