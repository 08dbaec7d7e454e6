export { classifyProof } from './classify.ts';
export { classOf, isExternal, kindLabel, loadKinds, madeByPerson, parseKind } from './kinds.ts';
export { applyOverrules, tenableClass } from './overrule.ts';
export type { Overrule } from './overrule.ts';
export { parseOverrules, serialiseOverrules } from './overrule-file.ts';
export type { KindData, ProofClassification, ProofOrigin } from './types.ts';
