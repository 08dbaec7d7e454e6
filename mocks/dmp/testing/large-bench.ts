/** A DMP in a process of its own, so that what it takes of memory is its own: an order a line, an answer a line. */
import { createJournal } from '../../journal/index.ts';
import { createTestContext } from '../../testing.ts';
import { startDmp } from '../index.ts';

const [folder = ''] = process.argv.slice(2);
const journal = createJournal({ folder });
const context = await createTestContext({ journal });
const dmp = await startDmp(context);
const answer = (document: unknown): void => void process.stdout.write(`${JSON.stringify(document)}\n`);
answer({ base: dmp.addresses.base });
process.stdin.on('data', () => {
  answer({ peakKilobytes: process.resourceUsage().maxRSS, exchanges: journal.list().length });
});
process.stdin.on('end', () => void dmp.close().then(() => process.exit(0)));
