import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureOf } from './errors.ts';
import { mockSettings } from './mock-settings.ts';
import { workFolder } from './testing.ts';

function written(value: unknown): string {
  const file = join(workFolder(), 'reglages.json');
  writeFileSync(file, JSON.stringify(value));
  return file;
}

describe('settings of the simulated services', () => {
  it('come from the options and the files that they name', async () => {
    expect(await mockSettings({})).toEqual({});
    expect(
      await mockSettings({
        mockProfile: 'lenient',
        insi: written({ idams: ['AB12345678'] }),
        dmp: written({ homologations: ['SGL-1'] }),
        extraction: written({ source: 'essai', ageDays: 3, damage: 'extraction-tronquee' }),
      }),
    ).toEqual({
      profile: 'lenient',
      insi: { idams: ['AB12345678'] },
      dmp: { homologations: ['SGL-1'] },
      annuaire: { extraction: { ageDays: 3, damage: 'extraction-tronquee' } },
    });
  });

  it('that cannot be read are wrong usage: the file, the place in it, the remedy', async () => {
    const insi = written({ vocabulary: { operations: { unite: {} } } });
    const misnamed = await mockSettings({ insi }).then(() => undefined, failureOf);
    expect(misnamed).toMatchObject({ code: 'INSI_OPTIONS', exitCode: 2 });
    expect(misnamed?.message).toContain(insi);
    expect(misnamed?.message).toContain('« unite » est inconnu');
    const dmp = written({ rights: { documents: [{ who: ['medecin'], types: ['*'], read: 'all', write: true }] } });
    const failure = await mockSettings({ dmp }).then(() => undefined, failureOf);
    expect(failure).toMatchObject({ code: 'DMP_OPTIONS', exitCode: 2 });
    expect(failure?.message).toContain(dmp);
    expect(failure?.message).toContain('/rights/documents/0/who/0');
    expect(failure?.remedy).toContain('rights-matrix.json');
  });
});
