import { Buffer } from 'node:buffer';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MailSpool } from './spool.ts';

/** Folders of spools that have kept their name. */
const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('jalon-data-'));

describe('a mail on its way', () => {
  it('comes out as it came in, whatever stayed in memory', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 300 }),
        (chunks, inMemory) => {
          const spool = new MailSpool(inMemory);
          for (const chunk of chunks) spool.append(Buffer.from(chunk));
          expect(spool.length).toBe(chunks.reduce((sum, { length }) => sum + length, 0));
          expect(Buffer.from(spool.take())).toEqual(Buffer.concat(chunks));
          expect(spool.length).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leaves nothing on the disk', () => {
    const before = left();
    const spool = new MailSpool(1);
    spool.append(Buffer.from('un mail'));
    spool.close();
    spool.close();
    expect(left()).toEqual(before);
    expect(spool.take()).toHaveLength(0);
  });
});
