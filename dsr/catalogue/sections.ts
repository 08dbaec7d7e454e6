import { readFileSync } from 'node:fs';

import type { Section } from './types.ts';

let sections: readonly Section[] | undefined;

/** Sections in the order in which the ANS publishes them (check C13), then the others. */
export function loadSections(): readonly Section[] {
  sections ??= (
    JSON.parse(readFileSync(new URL('./sections.json', import.meta.url), 'utf8')) as { sections: Section[] }
  ).sections;
  return sections;
}

/** Our title of a section, its id when we have none. `DMP/UX` has the title of `DMP`. */
export function sectionTitle(id: string): string {
  const root = (id.split('/')[0] ?? id).toUpperCase();
  return loadSections().find((section) => section.id.toUpperCase() === root)?.title ?? id;
}

/** Order of two sections for display: the published order, then alphabetical. */
export function compareSections(left: string, right: string): number {
  const rank = (id: string): number => {
    const root = (id.split('/')[0] ?? id).toUpperCase();
    const index = loadSections().findIndex((section) => section.id.toUpperCase() === root);
    return index < 0 ? Number.MAX_SAFE_INTEGER : index;
  };
  return rank(left) - rank(right) || left.localeCompare(right, 'fr');
}
