import { expect, it } from 'vitest';
import { FAULTS, selectFaults } from './index.ts';

it('takes the known names', () => {
  expect([...selectFaults(FAULTS.map((fault) => fault.name))]).toHaveLength(FAULTS.length);
});

it('refuses an unknown name and lists the known ones', () => {
  expect(() => selectFaults(['psc-sans-acr', 'psc-sans-rien'])).toThrow('psc-sans-rien');
  try {
    selectFaults(['psc-sans-rien']);
  } catch (error) {
    for (const { name } of FAULTS) expect((error as { remedy: string }).remedy).toContain(name);
  }
});
