import { readFileSync } from 'node:fs';

import type { DataReading } from './types.ts';

/**
 * A file shipped beside a module, parsed once, when it is first asked for.
 *
 * @param base `import.meta.url` of the module
 */
export function shippedJson(base: string, name: string): () => object {
  let value: object | undefined;
  return () => (value ??= JSON.parse(textBeside(base, name)) as object);
}

/**
 * Official figures shipped beside a module, read once as the file of a user would be.
 *
 * @param read reader of such a file
 * @throws {Error} with every problem, when what is shipped does not follow its own schema
 */
export function shippedFigures<T>(base: string, name: string, read: (text: string) => DataReading<T>): () => T {
  let kept: { readonly value: T } | undefined;
  return () => {
    if (kept === undefined) {
      const reading = read(textBeside(base, name));
      if (!reading.ok) throw new Error(`${name} : ${JSON.stringify(reading.problems)}`);
      kept = reading;
    }
    return kept.value;
  };
}

function textBeside(base: string, name: string): string {
  return readFileSync(new URL(`./${name}`, base), 'utf8');
}
