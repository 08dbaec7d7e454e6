import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readJournal } from '#mocks/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { jalon, start, workFolder, type Ended } from './testing.ts';

/** Short scenarios of two sections; several of them fill the same slots. */
const TAGS = '@exigence:INS/va1.31 or @exigence:INS/va1.04 or @exigence:MSS/va1.01 or @exigence:INS/va1.52';
/** Two runs of a product, each with two processes of its own: a busy machine needs room. */
const LONG = 120_000;

const runOf = (dir: string): RunRecord => JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')) as RunRecord;
const waitFor = async (holds: () => boolean): Promise<void> => {
  await expect.poll(holds, { timeout: LONG, interval: 50 }).toBe(true);
};

/** What differs between any two runs: times, ids, ports, numbers that a product gives. */
function plain(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, 'DATE')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'ADRESSE')
    .replaceAll(/"patientId":"[^"]*"/g, '"patientId":"P"')
    .replaceAll(/"(?:durationMs|size)":\d+/g, '"n":0')
    .replaceAll(/"(?:sha256|originalSha256|run)":"[^"]*"/g, '"h":""');
}

describe('a run by several processes', () => {
  const data = workFolder();
  const [one, two] = [join(data, 'un'), join(data, 'deux')];
  const ends: Ended[] = [];
  beforeAll(async () => {
    for (const [jobs, out] of [
      ['1', one],
      ['2', two],
    ] as const) {
      ends.push(await jalon('run', '--tags', TAGS, '--jobs', jobs, '--data', data, '--out', out, '--json'));
    }
  }, 2 * LONG);

  it('is played by as many as asked, and says so', () => {
    expect(ends.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect([runOf(one).jobs, runOf(two).jobs]).toEqual([1, 2]);
    const [first, second] = ends.map(({ out }) => JSON.parse(out) as Record<string, unknown>);
    expect(second).toMatchObject({
      scenarios: first?.['scenarios'],
      slots: first?.['slots'],
      pieces: first?.['pieces'],
    });
    // The second process had a product of its own.
    expect(existsSync(join(two, 'prive', 'poste-2', 'reference-sgl.json'))).toBe(true);
  });

  it('gives the results of one process, in the same order, in the same slots', () => {
    const [first, second] = [runOf(one), runOf(two)];
    expect(first.scenarios.length).toBeGreaterThan(12);
    expect(second.scenarios.map((scenario) => plain(JSON.stringify(scenario)))).toEqual(
      first.scenarios.map((scenario) => plain(JSON.stringify(scenario))),
    );
  });

  it('leaves the same files, with sheets that name them', () => {
    const pieces = (dir: string): readonly string[] =>
      readdirSync(join(dir, 'preuves'), { recursive: true }).map(String);
    expect(pieces(two).toSorted()).toEqual(pieces(one).toSorted());
    for (const { path, provenance } of runOf(two).scenarios.flatMap((scenario) => scenario.pieces)) {
      expect(JSON.parse(readFileSync(join(two, `${path}.provenance.json`), 'utf8'))).toEqual(provenance);
      expect(path.endsWith(`/${provenance.file}`)).toBe(true);
    }
    const top = (dir: string): readonly string[] => readdirSync(dir).toSorted();
    expect(top(two)).toEqual(top(one));
    expect(top(join(two, 'prive'))).toEqual([...top(join(one, 'prive')), 'poste-2'].toSorted());
  });

  it('keeps every exchange of its scenarios in one journal, in the order of the plan', () => {
    const calls = (dir: string): readonly string[] => {
      const { exchanges, problems } = readJournal(join(dir, 'prive', 'journal'));
      expect(problems).toEqual([]);
      return exchanges
        .filter(({ service }) => service === 'insi')
        .map(({ operation, attribution }) => `${operation} ${JSON.stringify(attribution)}`);
    };
    expect(calls(one).length).toBeGreaterThan(5);
    expect(calls(two).map(plain)).toEqual(calls(one).map(plain));
    const { scenarios } = runOf(two);
    const ids = new Set(readJournal(join(two, 'prive', 'journal')).exchanges.map(({ id }) => id));
    const named = scenarios.flatMap(({ pieces }) => pieces.flatMap(({ provenance }) => provenance.exchangeId ?? []));
    expect(named.length).toBeGreaterThan(5);
    expect(named.every((id) => ids.has(id))).toBe(true);
  });

  it('writes the messages, the JUnit report and the page of one process', () => {
    const lines = (dir: string): readonly string[] =>
      readFileSync(join(dir, 'messages.ndjson'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => {
          const [kind = '', of] = Object.entries(JSON.parse(line) as Record<string, Record<string, unknown>>)[0] ?? [];
          const { uri, name, testStepResult } = of as {
            uri?: string;
            name?: string;
            testStepResult?: { status: string };
          };
          return `${kind} ${uri ?? ''} ${name ?? ''} ${testStepResult?.status ?? ''}`;
        });
    expect(lines(two)).toEqual(lines(one));
    const cases = (dir: string): readonly string[] =>
      [...readFileSync(join(dir, 'junit.xml'), 'utf8').matchAll(/<testcase [^>]*/g)].map(([tag]) =>
        tag.replaceAll(/ time="[^"]*"/g, ''),
      );
    expect(cases(two).length).toBe(runOf(two).scenarios.length);
    expect(cases(two)).toEqual(cases(one));
    expect(existsSync(join(two, 'index.html'))).toBe(true);
  });
});

describe('what may befall a run by several processes', () => {
  it.each(['http:127.0.0.1:9', 'command:/bin/true'])(
    'is refused for %s, which the bench did not start',
    async (sut) => {
      const { code, err } = await jalon('run', '--sut', sut, '--jobs', '2', '--data', workFolder());
      expect(code).toBe(2);
      expect(err).toContain('--jobs 2 ne vaut que pour le SGL de référence');
      expect(err).toContain('Retirez --jobs');
    },
    LONG,
  );

  it(
    'Ctrl-C: each ends its scenario, the rest is told as not played',
    async () => {
      const dir = join(workFolder(), 'run');
      const running = start(['run', '--tags', '@service:insi', '--jobs', '2', '--data', workFolder(), '--out', dir]);
      await waitFor(() => taken(dir, 2) > 2);
      running.child.kill('SIGINT');
      const { code, err } = await running.ended;
      expect(err).toContain('Interruption demandée');
      const run = runOf(dir);
      expect(run.lifecycle).toBe('interrupted');
      const unplayed = run.scenarios.filter(({ cause }) => cause === 'interrompu').length;
      expect(unplayed).toBeGreaterThan(0);
      expect(run.scenarios.length - unplayed).toBeGreaterThan(2);
      expect(run.scenarios.filter(({ cause }) => cause === 'banc')).toEqual([]);
      expect(code).toBe(4);
    },
    LONG,
  );

  // The process of the worker is looked for where Linux lists them.
  it.runIf(process.platform === 'linux')(
    'a process that dies: its scenario is the bench’s failure, the others play the rest',
    async () => {
      const dir = join(workFolder(), 'run');
      const running = start(['run', '--tags', '@service:insi', '--jobs', '2', '--data', workFolder(), '--out', dir]);
      await waitFor(() => taken(dir, 2) > 2);
      process.kill(workerOf(running.child.pid ?? 0), 'SIGKILL');
      const { code, err } = await running.ended;
      expect(err).toContain('Le poste 2 s’est arrêté');
      const run = runOf(dir);
      expect(run.lifecycle).toBe('finished');
      const red = run.scenarios.filter(({ verdict }) => verdict.startsWith('non-'));
      expect(red.length).toBeGreaterThan(0);
      expect(new Set(red.map(({ cause }) => cause))).toEqual(new Set(['banc']));
      expect(red.flatMap(({ pieces }) => pieces)).toEqual([]);
      expect(run.scenarios.filter(({ cause }) => cause === 'interrompu')).toEqual([]);
      expect(code).toBe(4);
      const { problems } = readJournal(join(dir, 'prive', 'journal'));
      expect(problems.filter((problem) => problem.code === 'GAP')).toEqual([]);
    },
    LONG,
  );
});

/** How many scenarios a process took so far. */
function taken(dir: string, worker: number): number {
  const claims = join(dir, 'prive', 'prises');
  if (!existsSync(claims)) return 0;
  return readdirSync(claims).filter((name) => readFileSync(join(claims, name), 'utf8') === String(worker)).length;
}

function workerOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  const found = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('jobs/worker.ts'));
  if (found === undefined) throw new Error(`no worker among ${children.join(', ')}`);
  return found;
}
