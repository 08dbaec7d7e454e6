import { expect, it, vi } from 'vitest';
import { jalon, workFolder } from './testing.ts';

const LONG = 60_000;

it(
  'a run without a browser lays it to nobody: the document is to be looked at, and the user is told what to install',
  async () => {
    vi.stubEnv('JALON_BROWSER', '/nulle/part/chromium');
    const { out } = await jalon('run', '--tags', '@preuve:DOC/va1.25.01.01', '--data', workFolder(), '--json').finally(
      () => vi.unstubAllEnvs(),
    );
    expect(JSON.parse(out)).toMatchObject({
      verdict: 'a-verifier',
      failures: [],
      toReview: [
        { id: 'doc/presentation#1', reason: expect.stringMatching(/\/nulle\/part\/chromium.*Installez Chromium/su) },
      ],
    });
  },
  LONG,
);
