import type { XmlElement } from 'libxml2-wasm';
import { ENTRY } from '../xds/index.ts';
import { attr, NS } from './answers.ts';

/** A classification of an entry, as the registry gave it. */
export interface EntryClassification {
  readonly scheme: string;
  readonly code: string;
  readonly system: string;
  readonly label: string;
  readonly slots: ReadonlyMap<string, readonly string[]>;
}

/** One document entry of the registry. */
export interface DmpEntry {
  readonly entryUuid: string;
  readonly lid: string;
  /** Last word of the status: `Approved`, `Deprecated`, `Archived`, `Deleted`. */
  readonly status: string;
  readonly version: string;
  readonly mimeType: string;
  readonly title: string;
  readonly uniqueId: string;
  readonly slots: ReadonlyMap<string, readonly string[]>;
  readonly classifications: readonly EntryClassification[];
  readonly identifiers: readonly (readonly [scheme: string, name: string, value: string])[];
}

/** Reads `ExtrinsicObject`, whatever the prefixes and the order of its children. Source: protocols.md §2.6. */
export function readEntry(object: XmlElement): DmpEntry {
  const identifiers = elements(object, 'rim:ExternalIdentifier').map(
    (one) => [attr(one, 'identificationScheme'), nameOf(one), attr(one, 'value')] as const,
  );
  return {
    entryUuid: attr(object, 'id'),
    lid: attr(object, 'lid') || attr(object, 'id'),
    status: attr(object, 'status').replace(/^.*:/, ''),
    version: attr(object.get('rim:VersionInfo', NS), 'versionName') || '1',
    mimeType: attr(object, 'mimeType'),
    title: nameOf(object),
    uniqueId: identifiers.find(([scheme]) => scheme === ENTRY.uniqueId)?.[2] ?? '',
    slots: slotsOf(object),
    classifications: elements(object, 'rim:Classification').map((one) => {
      const slots = slotsOf(one);
      return {
        scheme: attr(one, 'classificationScheme'),
        code: attr(one, 'nodeRepresentation'),
        system: slots.get('codingScheme')?.[0] ?? '',
        label: nameOf(one),
        slots,
      };
    }),
    identifiers,
  };
}

/** First classification of a scheme. */
export function classified(entry: DmpEntry, scheme: string): EntryClassification | undefined {
  return entry.classifications.find((one) => one.scheme === scheme);
}

function elements(parent: XmlElement, path: string): XmlElement[] {
  return parent.find(path, NS) as XmlElement[];
}

function nameOf(object: XmlElement): string {
  return attr(object.get('rim:Name/rim:LocalizedString', NS), 'value');
}

function slotsOf(object: XmlElement): ReadonlyMap<string, readonly string[]> {
  return new Map(
    elements(object, 'rim:Slot').map((slot) => [
      attr(slot, 'name'),
      elements(slot, 'rim:ValueList/rim:Value').map((value) => value.content.trim()),
    ]),
  );
}
