import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorkbook } from '#formats/xlsx/index.ts';
import { fillDossier, type FilledDossier } from './dossier.fixture.ts';
import { dossierEntries, type DossierInput } from './index.ts';

let dossier: FilledDossier;

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
beforeAll(async () => {
  dossier = await fillDossier();
});
afterAll(() => dossier.filled.tracker.close());

const read = (more?: Parameters<FilledDossier['read']>[0]): Promise<DossierInput> => dossier.read(more);

async function files(input: DossierInput): Promise<ReadonlyMap<string, Buffer>> {
  const all = new Map<string, Buffer>();
  for await (const entry of dossierEntries(input)) {
    const bytes = await buffer(entry.open());
    expect([entry.path, hashOf(bytes), bytes.length]).toEqual([entry.path, entry.sha256, entry.size]);
    expect(all.has(entry.path)).toBe(false);
    all.set(entry.path, bytes);
  }
  return all;
}

const textOf = (all: ReadonlyMap<string, Buffer>, path: string): string => all.get(path)?.toString('utf8') ?? '';

/** Visible text of a page, without its markup. */
const words = (page: string): string => page.replaceAll(/<[^>]+>/gu, ' ').replaceAll(/\s+/gu, ' ');

describe('the files of a dossier', () => {
  it('are the same bytes for the same input', async () => {
    const [one, other] = [await files(await read()), await files(await read())];
    expect([...one.keys()]).toEqual([...other.keys()]);
    for (const [path, bytes] of one) expect([path, hashOf(bytes)]).toEqual([path, hashOf(other.get(path)!)]);
  });

  it('are named after the official number, the product and its version, chapter by chapter', async () => {
    const paths = [...(await files(await read())).keys()];
    expect(paths).toContain('01_INS/INS_va1.60.01.03/INS_va1.60.01.03_Labo-Exemple_7.2_02-requete-insi.xml');
    expect(paths.filter((path) => path.endsWith('.mp4'))).toEqual([
      '01_INS/INS_va1.02.01.01/INS_va1.02.01.01_Labo-Exemple_7.2_01-Ecran-b-d-identite-b.mp4',
      '01_INS/INS_va1.60.01.03/INS_va1.60.01.03_Labo-Exemple_7.2_01-Ecran-b-d-identite-b.mp4',
    ]);
    for (const path of paths) expect(path).toMatch(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/u);
  });

  it('link to nothing that is not there, and let no text become markup', async () => {
    const all = await files(await read());
    const seal = new Set(['MANIFESTE.json', 'VERIFIER.txt']);
    const pages = [...all.keys()].filter((path) => path.endsWith('.html'));
    expect(pages.length).toBeGreaterThan(50);
    let links = 0;
    for (const page of pages) {
      const text = textOf(all, page);
      expect(text).not.toContain('<b>d’identité</b>');
      const ids = new Set([...text.matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id));
      for (const [, href = ''] of text.matchAll(/ href="([^"]+)"/gu)) {
        const [path = '', anchor] = href.split('#');
        const target = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), decodeURIComponent(path)));
        expect([page, href, all.has(target) || seal.has(target)]).toEqual([page, href, true]);
        if (anchor === undefined) continue;
        links += 1;
        const there =
          path === '' ? ids : new Set([...textOf(all, target).matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id));
        expect([page, href, there.has(anchor)]).toEqual([page, href, true]);
      }
    }
    expect(links).toBeGreaterThan(100);
  });

  it('say to whoever has only them why a line is green', async () => {
    const page = words(textOf(await files(await read()), '01_INS/INS_va1.60.html'));
    for (const said of [
      'La requête de recherche telle que INSi l’a reçue',
      'le banc Jalon 0.1.0',
      '20260112-143000-bb02',
      'Labo Exemple 7.2, build 4411',
      'Conforme',
      'Alors INSi a reçu une recherche conforme (passée)',
      'Apportée par camille',
      'image, film ou son',
      'Numéro de ticket, public.',
      '1 endroit masqué',
      'Écran inchangé depuis.',
    ]) {
      expect(page).toContain(said);
    }
  });

  it('lack what the tracker says, slot by slot', async () => {
    const input = await read();
    const { missing, stale, rehearsalOnly, toReview } = input.readiness;
    const index = words(textOf(await files(input), 'index.html'));
    const lacks = [...missing, ...stale, ...rehearsalOnly, ...toReview];
    expect(lacks.length).toBeGreaterThan(50);
    for (const { slot } of lacks) expect(index).toContain(slot);
    expect(index).toContain('Partiel');
  });

  it('are those of the chapters that are asked for', async () => {
    const input = await read({ sections: ['ANN'], partial: false });
    expect(input.chapters.map(({ section }) => section)).toEqual(['ANN']);
    expect(new Set(input.readiness.missing.map(({ section }) => section))).toEqual(new Set(['ANN']));
    const index = words(textOf(await files(input), 'index.html'));
    expect(index).toContain('Complet des chapitres ANN');
    expect(index).not.toContain('INS/va1.60');
  });

  it('hold the list filled in, with the names that they have here', async () => {
    const all = await files(await read());
    const reading = await readWorkbook(new Uint8Array(all.get('REM_SGL_va1_Labo-Exemple_7.2.xlsx')!));
    const cells = reading.ok ? reading.sheets.flatMap(({ rows }) => rows.flat()).join('\n') : '';
    expect(cells).toContain('01_INS/INS_va1.60.01.03/INS_va1.60.01.03_Labo-Exemple_7.2_02-requete-insi.xml');
  });

  it('tell where each piece comes from, to programs too', async () => {
    const all = await files(await read());
    const origins = JSON.parse(textOf(all, 'PROVENANCE.json')) as readonly {
      readonly slot: string;
      readonly file: string;
      readonly sha256: string;
      readonly by: string;
    }[];
    expect(origins.map(({ by: who }) => who)).toContain('personne');
    for (const { file, sha256 } of origins) expect([file, hashOf(all.get(file)!)]).toEqual([file, sha256]);
  });

  it('hold a large piece once, and lead to it from the other slots', async () => {
    const input = await read();
    const heavy = {
      ...input,
      chapters: input.chapters.map((chapter) => ({
        ...chapter,
        requirements: chapter.requirements.map((one) => ({
          ...one,
          conformity: one.conformity.map((each) => ({
            ...each,
            slots: each.slots.map((slot) => ({
              ...slot,
              pieces: slot.pieces.map((piece) => (piece.by === 'personne' ? { ...piece, size: 30_000_000 } : piece)),
            })),
          })),
        })),
      })),
    };
    const paths: string[] = [];
    let page = '';
    for await (const entry of dossierEntries(heavy)) {
      paths.push(entry.path);
      if (entry.path === '01_INS/INS_va1.60.html') page = (await buffer(entry.open())).toString('utf8');
    }
    expect(paths.filter((path) => path.endsWith('.mp4'))).toHaveLength(1);
    expect(page).toContain('href="../01_INS/INS_va1.02.01.01/');
  });
});
