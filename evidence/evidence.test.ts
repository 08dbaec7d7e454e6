import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProofSlot } from '#dsr/rem/index.ts';
import { nirKey } from '#formats/nir/index.ts';
import { createCollector, sha256, slotFolder, type Capture, type Collector } from './index.ts';
import { folderVault } from './vault/index.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
/** A number with a valid key that belongs to nobody's test population: made here, never published. */
const STRANGER = `1850575123456${nirKey('1850575123456')}`;
const KNOWN = { ins: new Set(['279035121518989']), names: new Set<string>(), domains: [] };

describe('collector', () => {
  const slot: ProofSlot = {
    id: 'MSS/va1.12.01.01',
    rawId: 'MSS/va1.12.01.01',
    text: 'Source',
    kinds: ['mail-source'],
    evidenceClass: 'bench',
  };
  const capture = (text: string): Capture => ({
    name: 'courriel',
    extension: '.eml',
    mediaType: 'message/rfc822',
    bytes: bytes(text),
    caption: 'La source',
  });

  function collectorIn(runDir: string): Collector {
    return createCollector({
      runDir,
      originals: folderVault(join(runDir, 'originaux')),
      known: KNOWN,
      now: () => new Date('2026-01-01T00:00:00Z'),
      facts: {
        product: { name: 'Labo', version: '7' },
        driver: 'reference',
        rem: { category: 'SGL', wave: 'va1', source: 'REM.xlsx', sha256: 'f00' },
        run: 'r1',
        benchVersion: '0.1.0',
      },
    });
  }

  it('files the piece, its sheet and its original', async () => {
    const runDir = mkdtempSync(join(tmpdir(), 'jalon-preuves-'));
    const { pieces } = await collectorIn(runDir).file(
      [capture('Subject: x\r\n\r\ny')],
      [{ slot, requirement: 'MSS/va1.12' }],
      'mss/envoi#3',
      'conforme',
    );
    expect(pieces.map(({ path }) => path)).toEqual(['preuves/MSS_va1.12.01.01/01-courriel.eml']);
    const folder = join(runDir, 'preuves', slotFolder(slot.id));
    const raw = readFileSync(join(folder, '01-courriel.eml'));
    expect(pieces[0]?.provenance.sha256).toBe(sha256(raw));
    const sheet = readFileSync(join(folder, '01-courriel.eml.provenance.txt'), 'utf8');
    for (const fact of ['Labo 7', 'REM.xlsx', 'f00', 'mss/envoi#3', '0.1.0', sha256(raw), '2026-01-01T00:00:00.000Z']) {
      expect(sheet).toContain(fact);
    }
    const original = join(runDir, 'originaux', sha256(raw).slice(0, 2), sha256(raw));
    if (process.platform !== 'win32') expect(statSync(original).mode & 0o077).toBe(0);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('keeps one piece of the same bytes of one scenario, under both captions', async () => {
    const collector = collectorIn(mkdtempSync(join(tmpdir(), 'jalon-preuves-')));
    const [before, after] = [capture('a'), { ...capture('a'), caption: 'La fiche après' }];
    const { pieces } = await collector.file(
      [before, after, capture('b')],
      [{ slot, requirement: 'R' }],
      's',
      'conforme',
    );
    expect(pieces).toHaveLength(2);
    expect(pieces[0]?.provenance.caption).toContain(before.caption);
    expect(pieces[0]?.provenance.caption).toContain('La fiche après');
  });

  it('numbers the pieces of several scenarios on', async () => {
    const runDir = mkdtempSync(join(tmpdir(), 'jalon-preuves-'));
    const collector = collectorIn(runDir);
    await collector.file([capture('a')], [{ slot, requirement: 'R' }], 'un', 'conforme');
    const { pieces } = await collector.file([capture('b')], [{ slot, requirement: 'R' }], 'deux', 'conforme');
    expect(pieces[0]?.path).toContain('/02-courriel.eml');
  });

  it('takes pieces out of their slot with their sheets, and nothing of another scenario', async () => {
    const runDir = mkdtempSync(join(tmpdir(), 'jalon-preuves-'));
    const collector = collectorIn(runDir);
    const first = await collector.file([capture('a')], [{ slot, requirement: 'R' }], 'un', 'conforme');
    const second = await collector.file([capture('b')], [{ slot, requirement: 'R' }], 'deux', 'conforme');
    await collector.withdraw(first.pieces);
    expect(readdirSync(join(runDir, 'preuves', slotFolder(slot.id))).toSorted()).toEqual([
      '02-courriel.eml',
      '02-courriel.eml.provenance.json',
      '02-courriel.eml.provenance.txt',
    ]);
    await collector.withdraw(second.pieces);
    expect(readdirSync(join(runDir, 'preuves'))).toEqual([]);
    await expect(collector.withdraw(second.pieces)).resolves.toBeUndefined();
  });

  it('hashes the original apart from the masked rendering', async () => {
    const runDir = mkdtempSync(join(tmpdir(), 'jalon-preuves-'));
    const secret = {
      ...capture('POST /token HTTP/1.1\r\nAuthorization: Basic c2VjcmV0\r\n\r\n'),
      mediaType: 'application/http',
    };
    const { pieces } = await collectorIn(runDir).file([secret], [{ slot, requirement: 'R' }], 's', 'conforme');
    const provenance = pieces[0]?.provenance;
    expect(provenance?.masked).toBe(true);
    expect(provenance?.originalSha256).toBe(sha256(secret.bytes));
    expect(provenance?.sha256).not.toBe(provenance?.originalSha256);
    expect(provenance?.size).toBe(secret.bytes.length);
  });

  it('files nothing when one capture holds a stranger', async () => {
    const runDir = mkdtempSync(join(tmpdir(), 'jalon-preuves-'));
    const { pieces, refusals } = await collectorIn(runDir).file(
      [capture('propre'), capture(`x ${STRANGER} y`)],
      [{ slot, requirement: 'R' }],
      's',
      'conforme',
    );
    expect(pieces).toEqual([]);
    expect(refusals).toHaveLength(1);
    expect(readdirSync(runDir)).toEqual([]);
  });

  it('sets what a failed scenario captured aside, masked, in no slot', async () => {
    const runDir = mkdtempSync(join(tmpdir(), 'jalon-preuves-'));
    const exhibits = await collectorIn(runDir).setAside(
      [
        { ...capture('POST /token HTTP/1.1\r\nAuthorization: Basic c2VjcmV0\r\n\r\n'), mediaType: 'application/http' },
        capture(`x ${STRANGER} y`),
      ],
      'mss/envoi#5',
    );
    expect(exhibits).toEqual([{ path: 'echecs/mss_envoi_5/01-courriel.eml', caption: 'La source' }]);
    expect(readFileSync(join(runDir, 'echecs/mss_envoi_5/01-courriel.eml'), 'utf8')).not.toContain('c2VjcmV0');
    expect(readdirSync(runDir)).toEqual(['echecs']);
  });
});
