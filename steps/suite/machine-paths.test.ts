import { describe, expect, it } from 'vitest';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withoutMachinePaths } from './machine-paths.ts';

const bench = resolve('/srv/éditeur untel/jalon');
const data = resolve('/srv/éditeur untel/jalon/.jalon');
const folders = [bench, data];

describe('machine paths in shared files', () => {
  it('makes the files of a stack trace relative to the bench', () => {
    const stack = JSON.stringify({ message: `erreur\n    at f (${pathToFileURL(`${bench}/steps/a.ts`).href}:3:1)` });
    expect(withoutMachinePaths(stack, folders)).toBe(JSON.stringify({ message: 'erreur\n    at f (steps/a.ts:3:1)' }));
  });

  it('makes a file of the data folder relative to it, though it stands under the bench', () => {
    const text = JSON.stringify(`ENOENT, open '${resolve(data, 'run.json')}'`);
    expect(withoutMachinePaths(text, folders)).toBe(JSON.stringify("ENOENT, open 'run.json'"));
  });

  it('leaves other text as it is', () => {
    const text = '{"uri":"features/mss/envoi.feature","note":"/srv/autre"}';
    expect(withoutMachinePaths(text, [...folders, resolve('/')])).toBe(text);
  });
});
