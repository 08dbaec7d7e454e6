import { describe, expect, it } from 'vitest';
import { TrackerStoreError } from './errors.ts';
import { storeFailure, type StorePlace } from './failures.ts';

const SQLITE: StorePlace = { kind: 'sqlite', name: '/suivi' };
const POSTGRES: StorePlace = { kind: 'postgres', name: 'base:5432/suivi' };
const full = () => true;
const roomy = () => false;
const sqlite = (errcode: number) => Object.assign(new Error('dit par SQLite'), { code: 'ERR_SQLITE_ERROR', errcode });
const coded = (code: string, message = 'dit par le serveur') => Object.assign(new Error(message), { code });

describe('a failure of SQLite', () => {
  // FULL, IOERR_WRITE, IOERR_FSYNC, IOERR_TRUNCATE, IOERR_SHMSIZE, CANTOPEN.
  it.each([13, 778, 1034, 1546, 4874, 14])('of code %i is a full disk where the disk is full', (errcode) => {
    const cause = sqlite(errcode);
    expect(storeFailure(cause, SQLITE, 'any', full)).toMatchObject({ code: 'DISK_FULL', cause });
  });

  it('is a full disk when SQLite says so, whatever is free since', () => {
    expect(storeFailure(sqlite(13), SQLITE, 'any', roomy)).toMatchObject({ code: 'DISK_FULL' });
  });

  it.each([778, 1034, 4874])('of code %i is a disk to look at where there is room', (errcode) => {
    const cause = sqlite(errcode);
    const failure = storeFailure(cause, SQLITE, 'any', roomy);
    expect(failure).toMatchObject({ code: 'TRACKER_UNREADABLE', cause });
    expect((failure as Error).message).toContain('« /suivi »');
  });

  it('says that somebody else is writing', () => {
    const cause = sqlite(5);
    expect(storeFailure(cause, SQLITE, 'any', full)).toMatchObject({ code: 'TRACKER_BUSY', cause });
  });

  // Constraint, cannot open, corrupt.
  it.each([787, 14, 11])('of code %i has nothing to do with room', (errcode) => {
    const cause = sqlite(errcode);
    expect(storeFailure(cause, SQLITE, 'any', roomy)).toBe(cause);
  });

  it('is not looked for in a folder that is gone', () => {
    const cause = sqlite(14);
    expect(storeFailure(cause, { kind: 'sqlite', name: '/ce/dossier/manque' })).toBe(cause);
  });
});

describe('a failure of PostgreSQL', () => {
  it('of code 53100 is a full disk', () => {
    const cause = coded('53100');
    expect(storeFailure(cause, POSTGRES)).toMatchObject({ code: 'DISK_FULL', cause });
  });

  it.each([
    coded('57P01'),
    coded('57P02'),
    coded('57P03'),
    coded('08006'),
    coded('ECONNREFUSED'),
    coded('ECONNRESET'),
    new Error('Connection terminated unexpectedly'),
    new Error('timeout expired'),
    new Error('Client has encountered a connection error and is not queryable'),
  ])('%s is a server that is away', (cause) => {
    expect(storeFailure(cause, POSTGRES)).toMatchObject({ code: 'TRACKER_UNREACHABLE', cause });
  });

  it('says when nobody can tell whether the change was kept', () => {
    const lost = coded('ECONNRESET');
    expect(storeFailure(lost, POSTGRES)).toMatchObject({ remedy: expect.stringContaining('puis recommencez') });
    expect(storeFailure(lost, POSTGRES, 'confirming')).toMatchObject({
      remedy: expect.stringMatching(/a pu être gardé, relisez/u),
    });
  });

  it('of a name with several addresses says what the first one answered', () => {
    const cause = Object.assign(new AggregateError([new Error('connect ECONNREFUSED ::1:5432')]), {
      code: 'ECONNREFUSED',
    });
    expect((storeFailure(cause, POSTGRES) as Error).message).toContain('connect ECONNREFUSED ::1:5432');
  });

  // Unique key, serialization, syntax, our own trigger; and a code that only begins alike.
  it.each(['23505', '40001', '42601', 'P0001', '57014'])('of code %s is of the change', (code) => {
    const cause = coded(code);
    expect(storeFailure(cause, POSTGRES)).toBe(cause);
  });
});

describe('any failure', () => {
  it('that is already told stays as it is', () => {
    const told = new TrackerStoreError('CHANGED_MEANWHILE', 'm', 'r');
    expect(storeFailure(told, POSTGRES)).toBe(told);
    expect(storeFailure('texte', SQLITE)).toBe('texte');
  });
});
