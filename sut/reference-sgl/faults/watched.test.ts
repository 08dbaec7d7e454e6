import { expect, it } from 'vitest';
import { WatchedFaults } from './watched.ts';

it('remembers the names that were asked about, switched on or not', () => {
  const faults = new WatchedFaults(['une']);
  expect(faults.asked()).toEqual({});
  const before = Date.now();
  expect([faults.has('une'), faults.has('autre')]).toEqual([true, false]);
  expect(Object.keys(faults.asked())).toEqual(['une', 'autre']);
  const [[from, to] = [0, 0]] = faults.asked()['autre'] ?? [];
  expect(from).toBeGreaterThanOrEqual(before);
  expect(to).toBeGreaterThanOrEqual(from);
});

it('tells calls that follow each other closely as one', () => {
  const faults = new WatchedFaults([]);
  for (let call = 0; call < 100; call += 1) faults.has('une');
  expect(faults.asked()['une']?.length).toBeLessThan(20);
});

it.each([
  ['a loop', (faults: WatchedFaults) => [...faults]],
  ['keys', (faults: WatchedFaults) => [...faults.keys()]],
  ['values', (faults: WatchedFaults) => [...faults.values()]],
  ['entries', (faults: WatchedFaults) => [...faults.entries()]],
  ['forEach', (faults: WatchedFaults) => faults.forEach(() => {})],
  ['a copy', (faults: WatchedFaults) => new Set(faults)],
])('%s asks about all of them', (_, go) => {
  const faults = new WatchedFaults(['une', 'autre']);
  go(faults);
  expect(Object.keys(faults.asked())).toEqual(['*']);
});
