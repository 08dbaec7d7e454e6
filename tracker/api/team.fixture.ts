import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDesk, type Desk, type Guard } from '#evidence/intake/index.ts';
import { folderVault } from '#evidence/vault/index.ts';
import { hashPassword, ROLES, type Role } from '../access/index.ts';
import type { Tracker, TrackerPlace } from '../store/index.ts';
import { freePort } from '../store/postgres.fixture.ts';
import { fillTracker, type FilledTracker } from './campaign.fixture.ts';
import type { Limits } from './entry/limits.ts';
import { serveTracker, type DossierDesk, type OidcSettings, type Readers, type TrackerServer } from './index.ts';

const PASSWORD = 'une phrase assez longue';
/** The same work for every test: it is the cost of Argon2. */
const hashed = hashPassword(PASSWORD);

/** A tracker that a team shares, with somebody of each role. */
export interface TeamServer {
  readonly server: TrackerServer;
  readonly filled: FilledTracker;
  readonly tracker: Tracker;
  readonly origin: string;
  /** Somebody of that role, logged in; always the same one. */
  readonly as: (role: Role) => Promise<Person>;
  /** Nobody. */
  readonly stranger: Person;
  /** Puts the clock of the server forward. */
  readonly pass: (ms: number) => void;
  readonly now: () => Date;
  close(): Promise<void>;
}

/** Pages of the tests. */
export function emptyPages(): string {
  const uiDir = mkdtempSync(join(tmpdir(), 'jalon-pages-'));
  mkdirSync(join(uiDir, 'assets'));
  writeFileSync(join(uiDir, 'index.html'), '<!doctype html><title>Jalon</title>');
  return uiDir;
}

const SECRET = /SECRET-\d+/g;

/** A guard that knows one kind of secret: what the real one sees is tested with it. */
export const WORD_GUARD: Guard = {
  lookAt({ bytes, name }) {
    const found = [...Buffer.from(bytes).toString('latin1').matchAll(SECRET)];
    const alarms = found.map(({ index }) => ({
      id: `A-${index}`,
      code: 'JETON',
      where: `${name}, octet ${index}`,
      message: 'Un secret est écrit ici : masquez-le.',
      // As text in a picture would be.
      maskable: !name.endsWith('.pdf'),
    }));
    return Promise.resolve({ alarms, notLookedInto: [] });
  },
  async mask(piece, keep) {
    const { alarms } = await this.lookAt(piece);
    const left = alarms.filter(({ id }) => !keep.has(id));
    const text = Buffer.from(piece.bytes).toString('latin1');
    const masked = text.replaceAll(SECRET, (value, index: number) =>
      keep.has(`A-${index}`) ? value : '*'.repeat(value.length),
    );
    return {
      bytes: Buffer.from(masked, 'latin1'),
      masks: left.filter(({ maskable }) => maskable).map(({ where, code }) => ({ where, code })),
      unmaskable: left.filter(({ maskable }) => !maskable),
    };
  },
};

export interface TeamOptions {
  readonly place?: TrackerPlace;
  readonly limits?: Limits;
  readonly trustProxy?: boolean;
  readonly readers?: Readers;
  /** Built pages; empty ones when absent. */
  readonly uiDir?: string;
  readonly oidc?: (origin: string) => OidcSettings;
  /** Takes pieces of people; one of its own when absent. */
  readonly desk?: Desk;
  /** Writes and verifies dossiers; none when absent. */
  readonly dossiers?: (tracker: Tracker, dataDir: string) => DossierDesk;
}

export const GENEROUS: Limits = {
  calls: { points: 1_000_000, duration: 60 },
  strangers: { points: 1_000_000, duration: 60 },
  logins: { points: 1_000_000, duration: 60 },
  failures: { points: 1_000_000, duration: 60 },
};

export async function startTeam(options: TeamOptions = {}): Promise<TeamServer> {
  const filled = await fillTracker(options.place?.dataDir, options.place?.url);
  const { tracker } = filled;
  for (const role of ROLES) {
    await tracker.addAccount(
      { name: role, role, password: await hashed },
      { by: 'test', at: new Date().toISOString() },
    );
  }
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  const server = await serveTracker({
    tracker,
    dataDir: filled.dataDir,
    uiDir: options.uiDir ?? emptyPages(),
    port,
    version: '0.1.0',
    now,
    ...(options.dossiers === undefined ? {} : { dossiers: options.dossiers(tracker, filled.dataDir) }),
    desk: options.desk ?? openDesk(folderVault(join(filled.dataDir, 'coffre')), WORD_GUARD),
    ...(options.readers === undefined ? {} : { readers: options.readers }),
    team: {
      publicUrl: new URL(origin),
      listen: '127.0.0.1',
      limits: options.limits ?? GENEROUS,
      ...(options.trustProxy === undefined ? {} : { trustProxy: options.trustProxy }),
      ...(options.oidc === undefined ? {} : { oidc: options.oidc(origin) }),
    },
  });
  const people = new Map<Role, Promise<Person>>();
  return {
    server,
    filled,
    tracker,
    origin,
    as(role) {
      const known = people.get(role) ?? Person.loggedIn(origin, role);
      people.set(role, known);
      return known;
    },
    stranger: new Person(origin),
    pass(ms) {
      ahead += ms;
    },
    now,
    async close() {
      await server.close();
      await tracker.close();
    },
  };
}

interface Sent {
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Revision that was seen. */
  readonly seen?: number;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

/** A browser: a cookie, and the token that goes with each change. */
export class Person {
  readonly origin: string;
  cookie = '';
  csrf = '';

  constructor(origin: string) {
    this.origin = origin;
  }

  static async loggedIn(origin: string, name: string, password = PASSWORD): Promise<Person> {
    const person = new Person(origin);
    const answer = await person.logIn(name, password);
    if (answer.status !== 200) throw new Error(`${name} n’entre pas : ${JSON.stringify(answer.body)}`);
    return person;
  }

  async logIn(name: string, password = PASSWORD): Promise<Answer> {
    const answer = await this.send('POST', '/api/session', { json: { name, password } });
    if (answer.status === 200) this.csrf = String(answer.body['csrf']);
    return answer;
  }

  fetch(method: string, path: string, { json, bytes, type, headers, seen }: Sent = {}): Promise<Response> {
    const body = bytes === undefined ? (json === undefined ? undefined : JSON.stringify(json)) : bytes;
    return fetch(new URL(path, this.origin), {
      method,
      redirect: 'manual',
      headers: {
        origin: this.origin,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(this.csrf === '' ? {} : { 'x-jalon-csrf': this.csrf }),
        ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
        ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body as BodyInit }),
    });
  }

  async send(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    const response = await this.fetch(method, path, sent);
    this.keepCookies(response);
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return {
      status: response.status,
      body: (isJson && text !== '' ? JSON.parse(text) : { text }) as Answer['body'],
      headers: response.headers,
    };
  }

  /** Keeps what the server sets, as a browser would. */
  keepCookies(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name = ''] = pair.split('=');
      const others = this.cookie.split('; ').filter((one) => one !== '' && !one.startsWith(`${name}=`));
      const gone = /max-age=0\b/i.test(cookie);
      this.cookie = (gone ? others : [...others, pair]).join('; ');
    }
  }
}

export { freePort };
