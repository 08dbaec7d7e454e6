/**
 * Writing XML as strings. Every text that comes from a person passes through {@link escapeXml}; what {@link el} takes as
 * children is XML already, so that nothing is escaped twice.
 */

/** XML ready to be placed in a document. `undefined` and `false` are left out, which keeps conditions short. */
export type Xml = string | undefined | false;

/**
 * Escapes a text for element content and for attribute values; characters that XML 1.0 forbids are dropped.
 *
 * @example escapeXml(`CR d'examens & "TSH"`) // CR d&apos;examens &amp; &quot;TSH&quot;
 */
export function escapeXml(text: string): string {
  return text
    .replace(FORBIDDEN, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

/** Everything outside the Char production of XML 1.0, lone surrogates included. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/**
 * One element. Attributes whose value is `undefined` are left out; attribute values are escaped here, children are not.
 *
 * @example el('id', { root: '1.2.3' }) // <id root="1.2.3"/>
 */
export function el(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
  ...children: readonly Xml[]
): string {
  const opening = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join('');
  const content = children.filter((part) => typeof part === 'string').join('');
  return content === '' ? `<${name}${opening}/>` : `<${name}${opening}>${content}</${name}>`;
}

/** One element that holds a text, escaped. */
export function textEl(
  name: string,
  text: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
): string {
  return el(name, attributes, escapeXml(text));
}

/** Declaration and root, UTF-8. */
export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}
