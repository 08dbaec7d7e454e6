import { readCda, writtenIds } from '#formats/cda/index.ts';
import { documentAct, readObservations, readTxa, type Hl7Message } from '#formats/hl7v2/index.ts';

/** How many documents are remembered. */
const KEPT = 20_000;

/** Ids of the documents that the partner took, for the replacements and deletions that follow. */
export interface DocumentShelf {
  has(id: string): boolean;
  /** Keeps what an accepted message brought; a deletion takes it away. */
  take(message: Hl7Message): void;
  forget(): void;
}

export function createShelf(): DocumentShelf {
  const held = new Set<string>();
  return {
    has: (id) => held.has(id),
    take(message) {
      const deleted = documentAct(message) === 'suppression';
      for (const id of idsOf(message)) {
        if (deleted) held.delete(id);
        else held.add(id);
      }
      while (held.size > KEPT) held.delete([...held.keys().take(1)][0] ?? '');
    },
    forget: () => held.clear(),
  };
}

/** Ids of the documents of a message, in every way they are written: those of its CDA, and TXA-12. */
export function idsOf(message: Hl7Message): readonly string[] {
  const txa = readTxa(message);
  const carried = readObservations(message).documents.flatMap(({ bytes }) => {
    const reading = bytes === undefined ? undefined : readCda(bytes);
    return reading?.ok === true ? writtenIds(reading.document.id) : [];
  });
  return [...new Set([...carried, ...(txa === undefined || txa.id === '' ? [] : [txa.id])])];
}
