import type { ScenarioResult } from '#tracker/types.ts';
import type { TagsHere } from '../suite/tags-here.ts';

/** Where the hooks put what became of each scenario, and where they ask whether to go on. */
export interface Recorder {
  /** Id, feature and numbers of a planned scenario, by its `uri:line`. */
  planned(key: string): { readonly id: string; readonly feature: string; readonly here: TagsHere } | undefined;
  record(result: ScenarioResult): void;
  /** True once the user asked to stop: what remains is not played. */
  readonly stopping: boolean;
}
