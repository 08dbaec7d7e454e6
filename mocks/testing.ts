import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJournal } from './journal/index.ts';
import { cardHolders, openPki, type OpenedPki } from './pki/index.ts';
import { createPopulation } from './population/index.ts';
import { secretsOf } from './secrets.ts';
import { createSituations } from './situations/index.ts';
import type { ServiceContext } from './types.ts';

let opened: Promise<OpenedPki> | undefined;

/** The PKI of tests: made once on the machine, kept in the system's temporary folder, opened once per process. */
export function testPki(): Promise<OpenedPki> {
  const people = createPopulation();
  opened ??= openPki({
    dataDir: join(tmpdir(), `jalon-test-${process.getuid?.() ?? 'user'}`),
    now: () => new Date(),
    holders: cardHolders(people),
  });
  return opened;
}

/**
 * A context for the tests of a mock: real PKI, fresh journal, population and situations, every port chosen by the
 * system, strict profile.
 * @param overrides replaces any part, e.g. `{ profile: 'lenient', now: () => new Date('2026-01-05T10:00:00Z') }`; the
 *   PKI is valid from yesterday on the machine's clock, keep `now` near it when TLS is in play
 */
export async function createTestContext(
  overrides: Partial<ServiceContext> = {},
): Promise<ServiceContext & { close(): Promise<void> }> {
  const { pki } = await testPki();
  return {
    journal: createJournal(),
    pki,
    population: createPopulation(),
    situations: createSituations(),
    profile: 'strict',
    now: () => new Date(),
    uuid: () => randomUUID(),
    secret: secretsOf(pki),
    host: '127.0.0.1',
    port: () => 0,
    ...overrides,
    // Nothing is held open today; callers close all the same, so that what is added later needs no change in tests.
    close: () => Promise.resolve(),
  };
}
