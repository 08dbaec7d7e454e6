import type { Concept, FhirResource, ResourceType } from './resources.ts';

/** How one search parameter compares: FHIR R4 §3.1.1.4 (string, token, reference, date). */
export type ParameterKind = 'string' | 'token' | 'reference' | 'date';

export interface SearchParameter {
  readonly kind: ParameterKind;
  /** Values of the resource: text for a string, `system|code` for a token, `Type/id` for a reference, ISO for a date. */
  readonly values: (resource: FhirResource) => readonly string[];
  /** Resource that a reference leads to: what a chain goes on with. */
  readonly target?: ResourceType;
}

interface Name {
  readonly family?: string;
  readonly given?: readonly string[];
}
interface Address {
  readonly city?: string;
  readonly postalCode?: string;
}

const none = (): readonly string[] => [];
const list = (resource: FhirResource, element: string): readonly unknown[] => {
  const value = resource[element];
  return Array.isArray(value) ? value : [];
};
// The mock made these resources: their elements have the shapes of resources.ts.
const names = (one: FhirResource): readonly Name[] => list(one, 'name') as readonly Name[];
const addresses = (one: FhirResource): readonly Address[] => list(one, 'address') as readonly Address[];
const concepts = (one: FhirResource, element: string): readonly Concept[] => list(one, element) as readonly Concept[];
const qualifications = (one: FhirResource): readonly { code: Concept }[] =>
  list(one, 'qualification') as readonly { code: Concept }[];
const codings = (coded: readonly Concept[]): readonly string[] =>
  coded.flatMap((one) => one.coding.map(({ system, code }) => `${system}|${code}`));
const reference =
  (element: string) =>
  (resource: FhirResource): readonly string[] => {
    const target = resource[element];
    const isReference = typeof target === 'object' && target !== null && 'reference' in target;
    return isReference && typeof target.reference === 'string' ? [target.reference] : [];
  };

const COMMON: Readonly<Record<string, SearchParameter>> = {
  _id: { kind: 'token', values: (one) => [`|${one.id}`] },
  _lastUpdated: { kind: 'date', values: (one) => [one.meta.lastUpdated] },
  active: { kind: 'token', values: (one) => [`|${one.active}`] },
  identifier: {
    kind: 'token',
    values: (one) => (one.identifier ?? []).map(({ system, value }) => `${system}|${value}`),
  },
  'data-information-system': { kind: 'token', values: (one) => [`|${one.meta.source}`] },
  'mailbox-mss': { kind: 'string', values: (one) => (one.telecom ?? []).map(({ value }) => value) },
};
const identifierType: SearchParameter = {
  kind: 'token',
  values: (one) => (one.identifier ?? []).flatMap(({ type }) => (type === undefined ? [] : codings([type]))),
};

/** Parameters of each resource (protocols.md §6). Those the mock has no data for are taken and match nothing. */
export const SEARCH_PARAMETERS: Readonly<Record<ResourceType, Readonly<Record<string, SearchParameter>>>> = {
  Practitioner: {
    ...COMMON,
    family: { kind: 'string', values: (one) => names(one).flatMap(({ family }) => family ?? []) },
    given: { kind: 'string', values: (one) => names(one).flatMap(({ given }) => given ?? []) },
    name: {
      kind: 'string',
      values: (one) => names(one).flatMap(({ family, given }) => [family ?? '', ...(given ?? [])]),
    },
    'identifier-type': identifierType,
    'number-smartcard': { kind: 'token', values: none },
    'qualification-code': {
      kind: 'token',
      values: (one) => codings(qualifications(one).map(({ code }) => code)),
    },
  },
  PractitionerRole: {
    ...COMMON,
    'data-registration-authority': { kind: 'token', values: none },
    organization: { kind: 'reference', values: reference('organization'), target: 'Organization' },
    practitioner: { kind: 'reference', values: reference('practitioner'), target: 'Practitioner' },
    role: { kind: 'token', values: (one) => codings(concepts(one, 'code')) },
  },
  Organization: {
    ...COMMON,
    name: { kind: 'string', values: (one) => (typeof one['name'] === 'string' ? [one['name']] : []) },
    address: {
      kind: 'string',
      values: (one) => addresses(one).flatMap(({ city, postalCode }) => [city ?? '', postalCode ?? '']),
    },
    'address-city': {
      kind: 'string',
      values: (one) => addresses(one).flatMap(({ city }) => city ?? []),
    },
    'address-postalcode': {
      kind: 'string',
      values: (one) => addresses(one).flatMap(({ postalCode }) => postalCode ?? []),
    },
    'identifier-type': identifierType,
    partof: { kind: 'reference', values: none, target: 'Organization' },
    'pharmacy-licence': { kind: 'token', values: none },
    type: { kind: 'token', values: (one) => codings(concepts(one, 'type')) },
  },
  HealthcareService: COMMON,
  Device: COMMON,
};
