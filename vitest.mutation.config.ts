import { defineConfig } from 'vitest/config';

/** Tests that `npm run mutation` plays against each mutant: those of the modules that it mutates, and nothing that opens a socket. */
export default defineConfig({
  test: {
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
