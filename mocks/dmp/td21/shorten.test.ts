import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutLongRuns } from './shorten.ts';

const shortened = (text: string): string => Buffer.from(withoutLongRuns(Buffer.from(text))).toString();
const long = 'JVBERi0x'.repeat(10_000);

describe('long runs of base64', () => {
  it('lose their middle, and nothing around them moves', () => {
    expect(shortened(`<a>${long}</a><b>été</b>`)).toBe(`<a>${long.slice(0, 4096)}</a><b>été</b>`);
    expect(shortened(`<a>${long}</a>${long}`)).toBe(`<a>${long.slice(0, 4096)}</a>${long.slice(0, 4096)}`);
  });

  it('keep their lines', () => {
    const lines = long.replace(/.{76}/g, '$&\r\n');
    const count = (text: string): number => text.split('\n').length;
    expect(count(shortened(`<a>${lines}</a>`))).toBe(count(lines));
    expect(shortened(`<a>${lines}</a>`).length).toBeLessThan(6000);
  });

  it('leave everything else as it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(shortened(text)).toBe(text);
        expect(shortened(`${text}<${long}>${text}`).replaceAll(/[A-Za-z0-9+/= \t\r\n]{3000,}/g, '')).toContain('<');
      }),
    );
  });
});
