import { describe, expect, it } from 'vitest';
import { ScenarioFailure } from './failures.ts';
import type { ScenarioWorld } from './scenario-world.ts';
import { browse } from './web-ps.ts';

const addresses = { dmp: { webPs: 'https://127.0.0.1:4443' }, pki: { ca: '/nowhere/ca.pem' } };
// Only what the browser looks at before it asks for anything.
const world = { bench: { mocks: { addresses } } } as unknown as ScenarioWorld;

describe('the browser that the bench plays', () => {
  it.each(['https://webps.ailleurs.test/AccesDirect/DossierPatient/279035121518989', 'https://127.0.0.1:4444/x'])(
    'never asks another site for a patient (%s)',
    async (url) => {
      const failure: unknown = await browse(world, { method: 'GET', url }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ScenarioFailure);
      expect(failure).toMatchObject({ verdict: 'non-verifiable', unverifiableCause: 'configuration' });
    },
  );
});
