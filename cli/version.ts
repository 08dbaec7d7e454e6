import { readFileSync } from 'node:fs';

/** Version of the bench, written in every provenance sheet. */
export const VERSION: string = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version;
