import { createPopulation } from '../population/index.ts';
import { openInsi } from './testing-bench.ts';

/**
 * Program of the hostile tests: INSi alone in a process whose heap is small, so that whatever fills it kills it. It says its
 * address to its parent, then the largest memory it had each time it is asked.
 */
const bench = await openInsi({ population: createPopulation() });
process.on('message', () => {
  // The journal keeps every request whole, which is its job; here only what the answer itself costs is looked at.
  bench.context.journal.clear();
  process.send?.({ megabytes: Math.round(process.resourceUsage().maxRSS / 1024) });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: bench.insi.addresses.url });
