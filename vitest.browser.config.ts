import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.browser.test.ts'],
    exclude: ['node_modules/**', '.jalon/**'],
    // One browser at a time: two cores, and each file starts a server of its own.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
