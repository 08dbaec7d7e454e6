import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFolder, openPack } from './index.ts';
import { writeMiniPack } from './mini-pack.fixture.ts';

describe('the folder of a pack', () => {
  it('lists the parts that judge, and finds a file whatever its case', () => {
    const root = writeMiniPack({ 'ExemplesCDA/exemple.xml': '<x/>', 'schematrons/lisez-moi.txt': 'x' });
    const folder = openFolder(root);
    expect(folder.paths).toContain('schematrons/include/section.sch');
    expect(folder.paths).not.toContain('ExemplesCDA/exemple.xml');
    expect(folder.find('Schematrons/INCLUDE/Section.sch')).toBe('schematrons/include/section.sch');
    expect(folder.find('ExemplesCDA/exemple.xml')).toBeUndefined();
  });

  it('may be the folder that holds it as « pack »', () => {
    const root = writeMiniPack();
    const above = writeMiniPack();
    renameSync(root, join(above, 'pack'));
    for (const part of ['infrastructure', 'jeuxDeValeurs', 'schematrons'])
      renameSync(join(above, part), join(above, `autre-${part}`));
    expect(openFolder(above).find('jeuxDeValeurs/jdv-confidentialite.xml')).toBeDefined();
  });

  it.each([
    '../secret.xml',
    'schematrons/../../secret.xml',
    '/etc/passwd',
    'schematrons/link.xml',
    'schematrons/away/passwd',
  ])('opens nothing outside of itself: %s', (path) => {
    const root = writeMiniPack();
    writeFileSync(join(root, '..', 'secret.xml'), '<secret/>');
    symlinkSync('/etc/passwd', join(root, 'schematrons', 'link.xml'));
    symlinkSync('/etc', join(root, 'schematrons', 'away'));
    expect(openFolder(root).find(path)).toBeUndefined();
  });

  it('whose part is a link is no pack', () => {
    const root = writeMiniPack();
    const other = writeMiniPack({ 'schematrons/other.sch': 'x' });
    renameSync(join(root, 'schematrons'), join(root, 'kept'));
    symlinkSync(join(other, 'schematrons'), join(root, 'schematrons'));
    expect(openPack(root).ok).toBe(false);
  });

  it('has an identity made of what judges: names and contents, not the place', () => {
    const identity = (root: string) => openFolder(root).identity();
    const first = identity(writeMiniPack());
    expect(identity(writeMiniPack({ 'schematrons/lisez-moi.txt': 'x' }))).toEqual(first);
    expect(first.files).toBe(10);
    expect(identity(writeMiniPack({ 'schematrons/include/section.sch': '<x/>' })).sha256).not.toBe(first.sha256);
    const renamed = writeMiniPack({
      'schematrons/include/section.sch': undefined,
      'schematrons/include/Section.sch': 'x',
    });
    expect(identity(renamed).sha256).not.toBe(first.sha256);
  });

  it('that lacks a part says which', () => {
    const root = writeMiniPack({ 'schematrons/profils/IHE.sch': undefined });
    expect(openPack(root)).toEqual({ ok: false, missing: ['schematrons/profils/IHE.sch'] });
    const empty = join(root, 'vide');
    mkdirSync(empty);
    const opening = openPack(empty);
    expect(opening.ok ? [] : opening.missing).toHaveLength(6);
  });
});
