import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readXml, walkXml } from './index.ts';
import type { XmlElement, XmlLimits, XmlVisitor } from './index.ts';

function eventsOf(document: string, limits?: XmlLimits): unknown {
  const events: string[] = [];
  const visitor: XmlVisitor = {
    open(name, attribute, depth) {
      events.push(`<${name} ${depth} ${attribute('id') ?? ''}`);
      return name !== 'skip';
    },
    text: (characters) => events.push(characters),
    close: (name, depth) => events.push(`>${name} ${depth}`),
  };
  const walked = walkXml(Buffer.from(document), visitor, limits);
  return walked.ok ? events : walked.fault.code;
}

describe('walkXml', () => {
  it('visits elements and text in order, by local name', () => {
    expect(eventsOf('<x:a xmlns:x="u:1" id="1"> t<b x:id="2"/><skip><b/></skip>u<![CDATA[<v>]]></x:a>')).toEqual([
      '<a 1 1',
      ' t',
      '<b 2 2',
      '>b 2',
      '<skip 2 ',
      'u',
      '<v>',
      '>a 1',
    ]);
  });

  it('prefers the attribute without namespace', () => {
    expect(eventsOf('<a xmlns:x="u:1" x:id="2" id="1"/>')).toEqual(['<a 1 1', '>a 1']);
  });

  it('goes on after comments and processing instructions', () => {
    expect(eventsOf('<a><b/><!-- c --><?p q?><b/>t<?p?><b/></a>')).toEqual([
      '<a 1 ',
      '<b 2 ',
      '>b 2',
      '<b 2 ',
      '>b 2',
      't',
      '<b 2 ',
      '>b 2',
      '>a 1',
    ]);
  });

  it('takes a time that follows the number of processing instructions', () => {
    const visited = eventsOf(`<a>${'x<?p?>'.repeat(50_000)}</a>`);
    expect(Array.isArray(visited) && visited.length).toBe(50_002);
  });

  it.each([
    ['a DTD', '<!DOCTYPE a><a/>', undefined, 'XML_DTD_REFUSED'],
    ['what is not well-formed', '<a><b></a>', undefined, 'XML_NOT_WELL_FORMED'],
    ['another encoding than announced', '<?xml version="1.0" encoding="UTF-16"?><a/>', undefined, 'XML_ENCODING'],
    ['too many bytes', '<a>123</a>', { maxBytes: 5 }, 'XML_TOO_LARGE'],
    ['too many elements', '<a><skip><b/><b/></skip></a>', { maxElements: 3 }, 'XML_TOO_MANY_ELEMENTS'],
    ['too many levels', '<a>'.repeat(201) + '</a>'.repeat(201), undefined, 'XML_TOO_DEEP'],
    [
      'too many attributes',
      `<a ${Array.from({ length: 1001 }, (_one, at) => `b${at}=""`).join(' ')}/>`,
      undefined,
      'XML_TOO_LARGE',
    ],
  ])('refuses %s', (_, document, limits, code) => {
    expect(eventsOf(document, limits)).toBe(code);
  });

  it('takes no more for many elements', () => {
    let elements = 0;
    const open = (): undefined => {
      elements += 1;
    };
    expect(walkXml(Buffer.from(`<a>${'<b/>'.repeat(300_000)}</a>`), { open })).toEqual({ ok: true, elements: 300_001 });
    expect(elements).toBe(300_001);
  });

  it('takes no namespace declaration for an attribute', () => {
    expect(eventsOf('<a xmlns:id="u:1"><id:b/></a>')).toEqual(['<a 1 ', '<b 2 ', '>b 2', '>a 1']);
  });

  it('gives characters as libxml2 does', () => {
    expect(
      eventsOf('\uFEFF<?xml version="1.0"?>\r\n<a id="&#9;x\ty\r\nz&lt;&quot;">é&amp;\r\n&#13;&#x1F9EA;\r</a>\n'),
    ).toEqual(['<a 1 \tx y z<"', 'é&\n\r🧪\n', '>a 1']);
  });

  it.each([
    ['<a>\n<b></c></a>', 'ligne 2) : une balise fermante ne répond à aucune balise ouverte'],
    ['<a b="1"\nb="2"/>', "ligne 2) : l'attribut b est présent deux fois"],
    ['<x:a/>', "ligne 1) : le préfixe x n'est pas déclaré"],
    ['<a>&eacute;</a>', "ligne 1) : une entité n'est pas définie, ou une esperluette (&) n'est pas échappée en &amp;"],
    ['<a>\u0001</a>', "ligne 1) : un caractère interdit en XML s'y trouve"],
    ['', "ligne 1) : le document n'est pas fait d'un élément XML"],
  ])('says in French what is wrong with %j', (document, what) => {
    const walked = walkXml(Buffer.from(document), { open: () => true });
    expect(walked.ok ? '' : walked.fault.message).toBe(`Le document XML est mal formé (${what}.`);
  });

  it('lets through what the visitor throws, and can be used again', () => {
    const open = (): undefined => {
      throw new RangeError('assez');
    };
    expect(() => walkXml(Buffer.from('<a/>'), { open })).toThrow(RangeError);
    expect(eventsOf('<a/>')).toEqual(['<a 1 ', '>a 1']);
  });
});

/** What both readers tell of a document, in one form. */
function walked(document: Uint8Array): unknown {
  const events: string[] = [];
  const outcome = walkXml(document, {
    open(name, attribute) {
      events.push(`<${name} ${attribute('b') ?? ''}|${attribute('é') ?? ''}>`);
      return true;
    },
    text: (characters) => events.push(characters),
    close: (name) => events.push(`</${name}>`),
  });
  return outcome.ok ? events.join('') : 'refused';
}

function read(document: Uint8Array): unknown {
  const reading = readXml(document);
  return reading.ok ? told(reading.root) : 'refused';
}

function told({ name, attributes, children }: XmlElement): string {
  const own = attributes.filter((one) => one.name.namespace !== 'http://www.w3.org/2000/xmlns/');
  const value = (local: string): string =>
    (
      own.find((one) => one.name.local === local && one.name.prefix === '') ??
      own.find((one) => one.name.local === local)
    )?.value ?? '';
  const inside = children.map((node) => (node.kind === 'text' ? node.value : told(node)));
  return `<${name.local} ${value('b')}|${value('é')}>${inside.join('')}</${name.local}>`;
}

describe('the visit beside libxml2', () => {
  const pieces = [
    '<a>',
    '</a>',
    '<a/>',
    '<p:c xmlns:p="u">',
    '</p:c>',
    '<é>',
    '</é>',
    '< a>',
    '</a >',
    '<a',
    '>',
    '<1a/>',

    '<a b="1">',
    "<a b='&lt;&#10;\n\t'/>",
    '<a b="1" b="2"/>',
    '<a b="1"c="2"/>',
    '<a b=1/>',
    '<a b="<"/>',
    '<a é="è"/>',
    '<a p:b="1"/>',
    '<a xml:b="1"/>',
    '<a b = "]]>"/>',
    '<a:b:c/>',
    '<:a/>',
    '<a xmlns="u" b="x"/>',
    '<a xmlns:p=""/>',
    't',
    ' ',
    '\r\n',
    '\r',
    'é🧪',
    ']]>',
    ']]',
    '&amp;',
    '&#65;',
    '&#x1F600;',
    '&#0;',
    '&#xD800;',
    '&b;',
    '&',
    '&#;',
    '&amp',
    '<!-- c -->',
    '<!-- - -- -->',
    '<!--->',
    '<![CDATA[<x>&]]>',
    '<![CDATA[',
    ']]>',
    '<?p q?>',
    '<?p?>',
    '<?xml?>',
    '<??>',
    '\u0001',
    '\uFFFE',
    '\uFFFD',
    '\u0085',
    '<!a>',
    '<',
    '>',
    '"',
    '<?xml version="1.0"?>',
    '<!-- \u0002 -->',
  ];
  const piece = fc.constantFrom(...pieces);
  // Balanced as often as not: what is refused at once teaches little.
  const tree = fc.letrec<{ readonly node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      piece,
      fc
        .tuple(fc.constantFrom('a', 'é', 'x.y-z'), fc.array(tie('node'), { maxLength: 4 }))
        .map(([name, inside]) => `<${name} b="1">${inside.join('')}</${name}>`),
    ),
  })).node;
  const documents = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((some) => some.join('')),
    tree,
    fc.array(fc.oneof(tree, piece), { maxLength: 5 }).map((inside) => `<a>${inside.join('')}</a>`),
  );

  it('accepts what libxml2 accepts, and tells the same', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const bytes = Buffer.from(document);
        expect(walked(bytes)).toEqual(read(bytes));
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['<?x?l b?>', '<?x ?l b?>', '<?x??>', '<?x ??>', '<?x?l\r\nb?>', '<?x ?l\r\nb?>', '<?x\r\n??\r\n\r\n?>'])(
    'judges %j as libxml2 does',
    (instruction) => {
      for (const document of [`${instruction}<a/>`, `<a>é\r\n${instruction}</a>`]) {
        const bytes = Buffer.from(document);
        expect(walked(bytes)).toEqual(read(bytes));
      }
    },
  );

  it('keeps the rules of XML 1.0 whatever version is declared', () => {
    const bytes = Buffer.from('<?xml version="1.1"?><a>\u007F\u0085é</a>');
    expect(walked(bytes)).toEqual(read(bytes));
  });

  it('judges damaged documents as libxml2 does', () => {
    const good = Buffer.from(
      '<?xml version="1.0" encoding="UTF-8"?><!-- c --><w xmlns="u:1" xmlns:r="u:2"><row r="1" r:b=\'2\'>' +
        '<c b="&#65;é"><v>1&amp;2</v></c><![CDATA[x]]y]]></row><?p i?></w>',
    );
    // Whether a namespace is a URI and how a name begins after its prefix, only libxml2 judges.
    const aside = [good.indexOf('u:1'), good.indexOf('u:2'), good.indexOf('r:b')];
    const place = fc.nat(good.length - 1).filter((at) => !aside.some((start) => at >= start && at < start + 3));
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.nat(127)), { minLength: 1, maxLength: 2 }), (changes) => {
        const damaged = Buffer.from(good);
        for (const [at, byte] of changes) damaged[at] = byte;
        expect(walked(damaged)).toEqual(read(damaged));
      }),
      { numRuns: 3000 },
    );
  });
});
