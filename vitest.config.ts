import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', '.jalon/**', '**/*.browser.test.ts'],
    // Real sockets, real TLS and real child processes: two cores, so files in parallel but with room to breathe.
    testTimeout: 20_000,
    hookTimeout: 30_000,
    setupFiles: [],
  },
});
