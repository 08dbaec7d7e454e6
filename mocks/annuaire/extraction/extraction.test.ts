import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAnnuaire, type Called } from '../fixture.ts';
import { EXTRACTION_FORMAT } from './layout.ts';

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
    await expect(get().then(linesOf)).rejects.toThrow(/./);
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
