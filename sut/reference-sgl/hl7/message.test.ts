import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage } from './bytes.ts';
import { components, escapeText, readMessage, writeMessage, writeSegment } from './message.ts';
import { Hl7Refusal } from './types.ts';

const HEADER = String.raw`MSH|^~\&|A|B|C|D|20260101||ADT^A28^ADT_A05|1|P|2.5`;

describe('readMessage', () => {
  it('numbers the fields as the standard does, MSH included', () => {
    const message = readMessage(`${HEADER}\rPID|1||X^^^&1.2.3&ISO^PI~Y\r`);
    expect(message.segment('MSH')?.text(9, 2)).toBe('A28');
    expect(message.segment('MSH')?.text(2)).toBe(String.raw`^~\&`);
    expect(message.segment('PID')?.text(3, 4, 2)).toBe('1.2.3');
    expect(message.segment('PID')?.field(3)[1]?.text()).toBe('Y');
    expect(message.segment('PID')?.field(40)).toEqual([]);
    expect(message.segment('ZZZ')).toBeUndefined();
  });

  it('follows the separators that the message declares', () => {
    const message = readMessage('MSH#*!?%#A#B\nPID#1##X*Y!Z');
    expect(message.segment('PID')?.text(3, 2)).toBe('Y');
    expect(message.segment('PID')?.field(3)).toHaveLength(2);
  });

  it.each(['', 'PID|1', 'MSH', 'MSH|^^^^', 'MSHabcde', String.raw`MSH|^~\|X`])('refuses %j with AR', (text) => {
    expect(() => readMessage(text)).toThrow(Hl7Refusal);
    try {
      readMessage(text);
    } catch (error) {
      expect(error).toMatchObject({ ack: 'AR', code: '100' });
    }
  });

  it('refuses a flood of segments', () => {
    expect(() => readMessage(`${HEADER}\r${'ZZZ|1\r'.repeat(6_000)}`)).toThrow('Trop de segments');
  });

  it('leaves an unknown escape as it came', () => {
    const text = readMessage(`${HEADER}\rPID|a\\Z9\\b\\X4142\\c\\`).segment('PID')?.text(1);
    expect(text).toBe('a\\Z9\\bABc\\');
  });
});

it('reads back any text that it wrote', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const plain = text.replaceAll(/[\r\n]/g, ' ');
      const message = readMessage(
        `${HEADER}\r${writeSegment('PID', { 3: escapeText(text), 4: components('', text) })}`,
      );
      expect(message.segment('PID')?.text(3)).toBe(plain);
      expect(message.segment('PID')?.text(4, 2)).toBe(plain);
    }),
  );
});

it('never fails otherwise than by a refusal', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      try {
        readMessage(decodeMessage(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(Hl7Refusal);
      }
    }),
  );
});

it('ends every segment with CR and leaves out empty ends', () => {
  expect(writeMessage([writeSegment('MSH', { 3: 'A', 12: '' }), writeSegment('PV1', { 1: '1', 2: 'N' })])).toBe(
    'MSH|^~\\&|A\rPV1|1|N\r',
  );
});

it.each([
  ['UNICODE UTF-8', Buffer.from('é')],
  ['8859/15', Buffer.of(0xe9)],
  ['8859/1', Buffer.of(0xe9)],
  ['', Buffer.from('é')],
  ['', Buffer.of(0xe9)],
])('reads the character set %j', (declared, letter) => {
  const head = Buffer.from(`MSH|^~\\&|A|B|C|D|T||ADT^A28|1|P|2.5||||||${declared}\rPID|`);
  expect(decodeMessage(Buffer.concat([head, letter]))).toMatch(/PID\|é$/);
});
