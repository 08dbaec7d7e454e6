export { createAnswers, type Answers } from './answers.ts';
export { openApiDocument } from './document.ts';
export { identityOf, mountRoutes } from './mount.ts';
export { cursorOf, paged, pageParameters, PAGE_LIMIT, readCursor } from './page.ts';
export {
  change,
  count,
  day,
  flag,
  instant,
  list,
  object,
  oneOf,
  orNull,
  ref,
  text,
  written,
  type Schema,
} from './schema.ts';
export type { Call, Column, ListKind, Page, QueryParameter, Reply, Route } from './types.ts';
