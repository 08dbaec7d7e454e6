import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml } from '#formats/xml/index.ts';
import { escapeHtml, html, join, raw } from './index.ts';

describe('html', () => {
  it('escapes strings, keeps numbers, drops what is absent, nests markup', () => {
    const name = '<b title="x">l\'an & plus</b>';
    expect(html`<p title="${name}">${name}${2}${undefined}${false}${[html`<i></i>`, 'é']}</p>`.toString()).toBe(
      '<p title="&lt;b title=&quot;x&quot;&gt;l&#39;an &amp; plus&lt;/b&gt;">' +
        '&lt;b title=&quot;x&quot;&gt;l&#39;an &amp; plus&lt;/b&gt;2<i></i>é</p>',
    );
  });

  it('joins with a separator that is escaped too', () => {
    expect(join(['a', html`<b></b>`], ' & ').toString()).toBe('a &amp; <b></b>');
    expect(raw('a>b').toString()).toBe('a>b');
  });

  it('does not take an object that looks like markup for markup', () => {
    const forged = JSON.parse('["<script></script>"]') as string[];
    expect(html`${forged}`.toString()).toBe('&lt;script&gt;&lt;/script&gt;');
  });

  it('gives back, through a parser, every text that can be seen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const read = readXml(html`<p title="${text}">${text}</p>`.toString());
        if (!read.ok) throw new Error(read.fault.message);
        expect(read.root.children.every((node) => node.kind === 'text')).toBe(true);
        if (
          escapeHtml(text)
            .replaceAll(/&[^;]+;/g, '')
            .includes('⟨U+')
        )
          return;
        expect(read.root.text).toBe(text.replaceAll('\r\n', '\n'));
      }),
    );
  });

  it('writes out what would deceive the eye', () => {
    expect(escapeHtml('a\u202Etxt.exe\u0000\u007F\t\n')).toBe('a⟨U+202E⟩txt.exe⟨U+0000⟩⟨U+007F⟩\t\n');
    expect(escapeHtml('\uD800')).toBe('\uFFFD');
  });
});
