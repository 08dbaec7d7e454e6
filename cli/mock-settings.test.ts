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
    expect(await mockSettings({})).toEqual({ mocks: {} });
    expect(
      await mockSettings({
        mockProfile: 'lenient',
        insi: written({ idams: ['AB12345678'] }),
        dmp: written({ homologations: ['SGL-1'] }),
        extraction: written({ source: 'essai', ageDays: 3, damage: 'extraction-tronquee' }),
      }),
    ).toEqual({
      mocks: {
        profile: 'lenient',
        insi: { idams: ['AB12345678'] },
        dmp: { homologations: ['SGL-1'] },
        annuaire: { extraction: { ageDays: 3, damage: 'extraction-tronquee' } },
      },
    });
  });

  it('give one set of lists of codes to the DMP and to the checks, by either option', async () => {
    const lists = [{ metadata: 'typeCode', name: 'Types', complete: true, codes: [{ code: 'A', system: '1.2' }] }];
    const byCodes = await mockSettings({ codes: written({ lists }), dmp: written({ homologations: ['SGL-1'] }) });
    const byDmp = await mockSettings({ dmp: written({ homologations: ['SGL-1'], codes: { lists } }) });
    for (const { mocks, codes } of [byCodes, byDmp]) {
      expect(mocks.dmp).toMatchObject({ homologations: ['SGL-1'] });
      expect(mocks.dmp?.codes).toEqual(codes?.lists);
      expect(codes?.lists.lists).toContainEqual({ ...lists[0], systems: ['1.2'] });
      // What the file does not rule stays as it is shipped.
      expect(codes?.lists.lists.map(({ metadata }) => metadata)).toContain('confidentialityCode');
      expect(codes?.files).toEqual([
        { source: 'reglages.json', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      ]);
    }
  });

  it('refuse lists of codes given twice, or that the checks cannot read', async () => {
    const lists = [{ metadata: 'typeCode', name: 'Types', complete: true, codes: [{ code: 'A', system: '1.2' }] }];
    const [dmp, codes] = [written({ codes: { lists } }), written({ lists })];
    const twice = await mockSettings({ dmp, codes }).then(() => undefined, failureOf);
    expect(twice).toMatchObject({ code: 'USAGE', exitCode: 2 });
    for (const file of [dmp, codes]) expect(twice?.message).toContain(file);
    const same = written({ codes: { lists: [...lists, ...lists] } });
    const failure = await mockSettings({ dmp: same }).then(() => undefined, failureOf);
    expect(failure).toMatchObject({ code: 'DMP_OPTIONS', exitCode: 2 });
    expect(failure?.message).toContain('lists[1].metadata');
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
