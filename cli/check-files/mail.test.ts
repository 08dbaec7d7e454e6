import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeMail } from '#formats/mail/mail.fixture.ts';
import { judgeMail, readOriginal } from './mail.ts';
import type { CheckOptions } from './types.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jalon-mail-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const rules = async (source: Uint8Array, options: CheckOptions = {}): Promise<readonly string[]> =>
  (await judgeMail(source, options)).map(({ rule }) => rule);
const ORIGINAL = 'Message-ID: <a@b.test>\r\nReferences: <y@b.test>\r\n <z@b.test>\r\nSubject: Bonjour\r\n\r\nx';

describe('judgeMail', () => {
  it('gives the lines of the file, mbox line counted', async () => {
    const mail = makeMail({ headers: { 'X-Note': 'résultat' } });
    const places = async (bytes: Uint8Array): Promise<readonly string[]> =>
      (await judgeMail(bytes, {})).map(({ where }) => where);
    const [place] = await places(mail);
    const line = Number(/^ligne (\d+)$/.exec(place ?? '')?.[1]);
    expect(await places(Buffer.concat([Buffer.from('From a@b.test Mon Jan  5\n'), mail]))).toEqual([
      `ligne ${line + 1}`,
    ]);
    expect(mail.toString('utf8').split('\r\n')[line - 1]).toContain('X-Note');
  });

  it('judges the label by the kind of mailbox', async () => {
    const mail = makeMail({ headers: { From: '"LABORATOIRE" <eva.bio-test@labo.mssante.test>' } });
    expect(await rules(mail, { sender: 'ORG' })).toEqual([]);
    expect(await rules(mail, { sender: 'PER' })).toEqual(['MAIL-FROM-LABEL']);
  });

  it('judges an answer against the mail that it answers', async () => {
    const original = await readOriginal(file('original.eml', ORIGINAL));
    expect(original).toEqual({ messageId: '<a@b.test>', references: ['<y@b.test>', '<z@b.test>'], subject: 'Bonjour' });
    const answer = makeMail({
      headers: { 'In-Reply-To': '<a@b.test>', References: '<y@b.test> <z@b.test> <a@b.test>' },
    });
    expect(await rules(answer, { original })).toEqual([]);
    expect(await rules(makeMail(), { original })).toEqual(['MAIL-REPLY-HEADERS', 'MAIL-REPLY-HEADERS']);
  });

  it('refuses a patient whose identity is not qualified', async () => {
    const mail = makeMail({ headers: { To: '279035121518989@patient.mssante.fr' } });
    expect(await rules(mail, { patientQualified: true })).toEqual([]);
    expect(await rules(mail, { patientQualified: false })).toEqual(['MAIL-PATIENT-ADDRESS']);
  });
});

describe('readOriginal', () => {
  it.each([
    ['absent', () => join(folder, 'absent.eml'), 'aucun fichier à ce chemin'],
    ['no mail', () => file('vide.eml', '\r\n'), 'Aucun en-tête'],
    ['no Message-ID', () => file('sans.eml', 'Subject: a\r\n\r\nb'), 'pas de Message-ID'],
  ])('refuses what is %s', async (_, path, part) => {
    await expect(readOriginal(path())).rejects.toMatchObject({
      code: 'CHECK_ORIGINAL_UNREADABLE',
      message: expect.stringContaining(part),
    });
  });
});
