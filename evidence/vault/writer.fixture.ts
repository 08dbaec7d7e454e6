import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { folderVault } from './index.ts';

/** Puts pieces without end, and says each once it is kept: whoever kills it knows what may not be lost. */
const [folder = '', seed = '0'] = process.argv.slice(2);
const vault = folderVault(folder);
for (let rank = 0; ; rank += 1) {
  const word = createHash('sha256').update(`${seed} ${rank}`).digest();
  // From nothing to a megabyte, in chunks: a kill falls before, within and after a write.
  const chunks = (word[0] ?? 0) % 17;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield word;
    for (let chunk = 0; chunk < chunks; chunk += 1) yield new Uint8Array(64 * 1024).fill(chunk);
  }
  const { sha256 } = await vault.put(bytes());
  writeSync(1, `${sha256}\n`);
}
