export { LayoutError, type LayoutProblem } from './errors.ts';
export { LANGUAGE, readLayout, type Built, type Layout, type LayoutFiles } from './layout.ts';
export { compileSchema, shownAt, type SchemaFault } from './schema.ts';
export type { Miss } from './scope.ts';
export { LISTS, VALUES, type Model, type Row, type Scalar } from './vocabulary.ts';
