import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const BIN = fileURLToPath(new URL('../../bin/jalon', import.meta.url));
const { faults } = JSON.parse(readFileSync(new URL('./faults.json', import.meta.url), 'utf8')) as {
  faults: Readonly<Record<string, readonly string[]>>;
};

interface RunDocument {
  readonly verdict: string;
  readonly scenarios: Readonly<Record<string, number>>;
  readonly failures: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly cause?: string;
    readonly reason: string;
  }[];
}

function run(...args: readonly string[]): Promise<{ readonly code: number; readonly document: RunDocument }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jalon-fautes-'));
  return new Promise((resolve, reject) => {
    const options = { maxBuffer: 16 * 1024 * 1024 };
    execFile(process.execPath, [BIN, 'run', '--json', '--data', dataDir, ...args], options, (error, stdout, stderr) => {
      const document = parsed(stdout);
      if (document) resolve({ code: error === null ? 0 : Number(error.code), document });
      else reject(new Error(`${stderr}\n${stdout}`));
    });
  });
}

function parsed(text: string): RunDocument | undefined {
  try {
    return JSON.parse(text) as RunDocument;
  } catch {
    return undefined;
  }
}

// The whole suite each time: a fault must turn its scenarios red, and must leave every other one green.
describe.concurrent('the suite against the reference SGL', { timeout: 300_000 }, () => {
  it.for(Object.entries(faults))('with %s: exactly %j', async ([fault, expected], { expect: expectHere }) => {
    const { code, document } = await run('--fault', fault, '--exchange-timeout', '3');
    expectHere(document.failures.map(({ id }) => id).toSorted(), JSON.stringify(document.failures)).toEqual(
      expected.toSorted(),
    );
    // A fault of the product is never called a fault of the bench or of its configuration.
    expectHere(document.failures.filter(({ cause }) => cause !== undefined && cause !== 'produit')).toEqual([]);
    expectHere(code).toBe(1);
  });
});

describe('the table of faults', () => {
  it('names every fault that the reference SGL knows', async () => {
    const known = await new Promise<string>((resolve) => {
      execFile(
        process.execPath,
        [BIN, 'run', '--fault', 'aucune-de-ce-nom', '--data', mkdtempSync(join(tmpdir(), 'jalon-fautes-'))],
        (_error, _out, stderr) => resolve(stderr),
      );
    });
    for (const fault of Object.keys(faults)) expect(known).toContain(fault);
    expect(
      known
        .match(/[a-z]+(?:-[a-z0-9]+){2,}/g)
        ?.filter((name) => name !== 'aucune-de-ce-nom')
        .toSorted(),
    ).toEqual(Object.keys(faults).toSorted());
  });
});
