import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAck, readHl7 } from '#formats/hl7v2/index.ts';
import { createTestContext } from '../testing.ts';
import { createAttributions } from './attribution.ts';
import { createMemory } from './memory.ts';
import { createShelf } from './shelf.ts';
import { receive } from './receive.ts';

const context = await createTestContext();
const attributions = createAttributions(context.population);
const desk = { population: context.population, shelf: createShelf() };
const receiving = { ...context, attributions, memory: createMemory(), desk };

const piece = fc.oneof(
  fc.constantFrom('|', '^', '~', '&', '\\', '\r', '\n', 'PID', 'MRG', 'MSH', 'EVN', 'ADT^A28', '2.5', 'P', '\\X', 'é'),
  fc.string({ maxLength: 5 }),
);
const hostile = fc
  .tuple(fc.constantFrom('MSH|^~\\&|', 'MSH#!*?%#', ''), fc.array(piece, { maxLength: 60 }))
  .map(([head, rest]) => head + rest.join(''));

describe('whatever is received', () => {
  it('is answered by an acknowledgement that can be read', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          hostile.map((text) => Buffer.from(text)),
          fc.uint8Array({ maxLength: 200 }),
        ),
        (raw) => {
          const { ack, outcome, delayMs } = receive(raw, receiving);
          const reading = readHl7(ack ?? new Uint8Array());
          expect(reading.ok && readAck(reading.message)?.code).toMatch(/^A[AER]$/);
          expect(outcome.length).toBeLessThan(600);
          expect(delayMs).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is told briefly, even when it is long', () => {
    const long = 'X'.repeat(100_000);
    const raw = Buffer.from(`MSH|^~\\&|A|B|C|D|2026||${long}^${long}|ID|P|2.5|||||FRA|UNICODE UTF-8\r`);
    const { operation, outcome } = receive(raw, receiving);
    expect(operation.length).toBeLessThanOrEqual(40);
    expect(outcome.length).toBeLessThan(200);
  });
});
