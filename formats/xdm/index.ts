export { readXdm, resolveUri } from './read.ts';
export type { Xdm, XdmEntry, XdmFault, XdmLimits, XdmProblem, XdmReading, XdmSubmission } from './types.ts';
