export { howManyJobs } from './how-many.ts';
export { observed } from './observe.ts';
export { withoutRank } from './protocol.ts';
export { openSeveral, type Several } from './several.ts';
