import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  at,
  attribute,
  canonicalXml,
  child,
  children,
  descendants,
  escapeXml,
  readXml,
  type XmlElement,
} from './index.ts';

function root(source: string | Uint8Array): XmlElement {
  const reading = readXml(source);
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.root;
}

function code(source: string | Uint8Array): string {
  const reading = readXml(source);
  return reading.ok ? 'accepted' : reading.fault.code;
}

describe('readXml refuses what is hostile', () => {
  const laughs = Array.from({ length: 10 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
  it.each([
    ['billion laughs', `<!DOCTYPE a [<!ENTITY l0 "lol">${laughs}]><a>&l10;</a>`, 'XML_DTD_REFUSED'],
    [
      'quadratic blow-up',
      `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(50_000)}">]><a>${'&b;'.repeat(50_000)}</a>`,
      'XML_DTD_REFUSED',
    ],
    ['external entity', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', 'XML_DTD_REFUSED'],
    [
      'external DTD after comments',
      '<?xml version="1.0"?><!-- x --><?p?>\n<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a/>',
      'XML_DTD_REFUSED',
    ],
    ['200,000 deep', '<a>'.repeat(200_000) + '</a>'.repeat(200_000), 'XML_TOO_DEEP'],
    ['200,001 elements', `<a>${'<b/>'.repeat(200_000)}</a>`, 'XML_TOO_MANY_ELEMENTS'],
    ['201 deep', '<a>'.repeat(201) + '</a>'.repeat(201), 'XML_TOO_DEEP'],
    ['100,000 attributes', `<a ${Array.from({ length: 100_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`, 'XML_TOO_LARGE'],
    ['duplicate attribute', '<a b="1" b="2"/>', 'XML_NOT_WELL_FORMED'],
    ['duplicate attribute by namespace', '<a xmlns:b="u:2" xmlns:c="u:2" b:d="1" c:d="2"/>', 'XML_NOT_WELL_FORMED'],
    ['mismatched tag', '<a><b></a></b>', 'XML_NOT_WELL_FORMED'],
    ['two roots', '<a/><b/>', 'XML_NOT_WELL_FORMED'],
    ['undeclared prefix', '<x:a/>', 'XML_NOT_WELL_FORMED'],
    ['undeclared attribute prefix', '<a x:b="1"/>', 'XML_NOT_WELL_FORMED'],
    ['control character', '<a>\u0001</a>', 'XML_NOT_WELL_FORMED'],
    ['reference to a control character', '<a>&#1;</a>', 'XML_NOT_WELL_FORMED'],
    ['undefined entity', '<a>&eacute;</a>', 'XML_NOT_WELL_FORMED'],
    ['bare ampersand', '<a>a & b</a>', 'XML_NOT_WELL_FORMED'],
    ['unclosed element', '<a><b></b>', 'XML_NOT_WELL_FORMED'],
    ['nothing', '', 'XML_NOT_WELL_FORMED'],
    ['text only', 'not found', 'XML_NOT_WELL_FORMED'],
  ])('%s', (_, source, expected) => {
    expect(code(source)).toBe(expected);
  });

  it('counts elements alone: markup in comments and CDATA sections makes no tree', () => {
    const shown = '<b/>'.repeat(200_001);
    expect(readXml(`<a><!--${shown}--><![CDATA[${shown}]]></a>`)).toMatchObject({ ok: true, root: { text: shown } });
    expect(readXml('<a><b/><b/></a>', { maxElements: 2 })).toMatchObject({ fault: { code: 'XML_TOO_MANY_ELEMENTS' } });
    expect(readXml('<a><b/></a>', { maxElements: 2 })).toMatchObject({ ok: true });
  });

  it('says the line and the mistake in French', () => {
    expect(readXml('<a>\n  <b>\n</a>')).toEqual({
      ok: false,
      fault: {
        code: 'XML_NOT_WELL_FORMED',
        message: 'Le document XML est mal formé (ligne 3) : la balise <b> ouverte ligne 2 est fermée par </a>.',
        line: 3,
      },
    });
  });

  it('bounds the size it is told', () => {
    expect(readXml('<a>123456789</a>', { maxBytes: 10 })).toMatchObject({ fault: { code: 'XML_TOO_LARGE' } });
  });

  it('refuses bytes that are not of the encoding announced', () => {
    expect(code(Buffer.from('<a>é</a>', 'latin1'))).toBe('XML_ENCODING');
    expect(code(Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a/>'))).toBe('XML_ENCODING');
    expect(code(Buffer.from('<?xml version="1.0" encoding="EBCDIC-CP-FR"?><a/>'))).toBe('XML_ENCODING');
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom('<a>', '', '<?xml '), (bytes, lead) => {
        expect(typeof readXml(Buffer.concat([Buffer.from(lead), bytes])).ok).toBe('boolean');
      }),
    );
  });
});

describe('readXml keeps what was sent', () => {
  it('resolves namespaces and keeps prefixes', () => {
    const a = root('<a xmlns="u:1" xmlns:b="u:2"><b:c b:d="1" e="2" xml:lang="fr"/></a>');
    expect(a.name).toEqual({ namespace: 'u:1', local: 'a', prefix: '' });
    const c = child(a, 'c');
    expect(c?.name).toEqual({ namespace: 'u:2', local: 'c', prefix: 'b' });
    expect(c && attribute(c, 'd', 'u:2')).toBe('1');
    expect(c && attribute(c, 'e', '')).toBe('2');
    expect(c && attribute(c, 'lang', 'http://www.w3.org/XML/1998/namespace')).toBe('fr');
    expect(a.attributes).toEqual([]);
  });

  it('keeps text exactly, CDATA and text around comments glued', () => {
    const a = root('\uFEFF<a> x <![CDATA[<y>]]> &lt;z&#233;<!-- c -->!<?p?> <b>t</b>\n</a>');
    expect(a.text).toBe(' x <y> <zé! t\n');
    expect(a.children.map((node) => node.kind)).toEqual(['text', 'element', 'text']);
  });

  it.each([
    ['ISO-8859-1', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1')],
    ['UTF-16 with BOM', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('<a>é</a>', 'utf16le')])],
    ['UTF-8 with BOM', Buffer.from('\uFEFF<?xml version="1.0" encoding="utf-8"?><a>é</a>')],
  ])('reads %s', (_, bytes) => {
    expect(root(bytes).text).toBe('é');
  });

  it('gives lines and paths with positions', () => {
    const a = root('<a>\n<b/>\n<c/>\n<b><d/></b></a>');
    const [, second] = children(a, 'b');
    expect(second?.line).toBe(4);
    expect(second && at(second, 'd')?.path).toBe('/a/b[2]/d[1]');
    expect(a.path).toBe('/a');
  });

  it('has no trouble with names of the language', () => {
    const a = root('<__proto__ constructor="1"><toString>x</toString></__proto__>');
    expect(a.name.local).toBe('__proto__');
    expect(attribute(a, 'constructor')).toBe('1');
    expect(attribute(a, 'toString')).toBeUndefined();
  });

  it('accepts the word DOCTYPE anywhere but in the prolog', () => {
    expect(root('<!-- <!DOCTYPE a> --><a><![CDATA[<!DOCTYPE a>]]></a>').text).toBe('<!DOCTYPE a>');
  });

  it('reads a text above the usual bound of the parser', () => {
    const text = 'QUJD'.repeat(2_600_000);
    expect(root(`<a><t>${text}</t></a>`).text.length).toBe(text.length);
  });

  it('gives back any text that escapeXml wrote, as element and as attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const expected = text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
        const a = root(`<a b="${escapeXml(text)}">${escapeXml(text)}</a>`);
        expect(a.text).toBe(expected);
        expect(attribute(a, 'b')).toBe(expected);
      }),
    );
  });
});

describe('navigation', () => {
  const a = root('<a xmlns:x="u:x"><b/><x:b id="1"/><c><b><b/></b></c></a>');

  it('takes any namespace unless told', () => {
    expect(children(a, 'b')).toHaveLength(2);
    expect(children(a, 'b', 'u:x')).toHaveLength(1);
    expect(child(a, 'b', '')?.path).toBe('/a/b[1]');
    expect(at(a, 'c', 'b', 'nothing')).toBeUndefined();
  });

  it('lists descendants in document order', () => {
    expect(descendants(a, 'b').map((e) => e.path)).toEqual(['/a/b[1]', '/a/b[2]', '/a/c[1]/b[1]', '/a/c[1]/b[1]/b[1]']);
  });
});

describe('canonicalXml', () => {
  it('orders attributes, opens empty elements and drops comments unless told', () => {
    const bytes = Buffer.from('<?xml version="1.0"?><a z="1" b="2"><!--c--><d/></a>');
    expect(canonicalXml(bytes)).toBe('<a b="2" z="1"><d></d></a>');
    expect(canonicalXml(bytes, { comments: true })).toBe('<a b="2" z="1"><!--c--><d></d></a>');
    expect(canonicalXml(Buffer.from('<a xmlns:u="u:1"><b/></a>'), { exclusive: true })).toBe('<a><b></b></a>');
  });

  it('does not canonicalise what is refused', () => {
    expect(canonicalXml(Buffer.from('<!DOCTYPE a><a/>'))).toBeUndefined();
  });
});
