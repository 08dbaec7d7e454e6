import type { ScenarioResult } from '#tracker/types.ts';
import type { Seats } from '../people/index.ts';
import type { TagsHere } from '../suite/tags-here.ts';

/** Where the hooks put what became of each scenario, and where they ask whether to go on. */
export interface Recorder {
  /** Id, feature, numbers and people of a planned scenario, by its `uri:line`. */
  planned(
    key: string,
  ): { readonly id: string; readonly feature: string; readonly here: TagsHere; readonly seats: Seats } | undefined;
  record(result: ScenarioResult): void;
  /** True once the user asked to stop: what remains is not played. */
  readonly stopping: boolean;
}
