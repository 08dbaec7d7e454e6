import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPki, type TestPki } from './testing/certificates.ts';
import { testConfig } from './testing/laboratory.ts';

const PROGRAM = fileURLToPath(new URL('main.ts', import.meta.url));

let pki: TestPki;
let folder: string;

beforeAll(async () => {
  pki = await createTestPki();
  folder = await mkdtemp(join(tmpdir(), 'sgl-main-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await pki.remove();
});

async function start(config: unknown): Promise<ChildProcessWithoutNullStreams> {
  const file = join(folder, 'config.json');
  await writeFile(file, typeof config === 'string' ? config : JSON.stringify(config));
  return spawn(process.execPath, [PROGRAM, '--config', file]);
}

async function failure(child: ChildProcessWithoutNullStreams): Promise<{ code: unknown; said: string }> {
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const [code] = await once(child, 'close');
  return { code, said: said.trim() };
}

describe('the program', () => {
  it.each([
    ['SIGTERM', (child: ChildProcessWithoutNullStreams) => child.kill('SIGTERM')],
    ['SIGINT', (child: ChildProcessWithoutNullStreams) => child.kill('SIGINT')],
    ['the end of its standard input', (child: ChildProcessWithoutNullStreams) => child.stdin.end()],
  ])('says one JSON line when ready and stops on %s', async (_name, stop) => {
    const child = await start(testConfig(pki));
    child.stderr.resume();
    const lines: string[] = [];
    const reader = createInterface(child.stdout).on('line', (line) => lines.push(line));
    await once(reader, 'line');
    const { base, pid } = JSON.parse(lines[0] ?? '') as { base: string; pid: number };
    expect(pid).toBe(child.pid);
    expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const identity = await fetch(`${base}/identity`);
    expect(await identity.json()).toMatchObject({ name: 'SGL de référence' });
    stop(child);
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(lines).toHaveLength(1);
  });

  it('stops at an unknown fault and proposes known ones on one line', async () => {
    const { code, said } = await failure(await start(testConfig(pki, { faults: ['mss-libelle'] })));
    expect(code).toBe(2);
    expect(said).toMatch(
      /^Défaut inconnu : mss-libelle\. Noms proches : mss-sans-libelle, .*--faults donne la liste\.$/,
    );
  });

  it.each([
    ['unreadable', '{', 'illisible'],
    ['incomplete', {}, 'Configuration invalide'],
  ])('stops at an %s configuration', async (_name, config, expected) => {
    const { code, said } = await failure(await start(config));
    expect(code).toBe(2);
    expect(said).toContain(expected);
  });
});
