import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import type { ProofSlot } from '#dsr/rem/index.ts';
import { isValidIns, nirKey } from '#formats/nir/index.ts';
import {
  createCollector,
  createFolderStore,
  guardAgainstRealPatients,
  maskSecrets,
  sha256,
  slotFolder,
  viewsOf,
  type Capture,
  type Collector,
} from './index.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
/** A number with a valid key that belongs to nobody's test population: made here, never published. */
const STRANGER = `1850575123456${nirKey('1850575123456')}`;
const KNOWN = new Set(['279035121518989']);

async function zipOf(entries: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(entries)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function mailWith(attachment: Uint8Array): Uint8Array {
  return bytes(
    [
      'From: a@b.fr',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'bonjour',
      '--b',
      'Content-Type: application/zip; name="IHE_XDM.ZIP"',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(attachment).toString('base64'),
      '--b--',
      '',
    ].join('\r\n'),
  );
}

describe('guard', () => {
  it('lets test identities through and stops a stranger', async () => {
    expect(isValidIns(STRANGER)).toBe(true);
    const judge = async (text: string): Promise<number> =>
      guardAgainstRealPatients(await viewsOf(bytes(text), 'text/xml'), KNOWN).length;
    expect(await judge('<id extension="279035121518989"/>')).toBe(0);
    expect(await judge('<id root="1.2.250.1.213.1.4.8" extension="109076322083489"/>')).toBe(0);
    expect(await judge(`<id extension="${STRANGER}"/>`)).toBe(1);
  });

  it('does not take an OID, a UUID or a long number for an INS', async () => {
    const text = `1.2.250.1.999.${STRANGER}.7 0${STRANGER} ${STRANGER}9 a${STRANGER}`;
    expect(guardAgainstRealPatients(await viewsOf(bytes(text), 'text/plain'), KNOWN)).toEqual([]);
  });

  it('never says the number it stopped', async () => {
    const [refusal] = guardAgainstRealPatients(await viewsOf(bytes(`x ${STRANGER} y`), 'text/plain'), KNOWN);
    expect(JSON.stringify(refusal)).not.toContain(STRANGER);
  });

  it('looks into the archive of a mail', async () => {
    const zip = await zipOf({ 'IHE_XDM/SUBSET01/DOC0001.XML': `<id extension="${STRANGER}"/>` });
    const [refusal] = guardAgainstRealPatients(await viewsOf(mailWith(zip), 'message/rfc822'), KNOWN);
    expect(refusal?.where).toContain('DOC0001.XML');
  });
});

describe('mask', () => {
  it.each([
    ['application/http', 'GET / HTTP/1.1\r\nAuthorization: Bearer abc.def\r\n\r\n', 'abc.def'],
    [
      'application/http',
      'POST / HTTP/1.1\r\n\r\ngrant_type=authorization_code&code=SECRETCODE&client_secret=S3',
      'SECRETCODE',
    ],
    ['application/json', '{"access_token": "eyJ.a.b", "expires_in": 120}', 'eyJ.a.b'],
    ['text/plain', 'AUTH PLAIN AGEAYg==', 'AGEAYg=='],
    ['application/http', 'GET / HTTP/1.1\r\nESANTE-API-KEY: 1234\r\n\r\n', '1234'],
  ])('replaces the secret of %s', (mediaType, text, secret) => {
    const shared = maskSecrets(bytes(text), mediaType);
    expect(shared.masked).toBe(true);
    expect(Buffer.from(shared.bytes).toString('utf8')).not.toContain(secret);
    expect(Buffer.from(shared.bytes).toString('utf8')).toContain('***masqué***');
  });

  it('leaves the attribute of a fault that a code names', () => {
    const fault = bytes("<s:Erreur severite='fatal' code='insi_103'\n code=\"insi_102\"/>");
    expect(maskSecrets(fault, 'application/http')).toEqual({ bytes: fault, masked: false });
  });

  it('leaves every other byte as it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        const shared = maskSecrets(body, 'message/rfc822');
        if (!shared.masked) expect(Buffer.from(shared.bytes)).toEqual(Buffer.from(body));
      }),
    );
    const latin = Buffer.from([0xe9, 0xff, 0x0d, 0x0a, ...bytes('Authorization: Basic zz\r\n'), 0xe8]);
    const shared = maskSecrets(latin, 'application/http');
    expect([shared.bytes[0], shared.bytes[1], shared.bytes.at(-1)]).toEqual([0xe9, 0xff, 0xe8]);
  });
});

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
      originals: createFolderStore(join(runDir, 'originaux')),
      knownIns: KNOWN,
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
    const original = createFolderStore(join(runDir, 'originaux')).path(sha256(raw));
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
