import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutCommand, parseCommand } from './read-command.ts';

describe('cutCommand', () => {
  it('waits for the end of the line, then gives the rest back', () => {
    expect(cutCommand('a NOOP', 0)).toEqual({ kind: 'incomplete' });
    expect(cutCommand('a NOOP\r\nb NO', 0)).toEqual({ kind: 'command', line: 'a NOOP', rest: 'b NO' });
    expect(cutCommand('a NOOP\nb', 0)).toEqual({ kind: 'command', line: 'a NOOP', rest: 'b' });
  });

  it('asks once for a synchronising literal, never for a non-synchronising one', () => {
    const announced = 'a LOGIN {4}\r\n';
    expect(cutCommand(announced, 0)).toEqual({ kind: 'literal', until: announced.length + 4 });
    expect(cutCommand(announced, announced.length + 4)).toEqual({ kind: 'incomplete' });
    expect(cutCommand('a LOGIN {4+}\r\n', 0)).toEqual({ kind: 'incomplete' });
    const whole = 'a LOGIN {4}\r\nn\r\nm {2+}\r\npw\r\n';
    expect(cutCommand(whole, 0)).toEqual({ kind: 'command', line: whole.slice(0, -2), rest: '' });
  });

  it('bounds lines and literals', () => {
    expect(cutCommand('x'.repeat(70_000), 0)).toEqual({ kind: 'too-long' });
    expect(cutCommand('a LOGIN {999999999}\r\n', 0)).toEqual({ kind: 'too-long' });
  });

  it('ends on any input, and never loses a byte of what follows', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '{', '2', '}', '+', '\r', '\n', '"') }), (text) => {
        const reading = cutCommand(text, 0);
        if (reading.kind === 'command') expect(text.endsWith(reading.rest)).toBe(true);
      }),
    );
  });
});

describe('parseCommand', () => {
  it('reads atoms, quoted strings with escapes and literals', () => {
    expect(parseCommand('a login {3}\r\nb c "d \\"e\\" f" g')).toEqual({
      tag: 'a',
      name: 'LOGIN',
      words: ['b c', 'd "e" f', 'g'],
    });
    expect(parseCommand('a')).toBeUndefined();
    expect(parseCommand('')).toBeUndefined();
  });

  it('gives back any two quoted words', () => {
    const word = fc.string({ unit: fc.constantFrom('x', ' ', '"', '\\', '{', '}', '1') });
    const quote = (text: string): string => `"${text.replace(/["\\]/gu, '\\$&')}"`;
    fc.assert(
      fc.property(word, word, (user, password) => {
        expect(parseCommand(`t LOGIN ${quote(user)} ${quote(password)}`)?.words).toEqual([user, password]);
      }),
    );
  });
});
