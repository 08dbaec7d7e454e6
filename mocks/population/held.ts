import { NAMES, type Making } from './data.ts';
import type { InsiTraits } from './types.ts';

interface Typed {
  /** From 0, in the situation. */
  readonly turn: number;
  readonly firstNames: readonly string[];
  readonly sex: 'M' | 'F';
  readonly birthPlace: string;
}

/** What INSi holds for a patient when it is not what the tester types; undefined when it is the same. */
export function heldBy(make: Making, { turn, firstNames, sex, birthPlace }: Typed): InsiTraits | undefined {
  const [first = ''] = firstNames;
  const others = NAMES.firstNames[sex].filter((name) => !firstNames.includes(name));
  const other = (shift: number): string => others[(turn + shift) % others.length] ?? '';
  if (make.held === 'autres-traits') {
    return { firstNames: [first, other(0), other(1)], birthPlace: birthPlace === '63220' ? '51215' : '63220' };
  }
  if (make.held === 'prenoms-decales') return { firstNames: [other(0), ...firstNames] };
  const as = turn % 2 === 0 ? 'vide' : 'absent';
  switch (make.missing) {
    case 'birthName':
    case 'firstNames':
    case 'sex':
      return { missing: [{ trait: make.missing, as }] };
    default:
      return undefined;
  }
}
