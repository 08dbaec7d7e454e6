import type { Kysely, Transaction } from 'kysely';
import { runDigest, type LatestResult, type RunDigest, type RunLine, type ScenarioDigest } from '../domain/index.ts';
import type { RunRecord } from '../types.ts';
import { chunks } from './author.ts';
import { runLinesOf } from './run-lines.ts';
import type { Schema } from './schema.ts';

/** One result per scenario of a campaign: that of the newest run that judged it, since a run may play a part of the suite. */
export async function latestResults(db: Kysely<Schema>, campaign: string): Promise<readonly LatestResult[]> {
  const rows = await db
    .selectFrom('latest_result')
    .select(['run', 'started_at', 'json'])
    .where('campaign', '=', campaign)
    .orderBy('started_at', 'desc')
    .orderBy('rank')
    .execute();
  return rows.map(({ run, started_at, json }) => ({
    run,
    startedAt: started_at,
    scenario: JSON.parse(json) as ScenarioDigest,
  }));
}

/** Takes the results of a run that was just kept. */
export async function takeResults(
  trx: Transaction<Schema>,
  campaign: string,
  { line, scenarios }: RunDigest,
): Promise<void> {
  const rows = scenarios.flatMap((scenario, rank) =>
    // An interruption says nothing of the product: what was judged before still stands.
    scenario.cause === 'interrompu'
      ? []
      : [
          {
            campaign,
            scenario: scenario.id,
            run: line.id,
            started_at: line.startedAt,
            rank,
            json: JSON.stringify(scenario),
          },
        ],
  );
  for (const some of chunks(rows)) {
    await trx
      .insertInto('latest_result')
      .values(some)
      .onConflict((conflict) =>
        conflict
          .columns(['campaign', 'scenario'])
          .doUpdateSet((row) => ({
            run: row.ref('excluded.run'),
            started_at: row.ref('excluded.started_at'),
            rank: row.ref('excluded.rank'),
            json: row.ref('excluded.json'),
          }))
          .whereRef('latest_result.started_at', '<=', 'excluded.started_at'),
      )
      .execute();
  }
}

/** Makes the results of a campaign again from its runs: runs joined it, or came with a copy. */
export async function retakeResults(trx: Transaction<Schema>, campaign: string): Promise<void> {
  await trx.deleteFrom('latest_result').where('campaign', '=', campaign).execute();
  const rows = await trx
    .selectFrom('run')
    .select('id')
    .where('campaign', '=', campaign)
    .orderBy('started_at')
    .orderBy('id')
    .execute();
  for (const { id } of rows) await takeResults(trx, campaign, await digestRun(trx, id));
}

/** What lists show of a run. */
export async function runLineOf(db: Kysely<Schema>, id: string): Promise<RunLine | undefined> {
  const [line] = await runLinesOf(db, [id]);
  return line;
}

async function digestRun(trx: Transaction<Schema>, id: string): Promise<RunDigest> {
  const { json } = await trx.selectFrom('run').select('json').where('id', '=', id).executeTakeFirstOrThrow();
  return runDigest(JSON.parse(json) as RunRecord);
}

/** Digests runs that another tracker, or an earlier version, kept. */
export async function digestRuns(trx: Transaction<Schema>, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const { line } = await digestRun(trx, id);
    await trx
      .updateTable('run')
      .set({ line: JSON.stringify(line) })
      .where('id', '=', id)
      .execute();
  }
}

/** Digests the runs that an earlier version kept, once. */
export async function digestOlderRuns(db: Kysely<Schema>): Promise<void> {
  const older = await db.selectFrom('run').select('id').where('line', 'is', null).limit(1).executeTakeFirst();
  if (older === undefined) return;
  await db.transaction().execute(async (trx) => {
    const rows = await trx.selectFrom('run').select(['id', 'campaign']).where('line', 'is', null).execute();
    await digestRuns(
      trx,
      rows.map(({ id }) => id),
    );
    for (const campaign of new Set(rows.map((row) => row.campaign))) await retakeResults(trx, campaign);
  });
}
