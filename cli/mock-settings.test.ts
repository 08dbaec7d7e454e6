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

  it('hold the simulated DMP and the checks to the same value sets', async () => {
    const list = { metadata: 'practiceSettingCode', name: 'JDV_ESSAI', complete: true, systems: ['1.2.3'] };
    const codes = written({ lists: [{ ...list, codes: [{ code: 'AUTRE', system: '1.2.3' }] }] });
    const settings = await mockSettings({ dmp: written({ homologations: ['SGL-1'] }), codes });
    expect(settings.codes?.lists.find(({ name }) => name === 'JDV_ESSAI')?.codes).toEqual([
      { code: 'AUTRE', system: '1.2.3' },
    ]);
    expect(settings.dmp).toEqual({ homologations: ['SGL-1'], codes: settings.codes });
    const wrong = await mockSettings({ codes: written({ lists: [{ metadata: 'zut' }] }) }).then(
      () => undefined,
      failureOf,
    );
    expect(wrong).toMatchObject({ code: 'CHECK_CODES_INVALID', exitCode: 3 });
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
