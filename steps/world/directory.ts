import type { HttpExchange } from '#formats/exchange/index.ts';
import { captureHttp } from './captures.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** Whatever the product asked of the directory in this scenario: API and extraction, in order. */
export function directoryCalls(world: ScenarioWorld): readonly HttpExchange[] {
  return world
    .seen({ service: 'annuaire' })
    .filter((exchange): exchange is HttpExchange => exchange.protocol === 'http');
}

/** Keeps each of them as a piece. */
export function captureDirectoryCalls(world: ScenarioWorld, what = 'Recherche dans l’annuaire'): void {
  for (const [index, exchange] of directoryCalls(world).entries()) {
    for (const capture of captureHttp(exchange, `annuaire-${index + 1}`, `${what} n° ${index + 1}`))
      world.capture(capture);
  }
}

/** Ids of the exchanges of the loads that the bench asked for, by scenario. */
const asked = new WeakMap<ScenarioWorld, Set<string>>();

/** Does what makes the product load the directory, and remembers which calls it made meanwhile. */
export async function asksForLoad<Report>(world: ScenarioWorld, load: () => Promise<Report>): Promise<Report> {
  const known = asked.get(world) ?? new Set<string>();
  asked.set(world, known);
  const before = new Set(directoryCalls(world).map(({ id }) => id));
  const report = await load();
  for (const { id } of directoryCalls(world)) if (!before.has(id)) known.add(id);
  return report;
}

/** Calls that the product made by itself, not for a load that the bench asked for: its automatic loads are among them. */
export function ownCalls(world: ScenarioWorld): readonly HttpExchange[] {
  return directoryCalls(world).filter(({ id }) => asked.get(world)?.has(id) !== true);
}
