import { openTracker } from './index.ts';

/** Opens a tracker and leaves it: what a second `jalon` does at the same moment. Arguments: folder, address of the database. */
const [dataDir = '', url] = process.argv.slice(2);
const tracker = await openTracker({ dataDir, ...(url === undefined ? {} : { url }) });
await tracker.campaigns();
await tracker.close();
