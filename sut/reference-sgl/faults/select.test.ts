import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { FAULTS, selectFaults } from './index.ts';

it('takes the known names', () => {
  expect([...selectFaults(FAULTS.map((fault) => fault.name))]).toHaveLength(FAULTS.length);
});

it('refuses an unknown name and proposes those that look like it', () => {
  expect(() => selectFaults(['psc-sans-acr', 'psc-sans-rien'])).toThrow('psc-sans-rien');
  try {
    selectFaults(['insi-soap11']);
  } catch (error) {
    expect((error as { remedy: string }).remedy).toMatch(/^Noms proches : insi-soap-11, .*--faults/);
  }
});

it('survives any name', () => {
  expect(() => selectFaults(['', 'x'.repeat(100_000)])).toThrow(/Défaut inconnu/);
});

it('lists every fault that the system reads, and no other', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.ts$|(hl7|dmp|mail|cda|pdf)-fields\.json$/.test(file) && !file.endsWith('.test.ts'),
  );
  const text = sources.map((file) => readFileSync(root + file, 'utf8')).join('\n');
  const read = [
    ...text.matchAll(/faults\.has\(\s*'([^']+)'/g),
    ...text.matchAll(/^ {4}"((?:hl7|dmp|xds|vihf|td02|mss|xdm|cda|pdf)-[^"]+)": \{/gm),
  ];
  expect(new Set(read.map(([, name]) => name))).toEqual(new Set(FAULTS.map(({ name }) => name)));
});

it('gives each a French sentence and well-formed rules', () => {
  for (const { title, rules } of FAULTS) {
    expect(title).toMatch(/^[A-ZÉ].{10,}[^.]$/);
    expect(rules.every((rule) => /^[A-Z0-9]+(-[A-Z0-9]+)+$/.test(rule))).toBe(true);
  }
});
