export { createCatalogue, type Catalogue } from './catalogue.ts';
export { catalogueState } from './state.ts';
export type { CodedKind } from './types.ts';
