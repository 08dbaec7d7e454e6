export { askReferenceFaults, type ReferenceFault } from './ask-faults.ts';
export { startReferenceDriver, type ReferenceDriver } from './reference-driver.ts';
export type { BenchView, BiologistView, LaboratoryView, ReferenceOptions } from './types.ts';
