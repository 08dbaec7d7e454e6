import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { makeN3 } from '#formats/cda/cda.fixture.ts';
import { readCda } from '#formats/cda/index.ts';
import { descendants, type XmlElement } from '#formats/xml/index.ts';
import { checkDisplay, RULES } from './index.ts';
import { holds, holdsDay } from './words.ts';

const reading = readCda(Buffer.from(makeN3()));
if (!reading.ok) throw new TypeError(reading.fault.message);
const { document } = reading;
const { patient } = document;
const day = patient.birthDate ?? '';
const written = `${day.slice(6, 8)}/${day.slice(4, 6)}/${day.slice(0, 4)}`;
const identity = `${patient.birthName} ${patient.firstFirstName} ${written} ${patient.ins?.extension}`;

function narrative(): string {
  const texts = descendants(document.root, 'section').flatMap((section: XmlElement) =>
    section.children.flatMap((node) => (node.kind === 'element' && node.name.local === 'text' ? [node.text] : [])),
  );
  const values = descendants(document.root, 'observation').flatMap((one) =>
    one.children.flatMap((node) =>
      node.kind === 'element' && node.name.local === 'value'
        ? node.attributes.filter(({ name }) => name.local === 'value').map(({ value }) => value)
        : [],
    ),
  );
  return [...texts, ...values].join('\n');
}

const page = `${identity}\n${narrative()}`;
const rules = (text: string, asked: readonly string[] = []): readonly string[] => [
  ...new Set(checkDisplay({ document, text, asked }).map(({ rule }) => rule)),
];

const BREAKERS: readonly (readonly [rule: string, text: string, asked: readonly string[]])[] = [
  ['CDA-DISPLAY-READABLE', ' \n', []],
  ['CDA-DISPLAY-READABLE', '<ClinicalDocument xmlns="urn:hl7-org:v3">', []],
  ['CDA-DISPLAY-PATIENT', page.replace(written, ''), []],
  ['CDA-DISPLAY-PATIENT', page.replaceAll(patient.ins?.extension ?? '', ''), []],
  ['CDA-DISPLAY-CONTENT', page.replace(narrative(), ''), []],
  ['CDA-DISPLAY-ALONE', page, ['https://labo.test/logo.png']],
];

describe('what a browser shows of a CDA', () => {
  it('is silent on a page that shows everything', () => {
    expect(checkDisplay({ document, text: page, asked: [] })).toEqual([]);
    expect(rules(page.toUpperCase())).toEqual([]);
  });

  it.each(BREAKERS)('breaks %s', (rule, text, asked) => {
    expect(rules(text, asked)).toEqual([rule]);
  });

  it('each rule has a breaker', () => {
    expect(RULES.map(({ id }) => id).filter((id) => !BREAKERS.some(([rule]) => rule === id))).toEqual([]);
  });

  it('says what the page lacks, and where the document has it', () => {
    const [first] = checkDisplay({ document, text: identity, asked: [] });
    expect(first?.where).toMatch(/^\/ClinicalDocument\//);
    expect(first?.received).toContain('n’est pas sur la page');
  });
});

describe('words of a page', () => {
  it.each([
    ['Glucose : 0,92 g/L', '0.92', true],
    ['Glucose : 0,920 g/L', '0,92', true],
    ['Glucose : 10,92 g/L', '0.92', false],
    ['Leucocytes : 12 500 /mm3', '12500', true],
    ['rang 15', '5', false],
    ['pH 7', '7.0', true],
    ['pH 7,1', '7', false],
    ['Née à l’étranger', "NEE A L'ETRANGER", true],
    ['2 79 03 51 215 189 89', '279035121518989', true],
  ])('« %s » says %s: %s', (text, said, expected) => {
    expect(holds(text, said)).toBe(expected);
  });

  it.each([
    ['née le 03/11/2000', true],
    ['née le 3 novembre 2000', true],
    ['née le 13 novembre 2000', false],
    ['2000-11-03', true],
    ['11/03/2000', false],
    ['novembre 2000', false],
  ])('« %s » shows the third of November 2000: %s', (text, expected) => {
    expect(holdsDay(text, '20001103')).toBe(expected);
  });

  it('never throws, and finds what is there', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, said, after) => {
        expect(typeof holds(before, said)).toBe('boolean');
        if (!/\d/u.test(said)) expect(holds(`${before} ${said} ${after}`, said)).toBe(true);
      }),
    );
  });
});
