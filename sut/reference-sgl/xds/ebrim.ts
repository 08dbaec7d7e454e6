import type { Coded } from '../documents/index.ts';
import { el, textEl, type Xml } from '../xml/index.ts';

/** Object type of a stable document. */
const DOCUMENT_ENTRY = 'urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1';

/** Classification schemes and identification schemes of XDS (IHE ITI TF-3, 4.2.5). */
export const ENTRY = {
  author: 'urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d',
  classCode: 'urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a',
  typeCode: 'urn:uuid:f0306f51-975f-434e-a61c-c59651d33983',
  formatCode: 'urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d',
  confidentialityCode: 'urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f',
  healthcareFacilityTypeCode: 'urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1',
  practiceSettingCode: 'urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead',
  eventCodeList: 'urn:uuid:2c6b8cb7-8b2a-4051-b291-b1ae6a575ef4',
  patientId: 'urn:uuid:58a6f841-87b3-4a3e-92fd-a8ffeff98427',
  uniqueId: 'urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab',
} as const;

export const SUBMISSION_SET = {
  node: 'urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd',
  author: 'urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d',
  contentTypeCode: 'urn:uuid:aa543740-bdda-424e-8c96-df4873be8500',
  patientId: 'urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446',
  sourceId: 'urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832',
  uniqueId: 'urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8',
} as const;

export const HAS_MEMBER = 'urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember';
export const SIGNS = 'urn:ihe:iti:2007:AssociationType:signs';
export const REPLACES = 'urn:ihe:iti:2007:AssociationType:RPLC';
export const UPDATE_STATUS = 'urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus';

/** A slot with its values, in order; empty when there is no value, since a slot holds one at least. */
export function slot(name: string, ...values: readonly string[]): string {
  if (values.length === 0) return '';
  return el('Slot', { name }, el('ValueList', {}, ...values.map((value) => textEl('Value', value))));
}

/** `Name` or `Description` with one French label. */
export function label(name: 'Name' | 'Description', value: string): string {
  return el(name, {}, el('LocalizedString', { 'xml:lang': 'FR', charset: 'UTF-8', value }));
}

/** What one registry object is made of, children named after their place in the schema. */
export interface RegistryObject {
  /** Identifier inside the message, e.g. `Document01`. */
  readonly id: string;
  /** Identifier that stays from one version of the metadata to the next. */
  readonly lid?: string | undefined;
  readonly slots: readonly string[];
  readonly title: string;
  readonly classifications: readonly Classified[];
  /** Scheme, name shown and value of each external identifier. */
  readonly identifiers: readonly (readonly [scheme: string, name: string, value: string])[];
}

export type Classified =
  | { readonly scheme: string; readonly value: Coded }
  /** Author: no code, slots instead. */
  | { readonly scheme: string; readonly slots: readonly string[] }
  /** Marks a registry package as a submission set. */
  | { readonly node: string };

export function registryPackage(parts: RegistryObject): string {
  return el('RegistryPackage', { id: parts.id }, ...content(parts));
}

export function extrinsicObject(mimeType: string, parts: RegistryObject): string {
  const { id, lid } = parts;
  return el('ExtrinsicObject', { id, lid, mimeType, objectType: DOCUMENT_ENTRY }, ...content(parts));
}

export function association(
  id: string,
  type: string,
  source: string,
  target: string,
  ...slots: readonly Xml[]
): string {
  return el('Association', { id, associationType: type, sourceObject: source, targetObject: target }, ...slots);
}

/** Children in the order of the ebRIM schema: slots, name, classifications, external identifiers. */
function content(parts: RegistryObject): readonly string[] {
  return [
    ...parts.slots,
    label('Name', parts.title),
    ...parts.classifications.map((entry, index) => classification(`${parts.id}-c${index + 1}`, parts.id, entry)),
    ...parts.identifiers.map(([scheme, name, value], index) =>
      el(
        'ExternalIdentifier',
        { id: `${parts.id}-e${index + 1}`, registryObject: parts.id, identificationScheme: scheme, value },
        label('Name', name),
      ),
    ),
  ];
}

function classification(id: string, classifiedObject: string, entry: Classified): string {
  if ('node' in entry) return el('Classification', { id, classifiedObject, classificationNode: entry.node });
  const attributes = { id, classificationScheme: entry.scheme, classifiedObject };
  if ('slots' in entry) return el('Classification', { ...attributes, nodeRepresentation: '' }, ...entry.slots);
  return el(
    'Classification',
    { ...attributes, nodeRepresentation: entry.value.code },
    slot('codingScheme', entry.value.system),
    label('Name', entry.value.label),
  );
}
