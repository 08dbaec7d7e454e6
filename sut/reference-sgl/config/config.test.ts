import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestPki, type TestPki } from '../testing/certificates.ts';
import { testConfig } from '../testing/laboratory.ts';
import { checkConfig } from './index.ts';

let pki: TestPki;
beforeAll(async () => {
  pki = await createTestPki();
});
afterAll(() => pki.remove());

it('resolves the certificates from the folder of the file', () => {
  const config = testConfig(pki, { ca: 'pki/ca.pem' });
  config.dmp.sign = { cert: '../sceau.pem', key: '/absolu.key' };
  const checked = checkConfig(config, '/etc/sgl');
  expect(checked.ca).toBe('/etc/sgl/pki/ca.pem');
  expect(checked.dmp.sign).toEqual({ cert: '/etc/sceau.pem', key: '/absolu.key' });
  expect(checked.insi.cert).toBe(pki.client.cert);
});

it('names every problem and no value', () => {
  const config = { ...testConfig(pki), port: 'secret-1', oidRoot: 'secret-2', psc: { clientSecret: 'secret-3' } };
  expect(() => checkConfig(config, '/')).toThrow(/\/port .*\/oidRoot .*\/psc /);
  expect(() => checkConfig(config, '/')).not.toThrow(/secret-/);
});
