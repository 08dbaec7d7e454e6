import { readFileSync } from 'node:fs';

import type { KindData, MilestoneKind } from './types.ts';

let kinds: readonly KindData[] | undefined;

/** Kinds of milestones in the order in which a campaign meets them. */
export function milestoneKinds(): readonly KindData[] {
  kinds ??= (JSON.parse(readFileSync(new URL('./kinds.json', import.meta.url), 'utf8')) as { kinds: KindData[] }).kinds;
  return kinds;
}

/** Title and sense of a kind. */
export function kindOf(kind: MilestoneKind): KindData {
  const found = milestoneKinds().find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`genre de jalon inconnu : ${kind}`);
  return found;
}
