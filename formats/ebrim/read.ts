import { attribute, child, children, type XmlElement } from '../xml/index.ts';
import { EBXML, SUBMISSION_SET } from './vocabulary.ts';
import type {
  Association,
  Classification,
  ExternalIdentifier,
  ExtrinsicObject,
  RegistryObject,
  RegistryObjects,
  RegistryPackage,
  Slot,
} from './types.ts';

const { rim } = EBXML;

/**
 * Registry objects of a `rim:RegistryObjectList` (submission, query answer or METADATA.XML of an XDM). Order of the
 * children is not judged; classifications and identifiers written beside the objects are given back to the object they
 * name. Elements outside the RIM namespace are ignored.
 *
 * @param list the `RegistryObjectList` element
 */
export function readRegistryObjects(list: XmlElement): RegistryObjects {
  const loose = children(list, 'Classification', rim).map(readClassification);
  const looseIdentifiers = children(list, 'ExternalIdentifier', rim).map(readExternalIdentifier);
  const read = (e: XmlElement): RegistryObject => {
    const base = readObject(e);
    const named = (id: string | undefined): boolean => id !== undefined && id === base.id;
    return {
      ...base,
      classifications: [...base.classifications, ...loose.filter((one) => named(one.classifiedObject))],
      externalIdentifiers: [
        ...base.externalIdentifiers,
        ...looseIdentifiers.filter((one) => named(one.registryObject)),
      ],
    };
  };
  const packages = children(list, 'RegistryPackage', rim).map((e): RegistryPackage => ({
    ...read(e),
    kind: 'package',
  }));
  return {
    packages,
    documents: children(list, 'ExtrinsicObject', rim).map((e) => readDocument(e, read(e))),
    associations: children(list, 'Association', rim).map((e) => readAssociation(e, read(e))),
    submissionSet: packages.find((one) => one.classifications.some((c) => c.node === SUBMISSION_SET.node)),
    references: children(list, 'ObjectRef', rim).map((e) => attribute(e, 'id') ?? ''),
  };
}

function readDocument(e: XmlElement, base: RegistryObject): ExtrinsicObject {
  const version = child(e, 'VersionInfo', rim);
  return {
    ...base,
    kind: 'document',
    mimeType: attribute(e, 'mimeType'),
    objectType: attribute(e, 'objectType'),
    isOpaque: attribute(e, 'isOpaque') === 'true',
    versionName: version && attribute(version, 'versionName'),
  };
}

function readAssociation(e: XmlElement, base: RegistryObject): Association {
  return {
    ...base,
    kind: 'association',
    associationType: attribute(e, 'associationType'),
    sourceObject: attribute(e, 'sourceObject'),
    targetObject: attribute(e, 'targetObject'),
  };
}

function readObject(e: XmlElement): RegistryObject {
  return {
    id: attribute(e, 'id') ?? '',
    lid: attribute(e, 'lid'),
    status: attribute(e, 'status'),
    slots: children(e, 'Slot', rim).map(readSlot),
    name: localized(child(e, 'Name', rim)),
    description: localized(child(e, 'Description', rim)),
    classifications: children(e, 'Classification', rim).map(readClassification),
    externalIdentifiers: children(e, 'ExternalIdentifier', rim).map(readExternalIdentifier),
    path: e.path,
    line: e.line,
  };
}

function readSlot(e: XmlElement): Slot {
  const list = child(e, 'ValueList', rim);
  return {
    name: attribute(e, 'name') ?? '',
    values: list === undefined ? [] : children(list, 'Value', rim).map((value) => value.text),
    path: e.path,
    line: e.line,
  };
}

function readClassification(e: XmlElement): Classification {
  return {
    id: attribute(e, 'id'),
    scheme: attribute(e, 'classificationScheme'),
    node: attribute(e, 'classificationNode'),
    classifiedObject: attribute(e, 'classifiedObject'),
    nodeRepresentation: attribute(e, 'nodeRepresentation'),
    slots: children(e, 'Slot', rim).map(readSlot),
    name: localized(child(e, 'Name', rim)),
    path: e.path,
    line: e.line,
  };
}

function readExternalIdentifier(e: XmlElement): ExternalIdentifier {
  return {
    id: attribute(e, 'id'),
    registryObject: attribute(e, 'registryObject'),
    scheme: attribute(e, 'identificationScheme'),
    value: attribute(e, 'value') ?? '',
    name: localized(child(e, 'Name', rim)),
    path: e.path,
    line: e.line,
  };
}

function localized(e: XmlElement | undefined): string | undefined {
  const string = e && child(e, 'LocalizedString', rim);
  return string && attribute(string, 'value');
}
