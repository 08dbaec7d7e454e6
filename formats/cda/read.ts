import { at, attribute, child, children, descendants, instructionsOf, readXml, xmlCharacters } from '../xml/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { readActor, readOrganization } from './actors.ts';
import { readBody } from './body.ts';
import { mainOf, readEncounter, readRelatedDocuments, readServiceEvents } from './header.ts';
import { readPatient } from './patient.ts';
import type { CdaCode, CdaDocument, CdaId, CdaReading } from './types.ts';
import { HL7_V3, located, readCode, readId, readIds, textOf, when } from './values.ts';

const XSLT = 'http://www.w3.org/1999/XSL/Transform';

/**
 * Reads a CDA R2 document, N1 or N3, alone or carried by its style sheet (self-presenting).
 * Nothing is required of the content: an absent element gives an absent noun, or an empty one placed on the document
 * where the type has no room for absence. Times are left as written.
 * @returns a fault when the bytes are not XML or hold no ClinicalDocument of urn:hl7-org:v3
 */
export function readCda(bytes: Uint8Array): CdaReading {
  const reading = readXml(bytes);
  if (!reading.ok) return { ok: false, fault: reading.fault };
  const root = findDocument(reading.root);
  if (!root) {
    return {
      ok: false,
      fault: {
        code: 'CDA_NOT_A_CLINICAL_DOCUMENT',
        message: `L’élément racine est « ${reading.root.name.local} », pas ClinicalDocument (urn:hl7-org:v3).`,
      },
    };
  }
  return { ok: true, document: readDocument(root, root !== reading.root, styleSheetOf(bytes)) };
}

function readDocument(root: XmlElement, selfPresenting: boolean, styleSheet: string | undefined): CdaDocument {
  const one = (local: string): XmlElement | undefined => child(root, local, HL7_V3);
  const actors = (local: string) => children(root, local, HL7_V3).map(readActor);
  const nowhere = located(root);
  const emptyId: CdaId = { ...nowhere, root: '' };
  const emptyCode: CdaCode = { ...nowhere };
  const attributeOf = (local: string, name: string): string | undefined => {
    const found = one(local);
    return found ? attribute(found, name, '') : undefined;
  };
  const idOf = (local: string): CdaId | undefined => {
    const found = one(local);
    return found ? readId(found) : undefined;
  };
  const version = attributeOf('versionNumber', 'value');
  const custodian = readOrganization(at(root, 'custodian', 'assignedCustodian', 'representedCustodianOrganization'));
  const events = readServiceEvents(root);
  const authenticator = one('legalAuthenticator');
  return {
    root,
    selfPresenting,
    ...when('styleSheet', styleSheet),
    ...when('realmCode', attributeOf('realmCode', 'code')),
    ...when('typeId', idOf('typeId')),
    templateIds: readIds(root, 'templateId'),
    id: idOf('id') ?? emptyId,
    code: readCode(one('code')) ?? emptyCode,
    title: textOf(root, 'title') ?? '',
    effectiveTime: attributeOf('effectiveTime', 'value') ?? '',
    ...when('confidentialityCode', readCode(one('confidentialityCode'))),
    ...when('languageCode', attributeOf('languageCode', 'code')),
    ...when('setId', idOf('setId')),
    ...when('versionNumber', version !== undefined && /^\d{1,9}$/.test(version) ? Number(version) : undefined),
    patient: readPatient(root),
    authors: actors('author'),
    ...when('custodianId', custodian?.ids[0]),
    ...when('custodian', custodian),
    recipients: actors('informationRecipient'),
    ...when('legalAuthenticator', authenticator ? readActor(authenticator) : undefined),
    authenticators: actors('authenticator'),
    participants: actors('participant'),
    orders: children(root, 'inFulfillmentOf', HL7_V3).flatMap((order) => readIds(child(order, 'order', HL7_V3))),
    serviceEvents: events,
    ...when('mainServiceEvent', mainOf(events)),
    relatedDocuments: readRelatedDocuments(root),
    ...when('encounter', readEncounter(root)),
    ...readBody(root),
  };
}

function findDocument(root: XmlElement): XmlElement | undefined {
  if (root.name.local === 'ClinicalDocument' && root.name.namespace === HL7_V3) return root;
  if (root.name.namespace === XSLT) return descendants(root, 'ClinicalDocument', HL7_V3)[0];
  return undefined;
}

function styleSheetOf(bytes: Uint8Array): string | undefined {
  const decoding = xmlCharacters(bytes);
  if (!decoding.ok) return undefined;
  const instruction = instructionsOf(decoding.text).find((one) => /^xml-stylesheet\s/.test(one));
  return instruction ? /href\s{0,9}=\s{0,9}["']([^"']*)["']/.exec(instruction)?.[1] : undefined;
}
