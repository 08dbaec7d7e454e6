import { createHash } from 'node:crypto';
import type { LayoutName } from '#dsr/rem/index.ts';
import { writeWorkbook } from '#formats/xlsx/index.ts';
import { toTable } from '../rem-workbook/index.ts';
import { INDEX, indexPage } from './index-page.ts';
import { bareName, placesOf, slotsOf, type Places } from './places.ts';
import { requirementPage } from './requirement-page.ts';
import type { DossierFile, DossierInput, DossierPiece } from './types.ts';

/** A file of a dossier at its place. */
export interface DossierEntry extends DossierFile {
  /** Relative to the root of the dossier, with `/`. */
  readonly path: string;
}

/**
 * Every file of a dossier but its seal, in order: the index, then chapter by chapter the pages and the pieces, the list filled in, where each
 * piece comes from. Pages are made one at a time, pieces are opened when they are read.
 */
export async function* dossierEntries(input: DossierInput): AsyncGenerator<DossierEntry> {
  const places = placesOf(input);
  yield text(INDEX, indexPage(input, places));
  for (const chapter of input.chapters) {
    for (const rank of chapter.requirements.keys()) {
      const { path, text: page } = requirementPage(input, chapter, rank, places);
      yield text(path, page);
    }
    for (const [, slot] of slotsOf([chapter])) {
      for (const { piece, path, here } of places.filesOf(slot)) {
        if (here) yield { path, size: piece.size, sha256: piece.sha256, open: piece.open };
      }
    }
  }
  yield made(places.workbook, await workbook(input, places));
  yield text('PROVENANCE.json', `${JSON.stringify(provenances(input, places), null, 2)}\n`);
}

async function workbook(
  { rem, progress, benchVersion, asOf, chapters }: DossierInput,
  places: Places,
): Promise<Uint8Array> {
  const { campaign } = progress;
  const files = new Map(
    Array.from(slotsOf(chapters), ([, slot]) => [slot.slot.id, places.filesOf(slot).map(({ path }) => path)] as const),
  );
  // The names of the dossier take the place of those of the folders of the runs.
  const filled =
    campaign === undefined
      ? progress
      : {
          ...progress,
          campaign: {
            ...campaign,
            slots: new Map(Array.from(campaign.slots, ([id, slot]) => [id, { ...slot, pieces: files.get(id) ?? [] }])),
          },
        };
  return writeWorkbook(toTable(rem, layoutOf(rem.layout, rem.wave), filled, { benchVersion, at: asOf }));
}

/** The layout that the list was read from; the embedded catalogue takes that of its wave. */
function layoutOf(layout: string, wave: string): LayoutName {
  switch (layout) {
    case 'rem-wave1':
    case 'rem-wave2':
    case 'convergence':
      return layout;
    default:
      return wave === 'va1' ? 'rem-wave1' : 'rem-wave2';
  }
}

function provenances({ chapters }: DossierInput, places: Places): readonly object[] {
  return Array.from(slotsOf(chapters)).flatMap(([, slot]) =>
    places.filesOf(slot).map(({ piece, path }) => ({
      slot: slot.slot.id,
      file: path,
      name: bareName(piece),
      size: piece.size,
      sha256: piece.sha256,
      ...originOf(piece),
    })),
  );
}

function originOf(piece: DossierPiece): object {
  if (piece.by === 'banc') {
    const { slot: _, file: __, sha256: ___, size: ____, ...facts } = piece.provenance;
    return { by: 'banc', ...facts };
  }
  const { evidence, filing } = piece;
  const { id: _, name: __, original, shared: ___, ...facts } = evidence;
  return { by: 'personne', evidenceClass: 'human', originalSha256: original.sha256, ...facts, filing };
}

function text(path: string, content: string): DossierEntry {
  return made(path, Buffer.from(content, 'utf8'));
}

function made(path: string, bytes: Uint8Array): DossierEntry {
  return {
    path,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    async *open() {
      yield bytes;
    },
  };
}
