import fc from 'fast-check';
import { XmlDocument } from 'libxml2-wasm';
import { expect, test } from 'vitest';
import { el, escapeXml, textEl, xmlDocument } from './index.ts';

test('any text survives being written and read, minus what XML forbids', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      // A parser normalises line ends and, in attributes, blanks: take them out of what is compared.
      const kept = text.replace(/[^\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
      const document = XmlDocument.fromString(xmlDocument(textEl('a', kept, { b: kept })));
      expect(document.root.content).toBe(kept);
      expect(document.root.attr('b')?.value).toBe(kept);
      document.dispose();
      expect(() => XmlDocument.fromString(textEl('a', text)).dispose()).not.toThrow();
    }),
  );
});

test('absent attributes and children leave no trace', () => {
  expect(el('a', { b: undefined, c: 1 }, undefined, false, el('d'))).toBe('<a c="1"><d/></a>');
  expect(el('a', {}, '')).toBe('<a/>');
});

test('the five special characters are escaped once', () => {
  expect(escapeXml(`<&>"'`)).toBe('&lt;&amp;&gt;&quot;&apos;');
});
