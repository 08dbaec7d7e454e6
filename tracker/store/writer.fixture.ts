import { writeSync } from 'node:fs';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { openTracker } from './index.ts';

/** Writes without end, and says each change once it is acknowledged: whoever kills it knows what may not be lost. */
const [dataDir = '', url] = process.argv.slice(2);
const rem = loadCatalogue('SGL', 'va1');
const requirement = rem.requirements[0]?.id ?? '';
const tracker = await openTracker({ dataDir, ...(url === undefined ? {} : { url }) });
const campaign = (await tracker.currentCampaign())?.id ?? '';
for (let seen = 0; ; seen += 1) {
  await tracker.decide(
    {
      campaign,
      requirement,
      seen,
      action: 'affectation',
      decide: () => ({ ok: true, value: { assignment: { owner: `n° ${seen + 1}` } } }),
    },
    { by: 'camille', at: '2026-02-03T10:00:00.000Z' },
  );
  writeSync(1, `${seen + 1}\n`);
}
