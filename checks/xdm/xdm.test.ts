import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { change, makeN1, makeN3 } from '#formats/cda/cda.fixture.ts';
import { makeXdmFiles, renameInZip, zip } from '#formats/xdm/xdm.fixture.ts';
import type { XdmDocumentFixture } from '#formats/xdm/xdm.fixture.ts';
import { checkXdmFile, RULES } from './index.ts';
import type { XdmOptions } from './index.ts';
import { WRONG_METADATA } from './metadata.fixture.ts';

const N1: XdmDocumentFixture = { name: 'CRBIO_1.XML', bytes: Buffer.from(makeN1()), uniqueId: '1.2.250.1.999.1.1.1' };
const N3: XdmDocumentFixture = { name: 'CRBIO_3.XML', bytes: Buffer.from(makeN3()), uniqueId: '1.2.250.1.999.1.3.1' };
const METADATA = 'IHE_XDM/SUBSET01/METADATA.XML';

const good = (): Map<string, Uint8Array> => makeXdmFiles([N1, N3]);
const withMetadata = (edit: (text: string) => string): Map<string, Uint8Array> => {
  const files = good();
  return files.set(METADATA, Buffer.from(edit(Buffer.from(files.get(METADATA) ?? []).toString('utf8'))));
};
const without = (name: string): Map<string, Uint8Array> => {
  const files = good();
  files.delete(name);
  return files;
};

async function encrypted(): Promise<Uint8Array> {
  const archive = Buffer.from(await zip([...good(), ['IHE_XDM/SUBSET01/STYLE.XSL', Buffer.from('x')]]));
  const last = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  archive.writeUInt16LE(archive.readUInt16LE(last + 8) | 1, last + 8);
  return archive;
}

async function lastEntry(offset: number, value: number): Promise<Uint8Array> {
  const archive = Buffer.from(await zip([...good(), ['IHE_XDM/SUBSET01/STYLE.XSL', Buffer.from('x')]]));
  archive.writeUInt16LE(value, archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + offset);
  return archive;
}

/** The central directory gives offset 42 as the place of the local header: there is none there. */
async function misplaced(name = 'IHE_XDM/SUBSET01/STYLE.XSL'): Promise<Uint8Array> {
  const files = good();
  files.delete(name);
  const archive = Buffer.from(await zip([...files, [name, Buffer.from('x')]]));
  archive.writeUInt32LE(7, archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 42);
  return archive;
}

/** yazl refuses a name that ends with a slash: it has a function of its own for folders. */
async function withFolders(
  folders: readonly (readonly [string, Uint8Array])[],
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Uint8Array> {
  const archive = new ZipFile();
  for (const [name] of folders) archive.addEmptyDirectory(name);
  for (const [name, bytes] of files) archive.addBuffer(Buffer.from(bytes), name);
  archive.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.outputStream as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const REPLACES =
  '<Association id="r" associationType="urn:ihe:iti:2007:AssociationType:RPLC" sourceObject="Document01" targetObject="urn:uuid:0"/>';
const OTHER_PATIENT = '162018885045327^^^&1.2.250.1.213.1.4.10&ISO^NH';

const BREAKERS: readonly { rule: string; archive: () => Promise<Uint8Array>; options?: XdmOptions; also?: string[] }[] =
  [
    { rule: 'XDM-READABLE', archive: async () => Buffer.from('pas un zip') },
    {
      rule: 'XDM-ENTRY-PATH',
      archive: async () =>
        renameInZip(await zip([...good(), ['XXXXXXXXXX', Buffer.from('x')]]), 'XXXXXXXXXX', '../../X.TXT'.slice(0, 10)),
    },
    { rule: 'XDM-ENTRY-ENCRYPTED', archive: encrypted },
    {
      rule: 'XDM-BOUNDED',
      archive: () => zip([...good(), ['IHE_XDM/SUBSET01/BOMBE.XML', Buffer.alloc(8 * 1024 * 1024)]]),
    },
    {
      rule: 'XDM-ENTRY-DUPLICATE',
      archive: async () =>
        renameInZip(await zip([...good(), ['README.TXX', Buffer.from('x')]]), 'README.TXX', 'README.TXT'),
    },
    { rule: 'XDM-ENTRY-METHOD', archive: () => lastEntry(10, 12) },
    { rule: 'XDM-ENTRY-UNREADABLE', archive: () => misplaced() },
    { rule: 'XDM-WRAPPED', archive: () => zip([...good()].map(([name, bytes]) => [`ENVOI/${name}`, bytes] as const)) },
    { rule: 'XDM-METADATA-PRESENT', archive: () => zip(without(METADATA)) },
    { rule: 'XDM-ARCHIVE-NAME', archive: () => zip(good()), options: { fileName: 'resultats.zip' } },
    { rule: 'XDM-ENTRY-NAME', archive: () => zip([...makeXdmFiles([N1, { ...N3, name: 'crbio_3.xml' }])]) },
    { rule: 'XDM-README', archive: () => zip(without('README.TXT')) },
    { rule: 'XDM-INDEX', archive: () => zip(without('INDEX.HTM')) },
    {
      rule: 'XDM-METADATA-WELLFORMED',
      archive: () => zip(withMetadata((text) => change(text, '</RegistryObjectList>', ''))),
    },
    {
      rule: 'XDM-METADATA-SET',
      archive: () =>
        zip(
          withMetadata((text) =>
            change(
              text,
              'classificationNode="urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"',
              'classificationNode="urn:uuid:0"',
            ),
          ),
        ),
    },
    { rule: 'XDM-URI', archive: () => zip(makeXdmFiles([N1, { ...N3, uri: 'AUTRE.XML' }])), also: ['XDM-ORPHAN'] },
    {
      rule: 'XDM-HASH',
      archive: () => zip(makeXdmFiles([N1, { ...N3, hash: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' }])),
    },
    { rule: 'XDM-SIZE', archive: () => zip(makeXdmFiles([N1, { ...N3, size: '12' }])) },
    { rule: 'XDM-ORPHAN', archive: () => zip([...good(), ['IHE_XDM/SUBSET01/AUTRE.XML', Buffer.from('<a/>')]]) },
    {
      rule: 'XDM-CDA-READABLE',
      archive: () => zip(makeXdmFiles([N1, { ...N3, bytes: Buffer.from('<ClinicalDocument>') }])),
    },
    { rule: 'XDM-CDA-METADATA', archive: () => zip(makeXdmFiles([N1, { ...N3, typeCode: '34112-3' }])) },
    {
      rule: 'XDM-README-CONTENT',
      archive: () => zip(good().set('README.TXT', Buffer.from('Bonjour'))),
    },
    {
      rule: 'XDM-INDEX-CONTENT',
      archive: () => zip(good().set('INDEX.HTM', Buffer.from('<html><body><p>LABO</p></body></html>'))),
    },
    {
      rule: 'XDM-ENTRY-CASE',
      archive: () => zip([...good(), ['Readme.txt', Buffer.from('x')]]),
      also: ['XDM-ENTRY-NAME'],
    },
    {
      rule: 'XDM-CDA-COHERENCE',
      archive: () =>
        zip(
          withMetadata((text) =>
            text.replace('name="creationTime"><ValueList><Value>2026', 'name="creationTime"><ValueList><Value>2025'),
          ),
        ),
    },
    {
      rule: 'XDM-CONFIDENTIALITY',
      archive: () => zip(makeXdmFiles([N1, { ...N3, confidentialityCodes: ['MASQUE_PS'] }])),
    },
    {
      rule: 'XDM-DOCUMENT-DUPLICATE',
      archive: () => zip(makeXdmFiles([N1, N1])),
      also: ['XDM-METADATA-ID'],
    },
    {
      rule: 'XDM-REPLACE-LINK',
      archive: () =>
        zip(withMetadata((text) => change(text, '</RegistryObjectList>', `${REPLACES}</RegistryObjectList>`))),
    },
    { rule: 'XDM-ONE-PATIENT', archive: () => zip(makeXdmFiles([N1, { ...N3, patientId: OTHER_PATIENT }])) },
  ];

describe('checkXdmFile', () => {
  it('is silent on a conforming archive', async () => {
    expect(await checkXdmFile(await zip(good()), { fileName: 'IHE_XDM.zip' })).toEqual([]);
    const relative = makeXdmFiles([{ ...N1, uri: 'SUBSET01/CRBIO_1.XML' }]);
    expect(await checkXdmFile(await zip(relative))).toEqual([]);
  });

  it.each(BREAKERS)('$rule', async ({ rule, archive, options, also = [] }) => {
    const rules = [...new Set((await checkXdmFile(await archive(), options)).map((finding) => finding.rule))];
    expect(rules).toContain(rule);
    expect(rules.filter((one) => one !== rule && !also.includes(one))).toEqual([]);
  });

  it('sees a CDA of another patient under right metadata', async () => {
    const other = Buffer.from(makeN3({ ins: '162018885045327' }));
    const findings = await checkXdmFile(await zip(makeXdmFiles([N1, { ...N3, bytes: other }])));
    expect(findings.map((finding) => [finding.rule, finding.where])).toEqual([
      ['XDM-ONE-PATIENT', 'IHE_XDM/SUBSET01/CRBIO_3.XML'],
    ]);
  });

  it('does not say absent what is there and cannot be read', async () => {
    const findings = await checkXdmFile(await misplaced('README.TXT'));
    expect(findings.map(({ rule, where }) => [rule, where])).toEqual([['XDM-ENTRY-UNREADABLE', 'README.TXT']]);
  });

  it('says which topic a presentation lacks', async () => {
    const received = async (name: string, text: string, encoding: BufferEncoding = 'utf8'): Promise<string[]> =>
      (await checkXdmFile(await zip(good().set(name, Buffer.from(text, encoding))))).map(
        (one) => `${one.severity} ${one.received}`,
      );
    expect(await received('README.TXT', 'Émetteur : X. Application : Y.')).toEqual([
      'warning rien sur les instructions',
      'warning rien sur l’arborescence',
    ]);
    expect(await received('README.TXT', 'émetteur, logiciel, instructions, arborescence', 'latin1')).toEqual([]);
    const page = (body: string): string =>
      `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html>${body}</html>`;
    const link = '<a class="x" href="./readme.txt">README.TXT</a>';
    expect(await received('INDEX.HTM', page(`<body><p>LABO</p>${link}</body>`))).toEqual([]);
    expect(await received('INDEX.HTM', page(`<body>${link}</body>`))).toEqual(['error aucune identité de l’émetteur']);
    expect(await received('INDEX.HTM', page(`<body>LABO<br>${link}</body>`))).toEqual([
      expect.stringMatching(/^warning XHTML mal formé/),
    ]);
  });

  it('takes directory entries, as archivers write them', async () => {
    const folders = [
      ['IHE_XDM/', Buffer.alloc(0)],
      ['IHE_XDM/SUBSET01/', Buffer.alloc(0)],
    ] as const;
    expect(await checkXdmFile(await withFolders(folders, good()))).toEqual([]);
  });

  it('is silent on a replacement that the metadata tell too', async () => {
    const bytes = Buffer.from(makeN3({ version: 2, replaces: '1.2.250.1.999.1.3.0' }));
    const files = makeXdmFiles([{ ...N3, bytes }]);
    const text = Buffer.from(files.get(METADATA) ?? []).toString('utf8');
    files.set(METADATA, Buffer.from(change(text, '</RegistryObjectList>', `${REPLACES}</RegistryObjectList>`)));
    expect(await checkXdmFile(await zip(files))).toEqual([]);
  });

  it('keeps only the requirements asked for', async () => {
    const findings = await checkXdmFile(await zip(without('README.TXT')), { serves: (one) => one === 'MSS/va1.01' });
    expect(findings.map((finding) => finding.requirements)).toEqual([['MSS/va1.01']]);
  });

  it('has a breaker for each rule', () => {
    const broken = new Set([...BREAKERS.map((one) => one.rule), ...WRONG_METADATA.map(([rule]) => rule)]);
    expect(RULES.filter((rule) => !broken.has(rule.id))).toEqual([]);
  });
});
