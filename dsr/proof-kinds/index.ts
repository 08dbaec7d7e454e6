export { classifyProof } from './classify.ts';
export { classOf, isExternal, kindLabel, loadKinds, parseKind } from './kinds.ts';
export type { KindData, ProofClassification, ProofOrigin } from './types.ts';
