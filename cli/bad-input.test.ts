import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LISTENERS } from '#mocks/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { failureOf } from './errors.ts';
import { jalon, start, workFolder, type Ended } from './testing.ts';

/** One French line that says what, where and what to do; no stack, nothing on standard output. */
function expectOneLine({ code, out, err }: Ended, expected: number, ...words: readonly string[]): void {
  // Away from a terminal each phase leaves a line, which ends with an ellipsis.
  const lines = err
    .trim()
    .split('\n')
    .filter((line) => !line.endsWith('…'));
  expect({ code, out, lines: lines.length }, err).toEqual({ code: expected, out: '', lines: 1 });
  expect(err).toMatch(/^Jalon : .+ \[[A-Z_0-9]+\]$/m);
  expect(err).not.toMatch(/^\s+at /m);
  for (const word of words) expect(err).toContain(word);
}

describe('wrong usage ends with code 2', () => {
  it.each([
    [
      ['run', '--inconnue'],
      ['Option inconnue', '--inconnue', '--help'],
    ],
    [['lancer'], ['Commande inconnue', 'lancer']],
    [
      ['selftest', '--section', 'ZZZ', '--list'],
      ['Aucune faute', 'ZZZ', 'Sections connues', 'INS', 'SSI'],
    ],
    [
      ['run', '--category', 'X!'],
      ['Couloir invalide', 'SGL'],
    ],
    [
      ['run', '--wave', 'deux'],
      ['Vague invalide', 'va1'],
    ],
    [
      ['run', '--category', 'LGC'],
      ['LGC', '--rem'],
    ],
    [
      ['run', '--wave', 'va3'],
      ['va3', '--rem'],
    ],
    [['run', '--profiles', 'referentiel-identites,esclave-identite'], ["s'excluent"]],
    [
      ['run', '--sut', 'fusée:x'],
      ['fusée', '--sut reference'],
    ],
    [
      ['run', '--sut', 'http:http://127.0.0.1:9', '--fault', 'x'],
      ['--fault', 'SGL de référence'],
    ],
    [
      ['run', '--fault', 'psc-sans'],
      ['psc-sans', 'Vouliez-vous', 'psc-sans-acr', 'selftest --list'],
    ],
    [
      ['selftest', '--fault', 'psc-sans'],
      ['psc-sans', 'Vouliez-vous', 'psc-sans-acr', 'selftest --list'],
    ],
    [
      ['selftest', '--section', 'ZZZ'],
      ['ZZZ', 'INS'],
    ],
    [
      ['selftest', '--jobs', '0'],
      ['0', '1 à 64'],
    ],
    [
      ['run', '--tags', '@service:rien'],
      ['@service:rien', '--tags'],
    ],
    [['run', '--shard', 'deux'], ['--shard i/n']],
    [
      ['run', '--rem', 'absent.xlsx'],
      ['absent.xlsx', "n'existe pas"],
    ],
    [['rem', 'import', 'absent.xlsx', '--category', 'SGL', '--wave', 'va1'], ['absent.xlsx']],
    [['rem', 'import', 'x.xlsx'], ['--category']],
    [
      ['driver', 'try', 'danser'],
      ['danser', 'registerPatient'],
    ],
    [
      ['driver', 'try', 'registerPatient', '--input', '{'],
      ['--input', 'JSON'],
    ],
    [['driver', 'try', 'registerPatient', '--input', '{}'], ['traits']],
    [
      ['run', '--dmp', 'absent.json'],
      ['absent.json', "n'existe pas"],
    ],
    [
      ['mocks', '--extraction', 'absent.json'],
      ['absent.json', "n'existe pas"],
    ],
    [
      ['mocks', '--port-base', 'mille'],
      ['Port invalide', 'mille'],
    ],
    [
      ['mocks', '--port-base', '65530'],
      ['65536', 'entre 1 et 65535'],
    ],
  ])('jalon %j', async (args, words) => {
    expectOneLine(await jalon(...args), 2, ...words);
  });

  it('jalon alone shows the help', async () => {
    const { code, err } = await jalon();
    expect(code).toBe(2);
    expect(err).toContain('Commandes :');
  });
});

describe('a file that is not a REM', () => {
  it.each([
    ['du texte', 'x.xlsx'],
    ['PK\u0003\u0004 tronqué', 'x.xlsx'],
    ['', 'vide.xlsx'],
    ['{}', 'x.json'],
  ])('« %s » is refused, with what to give instead', async (content, name) => {
    const cwd = workFolder();
    writeFileSync(join(cwd, name), content);
    expectOneLine(await start(['rem', 'import', name, '--category', 'SGL', '--wave', 'va1'], { cwd }).ended, 2, name);
    expect(existsSync(join(cwd, '.jalon'))).toBe(false);
  });
});

describe('the working folder', () => {
  it('without the right to write ends with code 3', async () => {
    const cwd = workFolder();
    const locked = join(cwd, 'verrouille');
    mkdirSync(locked);
    chmodSync(locked, 0o555);
    chmodSync(cwd, 0o755);
    // Root writes everywhere: the program is then started as a user who does not.
    const root = process.getuid?.() === 0;
    const ended = await start(['run', '--data', join(locked, 'donnees')], root ? { cwd: '/', uid: 65_534 } : { cwd })
      .ended;
    expectOneLine(ended, 3, locked, '--data');
  });

  it('that is a file ends with code 2, naming it', async () => {
    const cwd = workFolder();
    writeFileSync(join(cwd, 'fichier'), '');
    expectOneLine(await start(['mocks', '--data', 'fichier'], { cwd }).ended, 2, 'fichier', 'pas un dossier', '--data');
  });

  it.skipIf(process.platform !== 'linux')(
    'under a place that holds no folder (/proc, Linux only) is refused at once',
    async () => {
      expectOneLine(await jalon('run', '--data', '/proc/jalon'), 2, '/proc/jalon');
    },
  );

  it('taken by another process ends with code 3 and says which', async () => {
    const cwd = workFolder();
    mkdirSync(join(cwd, '.jalon'));
    writeFileSync(join(cwd, '.jalon', 'verrou'), String(process.pid));
    expectOneLine(await start(['run'], { cwd }).ended, 3, String(process.pid), '--data');
  });

  it('left locked by a dead process is taken over', async () => {
    const cwd = workFolder();
    mkdirSync(join(cwd, '.jalon'));
    writeFileSync(join(cwd, '.jalon', 'verrou'), '999999999');
    expectOneLine(await start(['run', '--tags', '@service:rien'], { cwd }).ended, 2, '@service:rien');
    expect(existsSync(join(cwd, '.jalon', 'verrou'))).toBe(false);
  });
});

describe('ports', () => {
  it('in use ends with code 3, naming the port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const ended = await jalon('mocks', '--port-base', String(port));
      expectOneLine(ended, 3, '[PORT_IN_USE]');
      // Another program of the machine may hold one of the next ports: whichever is told is one that was asked for.
      const told = Number(/Le port (\d+) est déjà pris/.exec(ended.err)?.[1]);
      expect(told - port).toBeGreaterThanOrEqual(0);
      expect(told - port).toBeLessThan(LISTENERS.length);
    } finally {
      server.close();
    }
  });
});

describe('--debug and --json', () => {
  it('--debug adds the trace', async () => {
    const { code, err } = await jalon('--debug', 'run', '--tags', '@service:rien');
    expect(code).toBe(2);
    expect(err).toMatch(/^\s+at /m);
  });

  it('--json answers one document, errors included', async () => {
    const { code, out } = await jalon('--json', 'run', '--rem', 'absent.xlsx');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'ENOENT', remedy: expect.any(String) } });
  });

  it.each(['PORT_FORBIDDEN', 'LISTEN_FAILED', 'PKI_LOCKED', 'PKI_UNWRITABLE', 'JOURNAL_UNWRITABLE'])(
    '%s is a matter of configuration, code 3',
    (code) => {
      expect(failureOf(Object.assign(new Error('x'), { code, remedy: 'y' }))).toMatchObject({ code, exitCode: 3 });
    },
  );

  it('what nobody foresaw is said to be the bench, code 4', () => {
    expect(failureOf(new TypeError('x is not a function'))).toMatchObject({ code: 'BANC', exitCode: 4 });
    expect(failureOf('texte')).toMatchObject({ exitCode: 4 });
  });
});

describe.skipIf(process.platform === 'win32')('Ctrl-C in the middle (POSIX signals)', () => {
  it('keeps what was judged, says how to go on, ends with code 4', async () => {
    const cwd = workFolder();
    const running = start(['run'], { cwd });
    await running.until('Exécution des scénarios');
    running.child.kill('SIGINT');
    const { code, out, err } = await running.ended;
    expect(code, err).toBe(4);
    expect(out).toContain('relancez');
    const [id] = readdirSync(join(cwd, '.jalon', 'runs'));
    const run = JSON.parse(readFileSync(join(cwd, '.jalon', 'runs', id ?? '', 'run.json'), 'utf8')) as RunRecord;
    expect(run.lifecycle).toBe('interrupted');
    expect(run.scenarios.some(({ cause }) => cause === 'interrompu')).toBe(true);
    expect(existsSync(join(cwd, '.jalon', 'runs', id ?? '', 'index.html'))).toBe(true);
    expect(existsSync(join(cwd, '.jalon', 'verrou'))).toBe(false);
  });
});
