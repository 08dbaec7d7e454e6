/** What we read of FHIR R4; all of it comes from outside, so everything may be missing. */
export interface Bundle {
  resourceType?: string;
  link?: { relation?: string; url?: string }[];
  entry?: { resource?: Resource }[];
}

export interface Resource {
  resourceType?: string;
  id?: string;
  active?: boolean;
  identifier?: { system?: string; value?: string }[];
  qualification?: { code?: { coding?: { system?: string; code?: string }[] } }[];
  name?: { family?: string; given?: string[] }[];
  practitioner?: { reference?: string };
  organization?: { reference?: string };
  telecom?: Telecom[];
}

interface Telecom {
  system?: string;
  value?: string;
  rank?: number;
  extension?: Extension[];
}

interface Extension {
  url?: string;
  valueCoding?: { code?: string };
  valueCodeableConcept?: { coding?: { code?: string }[] };
  valueBoolean?: boolean;
  extension?: Extension[];
}

export interface Mailbox {
  address: string;
  /** Code of TRE_R257 (PER, ORG, APP…), empty when the directory does not say. */
  kind: string;
  owner: string;
}

const EMAIL_TYPE = 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type';
const MAILBOX = 'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-mailbox-mss-metadata';

/** Address of the following page, resolved against that of this one. */
export function readNextLink(bundle: Bundle, page: URL): URL | undefined {
  const url = listOf(bundle.link).find((link) => link?.relation === 'next')?.url;
  return typeof url === 'string' ? (URL.parse(url, page) ?? undefined) : undefined;
}

/**
 * MSSanté mailboxes of the active professionals and roles, best rank first, each address once. Inactive owners and
 * addresses on the red list are left out.
 */
export function readMailboxes(bundles: readonly Bundle[], faults: ReadonlySet<string> = new Set()): Mailbox[] {
  const resources = resourcesOf(bundles);
  const people = new Map(
    resources
      .filter((resource) => resource.resourceType === 'Practitioner')
      .map((resource) => [`Practitioner/${resource.id}`, resource]),
  );
  const ranked: (Mailbox & { rank: number })[] = [];
  for (const resource of resources) {
    const person = resource.resourceType === 'Practitioner' ? resource : people.get(personOf(resource));
    const inactive = resource.active === false || person?.active === false;
    if (inactive && !faults.has('ann-inactifs-proposes')) continue;
    for (const { address, kind, red, rank } of publishedBy(resource)) {
      if (red) continue;
      const shown = faults.has('ann-adresse-modifiee') ? address.replace('@', '.ancien@') : address;
      ranked.push({ address: shown, kind, owner: nameOf(person), rank });
    }
  }
  ranked.sort((a, b) => a.rank - b.rank);
  const byAddress = new Map<string, Mailbox>();
  for (const { address, kind, owner } of ranked) {
    if (!byAddress.has(address.toLowerCase())) byAddress.set(address.toLowerCase(), { address, kind, owner });
  }
  return [...byAddress.values()];
}

/** Addresses that one resource publishes and that may be used, best rank first. */
export function mailboxAddresses(resource: Resource): string[] {
  return publishedBy(resource)
    .filter(({ red }) => !red)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ address }) => address);
}

interface Published {
  address: string;
  kind: string;
  red: boolean;
  rank: number;
}

/** MSSanté addresses of a resource; those that are ordinary e-mail are left out. */
function publishedBy(resource: Resource): Published[] {
  return listOf(resource.telecom).flatMap((telecom) => {
    const extensions = listOf(telecom?.extension);
    const address = telecom?.value;
    if (typeof address !== 'string' || !address.includes('@')) return [];
    if (!extensions.some((one) => one?.url === EMAIL_TYPE && one.valueCoding?.code === 'MSSANTE')) return [];
    const details = listOf(extensions.find((one) => one?.url === MAILBOX)?.extension);
    const red = details.some((detail) => detail?.url === 'listeRouge' && detail.valueBoolean === true);
    const kind = details.find((detail) => detail?.url === 'type')?.valueCodeableConcept?.coding?.[0]?.code ?? '';
    return [{ address, kind, red, rank: telecom?.rank ?? 99 }];
  });
}

/** Every resource of these pages. */
export function resourcesOf(bundles: readonly Bundle[]): Resource[] {
  return bundles
    .flatMap((bundle) => listOf(bundle.entry))
    .map((entry) => entry?.resource)
    .filter((resource) => resource !== undefined && resource !== null);
}

function personOf(resource: Resource): string {
  return resource.practitioner?.reference?.split('/').slice(-2).join('/') ?? '';
}

function nameOf(person: Resource | undefined): string {
  const name = listOf(person?.name)[0];
  return [...listOf(name?.given), name?.family].filter((part) => typeof part === 'string').join(' ');
}

/** A list of which nothing is sure, as a list. */
export function listOf<Item>(items: readonly Item[] | undefined): readonly Item[] {
  return Array.isArray(items) ? items : [];
}
