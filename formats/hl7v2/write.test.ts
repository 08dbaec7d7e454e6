import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  component,
  components,
  decodeHl7,
  encodeHl7,
  fieldText,
  rawField,
  readHl7,
  repeated,
  repetitions,
  subcomponents,
  writeHl7,
  type Hl7Delimiters,
  type Hl7Message,
  type Hl7SegmentParts,
} from './index.ts';

function read(bytes: Uint8Array): Hl7Message {
  const reading = readHl7(bytes);
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.message;
}

const msh = (fields: Hl7SegmentParts['fields'] = {}): Hl7SegmentParts => ({
  name: 'MSH',
  fields: { 10: 'ID', 18: 'UNICODE UTF-8', ...fields },
});
const text = fc.string({ unit: 'binary' }).map((one) => one.replaceAll('\r', '').toWellFormed());
const PUNCTUATION = '!"#$%\'()*+,-./:;<=>?@[]_`{}|^~\\&'.split('');
const delimiters: fc.Arbitrary<Hl7Delimiters> = fc
  .shuffledSubarray(PUNCTUATION, { minLength: 5, maxLength: 5 })
  .map(([field = '', component = '', repetition = '', escape = '', subcomponent = '']) => ({
    field,
    component,
    repetition,
    escape,
    subcomponent,
  }));

describe('a message that is written', () => {
  it('is read back part by part, whatever the texts and the separators', () => {
    const tree = fc.array(fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(tree, fc.integer({ min: 1, max: 60 }), delimiters, (parts, number, separators) => {
        const field = repeated(...parts.map((one) => components(...one.map((sub) => subcomponents(...sub)))));
        const bytes = writeHl7([msh(), { name: 'ZZZ', fields: { [number]: field } }], { delimiters: separators });
        const message = read(bytes);
        const found = message.segments[1];
        if (found === undefined) throw new Error('the segment is gone');
        const again = repetitions(message, found, number);
        for (const [r, repetition] of parts.entries()) {
          for (const [c, subs] of repetition.entries()) {
            for (const [s, wanted] of subs.entries()) {
              expect(component(message, again[r] ?? '', c + 1, s + 1)).toBe(wanted);
            }
          }
        }
        expect(message.delimiters).toEqual(separators);
      }),
      {
        numRuns: 300,
        examples: [
          [[[['\n']], [['']]], 1, { field: '$', component: '(', repetition: '.', escape: '}', subcomponent: '`' }],
        ],
      },
    );
  });

  it('is read back in every character set that has its characters', () => {
    const latin9 = Array.from({ length: 0x100 - 0xa0 }, (_, index) => index + 0xa0).map(
      (byte) => decodeHl7(Uint8Array.of(byte), 'iso-8859-15') ?? '',
    );
    expect(latin9).toContain('€');
    expect(latin9).toContain('œ');
    const bytes = writeHl7([msh({ 18: '8859/15' }), { name: 'NTE', fields: { 3: latin9.join('') } }], {
      encoding: 'iso-8859-15',
    });
    const message = read(bytes);
    expect(message.encoding).toBe('iso-8859-15');
    expect(fieldText(message, message.segments[1], 3)).toBe(latin9.join(''));
  });

  it.each([
    ['€', 'iso-8859-1'],
    ['¤', 'iso-8859-15'],
    ['中', 'iso-8859-15'],
    ['\uD800', 'utf-8'],
  ] as const)('never loses %j in silence in %s', (character, encoding) => {
    expect(() => encodeHl7(character, encoding)).toThrow(RangeError);
  });

  it('gives each Latin byte back', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    for (const encoding of ['iso-8859-1', 'iso-8859-15'] as const) {
      expect(encodeHl7(decodeHl7(all, encoding) ?? '', encoding)).toEqual(all);
    }
  });

  it('leaves out what says nothing at the end, and writes MSH as HL7 counts', () => {
    const bytes = writeHl7([
      msh({ 3: 'A', 18: undefined }),
      { name: 'PID', fields: { 3: components('1', '', subcomponents('x', '')), 5: '', 8: undefined } },
    ]);
    expect(new TextDecoder().decode(bytes)).toBe('MSH|^~\\&|A|||||||ID\rPID|||1^^x\r');
  });

  it('takes a field as it is when told so', () => {
    const bytes = writeHl7([msh({ 12: rawField('2.5^FRA^2.11') })]);
    expect(read(bytes).segments[0]?.fields[12]).toBe('2.5^FRA^2.11');
  });

  it.each([
    ['a segment name', { name: 'pid', fields: {} }],
    ['MSH-1', { name: 'MSH', fields: { 1: '|' } }],
    ['field 0', { name: 'PID', fields: { 0: 'x' } }],
    ['field 500', { name: 'PID', fields: { 500: 'x' } }],
    ['half a field', { name: 'PID', fields: { 1.5: 'x' } }],
    ['a raw line end', { name: 'PID', fields: { 3: rawField('1\rOBX|1') } }],
  ])('refuses %s', (_what, segment: Hl7SegmentParts) => {
    expect(() => writeHl7([segment])).toThrow(RangeError);
  });

  it('cannot be broken out of: a text never makes a segment, a field or a part', () => {
    fc.assert(
      fc.property(fc.string(), (hostile) => {
        const message = read(writeHl7([msh(), { name: 'PID', fields: { 3: hostile, 5: 'LAST' } }]));
        expect(message.segments).toHaveLength(2);
        expect(message.segments[1]?.fields).toHaveLength(6);
        expect(message.segments[1]?.fields[5]).toBe('LAST');
      }),
    );
  });
});
