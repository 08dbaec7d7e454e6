import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFolder } from '#formats/cda-pack/index.ts';
import { MINI_PACK, writeMiniPack } from '#formats/cda-pack/mini-pack.fixture.ts';
import type { RunRecord } from '#tracker/types.ts';
import { jalon, workFolder, type Ended } from './testing.ts';

const LONG = 120_000;
const N3 = '@exigence:DOC/va1.30 and not @exigence:DOC/va1.25';
const IHE = 'schematrons/profils/IHE.sch';

function runOf({ out }: Ended): RunRecord & { readonly page: string } {
  const { dir } = JSON.parse(out) as { readonly dir: string };
  const run = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')) as RunRecord;
  return { ...run, page: readFileSync(join(dir, 'index.html'), 'utf8') };
}

describe('an official pack given to a run', { timeout: LONG }, () => {
  it('judges the CDA of the product in every process, and the report says which pack', async () => {
    const pack = writeMiniPack({ [IHE]: MINI_PACK[IHE]?.replace('test="cda:templateId"', 'test="cda:absent"') });
    const ended = await jalon('run', '--tags', N3, '--jobs', '2', '--cda-pack', pack, '--data', workFolder(), '--json');
    expect(ended.code, ended.err).toBe(1);
    const run = runOf(ended);
    const red = run.scenarios.filter(({ verdict }) => verdict === 'non-conforme');
    expect(red.length).toBeGreaterThan(0);
    for (const { id, findings } of red) {
      expect(findings.find(({ rule }) => rule === 'CDA-SCH-IHE')?.source, id).toContain(IHE);
    }
    const identity = openFolder(pack).identity();
    expect(run.references).toEqual({ pack: identity });
    expect(JSON.parse(ended.out)).toMatchObject({ references: { pack: identity } });
    expect(run.page).toContain(identity.sha256);
  });

  it('is not there: the report says that the rules of the bench were alone, and claims nothing of the schematrons', async () => {
    const ended = await jalon('run', '--tags', N3, '--data', workFolder(), '--json');
    expect(ended.code, ended.err).toBe(0);
    const run = runOf(ended);
    expect(run.references).toBeUndefined();
    const held = run.scenarios.flatMap(({ rulesHeld = [] }) => rulesHeld.map(({ id }) => id));
    expect(held).toContain('CDA-HDR-RECORDTARGET-INS');
    expect(held.filter((id) => id.startsWith('CDA-SCH') || id === 'CDA-XSD')).toEqual([]);
    expect(run.page).toContain('--cda-pack');
  });
});

describe('what a vendor says of its reports', { timeout: LONG }, () => {
  it('takes the place of what is shipped', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jalon-mentions-'));
    const mentions = join(folder, 'mentions.json');
    const parts = [{ label: 'mention de l’essai', patterns: ['mention que personne n’imprime'] }];
    writeFileSync(mentions, JSON.stringify({ mentions: { cofrac: { parts } } }));
    const tags = '@exigence:DOC/va1.29 and not @guide';
    const ended = await jalon('run', '--tags', tags, '--mentions', mentions, '--data', workFolder(), '--json');
    expect(ended.code, ended.err).toBe(1);
    const run = runOf(ended);
    expect(run.references?.mentions?.source).toBe('mentions.json');
    const received = run.scenarios.flatMap(({ findings }) => findings.map((finding) => JSON.stringify(finding)));
    expect(received.some((text) => text.includes('mention de l’essai'))).toBe(true);
  });

  it.each([
    ['--cda-pack', 'absent', 2],
    ['--mentions', 'absent', 2],
    ['--datamatrix', 'absent', 2],
    ['--cda-pack', 'folder', 3],
    ['--mentions', 'wrong', 3],
    ['--datamatrix', 'wrong', 3],
  ] as const)('%s, %s: told before anything starts', async (option, what, code) => {
    const folder = mkdtempSync(join(tmpdir(), 'jalon-references-'));
    const wrong = join(folder, 'faux.json');
    writeFileSync(wrong, '{"autre": 1}');
    const path = { absent: join(folder, 'absent'), folder, wrong }[what];
    const ended = await jalon('run', option, path, '--data', workFolder());
    expect({ code: ended.code, out: ended.out }, ended.err).toEqual({ code, out: '' });
    expect(ended.err).toContain(path);
  });
});
