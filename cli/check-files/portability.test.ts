import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PORTABILITY, readDeclarationFile } from './portability.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-export-'));
mkdirSync(join(folder, 'cr', '1'), { recursive: true });
writeFileSync(join(folder, 'cr', '1', 'cr.pdf'), '%PDF-1.4 essai');
writeFileSync(join(folder, 'patients.csv'), 'id;nom\n1;TEST\n');
const declaration = {
  data: [
    { name: 'Comptes rendus', format: 'PDF', location: 'cr/*/cr.pdf' },
    { name: 'Patients', format: 'CSV', location: 'patients.csv' },
  ],
};
const judged = async (files: readonly string[], options: Parameters<typeof PORTABILITY.judge>[1] = { declaration }) =>
  (await PORTABILITY.judge(files, options)).map(({ findings, readable, toVerify }) => ({
    rules: findings.map(({ rule }) => rule),
    readable,
    toVerify: toVerify === true,
  }));

describe('jalon check portability', () => {
  it('judges a folder by what its documentation lists', async () => {
    expect(await judged([folder])).toEqual([{ rules: [], readable: true, toVerify: false }]);
    const more = { data: [...declaration.data, { name: 'Images', format: 'PDF', location: 'images/*' }] };
    expect(await judged([folder], { declaration: more })).toMatchObject([{ rules: ['PORT-COMPLETE'] }]);
  });

  it('takes several files as one export, and says so', async () => {
    const files = [join(folder, 'patients.csv'), join(folder, 'cr', '1', 'cr.pdf')];
    const flat = { data: declaration.data.map((one) => ({ ...one, location: one.location.replace('cr/*/', '') })) };
    expect(await judged(files, { declaration: flat })).toMatchObject([{ rules: [] }, { rules: ['FILE-SCOPE'] }]);
  });

  it('without a documentation judges nothing, and is not green', async () => {
    expect(await judged([folder], {})).toEqual([{ rules: ['FILE-SCOPE'], readable: true, toVerify: true }]);
  });

  it('keeps an empty file of the folder, and refuses what is not there', async () => {
    writeFileSync(join(folder, 'vide.csv'), '');
    expect(await judged([folder])).toMatchObject([{ rules: ['PORT-UNDECLARED'] }]);
    expect(await judged([join(folder, 'absent')])).toMatchObject([{ rules: ['FILE-READABLE'], readable: false }]);
  });

  it.each([['{"data":1}'], ['{'], ['[]']])('%s is no list', async (text) => {
    const file = join(folder, '..', `${text.length}-liste.json`);
    writeFileSync(file, text);
    await expect(readDeclarationFile(file)).rejects.toMatchObject({
      code: 'CHECK_DECLARATION_UNREADABLE',
      exitCode: 3,
    });
  });
});
