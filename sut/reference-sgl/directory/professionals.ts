import { searchKey } from '../identity/index.ts';
import type { DirectoryAccess } from './access.ts';
import { listOf, mailboxAddresses, resourcesOf, type Resource } from './bundle.ts';
import { readBundles, resourceUrl, rppsOf } from './fhir.ts';

/** A person of the directory, as an account needs them. */
export interface DirectoryProfessional {
  /** 11 digits. */
  rpps: string;
  lastName: string;
  firstName: string;
  /** G15 codes. */
  professions: string[];
  /** Identifiers of the structures of the active practices (Struct_IdNat, else FINESS). */
  structures: string[];
  /** Active practices that have a mailbox of their own. */
  practices: Practice[];
}

/** Where a professional works, with the MSSanté mailboxes that are theirs there, best rank first. */
export interface Practice {
  /** Every identifier of the structure. */
  structure: string[];
  mailboxes: string[];
}

/** By number, or by name, first name and profession together. */
export type ProfessionalCriteria = { rpps: string } | { lastName: string; firstName: string; profession: string };

const RPPS = 'https://rpps.esante.gouv.fr';
const PROFESSION = 'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante';
/** In order of preference. */
const STRUCTURE_SYSTEMS = ['urn:oid:1.2.250.1.71.4.2.2', 'https://finess.esante.gouv.fr'];

/**
 * Active professionals of the directory who answer the criteria. The service matches the start of names; only whole
 * names are kept, accents and hyphens apart.
 * Source: protocols.md §6 (parameters and shapes of values).
 *
 * @throws {SglError} `ANNUAIRE_…` when the directory does not answer properly
 */
export async function findProfessionals(
  criteria: ProfessionalCriteria,
  access: DirectoryAccess,
): Promise<DirectoryProfessional[]> {
  const url = resourceUrl('Practitioner', access.config);
  if ('rpps' in criteria) url.searchParams.set('identifier', rppsOf(criteria.rpps));
  else {
    url.searchParams.set('family', criteria.lastName);
    url.searchParams.set('given', criteria.firstName);
    url.searchParams.set('qualification-code', `${PROFESSION}|${criteria.profession}`);
  }
  const people = resourcesOf(await readBundles(url, access))
    .filter((resource) => resource.resourceType === 'Practitioner' && resource.active !== false)
    .map(readPerson)
    .filter((person) => person !== undefined)
    .filter((person) => 'rpps' in criteria || isNamed(person, criteria));
  const [only] = people;
  // The practices are asked for when there is one person to give them to.
  if (people.length !== 1 || !only) return people.map((person) => withPractices(person, []));
  const roles = resourceUrl('PractitionerRole', access.config);
  roles.searchParams.set('practitioner', `Practitioner/${only.id}`);
  roles.searchParams.set('_include', 'PractitionerRole:organization');
  try {
    return [withPractices(only, resourcesOf(await readBundles(roles, access)))];
  } catch {
    // Structures are wished for, the number is what matters.
    return [withPractices(only, [])];
  }
}

interface Person extends Omit<DirectoryProfessional, 'structures' | 'practices'> {
  /** Of the resource, to ask for its practices. */
  id: string;
}

/** @param resources their practices and the structures of these */
function withPractices(person: Person, resources: readonly Resource[]): DirectoryProfessional {
  const { rpps, lastName, firstName, professions } = person;
  const structures = readStructures(resources);
  return { rpps, lastName, firstName, professions, structures, practices: readPractices(resources) };
}

function readPerson(resource: Resource): Person | undefined {
  const rpps = listOf(resource.identifier).find((identifier) => identifier?.system === RPPS)?.value;
  if (typeof rpps !== 'string' || !/^\d{11}$/.test(rpps)) return undefined;
  const name = listOf(resource.name)[0];
  const codings = listOf(resource.qualification).flatMap((one) => listOf(one?.code?.coding));
  return {
    id: textOf(resource.id),
    rpps,
    lastName: textOf(name?.family),
    firstName: textOf(listOf(name?.given)[0]),
    professions: codings.filter((coding) => coding?.system === PROFESSION).map((coding) => textOf(coding.code)),
  };
}

/** The types of the bundle are wishes: what comes is checked. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 200) : '';
}

function isNamed(person: Person, criteria: { lastName: string; firstName: string; profession: string }): boolean {
  return (
    searchKey(person.lastName) === searchKey(criteria.lastName) &&
    searchKey(person.firstName) === searchKey(criteria.firstName) &&
    (person.professions.length === 0 || person.professions.includes(criteria.profession))
  );
}

function readStructures(resources: readonly Resource[]): string[] {
  const found = resources
    .filter((resource) => resource.resourceType === 'Organization' && resource.active !== false)
    .map((organization) => {
      const identifiers = listOf(organization.identifier);
      const [best] = STRUCTURE_SYSTEMS.flatMap((system) => identifiers.find((one) => one?.system === system) ?? []);
      return best?.value;
    });
  return [...new Set(found.filter((value) => typeof value === 'string'))].slice(0, 50);
}

function readPractices(resources: readonly Resource[]): Practice[] {
  const structures = new Map(
    resources
      .filter(({ resourceType }) => resourceType === 'Organization')
      .map(({ id, identifier }) => [
        `Organization/${id}`,
        listOf(identifier).flatMap((one) => (typeof one?.value === 'string' ? one.value : [])),
      ]),
  );
  return resources
    .filter(({ resourceType, active }) => resourceType === 'PractitionerRole' && active !== false)
    .map((role) => ({
      structure: structures.get(role.organization?.reference?.split('/').slice(-2).join('/') ?? '') ?? [],
      mailboxes: mailboxAddresses(role),
    }))
    .filter(({ structure, mailboxes }) => structure.length > 0 && mailboxes.length > 0)
    .slice(0, 50);
}
