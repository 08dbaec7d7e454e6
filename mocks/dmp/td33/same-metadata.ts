import {
  type Classification,
  DOCUMENT_ENTRY,
  type ExtrinsicObject,
  type RegistryObject,
  type Slot,
} from '#formats/ebrim/index.ts';
import type { RegistryEntry } from '../registry.ts';
import { OIDS } from '../vocabulary.ts';
import transitions from './transitions.json' with { type: 'json' };

/**
 * What a copy of the metadata changed, left out or added, confidentiality codes aside: names of metadata, in French
 * sentences.
 * @param sent the new version
 * @param kept the version that the registry holds
 * Source: protocols.md §2.8 (full copy, all slots included).
 */
export function differences(sent: ExtrinsicObject, kept: RegistryEntry): readonly string[] {
  const { document, entry } = kept;
  const own = new Map([
    ['repositoryUniqueId', OIDS.repository],
    ['hash', document.hash],
    ['size', String(document.size)],
  ]);
  const found: string[] = [];
  const compare = (name: string, one: string | undefined, other: string | undefined): void => {
    if ((one ?? '') !== (other ?? '')) found.push(name);
  };
  compare('mimeType', sent.mimeType, entry.mimeType);
  compare('objectType', sent.objectType, entry.objectType);
  compare('title (Name)', sent.name, entry.name);
  compare('comments (Description)', sent.description, entry.description);
  const [sentSlots, keptSlots] = [slotsOf(sent.slots), slotsOf(entry.slots)];
  for (const name of new Set([...sentSlots.keys(), ...keptSlots.keys(), ...transitions.ownSlots])) {
    const expected = own.get(name);
    if (expected === undefined) compare(name, sentSlots.get(name), keptSlots.get(name));
    else compare(name, sentSlots.get(name)?.toLowerCase(), JSON.stringify([expected]).toLowerCase());
  }
  const [sentCodes, keptCodes] = [codesOf(sent), codesOf(entry)];
  for (const key of new Set([...sentCodes.keys(), ...keptCodes.keys()])) {
    compare(SCHEME_NAMES.get(key) ?? `classification ${key}`, sentCodes.get(key), keptCodes.get(key));
  }
  compare('identifiants (ExternalIdentifier)', identifiersOf(sent), identifiersOf(entry));
  return found;
}

const SCHEME_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(DOCUMENT_ENTRY).map(([name, scheme]) => [scheme, name]),
);

function slotsOf(slots: readonly Slot[]): ReadonlyMap<string, string> {
  return new Map(slots.map(({ name, values }) => [name, JSON.stringify(values.map((value) => value.trim()))]));
}

/** Classifications by scheme, without ids nor the object they classify; in an order of their own. */
function codesOf({ classifications }: RegistryObject): ReadonlyMap<string, string> {
  const byScheme = new Map<string, string[]>();
  for (const one of classifications) {
    const scheme = one.scheme ?? '';
    if (scheme === DOCUMENT_ENTRY.confidentialityCode) continue;
    byScheme.set(scheme, [...(byScheme.get(scheme) ?? []), written(one)]);
  }
  return new Map([...byScheme].map(([scheme, values]) => [scheme, JSON.stringify(values.toSorted())]));
}

function written({ nodeRepresentation, name, slots }: Classification): string {
  return JSON.stringify([
    nodeRepresentation ?? '',
    name ?? '',
    [...slotsOf(slots)].map(([slot, values]) => `${slot}=${values}`).toSorted(),
  ]);
}

function identifiersOf({ externalIdentifiers }: RegistryObject): string {
  return JSON.stringify(externalIdentifiers.map(({ scheme, value }) => `${scheme ?? ''}=${value}`).toSorted());
}
