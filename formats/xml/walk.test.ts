import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';

import { walkXml } from './index.ts';
import type { XmlLimits, XmlVisitor } from './index.ts';

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
    ['too many levels', '<a>'.repeat(201) + '</a>'.repeat(201), undefined, 'XML_TOO_DEEP'],
    ['too many elements', `<a>${'<b/>'.repeat(1_500_000)}</a>`, undefined, 'XML_TOO_LARGE'],
    ['too many attributes', `<a ${'b="" '.repeat(700_000)}/>`, undefined, 'XML_TOO_LARGE'],
  ])('refuses %s', (_, document, limits, code) => {
    expect(eventsOf(document, limits)).toBe(code);
  });

  it('lets through what the visitor throws, and can be used again', () => {
    const open = (): undefined => {
      throw new RangeError('assez');
    };
    expect(() => walkXml(Buffer.from('<a/>'), { open })).toThrow(RangeError);
    expect(eventsOf('<a/>')).toEqual(['<a 1 ', '>a 1']);
  });
});
