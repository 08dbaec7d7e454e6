export { insKey, isValidIns } from './ins.ts';
export { applyIdentityEvent, STRONG_DOCUMENTS } from './machine.ts';
export type { IdentityEvent, IdentityRules, InsiIdentity, Transition } from './machine.ts';
export { holdsName, searchKey, strictName } from './names.ts';
export { createPatients, type Patients } from './patients.ts';
export { createIdentityTraces, type IdentityTrace, type IdentityTraces, type TraceKind } from './traces.ts';
