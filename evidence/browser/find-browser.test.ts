import { afterEach, expect, it, vi } from 'vitest';
import { BrowserMissing, findBrowser } from './index.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('says that the browser named is not there, and what to install', async () => {
  vi.stubEnv('JALON_BROWSER', '/nulle/part/chromium');
  const refused = await findBrowser().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(BrowserMissing);
  expect(refused).toMatchObject({
    code: 'NAVIGATEUR_ABSENT',
    message: expect.stringContaining('/nulle/part/chromium'),
    remedy: expect.stringContaining('JALON_BROWSER'),
  });
});

it('takes the one that is named', async () => {
  vi.stubEnv('JALON_BROWSER', process.execPath);
  expect(await findBrowser()).toMatchObject({ executablePath: process.execPath, origin: 'variable JALON_BROWSER' });
});
