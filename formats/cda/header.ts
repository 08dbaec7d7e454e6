import { at, attribute, child, children } from '../xml/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { readActor } from './actors.ts';
import type { CdaEncounter, CdaRelatedDocument, CdaServiceEvent } from './types.ts';
import { HL7_V3, located, optional, readCode, readId, readIds, readTime, when } from './values.ts';

export function readServiceEvents(document: XmlElement): readonly CdaServiceEvent[] {
  return children(document, 'documentationOf', HL7_V3)
    .flatMap((one) => children(one, 'serviceEvent', HL7_V3))
    .map((event) => {
      const time = child(event, 'effectiveTime', HL7_V3);
      // lab:statusCode is in the IHE laboratory namespace, a plain one would be in HL7's.
      const status = child(event, 'statusCode');
      return {
        ...located(event),
        ids: readIds(event),
        ...when('code', readCode(child(event, 'code', HL7_V3))),
        ...when('statusCode', status ? attribute(status, 'code', '') : undefined),
        ...when('effectiveTimeNullFlavor', time ? attribute(time, 'nullFlavor', '') : undefined),
        ...when('low', time ? readTime(child(time, 'low', HL7_V3)) : undefined),
        ...when('high', time ? readTime(child(time, 'high', HL7_V3)) : undefined),
        performers: children(event, 'performer', HL7_V3).map(readActor),
      };
    });
}

/** The main act is the one whose performer states a practice setting; without any, the first act. */
export function mainOf(events: readonly CdaServiceEvent[]): CdaServiceEvent | undefined {
  return events.find((event) => event.performers.some((one) => one.organization?.industryClass)) ?? events[0];
}

export function readRelatedDocuments(document: XmlElement): readonly CdaRelatedDocument[] {
  return children(document, 'relatedDocument', HL7_V3).map((related) => {
    const parent = child(related, 'parentDocument', HL7_V3);
    const setId = parent ? child(parent, 'setId', HL7_V3) : undefined;
    const version = parent ? child(parent, 'versionNumber', HL7_V3) : undefined;
    return {
      ...located(related),
      ...optional(related, 'typeCode'),
      parentIds: readIds(parent),
      ...when('parentSetId', setId ? readId(setId) : undefined),
      ...when('parentVersionNumber', version ? attribute(version, 'value', '') : undefined),
    };
  });
}

export function readEncounter(document: XmlElement): CdaEncounter | undefined {
  const encounter = at(document, 'componentOf', 'encompassingEncounter');
  if (!encounter) return undefined;
  const time = child(encounter, 'effectiveTime', HL7_V3);
  const responsible = child(encounter, 'responsibleParty', HL7_V3);
  return {
    ...located(encounter),
    ids: readIds(encounter),
    ...when('code', readCode(child(encounter, 'code', HL7_V3))),
    ...when('low', time ? readTime(child(time, 'low', HL7_V3)) : undefined),
    ...when('high', time ? readTime(child(time, 'high', HL7_V3)) : undefined),
    ...when('facilityCode', readCode(at(encounter, 'location', 'healthCareFacility', 'code'))),
    ...when('responsible', responsible ? readActor(responsible) : undefined),
  };
}
