import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startMocks } from '#mocks/index.ts';
import type { ScenarioResult } from '#tracker/types.ts';
import { openReference } from '../open-sut.ts';
import { askedDuring, type PlayedAt } from './asked.ts';
import { playScenarios } from '../play-scenarios.ts';
import { guardOnly } from './guard-only.ts';
import { planWaves } from './plan-waves.ts';
import { endsInSetup } from './setup.ts';
import type { WorkerSettings } from './protocol.ts';
import type { Asked, Pass, PlayedScenario } from './types.ts';
import { knownPeople } from '../../people/index.ts';

/** A service that stays silent is played in most passes: the product waits for it no longer than a busy machine needs. */
const PRODUCT_TIMEOUT_MS = 2_000;

/** Plays passes one after the other in this process. */
export interface Player {
  /**
   * @param faults of the reference SGL
   * @param scenarios ids to play, in the order of the features
   * @throws {BenchError} from the mocks; {SutError} when the product does not start
   */
  play(faults: readonly string[], scenarios: readonly string[]): Promise<Pass>;
}

/**
 * Features and step definitions are loaded once. Mocks and product start again for each pass: two tenths of a second
 * buy that nothing of a pass is left for the next.
 *
 * @throws {SuiteError} when the features are wrong
 */
export async function openPlayer(settings: WorkerSettings): Promise<Player> {
  const workDir = join(settings.dataDir, 'produit');
  await mkdir(workDir, { recursive: true, mode: 0o700 });
  const waves = await planWaves();
  return {
    async play(faults, scenarios) {
      // A fault that nothing depends on has nothing to play.
      if (scenarios.length === 0) return { scenarios: [], durationMs: 0, asked: { atStart: [], during: {} } };
      const started = performance.now();
      const wanted = new Set(scenarios);
      const results: ScenarioResult[] = [];
      const ends: PlayedAt[] = [];
      let asked: Asked;
      const mocks = await startMocks({ dataDir: settings.dataDir });
      try {
        const sut = await openReference(mocks, faults, workDir, PRODUCT_TIMEOUT_MS);
        const from = Date.now();
        try {
          const collector = guardOnly(knownPeople(mocks.population));
          for (const { rem, tagExpression, scenarios: planned } of waves) {
            const chosen = planned.filter(({ id }) => wanted.has(id));
            if (chosen.length === 0) continue;
            await playScenarios({
              mocks,
              sut,
              rem,
              plan: { scenarios: chosen, tagExpression },
              narrowed: true,
              collector,
              exchangeTimeoutMs: settings.exchangeTimeoutMs,
              stopping: () => false,
              record: (result) => {
                results.push(result);
                ends.push({ id: result.id, until: Date.now() });
              },
              amend: (result) => {
                results.splice(
                  results.findIndex(({ id }) => id === result.id),
                  1,
                  result,
                );
              },
            });
          }
          asked = askedDuring(await sut.faultsAsked(), from, ends);
        } finally {
          await sut.close();
        }
      } finally {
        await mocks.close();
      }
      return { scenarios: results.map(inShort), durationMs: Math.round(performance.now() - started), asked };
    },
  };
}

function inShort(result: ScenarioResult): PlayedScenario {
  const { id, verdict, cause, reason } = result;
  const findings = [...result.findings, ...result.otherFindings];
  const wrong = new Set(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule));
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return {
    id,
    verdict,
    reason,
    ...(cause === undefined ? {} : { cause }),
    rules,
    warned: rules.filter((rule) => !wrong.has(rule)),
    ...(endsInSetup(result) ? { blocked: true as const } : {}),
  };
}
