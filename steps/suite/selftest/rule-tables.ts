import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rule } from '#dsr/verdict/index.ts';

const CHECKS = new URL('../../../checks/', import.meta.url);

/** Every rule of every check: a new folder of `checks/`, or one inside it, is taken without being named here. */
export async function everyRule(): Promise<readonly Rule[]> {
  const doors = await Promise.all(
    readdirSync(fileURLToPath(CHECKS), { recursive: true, encoding: 'utf8' })
      .filter((file) => basename(file) === 'index.ts')
      .map((file): Promise<unknown> => import(new URL(file.replaceAll('\\', '/'), CHECKS).href)),
  );
  const rules = doors.flatMap((door) => (hasRules(door) ? door.RULES : []));
  // A folder may also give the tables of those inside it.
  return [...new Map(rules.map((rule) => [rule.id, rule])).values()];
}

function hasRules(door: unknown): door is { readonly RULES: readonly Rule[] } {
  return typeof door === 'object' && door !== null && 'RULES' in door && Array.isArray(door.RULES);
}
