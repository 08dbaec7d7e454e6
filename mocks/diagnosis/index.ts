export { EXPECTED_OPERATIONS } from './catalogue.ts';
export { distance } from './distance.ts';
export { nearMiss } from './near-miss.ts';
export { serviceName } from './sentence.ts';
export type { ExpectedOperation, UnexpectedRequest } from './types.ts';
