import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readXml, type XmlElement } from '../xml/index.ts';
import { compareDigest, DSIG } from './index.ts';

const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
/** By hand: attributes sorted, no empty tag, comment kept or not, unused declaration left to the exclusive form. */
const DOCUMENT = Buffer.from(`<?xml version="1.0"?>\n<a  b="2" a="1" xmlns:u="urn:u"><!--x--><c/></a>\n`);
const PLAIN = '<a xmlns:u="urn:u" a="1" b="2"><c></c></a>';
const COMMENTED = '<a xmlns:u="urn:u" a="1" b="2"><!--x--><c></c></a>';
const EXCLUSIVE = '<a a="1" b="2"><c></c></a>';

const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('base64');

function reference(value: string, transforms: readonly string[] = [], method = SHA256): XmlElement {
  const list = transforms.map((one) => `<Transform Algorithm="${one}"/>`).join('');
  const reading = readXml(
    `<Reference xmlns="${DSIG}" URI="urn:oid:1"><Transforms>${list}</Transforms><DigestMethod Algorithm="${method}"/><DigestValue>${value}</DigestValue></Reference>`,
  );
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.root;
}

describe('compareDigest', () => {
  it.each([
    ['no transform', DOCUMENT, []],
    ['canonical form', PLAIN, [C14N]],
    ['canonical form with comments', COMMENTED, [`${C14N}#WithComments`]],
    ['canonical form 1.1', PLAIN, ['http://www.w3.org/2006/12/xml-c14n11']],
    ['exclusive form', EXCLUSIVE, ['http://www.w3.org/2001/10/xml-exc-c14n#']],
    [
      'exclusive form with comments',
      EXCLUSIVE.replace('<c>', '<!--x--><c>'),
      ['http://www.w3.org/2001/10/xml-exc-c14n#WithComments'],
    ],
  ])('takes a digest computed as announced: %s', (_, content, transforms) => {
    const value = digest(content);
    expect(compareDigest(reference(`${value.slice(0, 20)}\n  ${value.slice(20)}`, transforms), DOCUMENT)).toEqual({
      kind: 'right',
    });
  });

  it.each([
    ['raw under a transform', DOCUMENT, [C14N], 'raw'],
    ['canonical without transform', COMMENTED, [], 'canonical'],
    ['comments that the transform leaves out', COMMENTED, [C14N], undefined],
    ['anything else', 'x', [], undefined],
  ])('tells what a wrong digest is that of: %s', (_, content, transforms, isThatOf) => {
    const compared = compareDigest(reference(digest(content), transforms), DOCUMENT);
    expect(compared).toMatchObject({
      kind: 'wrong',
      received: digest(content),
      expected: digest(transforms.length === 0 ? DOCUMENT : PLAIN),
      transforms,
    });
    expect('isThatOf' in compared ? compared.isThatOf : undefined).toBe(isThatOf);
  });

  it('says what it cannot compute', () => {
    expect(compareDigest(reference('AA==', [], 'urn:md5'), DOCUMENT)).toEqual({
      kind: 'unsupported',
      algorithm: 'urn:md5',
    });
    expect(compareDigest(reference('AA==', ['urn:x']), DOCUMENT)).toEqual({ kind: 'unsupported', algorithm: 'urn:x' });
    expect(compareDigest(reference('AA==', [C14N]), Buffer.from('%PDF'))).toMatchObject({ kind: 'not-xml' });
    expect(compareDigest(reference('AA==', [C14N]), DOCUMENT, 10)).toMatchObject({ kind: 'limit' });
    const many = Buffer.from(`<a>${'<b/>'.repeat(200_001)}</a>`);
    expect(compareDigest(reference('AA==', [C14N]), many)).toMatchObject({ kind: 'limit' });
    // Without transform, no tree is needed: large or not, it is compared.
    expect(compareDigest(reference(digest(many)), many, 10)).toEqual({ kind: 'right' });
  });
});
