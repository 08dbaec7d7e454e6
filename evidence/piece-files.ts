import { join } from 'node:path';
import { provenanceSheet } from './provenance.ts';
import { writeWhole } from './store.ts';
import type { Provenance } from './types.ts';

/** Ends of the names of the sheets beside a piece: for programs, for people. */
export const SHEETS = ['.provenance.json', '.provenance.txt'] as const;

/** Folder name of a slot: its id with characters that file systems refuse replaced. */
export function slotFolder(slotId: string): string {
  return slotId.replaceAll(/[^A-Za-z0-9.-]/g, '_');
}

/** File name of the piece of that number in its slot. */
export function pieceFile(number: number, name: string): string {
  return `${String(number).padStart(2, '0')}-${name}`;
}

/** Writes both sheets beside a piece; `path` is relative to the run folder. */
export async function writeSheets(runDir: string, path: string, provenance: Provenance): Promise<void> {
  const [forPrograms, forPeople] = SHEETS;
  await Promise.all([
    writeWhole(join(runDir, `${path}${forPrograms}`), `${JSON.stringify(provenance, null, 2)}\n`),
    writeWhole(join(runDir, `${path}${forPeople}`), provenanceSheet(provenance)),
  ]);
}
