import { isDeepStrictEqual } from 'node:util';
import { searchKey } from '../identity/index.ts';
import type { Professional } from '../model/index.ts';

/** The professionals known from the directory; the same person may appear on several lines (several activities). */
export interface Correspondents {
  save(professional: Professional): 'cree' | 'mis-a-jour' | 'inchange';
  get(nationalId: string): Professional | undefined;
  /** By start of the name; at most 50. */
  search(name: string): readonly Professional[];
  readonly size: number;
}

/** @param onSave called with what changed, so that the accounts of the users follow the directory */
export function createCorrespondents(onSave: (professional: Professional) => void): Correspondents {
  const known = new Map<string, Professional>();
  return {
    save(professional) {
      const before = known.get(professional.nationalId);
      const after = { ...before, ...professional };
      if (before && isDeepStrictEqual(before, after)) return 'inchange';
      known.set(professional.nationalId, after);
      onSave(after);
      return before ? 'mis-a-jour' : 'cree';
    },
    get: (nationalId) => known.get(nationalId),
    search(name) {
      const start = searchKey(name);
      const found: Professional[] = [];
      for (const professional of known.values()) {
        if (searchKey(professional.lastName).startsWith(start)) found.push(professional);
        if (found.length === 50) break;
      }
      return found;
    },
    get size() {
      return known.size;
    },
  };
}
