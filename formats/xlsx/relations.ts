import { posix } from 'node:path';

import type { XlsxPackage } from './package.ts';

/** Where a part points to (ECMA-376 part 2, §6.5). */
export interface Relation {
  readonly id: string;
  /** Last word of the type, the same in the transitional and the strict variant: `worksheet`, `sharedStrings`… */
  readonly type: string;
  /** Name of the part; as written when the target is outside of the package. */
  readonly target: string;
}

/**
 * Relations of a part, targets resolved to names of parts: `worksheets/sheet1.xml`, `/xl/worksheets/sheet1.xml` and
 * `../xl/worksheets/sheet1.xml` are one.
 *
 * @param part name of the part, empty string for the package itself
 * @throws XlsxRefusal when the part of the relations cannot be read; none is no relation
 */
export async function relationsOf(opened: XlsxPackage, part: string): Promise<readonly Relation[]> {
  const folder = posix.dirname(part) === '.' ? '' : `${posix.dirname(part)}/`;
  const name = `${folder}_rels/${posix.basename(part)}.rels`;
  if (!opened.has(name)) return [];
  const relations: Relation[] = [];
  await opened.walk(name, {
    open(local, attribute, depth) {
      if (local !== 'Relationship' || depth !== 2) return depth === 1;
      const target = attribute('Target') ?? '';
      const external = attribute('TargetMode') === 'External';
      relations.push({
        id: attribute('Id') ?? '',
        type: (attribute('Type') ?? '').split('/').at(-1) ?? '',
        target: external ? target : posix.join('/', target.startsWith('/') ? '' : folder, target).slice(1),
      });
      return false;
    },
  });
  return relations;
}
