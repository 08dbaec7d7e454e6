import { escapeXml } from '#formats/xml/index.ts';
import type { Dress } from './dresses.ts';
import type { Part, Space } from './parts.ts';

/** Prefixes in force: what each stands for. */
type Scope = ReadonlyMap<string, string>;

/**
 * Writes elements in a dress: prefixes, declarations, layout and escapes change, what a namespace-aware reader reads does
 * not (text between elements aside).
 * @param root an envelope
 * @param namespaces of each space
 */
export function writeXml(root: Part, dress: Dress, namespaces: Readonly<Record<Space, string>>): string {
  return dress.prolog + element(root, new Map(), 0, false);

  function element(part: Part, inherited: Scope, depth: number, inResult: boolean): string {
    const scope = new Map(inherited);
    const declarations: [string, string][] = [];
    const declare = (space: Space): string => {
      const prefix = dress.prefixes[space];
      if (scope.get(prefix) !== namespaces[space]) {
        scope.set(prefix, namespaces[space]);
        declarations.push([prefix === '' ? 'xmlns' : `xmlns:${prefix}`, namespaces[space]]);
      }
      return prefix === '' ? '' : `${prefix}:`;
    };
    const name = `${declare(part.space)}${part.name}`;
    const { content } = part;
    const isName = typeof content === 'object' && 'local' in content;
    const value = isName ? `${declare(content.space)}${content.local}` : '';
    if (depth === 0 && dress.declare === 'root') {
      for (const space of Object.keys(namespaces) as Space[]) if (dress.prefixes[space] !== '') declare(space);
    }
    if (part.space === 'result' && !inResult) {
      for (const [prefix, namespace] of Object.entries(dress.unused ?? {})) {
        declarations.push([`xmlns:${prefix}`, namespace]);
      }
    }
    const attributes = Object.entries(part.attributes ?? {});
    const written = dress.attributesFirst
      ? [...attributes.toReversed(), ...declarations]
      : [...declarations, ...attributes];
    const start = `<${name}${written.map(([key, text]) => ` ${key}=${dress.quote}${escapeXml(text)}${dress.quote}`).join('')}`;
    const inside = isName
      ? value
      : typeof content === 'string'
        ? text(content)
        : children(content, scope, depth, part.space === 'result');
    return inside === '' && dress.selfClosing ? `${start}/>` : `${start}>${inside}</${name}>`;
  }

  function children(parts: readonly Part[], scope: Scope, depth: number, inResult: boolean): string {
    if (parts.length === 0) return '';
    const before = dress.newline + dress.indent.repeat(depth + 1);
    const comment = dress.comments ? `<!-- ${depth} < ${depth + 1} -->` : '';
    const inside = parts.map((part) => before + comment + element(part, scope, depth + 1, inResult)).join('');
    return inside + dress.newline + dress.indent.repeat(depth);
  }

  function text(raw: string): string {
    const value = carried(raw);
    if (value === '') return '';
    switch (dress.text) {
      case 'entities':
        return escapeXml(value);
      case 'numeric':
        return numeric(value);
      case 'cdata':
        // A section cannot hold its own end, nor a carriage return that a reader would turn into a line feed.
        return value.includes('\r') ? numeric(value) : `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
    }
  }
}

/** Characters that XML 1.0 cannot carry (§2.2) become U+FFFD, as `escapeXml` does: half a surrogate pair, for one. */
function carried(text: string): string {
  return text.toWellFormed().replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}

/** Everything but plain letters, digits and spaces as a character reference. */
function numeric(value: string): string {
  return value.replaceAll(/[^A-Za-z0-9 ]/gu, (one, index: number) => {
    const code = one.codePointAt(0) ?? 0;
    return index % 2 === 0 ? `&#${code};` : `&#x${code.toString(16)};`;
  });
}
