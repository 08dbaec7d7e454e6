import type { Directory, DirectoryPerson, DirectoryStructure } from '../types.ts';
import { organization, practitioner, practitionerRole, type FhirResource, type ResourceType } from './resources.ts';

/** Every resource of the directory at one moment. */
export interface FhirStore {
  readonly of: (type: ResourceType) => readonly FhirResource[];
  readonly all: readonly FhirResource[];
  /** @param reference `Type/id` */
  readonly get: (reference: string) => FhirResource | undefined;
}

/** Resources of a person or a structure are made once, however often the rest of the directory changes. */
const made = new WeakMap<DirectoryPerson | DirectoryStructure, readonly FhirResource[]>();
const stores = new WeakMap<Directory, FhirStore>();

/** The resources of a directory: people, then their activities, then structures, each in the order of the directory. */
export function storeOf(directory: Directory): FhirStore {
  const before = stores.get(directory);
  if (before !== undefined) return before;
  const references = new Map(directory.structures.map((one) => [one.structure.id, `Organization/${one.id}`]));
  const ofPeople = directory.people.map((person) =>
    once(person, () => [
      practitioner(person),
      ...person.activities.map((one) => practitionerRole(person, one, references.get(one.structure.id) ?? '')),
    ]),
  );
  const all = [
    ...ofPeople.flatMap((resources) => resources.slice(0, 1)),
    ...ofPeople.flatMap((resources) => resources.slice(1)),
    ...directory.structures.flatMap((one) => once(one, () => [organization(one)])),
  ];
  const types = Map.groupBy(all, ({ resourceType }) => resourceType);
  let index: ReadonlyMap<string, FhirResource> | undefined;
  const store: FhirStore = {
    all,
    of: (type) => types.get(type) ?? [],
    get(reference) {
      index ??= new Map(all.map((one) => [keyOf(one), one]));
      return index.get(reference);
    },
  };
  stores.set(directory, store);
  return store;
}

/** `Type/id`, as references are written. */
export function keyOf({ resourceType, id }: FhirResource): string {
  return `${resourceType}/${id}`;
}

function once(owner: DirectoryPerson | DirectoryStructure, make: () => readonly FhirResource[]) {
  const resources = made.get(owner) ?? make();
  made.set(owner, resources);
  return resources;
}
