import { checkDirectoryImport, checkDirectorySearch, RULES as DIRECTORY_RULES } from '#checks/annuaire/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
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

/**
 * Judges the last search of a mailbox that the product was asked: what it asked of the directory, and what it shows. A search
 * that never came is judged too.
 */
export async function judgeSearch(world: ScenarioWorld): Promise<void> {
  const { mailboxes } = world.mailboxSearch;
  world.captureState('boites-trouvees', 'Les boîtes que le produit montre', mailboxes);
  const judge = (): void => world.judge(checkDirectorySearch(directoryCalls(world), mailboxes), DIRECTORY_RULES);
  await world.httpExchange({ service: 'annuaire' }, 'interroger l’annuaire', judge);
  captureDirectoryCalls(world);
  judge();
}

/**
 * Judges the last load of the extraction that the product was asked, with the report that it shows. A download that never
 * came is judged too.
 *
 * @param check what is judged; the downloads and the report when absent
 */
export async function judgeImport(
  world: ScenarioWorld,
  check: (calls: readonly HttpExchange[]) => readonly Finding[] = (calls) =>
    checkDirectoryImport(calls, world.directoryImport, world.bench.mocks.annuaire),
): Promise<void> {
  const report = world.directoryImport;
  world.captureState('rapport-integration', 'Le rapport d’intégration, tel que le produit le montre', report);
  const judge = (): void => world.judge(check(directoryCalls(world)), DIRECTORY_RULES);
  await world.httpExchange({ service: 'annuaire' }, 'télécharger l’extraction de l’annuaire', judge);
  judge();
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
