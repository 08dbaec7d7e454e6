import { describe, expect, it } from 'vitest';
import { LISTENERS, portTable } from './ports.ts';

describe('the port table', () => {
  it('leaves the choice to the system when nothing is asked', () => {
    expect(portTable(undefined)('insi')).toBe(0);
    expect(portTable({ dmp: 8443 })('insi')).toBe(0);
  });

  it('gives the ports asked, or consecutive ones from a base', () => {
    expect(portTable({ dmp: 8443 })('dmp')).toBe(8443);
    const table = portTable({ base: 9000 });
    expect(LISTENERS.map((name) => table(name))).toEqual(LISTENERS.map((_, index) => 9000 + index));
  });

  it.each([
    [{ base: 65_530 }, 'BAD_PORT'],
    [{ base: -1 }, 'BAD_PORT'],
    [{ insi: 1.5 }, 'BAD_PORT'],
    [{ insi: 8443, dmp: 8443 }, 'BAD_PORT'],
    [JSON.parse('{"inconnu":1}') as { insi: number }, 'UNKNOWN_LISTENER'],
  ])('refuses %j', (options, code) => {
    expect(() => portTable(options)).toThrow(expect.objectContaining({ code }));
  });
});
