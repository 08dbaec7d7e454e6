import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeN1 } from '../cda/cda.fixture.ts';
import { readXdm, resolveUri } from './index.ts';
import type { Xdm, XdmLimits } from './index.ts';
import { makeXdmFiles, renameInZip, zip } from './xdm.fixture.ts';

const CDA = { name: 'CRBIO.XML', bytes: Buffer.from(makeN1()), uniqueId: '1.2.250.1.999.1.1.1' };

async function read(archive: Uint8Array, limits?: XdmLimits): Promise<Xdm> {
  const reading = await readXdm(archive, limits);
  if (!reading.ok) throw new Error(reading.fault.code);
  return reading;
}

const codes = (xdm: Xdm): string[] => xdm.problems.map((one) => one.code);

describe('readXdm', () => {
  it('reads the submission sets and their metadata', async () => {
    const xdm = await read(await zip(makeXdmFiles([CDA])));
    expect(xdm.problems).toEqual([]);
    expect(xdm.entries.map((entry) => entry.name)).toEqual([
      'README.TXT',
      'INDEX.HTM',
      'IHE_XDM/SUBSET01/METADATA.XML',
      'IHE_XDM/SUBSET01/CRBIO.XML',
    ]);
    const [submission] = xdm.submissions;
    expect(submission?.folder).toBe('IHE_XDM/SUBSET01');
    expect(submission?.objects?.documents).toHaveLength(1);
    expect(submission?.documents.map((entry) => entry.name)).toEqual(['IHE_XDM/SUBSET01/CRBIO.XML']);
    expect(Buffer.from(submission?.documents[0]?.bytes ?? [])).toEqual(CDA.bytes);
  });

  it('resolves a URI from the folder of the metadata, or from IHE_XDM', async () => {
    const xdm = await read(await zip(makeXdmFiles([CDA])));
    const [submission] = xdm.submissions;
    if (!submission) throw new Error('pas de lot');
    expect(resolveUri(xdm, submission, 'CRBIO.XML')?.name).toBe('IHE_XDM/SUBSET01/CRBIO.XML');
    expect(resolveUri(xdm, submission, 'SUBSET01/CRBIO.XML')?.name).toBe('IHE_XDM/SUBSET01/CRBIO.XML');
    expect(resolveUri(xdm, submission, '../README.TXT')).toBeUndefined();
  });

  it('reads an archive wrapped in a folder, and says so', async () => {
    const files = [...makeXdmFiles([CDA])].map(([name, bytes]) => [`envoi/${name}`, bytes] as const);
    const xdm = await read(await zip(files));
    expect(codes(xdm)).toEqual(['XDM_WRAPPED']);
    expect(xdm.prefix).toBe('envoi/');
    expect(xdm.submissions).toHaveLength(1);
  });

  it('keeps metadata that are not XML as a fault of the metadata, not of the archive', async () => {
    const files = makeXdmFiles([CDA]).set('IHE_XDM/SUBSET01/METADATA.XML', Buffer.from('<a>'));
    const [submission] = (await read(await zip(files))).submissions;
    expect(submission?.metadata.ok).toBe(false);
    expect(submission?.objects).toBeUndefined();
  });

  it('says when there is no metadata', async () => {
    const files = makeXdmFiles([CDA]);
    files.delete('IHE_XDM/SUBSET01/METADATA.XML');
    expect(codes(await read(await zip(files)))).toEqual(['XDM_NO_METADATA']);
  });

  it.each(['../../../../etc/ab', '/absolute/path/xx', 'C:/windows/xxxxxx', 'IHE\\DM/SUBSET0x.'])(
    'leaves out an entry named %s',
    async (name) => {
      const files = makeXdmFiles([CDA]).set('x'.repeat(name.length), Buffer.from('mal'));
      const xdm = await read(renameInZip(await zip(files), 'x'.repeat(name.length), name));
      expect(codes(xdm)).toEqual(['XDM_ENTRY_PATH']);
      expect(xdm.entries.some((entry) => entry.name === name)).toBe(false);
    },
  );

  it('reports an entry whose name is taken', async () => {
    const files = makeXdmFiles([CDA]).set('README.TXX', Buffer.from('autre'));
    const xdm = await read(renameInZip(await zip(files), 'README.TXX', 'README.TXT'));
    expect(codes(xdm)).toEqual(['XDM_ENTRY_DUPLICATE']);
  });

  it('reports an encrypted entry', async () => {
    const archive = Buffer.from(await zip([['README.TXT', Buffer.from('a')]]));
    const central = archive.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    archive.writeUInt16LE(archive.readUInt16LE(central + 8) | 1, central + 8);
    expect(codes(await read(archive))).toContain('XDM_ENTRY_ENCRYPTED');
  });

  it('refuses a bomb before inflating it', async () => {
    const archive = await zip([['IHE_XDM/A', Buffer.alloc(8 * 1024 * 1024)]]);
    expect(await readXdm(archive)).toMatchObject({ ok: false, fault: { code: 'XDM_RATIO' } });
    expect(await readXdm(archive, { maxTotalBytes: 1000 })).toMatchObject({ fault: { code: 'XDM_TOO_LARGE' } });
    expect(await readXdm(await zip(makeXdmFiles([CDA])), { maxEntries: 2 })).toMatchObject({
      fault: { code: 'XDM_TOO_MANY_ENTRIES' },
    });
  });

  it('refuses what is not a zip', async () => {
    expect(await readXdm(new Uint8Array())).toMatchObject({ fault: { code: 'XDM_EMPTY' } });
    expect(await readXdm(Buffer.from('pas un zip'))).toMatchObject({ fault: { code: 'XDM_NOT_A_ZIP' } });
  });

  it('survives any damage', async () => {
    const good = await zip(makeXdmFiles([CDA]));
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, byte) => {
        const damaged = Uint8Array.from(good);
        damaged[at] = byte;
        expect(typeof (await readXdm(damaged)).ok).toBe('boolean');
      }),
      { numRuns: 150 },
    );
  });
});
