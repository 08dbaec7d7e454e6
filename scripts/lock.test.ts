import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
}

const read = (name: string): string => readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8');
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Readonly<Record<string, LockedPackage>> };
const manifest = JSON.parse(read('package.json')) as Record<string, Readonly<Record<string, string>> | undefined>;

/** As node resolves it: beside the dependent, then in each folder above. */
function isLocked(dependent: string, name: string): boolean {
  for (let base = dependent; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    if (packages[`${base === '' ? '' : `${base}/`}node_modules/${name}`]) return true;
    if (base === '') return false;
  }
}

describe('package-lock.json', () => {
  it('has an entry for the package of every platform: without it, npm ci fails everywhere', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isLocked(path, name))
        .map((name) => `${path} → ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('names no download address and pins every package by its hash', () => {
    const entries = Object.entries(packages).filter(([path, { link }]) => path !== '' && link !== true);
    expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(entries.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  it('brings the runtime without any install script', () => {
    const runtimes = Object.entries(packages).filter(([path]) =>
      /node_modules\/node-(linux|darwin|win|bin)/.test(path),
    );
    expect(runtimes.map(([path, { version }]) => `${path} ${version}`)).toHaveLength(5);
    expect(new Set(runtimes.map(([, { version }]) => version))).toEqual(new Set(['26.10.0']));
    expect(runtimes.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
  });
});

describe('package.json', () => {
  it('asks for exact versions', () => {
    const asked = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}),
    );
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
