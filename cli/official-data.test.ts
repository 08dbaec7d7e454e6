import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { milestone } from '#dsr/calendar/index.ts';
import { bandFor } from '#dsr/scales/index.ts';
import { calendarFrom, scalesFrom } from './official-data.ts';
import { CliError, failureOf } from './errors.ts';
import { workFolder } from './testing.ts';

const shipped = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const failure = async (doing: Promise<unknown>) => doing.then(() => undefined, failureOf);

function fileOf(content: unknown): string {
  const file = join(workFolder(), 'officiel.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('--calendar and --scales', () => {
  it('without a file are what is shipped', async () => {
    expect((await calendarFrom()).versions).toHaveLength(1);
    expect((await scalesFrom()).versions).toHaveLength(1);
  });

  it('put the newer edition over it, named with its file', async () => {
    const dates = shipped('dsr/calendar/calendar.example.json');
    const calendar = await calendarFrom(dates);
    expect(milestone('DRIMBOX', '2', 'advance-request', { calendar })).toMatchObject({
      milestone: { date: '2027-01-20' },
      data: { version: 'exemple-2027-01', file: dates },
    });
    expect(milestone('SGL', '1', 'balance-request', { calendar }).data.file).toBeUndefined();
    const amounts = shipped('dsr/scales/scales.example.json');
    expect(bandFor('LGC', '2', 3, await scalesFrom(amounts)).data.file).toBe(amounts);
  });

  it('say all that is wrong in a file, and where to start from', async () => {
    const base = { format: 'jalon-calendrier/1', version: 'x', source: 'x' };
    const file = fileOf({ ...base, milestones: [{ kind: 'avance', date: '1' }] });
    const told = await failure(calendarFrom(file));
    expect(told).toBeInstanceOf(CliError);
    expect(told).toMatchObject({
      code: 'CALENDAR_INVALID',
      exitCode: 2,
      remedy: 'Partez de l’exemple dsr/calendar/calendar.example.json.',
    });
    for (const text of [file, '« couloirs »', '« wave »', '/milestones/0/kind', '/milestones/0/date']) {
      expect(told?.message).toContain(text);
    }
    const milestones = Array.from({ length: 20 }, () => 1);
    expect((await failure(calendarFrom(fileOf({ ...base, milestones }))))?.message).toContain('(et 8 autres)');
    expect(await failure(scalesFrom(fileOf('non')))).toMatchObject({ code: 'SCALES_INVALID', exitCode: 2 });
  });

  it('do not read what is no file, or too large to be one', async () => {
    expect(await failure(scalesFrom('/dev/null'))).toMatchObject({ code: 'OFFICIAL_DATA_UNREADABLE', exitCode: 2 });
    expect(await failure(scalesFrom(fileOf(' '.repeat(5 * 1024 * 1024))))).toMatchObject({
      code: 'OFFICIAL_DATA_UNREADABLE',
    });
    expect(await failure(calendarFrom('/absent.json'))).toMatchObject({ code: 'ENOENT', exitCode: 2 });
    expect(await failure(calendarFrom(workFolder()))).toMatchObject({ code: 'EISDIR', exitCode: 2 });
  });
});
