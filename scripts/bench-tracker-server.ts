/** The tracker of the bench, in a process of its own: who asks does not share its event loop. */
import { openTracker } from '#tracker/store/index.ts';
import { serveTracker } from '#tracker/api/index.ts';

const [dataDir = '', uiDir = '', url] = process.argv.slice(2);
const tracker = await openTracker({ dataDir, ...(url === undefined || url === '' ? {} : { url }) });
const server = await serveTracker({ tracker, dataDir, uiDir, port: 0, version: 'banc' });
process.send?.({ url: server.url });
process.on('message', (message) => {
  if (message === 'memory') process.send?.({ rss: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit(0));
