import type { ScenarioResult } from '#tracker/types.ts';
import type { Seats } from '../people/index.ts';
import type { TagsHere } from '../suite/tags-here.ts';

/** Where the hooks put what became of each scenario, and where they ask whether to go on. */
export interface Recorder {
  /** Id, feature, numbers and people of a planned scenario, by its `uri:line`. */
  planned(
    key: string,
  ): { readonly id: string; readonly feature: string; readonly here: TagsHere; readonly seats: Seats } | undefined;
  /** Asked once, before anything of the scenario: whether this process plays it. */
  takes(key: string): boolean;
  /** `watched`: right as long as nothing arrives until the run ends. */
  record(result: ScenarioResult, how: { readonly watched: boolean }): void;
  /** True once the user asked to stop: what remains is not played. */
  readonly stopping: boolean;
}
