import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // Always what people use: without this, a build made from a test would take Lit's development files.
  resolve: { conditions: ['module', 'browser', 'production'] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The server's policy refuses inline scripts and data: addresses.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
