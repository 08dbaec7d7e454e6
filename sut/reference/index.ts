export { askReferenceFaults, type ReferenceFault } from './ask-faults.ts';
export { startReferenceDriver } from './reference-driver.ts';
export type { BenchView, BiologistView, LaboratoryView, ReferenceOptions } from './types.ts';
