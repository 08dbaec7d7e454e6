import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDifference, wordsOf, wordsOfHtml } from './words.ts';

describe('wordsOfHtml', () => {
  it.each([
    ['<p>Un</p><p>deux</p>', 'un deux'],
    ['mot<b>ra</b>mot', 'motramot'],
    ['<td>1</td><td>2</td>', '1 2'],
    ['a<br/>b<BR >c', 'a b c'],
    ['&eacute;t&#233; &#xE9; &amp; &inconnu;', 'été é inconnu'],
    ['<style>p{color:red}</style>vu<script>pas vu</script>', 'vu'],
    ['<style>p{color:red}', ''],
    ['<!-- non --><!DOCTYPE html><?xml x?>oui', 'oui'],
    ['1 < 2', '1 2'],
    ['sans fin <b', 'sans fin'],
  ])('%s', (html, words) => {
    expect(wordsOfHtml(html).join(' ')).toBe(words);
  });

  it('never throws, and gives a plain text as it is', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(wordsOfHtml(text))));
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z0-9]{1,8}$/)), (words) => {
        expect(wordsOfHtml(words.join(' '))).toEqual(wordsOf(words.join(' ')));
      }),
    );
  });

  it('is quick on markup made to be slow', () => {
    expect(wordsOfHtml('<'.repeat(400_000))).toEqual([]);
    expect(wordsOfHtml('<style>'.repeat(60_000))).toEqual([]);
    expect(wordsOfHtml('<!--'.repeat(100_000))).toEqual([]);
  });
});

describe('firstDifference', () => {
  it('says where two texts part', () => {
    expect(firstDifference(['a', 'b'], ['a', 'b'])).toBeUndefined();
    expect(firstDifference(['a', 'b'], ['a'])).toBe('« b » / (fin du texte)');
    expect(firstDifference(['a', 'b'], ['b', 'a'])).toBe('« a b » / « b a »');
  });
});
