import type { ExtrinsicObject } from '#formats/ebrim/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import type { Population } from '../population/types.ts';
import type { DmpRegistry, DmpStatus, StoredDocument } from './types.ts';

/** Beyond these, the oldest documents leave the registry; the journal still holds the exchange that brought them. */
export const REGISTRY_LIMITS = { documents: 2000, bytes: 256 * 1024 * 1024 };

/** A document or the signature of a lot, with what the queries need. */
export interface RegistryEntry {
  readonly document: StoredDocument;
  readonly isSignature: boolean;
  readonly entry: ExtrinsicObject;
  /** The same ExtrinsicObject as it was sent. */
  readonly source: XmlElement;
  /** Struct_IdNat of the author of the lot. */
  readonly structure: string;
  readonly submissionSetId: string;
}

export interface RegistryStore extends DmpRegistry {
  /** @returns the entry that carries this document OID, signatures included */
  byUniqueId(uniqueId: string): RegistryEntry | undefined;
  byEntryUuid(entryUuid: string): RegistryEntry | undefined;
  entries(ins: string): readonly RegistryEntry[];
  hasSubmissionSet(uniqueId: string): boolean;
  /** Keeps a whole lot and deprecates the documents it replaces. */
  add(entries: readonly RegistryEntry[], replacedEntryUuids: readonly string[]): void;
  reset(): void;
}

/** Record states that some situations of the population begin with. */
const INITIAL: Readonly<Record<string, DmpStatus>> = {
  'dmp-inexistant': 'inexistant',
  'dmp-ferme': 'ferme',
};

/**
 * The registry and repository of the DMP, in memory, bounded by `REGISTRY_LIMITS`.
 * Source: protocols.md annex B.1.
 */
export function createRegistry(population: Population, limits = REGISTRY_LIMITS): RegistryStore {
  const statuses = new Map<string, DmpStatus>();
  let all: RegistryEntry[] = [];
  let totalBytes = 0;

  function evict(): void {
    while (all.length > limits.documents || totalBytes > limits.bytes) {
      const oldest = all.shift();
      if (!oldest) return;
      totalBytes -= oldest.document.size;
    }
  }

  return {
    documents: (ins) =>
      all.filter((entry) => entry.document.ins === ins && !entry.isSignature).map((entry) => entry.document),
    status(ins) {
      const patient = population.byIns(ins);
      return statuses.get(ins) ?? (patient ? (INITIAL[patient.situation] ?? 'actif') : 'inexistant');
    },
    setStatus: (ins, status) => void statuses.set(ins, status),
    byUniqueId: (uniqueId) => all.find((entry) => entry.document.uniqueId === uniqueId),
    byEntryUuid: (entryUuid) => all.find((entry) => entry.document.entryUUID === entryUuid),
    entries: (ins) => all.filter((entry) => entry.document.ins === ins),
    hasSubmissionSet: (uniqueId) => all.some((entry) => entry.submissionSetId === uniqueId),
    add(entries, replacedEntryUuids) {
      const replaced = new Set(replacedEntryUuids);
      all = all.map((entry) =>
        replaced.has(entry.document.entryUUID)
          ? { ...entry, document: { ...entry.document, status: 'Deprecated' } }
          : entry,
      );
      all.push(...entries);
      totalBytes += entries.reduce((sum, entry) => sum + entry.document.size, 0);
      evict();
    },
    reset() {
      statuses.clear();
      all = [];
      totalBytes = 0;
    },
  };
}
