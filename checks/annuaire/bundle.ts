/** What a Bundle of the directory says of one mailbox. */
export interface PublishedMailbox {
  /** Lower case. */
  readonly address: string;
  /** False when the resource that carries it, or its practitioner, is no longer active. */
  readonly active: boolean;
  readonly redList: boolean;
  /** `Organization/id` of the structure it belongs to; absent for a mailbox of the person alone. */
  readonly organization: string | undefined;
}

/** A professional, as a Bundle of the directory says them. */
export interface PublishedPerson {
  /** 11 digits. */
  readonly rpps: string;
  readonly active: boolean;
  readonly lastName: string;
  readonly firstName: string;
  /** G15 codes. */
  readonly professions: readonly string[];
}

export interface Bundle {
  readonly mailboxes: readonly PublishedMailbox[];
  readonly people: readonly PublishedPerson[];
  /** Identifiers of each structure (FINESS, Struct_IdNat…), by `Organization/id`. */
  readonly structures: ReadonlyMap<string, readonly string[]>;
  /** Address of the next page. */
  readonly next: string | undefined;
}

const RPPS = 'https://rpps.esante.gouv.fr';
const PROFESSION = 'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante';
const EMAIL_TYPE = 'https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-contact-point-email-type';
const MAILBOX = 'https://interop.esante.gouv.fr/ig/fhir/annuaire/StructureDefinition/as-ext-mailbox-mss-metadata';

/**
 * Reads a searchset Bundle (or a single resource). Everything comes from outside: what has another shape is left out.
 * @returns undefined when the body is not JSON, or is an error
 */
export function readBundle(body: Uint8Array): Bundle | undefined {
  let root: unknown;
  try {
    root = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
  const type = text(root, 'resourceType');
  if (type === undefined || type === 'OperationOutcome') return undefined;
  const resources = type === 'Bundle' ? list(root, 'entry').map((entry) => field(entry, 'resource')) : [root];
  const inactive = new Set(
    resources
      .filter((one) => field(one, 'active') === false)
      .map((one) => `${text(one, 'resourceType')}/${text(one, 'id')}`),
  );
  const next = list(root, 'link').find((link) => text(link, 'relation') === 'next');
  const organizations = resources.filter((one) => text(one, 'resourceType') === 'Organization');
  return {
    mailboxes: resources.flatMap((one) => mailboxesOf(one, inactive)),
    people: resources.flatMap(personOf),
    structures: new Map(
      organizations.map((one) => [
        `Organization/${text(one, 'id')}`,
        list(one, 'identifier').flatMap((identifier) => text(identifier, 'value') ?? []),
      ]),
    ),
    next: text(next, 'url'),
  };
}

function personOf(resource: unknown): readonly PublishedPerson[] {
  if (text(resource, 'resourceType') !== 'Practitioner') return [];
  const identifier = list(resource, 'identifier').find((one) => text(one, 'system') === RPPS);
  const rpps = text(identifier, 'value');
  const [name] = list(resource, 'name');
  const [given] = list(name, 'given');
  const codings = list(resource, 'qualification').flatMap((one) => list(field(one, 'code'), 'coding'));
  const professions = codings.flatMap((one) => (text(one, 'system') === PROFESSION ? (text(one, 'code') ?? []) : []));
  const active = field(resource, 'active') !== false;
  const firstName = typeof given === 'string' ? given : '';
  return rpps === undefined ? [] : [{ rpps, active, lastName: text(name, 'family') ?? '', firstName, professions }];
}

function mailboxesOf(resource: unknown, inactive: ReadonlySet<string>): readonly PublishedMailbox[] {
  const practitioner = text(field(resource, 'practitioner'), 'reference')?.split('/').slice(-2).join('/');
  const active = field(resource, 'active') !== false && !(practitioner !== undefined && inactive.has(practitioner));
  const organization =
    text(resource, 'resourceType') === 'Organization'
      ? `Organization/${text(resource, 'id')}`
      : text(field(resource, 'organization'), 'reference')?.split('/').slice(-2).join('/');
  return list(resource, 'telecom').flatMap((telecom) => {
    const extensions = list(telecom, 'extension');
    const address = text(telecom, 'value')?.toLowerCase();
    const secure = extensions.some(
      (one) => text(one, 'url') === EMAIL_TYPE && text(field(one, 'valueCoding'), 'code') === 'MSSANTE',
    );
    if (address === undefined || !secure) return [];
    const details = extensions.filter((one) => text(one, 'url') === MAILBOX).flatMap((one) => list(one, 'extension'));
    const redList = details.some((one) => text(one, 'url') === 'listeRouge' && field(one, 'valueBoolean') === true);
    return [{ address, active, redList, organization }];
  });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function text(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : undefined;
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}
