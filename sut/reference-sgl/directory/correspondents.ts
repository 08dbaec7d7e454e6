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
  /** A whole file is about to be loaded. */
  beginLoad(): void;
  /** It was: those who came from a former file and are not in this one have left. */
  endLoad(): readonly Professional[];
}

/** @param onSave called with what changed, so that the accounts of the users follow the directory */
export function createCorrespondents(onSave: (professional: Professional) => void): Correspondents {
  const known = new Map<string, Professional>();
  /** Number of the load in which each was last seen. */
  const seen = new Map<string, number>();
  let load = 0;
  return {
    save(professional) {
      const before = known.get(professional.nationalId);
      seen.set(professional.nationalId, load);
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
    beginLoad: () => void (load += 1),
    endLoad() {
      const left = [...known.values()].filter(({ nationalId }) => seen.get(nationalId) !== load);
      for (const { nationalId } of left) {
        known.delete(nationalId);
        seen.delete(nationalId);
      }
      return left;
    },
  };
}
