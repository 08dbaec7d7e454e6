import { slotFolder } from '#evidence/index.ts';
import type { DossierChapter, DossierInput, DossierPiece, DossierSlot } from './types.ts';

/** A piece as large as that is in the dossier once; the other slots lead to it. */
const ONCE_ABOVE = 20 * 1024 * 1024;

/** Where everything stands in a dossier; paths are relative to its root, with `/`. */
export interface Places {
  readonly workbook: string;
  chapterOf(section: string): string;
  /** Page of a requirement. */
  pageOf(section: string, requirement: string): string;
  slotOf(section: string, slot: string): string;
  /** Files of a slot, in the order of its pieces. */
  filesOf(slot: DossierSlot): readonly PlacedPiece[];
}

export interface PlacedPiece {
  readonly piece: DossierPiece;
  readonly path: string;
  /** False: another slot holds the file. */
  readonly here: boolean;
}

/** Gives every file its place and its official name: number of the proof, product, version. */
export function placesOf({ chapters, campaign, rem }: DossierInput): Places {
  const { name, version } = campaign.product;
  const product = `${short(name, 40)}_${short(version, 20)}`;
  const folders = new Map(
    chapters.map(({ section }, rank) => [section, `${String(rank + 1).padStart(2, '0')}_${slotFolder(section)}`]),
  );
  const chapterOf = (section: string): string => folders.get(section) ?? slotFolder(section);
  const slotPlace = (section: string, slot: string): string => `${chapterOf(section)}/${slotFolder(slot)}`;
  const files = new Map<DossierSlot, readonly PlacedPiece[]>();
  const large = new Map<string, string>();
  for (const [section, slot] of slotsOf(chapters)) {
    files.set(
      slot,
      slot.pieces.map((piece, rank): PlacedPiece => {
        const file = `${slotFolder(slot.slot.id)}_${product}_${String(rank + 1).padStart(2, '0')}-${short(bareName(piece), 80)}`;
        const path = `${slotPlace(section, slot.slot.id)}/${file}`;
        const known = piece.size > ONCE_ABOVE ? large.get(piece.sha256) : undefined;
        if (piece.size > ONCE_ABOVE && known === undefined) large.set(piece.sha256, path);
        return { piece, path: known ?? path, here: known === undefined };
      }),
    );
  }
  return {
    workbook: `REM_${slotFolder(rem.category)}_${rem.wave}_${product}.xlsx`,
    chapterOf,
    pageOf: (section, requirement) => `${chapterOf(section)}/${slotFolder(requirement)}.html`,
    slotOf: slotPlace,
    filesOf: (slot) => files.get(slot) ?? [],
  };
}

/** Every slot with its chapter, in order. */
export function* slotsOf(chapters: readonly DossierChapter[]): Generator<readonly [string, DossierSlot]> {
  for (const { section, requirements } of chapters) {
    for (const { conformity } of requirements) {
      for (const { slots } of conformity) for (const slot of slots) yield [section, slot];
    }
  }
}

/** Name of a piece without the number that it had where it was collected. */
export function bareName(piece: DossierPiece): string {
  return piece.by === 'banc' ? piece.provenance.file.replace(/^\d+-/u, '') : piece.evidence.name;
}

/** ASCII that every file system takes; accents become letters. */
function short(text: string, length: number): string {
  const extension = /\.[A-Za-z0-9]{1,8}$/u.exec(text)?.[0] ?? '';
  const stem = text
    .slice(0, text.length - extension.length)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9.-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/gu, '');
  return `${stem === '' ? 'piece' : stem.slice(0, length - extension.length)}${extension}`;
}
