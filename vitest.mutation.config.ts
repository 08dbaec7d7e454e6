import { defineConfig } from 'vitest/config';

/** Tests that `npm run mutation` plays against each mutant: those of the modules that it mutates, and nothing that opens a socket. */
export default defineConfig({
  test: {
    // Instrumented code is slow, and property tests run it thousands of times.
    testTimeout: 60_000,
    include: [
      'dsr/money/**/*.test.ts',
      'dsr/dates/**/*.test.ts',
      'tracker/window/**/*.test.ts',
      'tracker/ledger/**/*.test.ts',
      'tracker/asp/**/*.test.ts',
      'checks/quote/**/*.test.ts',
    ],
  },
});
