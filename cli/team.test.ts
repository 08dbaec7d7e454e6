import { createHash } from 'node:crypto';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ZipFile } from 'yazl';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf, newToken } from '#tracker/access/index.ts';
import { onBothStores } from '#tracker/store/both-stores.fixture.ts';
import { fillTracker } from '#tracker/api/campaign.fixture.ts';
import { freePort, GENEROUS, startTeam, type TeamServer } from '#tracker/api/team.fixture.ts';
import { guardOfBench } from './open-desk.ts';
import { readRunArchive, writeRunArchive } from './run-archive.ts';
import { takeTracker } from './server-lock.ts';
import { trackerReaders } from './tracker-readers.ts';

const run = promisify(execFile);
const JALON = fileURLToPath(new URL('../bin/jalon', import.meta.url));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function jalon(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  try {
    const { stdout, stderr } = await run(process.execPath, [JALON, ...args], { env: { ...process.env, ...env } });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as {
      readonly code: number;
      readonly stdout: string;
      readonly stderr: string;
    };
    return { code, out: stdout, err: stderr };
  }
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'jalon-equipe-'));

/** A run with pieces, in a folder of its own: `run.json` and `rem.json` as `jalon run` writes them. */
async function runFolder(): Promise<string> {
  const { runDir, tracker, rem } = await fillTracker();
  const { serialiseRem } = await import('#dsr/rem/index.ts');
  const [newest] = await tracker.runs();
  const stored = await tracker.run(newest!.id);
  writeFileSync(join(runDir, 'run.json'), JSON.stringify(stored!.run));
  writeFileSync(join(runDir, 'rem.json'), serialiseRem(rem));
  await tracker.close();
  return runDir;
}

describe('jalon accounts', () => {
  it('makes, lists, changes and closes accounts; a password is shown once or never', async () => {
    const data = folder();
    const accounts = (...args: readonly string[]) => jalon(['accounts', ...args, '--data', data]);
    const made = await accounts('add', 'Camille', '--role', 'administrateur');
    expect(made.out).toMatch(
      /^Camille : Administration \(administrateur\), mot de passe\nMot de passe, montré cette fois seulement : [\w-]{24}\n$/,
    );
    expect(await accounts('add', 'camille', '--role', 'qa')).toMatchObject({ code: 2, err: /existe déjà/ });
    expect(await accounts('add', 'Dominique', '--role', 'chef')).toMatchObject({ code: 2, err: /Rôle inconnu/ });
    expect((await accounts('add', 'Dominique', '--role', 'lecteur')).code).toBe(0);
    expect((await accounts('role', 'Dominique', 'qa')).out).toContain('Assurance qualité');
    expect((await accounts('close', 'Dominique')).out).toContain('fermé');
    expect(await accounts('close', 'Camille')).toMatchObject({ code: 2, err: /seul compte d’administration/ });
    expect(await accounts('close', 'Personne')).toMatchObject({ code: 2, err: /Aucun compte/ });
    expect((await accounts('list')).out.split('\n')).toHaveLength(3);
    const listed = JSON.parse((await accounts('list', '--json')).out) as readonly object[];
    expect(JSON.stringify(listed)).not.toMatch(/argon2|password/);
  });

  it('makes a token, never beyond its account', async () => {
    const data = folder();
    const accounts = (...args: readonly string[]) => jalon(['accounts', ...args, '--data', data]);
    await accounts('add', 'Robot', '--role', 'testeur');
    expect((await accounts('token', 'Robot', '--days', '7')).out).toMatch(/^Jeton de Robot, .* : jalon_[\w-]{43}\n$/);
    expect(await accounts('token', 'Robot', '--scopes', 'relire')).toMatchObject({ code: 2, err: /ne permet pas/ });
    expect(await accounts('token', 'Robot', '--scopes', 'tout')).toMatchObject({ code: 2, err: /Droit inconnu/ });
    expect(await accounts('token', 'Robot', '--days', '0')).toMatchObject({ code: 2, err: /1 à 366/ });
    expect(await accounts('token', 'Personne')).toMatchObject({ code: 2, err: /Aucun compte/ });
  });

  it('reads a password on standard input', async () => {
    const data = folder();
    const child = spawn(process.execPath, [
      JALON,
      'accounts',
      'add',
      'Alex',
      '--role',
      'qa',
      '--password-stdin',
      '--data',
      data,
    ]);
    child.stdin.end('court\n');
    const ended = await new Promise<Ended>((resolve) => {
      let err = '';
      child.stderr.on('data', (chunk: Buffer) => {
        err += chunk.toString('utf8');
      });
      child.on('close', (code) => resolve({ code: code ?? 1, out: '', err }));
    });
    expect(ended).toMatchObject({ code: 2, err: /moins de 12 caractères/ });
  });
});

describe('a shared tracker', () => {
  it.each([
    [['--listen', '0.0.0.0'], /--public-url/],
    [['--public-url', 'http://suivi.exemple.fr'], /HTTPS/],
    [['--public-url', 'https://suivi.exemple.fr', '--listen', '0.0.0.0'], /--cert et --key/],
    [['--public-url', 'https://suivi.exemple.fr', '--cert', 'x.pem'], /ensemble/],
    [['--public-url', 'https://suivi.exemple.fr/jalon'], /sans chemin/],
  ])('is not opened unsafely: %j', async (args, sentence) => {
    const ended = await jalon(['serve', ...args, '--data', folder(), '--port', String(await freePort())]);
    expect(ended).toMatchObject({ code: 2, out: '', err: sentence });
  });

  it('says what is wrong in the file of the identity provider', async () => {
    const data = folder();
    const file = join(data, 'oidc.json');
    const open = async () =>
      jalon([
        'serve',
        '--public-url',
        'https://a.example',
        '--oidc',
        file,
        '--data',
        data,
        '--port',
        String(await freePort()),
      ]);
    for (const text of [
      '{',
      '{}',
      '{"issuer":"x","clientId":"y"}',
      '{"issuer":"https://a","clientId":"y","roles":{"claim":"g","values":{"q":"chef"}}}',
    ]) {
      writeFileSync(file, text);
      expect(await open()).toMatchObject({ code: 2, err: /fournisseur d’identité/ });
    }
  });
});

describe('two servers on one folder', () => {
  it('are one too many: the second is told which folder is taken, and may serve once the first is gone', async () => {
    const data = folder();
    const release = takeTracker(data);
    const second = await jalon(['serve', '--data', data, '--port', String(await freePort())]);
    expect(second).toMatchObject({ code: 3, out: '' });
    expect(second.err).toContain(`Un autre serveur tient déjà le suivi du dossier ${data}.`);
    release();
    const third = takeTracker(data);
    third();
  });

  it('even when the first was killed', async () => {
    const data = folder();
    const script = `import { takeTracker } from ${JSON.stringify(new URL('./server-lock.ts', import.meta.url).href)};
      takeTracker(${JSON.stringify(data)}); process.stdout.write('pris'); setInterval(() => {}, 1000);`;
    const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
    });
    await new Promise<void>((resolve) => {
      child.stdout?.once('data', () => resolve());
    });
    expect(() => takeTracker(data)).toThrow(/Un autre serveur/);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    takeTracker(data)();
  });
});

onBothStores('a run that is pushed', (place) => {
  let team: TeamServer;
  let token = '';
  let runDir = '';

  beforeAll(async () => {
    const at = await place();
    runDir = await runFolder();
    team = await startTeam({ place: at, limits: GENEROUS, readers: trackerReaders(at.dataDir) });
    token = newToken();
    await team.tracker.addToken(
      {
        id: 'ci',
        account: 'testeur',
        label: 'ci',
        hash: digestOf(token),
        scopes: ['verser'],
        expiresAt: '2099-01-01T00:00:00.000Z',
      },
      { by: 'test', at: '2026-02-03T10:00:00.000Z' },
    );
  });

  afterAll(() => team.close());

  /** The record of the run under another name: the filled tracker has this one. */
  function renamed(id: string): void {
    const record = JSON.parse(readFileSync(join(runDir, 'run.json'), 'utf8')) as object;
    writeFileSync(join(runDir, 'run.json'), JSON.stringify({ ...record, id }));
  }

  const push = () => jalon(['tracker', 'push', runDir, '--server', team.origin], { JALON_TOKEN: token });

  it('is recorded with its pieces, once, however often it is sent', async () => {
    renamed('20260301-080000-cc03');
    const first = await push();
    expect(first).toMatchObject({ code: 0, out: /20260301-080000-cc03 envoyée/ });
    const again = await Promise.all([push(), push()]);
    expect(again.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    const stored = await team.tracker.piecesOfRun('20260301-080000-cc03');
    expect(stored.length).toBeGreaterThan(0);
    const reader = await team.as('lecteur');
    for (const { id, piece } of stored) {
      const response = await reader.fetch('GET', `/api/pieces/${id}?download`);
      expect([piece.path, response.status]).toEqual([piece.path, 200]);
    }
    const { body } = await reader.send('GET', '/api/runs');
    expect(body).toMatchObject({ total: 3 });
    const lines = await team.tracker.history({ subject: '20260301-080000-cc03', limit: 10 });
    expect(lines.map(({ actor, action }) => [action, actor])).toContainEqual(['exécution reçue', 'testeur (jeton ci)']);
  });

  it('is not recorded again under another key, nor another one under its key', async () => {
    const { bytes } = await writeRunArchive(runDir);
    const send = async (key: string, body: Uint8Array) => {
      const response = await fetch(new URL('/api/runs', team.origin), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/zip', 'idempotency-key': key },
        body: new Uint8Array(body),
      });
      return [response.status, ((await response.json()) as { readonly code?: string }).code];
    };
    expect(await send('une autre clé', bytes)).toEqual([400, 'CLE_ABSENTE']);
    expect(await send('une-autre-cle', bytes)).toEqual([409, 'RUN_EXISTS']);
    expect(await send('execution-20260301-080000-cc03', Buffer.concat([bytes, Buffer.from('x')]))).toEqual([
      422,
      'KEY_REUSED',
    ]);
    expect(await send('court', bytes)).toEqual([400, 'CLE_ABSENTE']);
    // Nothing is left of what was refused.
    expect(readdirSync(join(team.filled.dataDir, 'recues'))).toHaveLength(1);
  });

  it('is refused when a piece changed, and said so before anything leaves', async () => {
    const [first] = (await team.tracker.piecesOfRun('20260301-080000-cc03')).map(({ piece }) => piece.path);
    appendFileSync(join(runDir, first!), ' ');
    expect(await push()).toMatchObject({
      code: 2,
      err: new RegExp(`la pièce ${first!.replaceAll('.', '\\.')} a changé`),
    });
    rmSync(join(runDir, first!));
    expect(await push()).toMatchObject({ code: 2, err: /manque/ });
    expect(
      await jalon(['tracker', 'push', runDir, '--server', 'http://suivi.exemple.fr'], { JALON_TOKEN: token }),
    ).toMatchObject({
      code: 2,
      err: /https/,
    });
    expect(await jalon(['tracker', 'push', runDir, '--server', team.origin], { JALON_TOKEN: '' })).toMatchObject({
      code: 2,
      err: /JALON_TOKEN/,
    });
  });
});

describe('an archive of a run that is hostile', () => {
  async function zipOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
    const zip = new ZipFile();
    for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
    zip.end();
    return buffer(zip.outputStream);
  }

  it('is refused, and writes nothing', async () => {
    const runDir = await runFolder();
    const [record, rem] = ['run.json', 'rem.json'].map((name) => readFileSync(join(runDir, name), 'utf8'));
    const into = folder();
    const value = JSON.parse(record!) as { id: string; scenarios: { pieces: { path: string }[] }[] };
    const spoilt = (change: (run: typeof value) => void): string => {
      const copy = structuredClone(value);
      change(copy);
      return JSON.stringify(copy);
    };
    const wrong: readonly (readonly [string, Buffer | string])[] = [
      ['RUN_ARCHIVE_INVALID', 'pas un zip'],
      ['RUN_RECORD_INVALID', await zipOf({ 'rem.json': rem! })],
      ['RUN_RECORD_INVALID', await zipOf({ 'run.json': '{}', 'rem.json': rem! })],
      [
        'RUN_RECORD_INVALID',
        await zipOf({
          'run.json': spoilt((run) => {
            run.id = '../../x';
          }),
          'rem.json': rem!,
        }),
      ],
      ['RUN_ARCHIVE_INVALID', await zipOf({ 'run.json': record! })],
      ['RUN_ARCHIVE_INVALID', await zipOf({ 'run.json': record!, 'rem.json': '{}' })],
      ['RUN_ARCHIVE_INVALID', await zipOf({ 'run.json': record!, 'rem.json': rem! })],
      [
        'RUN_ARCHIVE_INVALID',
        await zipOf({
          'run.json': spoilt((run) => {
            run.scenarios[0]!.pieces[0]!.path = '../../../etc/x';
          }),
          'rem.json': rem!,
        }),
      ],
    ];
    for (const [code, bytes] of wrong) {
      const read = await readRunArchive(Buffer.from(bytes), into, await guardOfBench());
      expect(read).toMatchObject({ ok: false, refusal: { code } });
    }
    expect(readdirSync(into)).toEqual([]);
  });

  it('that holds what the guard of this machine refuses writes nothing', async () => {
    const runDir = await runFolder();
    const [record, rem] = ['run.json', 'rem.json'].map((name) => readFileSync(join(runDir, name), 'utf8'));
    const into = folder();
    const content = 'Écrire à jeanne@labo-reel.fr';
    interface Scenario {
      readonly pieces: readonly { readonly path: string; readonly provenance: object }[];
    }
    const run = JSON.parse(record!) as { scenarios: readonly Scenario[] };
    const [piece] = run.scenarios.flatMap(({ pieces }) => pieces);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const changed = { ...piece!, provenance: { ...piece!.provenance, sha256, mediaType: 'text/plain' } };
    const archive = await zipOf({
      'run.json': JSON.stringify({ ...run, scenarios: [{ ...run.scenarios[0]!, pieces: [changed] }] }),
      'rem.json': rem!,
      [piece!.path]: content,
      [`${piece!.path}.provenance.json`]: '{}',
      [`${piece!.path}.provenance.txt`]: 'x',
    });
    const read = await readRunArchive(archive, into, await guardOfBench());
    expect(read).toMatchObject({ ok: false, refusal: { code: 'RUN_PIECE_REFUSED' } });
    expect(JSON.stringify(read)).not.toContain('jeanne');
    expect(readdirSync(into)).toEqual([]);
  });
});
