import { attribute, child } from '../xml/index.ts';
import type { XmlElement } from '../xml/index.ts';
import type { CdaActor, CdaOrganization } from './types.ts';
import { HL7_V3, located, optional, readCode, readIds, readTelecoms, readTime, textOf, when } from './values.ts';

const ENTITIES = ['assignedAuthor', 'assignedEntity', 'associatedEntity', 'intendedRecipient'];
const PERSONS = ['assignedPerson', 'associatedPerson', 'informationRecipient'];
const ORGANIZATIONS = ['representedOrganization', 'scopingOrganization', 'receivedOrganization'];

/** Reads any participation: the names of its inner elements differ, its shape does not. */
export function readActor(e: XmlElement): CdaActor {
  const entity = firstOf(e, ENTITIES);
  const person = entity ? firstOf(entity, PERSONS) : undefined;
  const name = person ? child(person, 'name', HL7_V3) : undefined;
  const organization = entity ? firstOf(entity, ORGANIZATIONS) : undefined;
  const time = child(e, 'time', HL7_V3);
  const signature = child(e, 'signatureCode', HL7_V3);
  return {
    ...located(e),
    ...optional(e, 'typeCode'),
    templateIds: readIds(e, 'templateId'),
    ...when('time', readTime(time)),
    ...when('timeLow', time ? readTime(child(time, 'low', HL7_V3)) : undefined),
    ...when('timeHigh', time ? readTime(child(time, 'high', HL7_V3)) : undefined),
    ...when('functionCode', readCode(child(e, 'functionCode', HL7_V3))),
    ...when('signatureCode', signature ? attribute(signature, 'code', '') : undefined),
    ...when('entityPath', entity?.path),
    ...when('entityNullFlavor', entity ? attribute(entity, 'nullFlavor', '') : undefined),
    ids: readIds(entity),
    ...when('code', entity ? readCode(child(entity, 'code', HL7_V3)) : undefined),
    telecoms: readTelecoms(entity),
    ...when('familyName', textOf(name, 'family')),
    ...when('givenName', textOf(name, 'given')),
    isDevice: entity !== undefined && child(entity, 'assignedAuthoringDevice', HL7_V3) !== undefined,
    ...when('organization', readOrganization(organization)),
  };
}

export function readOrganization(e: XmlElement | undefined): CdaOrganization | undefined {
  if (!e) return undefined;
  return {
    ...located(e),
    ids: readIds(e),
    ...when('name', textOf(e, 'name')),
    telecoms: readTelecoms(e),
    ...when('industryClass', readCode(child(e, 'standardIndustryClassCode', HL7_V3))),
  };
}

function firstOf(e: XmlElement, locals: readonly string[]): XmlElement | undefined {
  for (const local of locals) {
    const found = child(e, local, HL7_V3);
    if (found) return found;
  }
  return undefined;
}
