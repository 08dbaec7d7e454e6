export { howManyJobs } from './how-many.ts';
export { observed } from './observe.ts';
export { openSeveral, type Several } from './several.ts';
