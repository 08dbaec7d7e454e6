import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arguments } from './arguments.ts';
import { CommandReader, type CommandReading } from './command-reader.ts';

const LIMIT = 50;
type Finished = Exclude<CommandReading, { kind: 'incomplete' }>;

/** Everything that comes out of these pieces, leave given to every literal that fits. */
function readAll(pieces: readonly Buffer[]): Finished[] {
  const reader = new CommandReader(() => LIMIT);
  const found: Finished[] = [];
  for (const piece of pieces) {
    reader.push(piece);
    for (;;) {
      const reading = reader.next();
      if (reading.kind === 'incomplete') break;
      found.push(reading);
      if (reading.kind === 'too-long') return found;
      if (reading.kind !== 'literal') continue;
      if (reader.fits(reading)) reader.grant();
      else reader.refuse();
    }
  }
  return found;
}
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

function splitAt(whole: Buffer, cuts: readonly number[]): Buffer[] {
  const sorted = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((one, other) => one - other);
  return [0, ...sorted].map((start, index) => whole.subarray(start, sorted[index] ?? whole.length));
}

/** Commands as clients write them, and bytes that only look like some. */
const word = fc.oneof(
  fc.constantFrom(
    'a1',
    'NOOP',
    'LOGIN',
    '"x y"',
    '{3}\r\nabc',
    '{2+}\r\n\r\n',
    '{0}\r\n',
    '{60}',
    '{60+}\r\n',
    '(a b)',
  ),
  fc.string({ unit: fc.constantFrom('{', '}', '+', '"', '\\', '7', 'é', '\r') }),
);
const session = fc.array(
  fc.array(word, { maxLength: 5 }).map((words) => words.join(' ')),
  { maxLength: 6 },
);

describe('CommandReader', () => {
  it('reads the same commands wherever the bytes are cut', () => {
    fc.assert(
      fc.property(session, fc.array(fc.nat(), { maxLength: 30 }), (lines, cuts) => {
        const whole = bytes(`${lines.join('\r\n')}\r\n`);
        const byByte = Array.from(whole, (_, index) => whole.subarray(index, index + 1));
        expect(readAll(splitAt(whole, cuts))).toEqual(readAll([whole]));
        expect(readAll(byByte)).toEqual(readAll([whole]));
      }),
    );
  });

  it('asks leave once for a synchronising literal, never for the other kind', () => {
    expect(readAll([bytes('a LOGIN {4}\r\n')])).toEqual([{ kind: 'literal', size: 4, before: 'a LOGIN ' }]);
    expect(readAll([bytes('a LOGIN {4+}\r\nn\r\nm {2}\r\npw\r\nb')])).toEqual([
      { kind: 'literal', size: 2, before: 'a LOGIN ' },
      {
        kind: 'command',
        pieces: [{ text: 'a LOGIN ', literal: bytes('n\r\nm') }, { text: ' ', literal: bytes('pw') }, { text: '' }],
      },
    ]);
  });

  it('bounds lines, literals and their number', () => {
    const tooLong = [{ kind: 'too-long', what: 'line' }];
    expect(readAll([bytes('x'.repeat(70_000))])).toEqual(tooLong);
    expect(readAll(Array.from({ length: 700 }, () => bytes('x'.repeat(100))))).toEqual(tooLong);
    expect(readAll([bytes('a X {51+}\r\n')])).toEqual([{ kind: 'too-long', what: 'literal' }]);
    expect(readAll([bytes('{0+}\r\n'.repeat(200))])).toEqual([{ kind: 'too-long', what: 'literal' }]);
    // Refused before it is sent: the next command is read as such.
    expect(readAll([bytes('a X {51}\r\nb NOOP\r\n')]).map(({ kind }) => kind)).toEqual(['literal', 'command']);
  });
});

describe('Arguments', () => {
  const quote = (text: string): string => `"${text.replace(/["\\]/gu, '\\$&')}"`;
  const text = fc.string({ unit: fc.constantFrom('x', ' ', '"', '\\', '{', '}', '1', '(', ')', 'é', '*') });

  it('gives back any text, quoted or as a literal', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.boolean()), { minLength: 1, maxLength: 10 }), (words) => {
        const written = words.map(([one, quoted]) => (quoted ? quote(one) : `{${one.length}+}\r\n${one}`)).join(' ');
        const [reading] = readAll([bytes(`${written}\r\n`)]);
        const args = new Arguments(reading?.kind === 'command' ? reading.pieces : []);
        const read = words.map((_, index) => {
          if (index > 0) args.space();
          return args.astring();
        });
        args.end();
        expect(read).toEqual(words.map(([one]) => one));
      }),
    );
  });

  it('says what it expected, and where', () => {
    const at = (line: string): Arguments => new Arguments([{ text: line }]);
    expect(() => at('(a').list(() => at('a').atom())).toThrow('Expected a space before "a"');
    expect(() => at('').astring()).toThrow('Expected an atom or a string at the end of the command');
    expect(() => at('a b').end()).toThrow('Unexpected characters before "a b"');
    expect(() => at('99999999999').number()).toThrow();
    expect(() => at('"é\u0001"').string()).toThrow();
    expect(at('nil').nstring()).toBeUndefined();
  });

  it('bounds lists and their depth', () => {
    const deep = new Arguments([{ text: '('.repeat(100) }]);
    const inner = (): unknown => deep.list(inner);
    expect(inner).toThrow('Too many parentheses');
    const wide = new Arguments([{ text: `(${'a '.repeat(2000)}a)` }]);
    expect(() => wide.list(() => wide.atom())).toThrow('List too long');
  });
});
