export { PDF_COPY_SECTION } from './body.ts';
export { readCda } from './read.ts';
export { HL7_V3 } from './values.ts';
export type {
  CdaActor,
  CdaCode,
  CdaDocument,
  CdaEncounter,
  CdaFault,
  CdaId,
  CdaMedia,
  CdaOrganization,
  CdaPatient,
  CdaReading,
  CdaRelatedDocument,
  CdaSection,
  CdaServiceEvent,
  CdaTelecom,
  CdaTime,
  Located,
} from './types.ts';
export { writtenIds } from './written-ids.ts';
