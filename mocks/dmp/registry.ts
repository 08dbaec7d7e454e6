import type { ExtrinsicObject, RegistryPackage } from '#formats/ebrim/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import type { Population } from '../population/types.ts';
import { depositAddition } from './deposit/deposit.ts';
import { createRecords, type PatientRecords } from './records.ts';
import { storedDocument } from './stored-document.ts';
import type { DmpRegistry, DocumentStatus, StoredDocument } from './types.ts';
import { ASSOCIATIONS } from './vocabulary.ts';

export { storedDocument };

/** Beyond these, the oldest leave the registry; the journal still holds the exchange that brought them. */
export const REGISTRY_LIMITS = { documents: 2000, bytes: 256 * 1024 * 1024 };
/** Of submission sets and of associations, for one document. */
const PER_DOCUMENT = 4;

/** One version of the metadata of a document, or of the signature of a lot, with what the queries need. */
export interface RegistryEntry {
  readonly document: StoredDocument;
  readonly isSignature: boolean;
  readonly entry: ExtrinsicObject;
  /** The same ExtrinsicObject as it was sent. */
  readonly source: XmlElement;
  /** Struct_IdNat of the author of the lot. */
  readonly structure: string;
  /** uniqueId of the lot. */
  readonly submissionSetId: string;
  /** Bytes of memory that its content takes; 0 when it is on disk. */
  readonly held: number;
}

export interface StoredSet {
  /** `urn:uuid:…` */
  readonly uuid: string;
  readonly uniqueId: string;
  readonly ins: string;
  readonly structure: string;
  readonly set: RegistryPackage;
  readonly source: XmlElement;
}

export interface StoredAssociation {
  /** `urn:uuid:…` */
  readonly uuid: string;
  readonly ins: string;
  readonly type: string;
  /** `urn:uuid:…` of the objects of the registry. */
  readonly source: string;
  readonly target: string;
  /** Values by slot name. */
  readonly slots: ReadonlyMap<string, readonly string[]>;
}

/** What one accepted message adds. */
export interface Addition {
  readonly set?: StoredSet;
  readonly entries: readonly RegistryEntry[];
  readonly associations?: readonly StoredAssociation[];
  /** entryUUIDs of the documents that are no longer current. */
  readonly deprecated?: readonly string[];
}

export interface RegistryStore extends DmpRegistry, PatientRecords {
  /** @returns the current metadata of the document of this OID, signatures included, deleted ones too */
  byUniqueId(uniqueId: string): RegistryEntry | undefined;
  /** Any version of metadata. */
  byEntryUuid(entryUuid: string): RegistryEntry | undefined;
  /** Current metadata of a logical document. */
  byLid(lid: string): RegistryEntry | undefined;
  /** Every version of the metadata of each document of a patient, oldest first. */
  entries(ins: string): readonly RegistryEntry[];
  isCurrent(entry: RegistryEntry): boolean;
  sets(ins: string): readonly StoredSet[];
  associations(ins: string): readonly StoredAssociation[];
  hasSubmissionSet(uniqueId: string): boolean;
  add(addition: Addition): void;
  setDocumentStatus(entryUuid: string, status: DocumentStatus): void;
  reset(): void;
}

/** The same entry with other metadata; its bytes are still read only when asked. */
export function amend(entry: RegistryEntry, changes: Partial<Omit<StoredDocument, 'bytes'>>): RegistryEntry {
  const { document } = entry;
  return { ...entry, document: storedDocument({ ...document, ...changes }, () => document.bytes) };
}

/**
 * The registry and repository of the DMP, in memory (large contents on disk), bounded by `REGISTRY_LIMITS`.
 * Source: protocols.md annex B.1.
 */
export function createRegistry(
  population: Population,
  limits = REGISTRY_LIMITS,
  now: () => Date = () => new Date(),
): RegistryStore {
  const records = createRecords(population, now);
  // Maps keep the order of arrival; a value that is replaced keeps its place.
  const byUuid = new Map<string, RegistryEntry>();
  const currentOf = new Map<string, string>();
  const lidOf = new Map<string, string>();
  const sets = new Map<string, StoredSet>();
  const associations = new Map<string, StoredAssociation>();
  const patients = new Map<string, { entries: Set<string>; sets: Set<string>; associations: Set<string> }>();
  const setIds = new Set<string>();
  let totalBytes = 0;

  const of = (ins: string) => {
    const found = patients.get(ins) ?? { entries: new Set(), sets: new Set(), associations: new Set() };
    patients.set(ins, found);
    return found;
  };
  const byLid = (lid: string): RegistryEntry | undefined => byUuid.get(currentOf.get(lid) ?? '');
  const byUniqueId = (uniqueId: string): RegistryEntry | undefined => byLid(lidOf.get(uniqueId) ?? '');
  const listed = <Item>(ids: Iterable<string> | undefined, from: ReadonlyMap<string, Item>): Item[] =>
    [...(ids ?? [])].flatMap((id) => from.get(id) ?? []);
  const entries = (ins: string): RegistryEntry[] => listed(patients.get(ins)?.entries, byUuid);
  const isCurrent = ({ document }: RegistryEntry): boolean => currentOf.get(document.lid) === document.entryUUID;

  function evict(): void {
    for (const [uuid, entry] of byUuid) {
      if (byUuid.size <= limits.documents && totalBytes <= limits.bytes) break;
      byUuid.delete(uuid);
      patients.get(entry.document.ins)?.entries.delete(uuid);
      totalBytes -= entry.held;
      if (currentOf.get(entry.document.lid) !== uuid) continue;
      currentOf.delete(entry.document.lid);
      lidOf.delete(entry.document.uniqueId);
    }
    for (const [uuid, { uniqueId, ins }] of sets) {
      if (sets.size <= PER_DOCUMENT * limits.documents) break;
      sets.delete(uuid);
      setIds.delete(uniqueId);
      patients.get(ins)?.sets.delete(uuid);
    }
    for (const [uuid, { ins }] of associations) {
      if (associations.size <= PER_DOCUMENT * limits.documents) break;
      associations.delete(uuid);
      patients.get(ins)?.associations.delete(uuid);
    }
  }

  function setDocumentStatus(uuid: string, status: DocumentStatus): void {
    const entry = byUuid.get(uuid);
    if (entry) byUuid.set(uuid, amend(entry, { status }));
  }

  function add({ set, entries: added, associations: linked = [], deprecated = [] }: Addition): void {
    for (const uuid of deprecated) setDocumentStatus(uuid, 'Deprecated');
    if (set) {
      sets.set(set.uuid, set);
      setIds.add(set.uniqueId);
      of(set.ins).sets.add(set.uuid);
    }
    for (const entry of added) {
      const { entryUUID, lid, uniqueId, ins } = entry.document;
      const previous = byLid(lid);
      // Versions of metadata share one content: the last one answers for it.
      if (previous) byUuid.set(previous.document.entryUUID, { ...previous, held: 0 });
      totalBytes -= previous?.held ?? 0;
      byUuid.set(entryUUID, entry);
      currentOf.set(lid, entryUUID);
      lidOf.set(uniqueId, lid);
      of(ins).entries.add(entryUUID);
      totalBytes += entry.held;
    }
    for (const association of linked) {
      associations.set(association.uuid, association);
      of(association.ins).associations.add(association.uuid);
    }
    evict();
  }

  return {
    ...records,
    documents: (ins) =>
      entries(ins)
        .filter((entry) => !entry.isSignature && isCurrent(entry))
        .map(({ document }) => document),
    versions(uniqueId) {
      const found = byUniqueId(uniqueId)?.document;
      if (!found) return [];
      const all = entries(found.ins)
        .filter((entry) => isCurrent(entry))
        .map(({ document }) => document);
      const chain = [found];
      for (let first = chain[0]; first?.replaces !== undefined;) {
        const wanted = first.replaces;
        first = all.find((one) => one.uniqueId === wanted && !chain.includes(one));
        if (first) chain.unshift(first);
      }
      for (let last: StoredDocument | undefined = found; last;) {
        const wanted: string = last.uniqueId;
        last = all.find((one) => one.replaces === wanted && !chain.includes(one));
        if (last) chain.push(last);
      }
      return chain;
    },
    metadataHistory(uniqueId) {
      const found = byUniqueId(uniqueId)?.document;
      if (!found) return [];
      return entries(found.ins)
        .map(({ document }) => document)
        .filter(({ lid }) => lid === found.lid);
    },
    byUniqueId,
    byEntryUuid: (uuid) => byUuid.get(uuid),
    byLid,
    entries,
    isCurrent,
    sets: (ins) => listed(patients.get(ins)?.sets, sets),
    associations: (ins) => listed(patients.get(ins)?.associations, associations),
    hasSubmissionSet: (uniqueId) => setIds.has(uniqueId),
    setDocumentStatus,
    add,
    deposit(deposit) {
      const addition = depositAddition(deposit);
      add(addition);
      return addition.entries[0].document;
    },
    reset() {
      records.reset();
      for (const map of [byUuid, currentOf, lidOf, sets, associations, patients]) map.clear();
      setIds.clear();
      totalBytes = 0;
    },
  };
}

/** Kinds of associations that follow a document when its metadata change (IHE metadata update, AssociationPropagation). */
export const PROPAGATED: ReadonlySet<string> = new Set([ASSOCIATIONS.replaces]);
