import type { XmlFault, XmlFaultCode } from './types.ts';

const LIMITS: ReadonlySet<string> = new Set<XmlFaultCode>(['XML_TOO_DEEP', 'XML_TOO_LARGE', 'XML_TOO_MANY_ELEMENTS']);

/** Whether a document was not read because of a bound of ours, not because of what is wrong in it. */
export function isXmlLimit({ code }: { readonly code: string }): boolean {
  return LIMITS.has(code);
}

/** The parser speaks English; these are the mistakes that developers make, said in French. First match wins. */
const SENTENCES: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [
    /Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)/,
    (m) => `la balise <${m[1]}> ouverte ligne ${m[2]} est fermée par </${m[3]}>`,
  ],
  [/Attribute (\S+) redefined/, (m) => `l'attribut ${m[1]} est présent deux fois`],
  [
    /Namespaced Attribute (\S+) in '([^']*)' redefined/,
    (m) => `l'attribut ${m[1]} de l'espace de noms ${m[2]} est présent deux fois`,
  ],
  [/Namespace prefix (\S+)(?: for (\S+))? on (\S+) is not defined/, (m) => `le préfixe ${m[1]} n'est pas déclaré`],
  [
    /Extra content at the end of the document/,
    () => `du contenu suit l'élément racine (deux racines, ou balise en trop)`,
  ],
  [
    /Premature end of data in tag (\S+) line (\d+)/,
    (m) => `la balise <${m[1]}> ouverte ligne ${m[2]} n'est pas fermée`,
  ],
  [/Document is empty|Start tag expected/, () => `le document ne commence pas par un élément XML`],
  [/Entity '([^']*)' not defined/, (m) => `l'entité &${m[1]}; n'est pas définie`],
  [/PCDATA invalid Char value (\d+)/, (m) => `le caractère de code ${m[1]} est interdit en XML`],
  [/Invalid bytes in character encoding|not proper UTF-8/, () => `des octets ne sont pas de l'UTF-8 valide`],
  [/EntityRef: expecting ';'|xmlParseEntityRef: no name/, () => `une esperluette (&) n'est pas échappée en &amp;`],
  [/AttValue: " or ' expected/, () => `une valeur d'attribut n'est pas entre guillemets`],
  [
    /Unescaped '<' not allowed in attributes values/,
    () => `un chevron (<) n'est pas échappé dans une valeur d'attribut`,
  ],
];

/**
 * French fault from what the parser said.
 *
 * @param detail text of the first fatal error
 * @param line 1-based, when the parser gave one
 */
export function faultOf(detail: string, line: number | undefined): XmlFault {
  const place = line === undefined ? {} : { line };
  if (/depth|nested too deep/i.test(detail)) {
    return {
      code: 'XML_TOO_DEEP',
      message: 'Le document imbrique plus d’éléments que le banc n’en accepte (256).',
      ...place,
    };
  }
  const where = line === undefined ? '' : ` (ligne ${line})`;
  for (const [pattern, sentence] of SENTENCES) {
    const match = pattern.exec(detail);
    if (match)
      return {
        code: 'XML_NOT_WELL_FORMED',
        message: `Le document XML est mal formé${where} : ${sentence(match)}.`,
        ...place,
      };
  }
  const quoted = detail.trim().replace(/\s+/g, ' ').slice(0, 200);
  return {
    code: 'XML_NOT_WELL_FORMED',
    message: `Le document XML est mal formé${where} ; l'analyseur dit : « ${quoted} ».`,
    ...place,
  };
}
