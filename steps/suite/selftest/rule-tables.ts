import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Rule } from '#dsr/verdict/index.ts';

const CHECKS = new URL('../../../checks/', import.meta.url);

/** Every rule of every check: a new folder of `checks/` is taken without being named here. */
export async function everyRule(): Promise<readonly Rule[]> {
  const folders = readdirSync(fileURLToPath(CHECKS), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const doors = await Promise.all(
    folders.map(({ name }): Promise<unknown> => import(new URL(`${name}/index.ts`, CHECKS).href)),
  );
  return doors.flatMap((door) => (hasRules(door) ? door.RULES : []));
}

function hasRules(door: unknown): door is { readonly RULES: readonly Rule[] } {
  return typeof door === 'object' && door !== null && 'RULES' in door && Array.isArray(door.RULES);
}
