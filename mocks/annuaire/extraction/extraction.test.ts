import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAnnuaire, type Called } from '../fixture.ts';
import { EXTRACTION_FORMAT } from './layout.ts';
import type { ExtractionSettings } from './settings.ts';

let annuaire: Called;
beforeEach(async () => {
  annuaire = await openAnnuaire();
});
afterEach(() => annuaire.close());

const get = (init: RequestInit = {}, query = ''): Promise<Response> =>
  fetch(`${annuaire.running.addresses.extraction}${query}`, init);
const play = (situation: string): void => annuaire.context.situations.set({ service: 'annuaire', situation, times: 1 });

/** Lines of the professionals of a zip, header first. */
async function linesOf(answer: Response): Promise<readonly string[]> {
  const zip = await fromBufferPromise(Buffer.from(await answer.arrayBuffer()), { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.includes('Personne_activite')) continue;
    return (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8').trimEnd().split('\n');
  }
  return [];
}

describe('freshness', () => {
  it('an unchanged file is not sent again, a changed one is', async () => {
    const first = await get();
    const tag = first.headers.get('etag') ?? '';
    const since = first.headers.get('last-modified') ?? '';
    const bytes = Buffer.from(await first.arrayBuffer());
    expect(Buffer.from(await (await get()).arrayBuffer()).equals(bytes)).toBe(true);
    const unchanged = await get({ headers: { 'If-None-Match': `"autre", W/${tag}` } });
    expect([unchanged.status, await unchanged.text(), unchanged.headers.get('etag')]).toEqual([304, '', tag]);
    expect((await get({ headers: { 'If-Modified-Since': since } })).status).toBe(304);
    annuaire.running.nextDay();
    const changed = await get({ headers: { 'If-None-Match': tag, 'If-Modified-Since': since } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('content-disposition')).not.toBe(first.headers.get('content-disposition'));
  });
});

describe('what may go wrong', () => {
  it('half a zip, a page of a proxy, columns under another title or elsewhere', async () => {
    const header = (await linesOf(await get()))[0] ?? '';
    play('extraction-tronquee');
    const cut = await get();
    expect([cut.status, cut.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const half = Buffer.from(await cut.arrayBuffer());
    const whole = Buffer.from(await (await get()).arrayBuffer());
    expect(half.equals(whole.subarray(0, Math.floor(whole.length / 2)))).toBe(true);
    play('extraction-html');
    const page = await get();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
    play('extraction-colonne-fausse');
    expect((await linesOf(await get()))[0]).toBe(
      header.replace(
        '|Identifiant PP|Identification nationale PP|',
        '|Identifiant PP (ancien)|Identification nationale PP (ancien)|',
      ),
    );
    play('extraction-colonnes-deplacees');
    const moved = await linesOf(await get());
    expect(moved[0]?.split('|').filter((one) => one !== '')).toEqual(
      header
        .split('|')
        .filter((one) => one !== '')
        .toReversed(),
    );
    expect((await linesOf(await get()))[0]).toBe(header);
  });

  it('lines cut, one in a hundred, and no tag to come back with', async () => {
    play('extraction-lignes-abimees');
    const answer = await get();
    expect(answer.headers.get('etag')).toBeNull();
    const lines = await linesOf(answer);
    expect(lines.filter((line) => line.length === 3)).toHaveLength(Math.floor((lines.length - 1) / 100));
  });

  it.each([
    ['429', 429],
    ['503', 503],
  ])('%s says when to come back', async (situation, status) => {
    play(situation);
    const answer = await get();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, '1']);
    expect((await get()).status).toBe(200);
  });

  it('is only read', async () => {
    expect((await get({ method: 'DELETE' })).status).toBe(405);
    expect((await get({ method: 'OPTIONS' })).status).toBe(204);
    const head = await get({ method: 'HEAD' });
    const whole = await get();
    expect(head.headers.get('content-length')).toBe(whole.headers.get('content-length'));
  });
});

it('a large extraction has the lines asked, each person once', async () => {
  const lines = await linesOf(await get({}, '?lignes=20000'));
  expect(lines).toHaveLength(20_001);
  expect(new Set(lines).size).toBe(20_001);
});

it('another format may be given', async () => {
  const other = await openAnnuaire(
    {},
    {
      extraction: {
        ...EXTRACTION_FORMAT,
        separator: ';',
        quoted: true,
        endsWithSeparator: false,
        personneActivite: {
          ...EXTRACTION_FORMAT.personneActivite,
          columns: [{ title: 'RPPS', field: 'rpps' }, { title: 'Vide' }],
        },
      },
    },
  );
  const [header, first] = await linesOf(await fetch(other.running.addresses.extraction));
  await other.close();
  expect([header, first]).toEqual(['"RPPS";"Vide"', `"${annuaire.context.population.professionals[0]?.rpps}";""`]);
});

describe('an extraction set for the whole bench', () => {
  const opened: Called[] = [];
  const download = async (extraction: ExtractionSettings): Promise<Response> => {
    const set = await openAnnuaire({}, { extraction });
    opened.push(set);
    return fetch(set.running.addresses.extraction);
  };
  afterEach(() => Promise.all(opened.splice(0).map((one) => one.close())));

  it('is as old as asked, by its name and its Last-Modified', async () => {
    const now = await get();
    const old = await download({ ageDays: 40 });
    const modified = (answer: Response): number => Date.parse(answer.headers.get('last-modified') ?? '');
    expect(Math.round((modified(now) - modified(old)) / 86_400_000)).toBe(40);
    const stamp = (answer: Response) => /_(\d{12})\.zip/u.exec(answer.headers.get('content-disposition') ?? '')?.[1];
    expect(Number(stamp(old))).toBeLessThan(Number(stamp(now)));
  });

  it('is damaged at every download, unless a situation does something else', async () => {
    const first = await download({ damage: 'extraction-html' });
    expect(first.headers.get('content-type')).toContain('text/html');
    const [set] = opened;
    expect((await fetch(set?.running.addresses.extraction ?? '')).headers.get('content-type')).toContain('text/html');
    set?.context.situations.set({ service: 'annuaire', situation: 'extraction-colonnes-deplacees', times: 1 });
    expect((await fetch(set?.running.addresses.extraction ?? '')).headers.get('content-type')).toContain('zip');
  });

  it('has the columns of the file, and says their titles', async () => {
    const columns = [
      { title: 'IdNat', field: 'nationalId' },
      { title: 'Nom', field: 'lastName' },
    ];
    const personneActivite = { ...EXTRACTION_FORMAT.personneActivite, columns };
    const answer = await download({ separator: ';', endsWithSeparator: false, personneActivite });
    expect((await linesOf(answer))[0]).toBe('IdNat;Nom');
    const { identifier, lastName, mailbox } = opened[0]?.running.titles ?? {};
    expect([identifier?.[0], lastName?.[0], mailbox]).toEqual(['IdNat', 'Nom', ['Adresse BAL']]);
  });
});
