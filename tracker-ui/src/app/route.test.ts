import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRoute, pathTo, titleOf, type Route } from './route.ts';

const go = (route: Route): Route => {
  const url = new URL(pathTo(route), 'http://127.0.0.1:4370');
  return parseRoute(url.pathname, url.search);
};

describe('routes', () => {
  it('come back from their address', () => {
    const routes: readonly Route[] = [
      { name: 'dashboard' },
      { name: 'requirements', query: '' },
      { name: 'requirements', query: 'section=INS&q=d%C3%A9but' },
      { name: 'requirement', id: 'INS/va1.28' },
      { name: 'runs' },
      { name: 'quote' },
      { name: 'sunes' },
      { name: 'run', id: '20260112-143000-bb02' },
    ];
    for (const route of routes) expect(go(route)).toEqual(route);
  });

  it('keep any id', () => {
    fc.assert(
      fc.property(
        // A path resolves `.` and `..`, which are no ids.
        fc.string({ minLength: 1, unit: 'grapheme' }).filter((id) => !/^\.{1,2}$/.test(id)),
        (id) => {
          expect(go({ name: 'requirement', id })).toEqual({ name: 'requirement', id });
        },
      ),
    );
  });

  it('know what they do not know', () => {
    for (const path of ['/ailleurs', '/exigences/a/b', '/executions/%E0%A4%A']) {
      expect(parseRoute(path, '').name).toBe('unknown');
    }
    expect(titleOf({ name: 'unknown', path: '/x' })).toBe('Page inconnue');
  });
});
