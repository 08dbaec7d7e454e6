import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '#tracker/types.ts';
import { jalon, workFolder, type Ended } from './testing.ts';

/** A few scenarios that feed the DMP: enough for two processes. */
const TAGS = '@exigence:DOC/va1.21 and not @exigence:DOC/va1.24';
const LONG = 120_000;
/** Practice settings that the reference SGL does not use. */
const LISTS = {
  lists: [
    {
      metadata: 'practiceSettingCode',
      name: 'Cadres de l’essai',
      complete: true,
      codes: [{ code: 'ESSAI', system: '1.2.250.1.213.1.1.4.9' }],
    },
  ],
};

const runOf = ({ out }: Ended): RunRecord => {
  const { dir } = JSON.parse(out) as { readonly dir: string };
  return JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')) as RunRecord;
};

describe('lists of codes given to a run', { timeout: LONG }, () => {
  it.each([
    ['--codes', 'cadres.json', LISTS],
    ['--dmp', 'reglages.json', { codes: LISTS }],
  ] as const)(
    'by %s rule the service and the checks of every process, and the report names them',
    async (option, source, content) => {
      const data = workFolder();
      const file = join(data, source);
      const text = JSON.stringify(content);
      writeFileSync(file, text);
      const ended = await jalon('run', '--tags', TAGS, '--jobs', '2', option, file, '--data', data, '--json');
      expect(ended.code, ended.err).toBe(1);
      const run = runOf(ended);
      expect(run.jobs).toBe(2);
      // One of them is right not to feed anything: what it asks of the product is to refuse.
      const red = run.scenarios.filter(({ verdict }) => verdict === 'non-conforme');
      expect(red.length).toBeGreaterThan(2);
      for (const { id, findings } of red) {
        // The check says what the service refused the feeding for.
        expect(findings.find(({ rule }) => rule === 'XDS-CODE-VALUE')?.expected, id).toContain('Cadres de l’essai');
      }
      const sha256 = createHash('sha256').update(text).digest('hex');
      expect(run.codes).toEqual([{ source, sha256 }]);
      expect(JSON.parse(ended.out)).toMatchObject({ codes: [{ source, sha256 }] });
      const { dir } = JSON.parse(ended.out) as { readonly dir: string };
      expect(readFileSync(join(dir, 'index.html'), 'utf8')).toContain(sha256);
    },
  );

  it.each([
    ['absent.json', undefined, 2, 'aucun fichier à ce chemin'],
    ['coupe.json', '{"lists":', 3, 'pas du JSON'],
    ['autre.json', '{"codes":{}}', 3, '« codes » est inconnu'],
    ['inconnue.json', '{"lists":[{"metadata":"couleur","name":"x"}]}', 3, 'lists[0].metadata'],
    ['vide.json', '{"lists":[{"metadata":"typeCode","name":"x","complete":true}]}', 3, 'lists[0].codes'],
  ])('that are wrong are told before anything starts: %s', async (name, text, code, told) => {
    const data = workFolder();
    const file = join(data, name);
    if (text !== undefined) writeFileSync(file, text);
    for (const command of ['run', 'mocks']) {
      const ended = await jalon(command, '--codes', file, '--data', data);
      expect({ code: ended.code, out: ended.out }, ended.err).toEqual({ code, out: '' });
      for (const words of [file, told]) expect(ended.err).toContain(words);
    }
  });
});
