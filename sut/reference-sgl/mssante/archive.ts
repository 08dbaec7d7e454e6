import { createHash } from 'node:crypto';
import { ZipFile } from 'yazl';
import { spoilMail } from '../faults/index.ts';
import { newOid } from '../documents/index.ts';
import type { BuiltDocument, Report, SglConfig } from '../model/types.ts';
import { submitObjectsRequest } from '../xds/index.ts';
import { escapeXml, xmlDocument } from '../xml/index.ts';

const SUBSET = 'IHE_XDM/SUBSET01';
/** 8.3 name of the ISO 9660 level 1, as IHE XDM asks. */
const DOCUMENT = 'DOC0001.XML';

/**
 * IHE_XDM.ZIP with one submission set and one document, the CDA N3. Names and places come from IHE XDM "zip over e-mail"
 * (protocols.md §5.4); the metadata are those of the DMP plus the URI of the document. A document that takes the place
 * of another says so (RPLC), as the document itself does.
 *
 * @param at time of the submission set and of the entries of the archive
 * @param faults `xdm-…` make the archive wrong, and nothing else
 * @param besides other documents, only with the faults that carry some
 */
export async function buildArchive(
  report: Report,
  built: BuiltDocument,
  config: SglConfig,
  at: Date,
  faults: ReadonlySet<string> = new Set(),
  besides: readonly BuiltDocument[] = [],
): Promise<Uint8Array> {
  const document = faults.has('xdm-remplace-hors-document') ? withoutParent(built) : built;
  const linked = document.replaces !== undefined;
  const metadata = submitObjectsRequest(
    {
      id: newOid(config.oidRoot, 'submissionSet'),
      at,
      documents: [
        {
          document,
          entryId: entryUuid(document.id),
          uri: DOCUMENT,
          ...(linked && { replaces: entryUuid(document.replaces ?? '') }),
        },
        ...besides.map((other, index) => ({ document: other, entryId: entryUuid(other.id), uri: besideName(index) })),
      ],
    },
    report,
    config,
    new Set(),
  );
  const bytes = Buffer.from(document.bytes);
  const inside = faults.has('xdm-cda-tronque') ? bytes.subarray(0, bytes.length >> 1) : bytes;
  const entries: Entry[] = [
    { name: 'README.TXT', bytes: Buffer.from(faults.has('xdm-readme-muet') ? 'Bonjour' : readme(config), 'utf8') },
    { name: 'INDEX.HTM', bytes: Buffer.from(index(config, faults), 'utf8') },
    {
      name: `${SUBSET}/METADATA.XML`,
      bytes: Buffer.from(spoilMail('metadata', xmlDocument(metadata), faults), 'utf8'),
    },
    { name: `${SUBSET}/${DOCUMENT}`, bytes: faults.has('xdm-sans-cda') ? Buffer.from('<note/>') : inside },
    ...besides.map((other, index) => ({ name: `${SUBSET}/${besideName(index)}`, bytes: Buffer.from(other.bytes) })),
  ];
  return spoilPacked(Buffer.from(await zip(spoilEntries(entries, faults), at)), faults);
}

/** The document as it is when nothing in it says which one it replaces. */
function withoutParent(document: BuiltDocument): BuiltDocument {
  const text = Buffer.from(document.bytes).toString('utf8');
  return { ...document, bytes: Buffer.from(text.replace(/<relatedDocument .*?<\/relatedDocument>/s, ''), 'utf8') };
}

const besideName = (index: number): string => `DOC${String(index + 2).padStart(4, '0')}.XML`;

/** Signatures of the local and central headers of a zip, and where their flags and their method stand. */
const HEADERS = [
  { signature: Buffer.from([0x50, 0x4b, 3, 4]), flags: 6, method: 8 },
  { signature: Buffer.from([0x50, 0x4b, 1, 2]), flags: 8, method: 10 },
];

/** The bytes of the archive with what the faults switched on make wrong in them; the same bytes without any. */
function spoilPacked(packed: Buffer, faults: ReadonlySet<string>): Buffer {
  const locked = faults.has('xdm-mot-de-passe');
  const other = faults.has('xdm-methode-autre');
  for (const { signature, flags, method } of locked || other ? HEADERS : []) {
    for (let at = packed.indexOf(signature); at >= 0; at = packed.indexOf(signature, at + 4)) {
      if (locked) packed.writeUInt16LE(packed.readUInt16LE(at + flags) | 1, at + flags);
      if (other) packed.writeUInt16LE(12, at + method);
    }
  }
  // Fifty bytes in the middle of the first file.
  if (faults.has('xdm-entree-abimee')) packed.fill(0xff, 60, 110);
  if (faults.has('xdm-archive-tronquee')) return packed.subarray(0, packed.length >> 1);
  if (!faults.has('xdm-chemin-sortant')) return packed;
  // Ten characters for ten characters: the places in the archive stay right.
  return Buffer.from(packed.toString('latin1').replaceAll('README.TXT', '../EAD.TXT'), 'latin1');
}

interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The same document has the same entry in every archive: that is how a later one says which it replaces. */
function entryUuid(uniqueId: string): string {
  const hash = createHash('sha256').update(uniqueId).digest('hex');
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}

/** The entries with what the faults switched on add, take away or rename; the same entries without any. */
function spoilEntries(entries: readonly Entry[], faults: ReadonlySet<string>): readonly Entry[] {
  const kept = entries.filter(
    ({ name }) =>
      !(name === 'README.TXT' && faults.has('xdm-sans-readme')) &&
      !(name === 'INDEX.HTM' && faults.has('xdm-sans-index')) &&
      !(name.endsWith('METADATA.XML') && faults.has('xdm-sans-metadonnees')),
  );
  const extra: Entry[] = [
    ...(faults.has('xdm-fichier-en-trop') ? [{ name: `${SUBSET}/NOTE.TXT`, bytes: Buffer.from('note') }] : []),
    ...(faults.has('xdm-noms-casse') ? [{ name: 'Readme.txt', bytes: Buffer.from('note') }] : []),
    // Eight megabytes that pack into eight kilobytes: no limit of the operator stops them.
    ...(faults.has('xdm-bombe') ? [{ name: `${SUBSET}/PLANS.XML`, bytes: Buffer.alloc(8 * 1024 * 1024, 0x20) }] : []),
    ...(faults.has('xdm-entree-double') ? kept.slice(-1) : []),
  ];
  const renamed = (name: string): string => {
    const cased = faults.has('xdm-noms-longs') ? name.replace('README.TXT', 'Lisez-moi.texte') : name;
    return faults.has('xdm-dossier-autour') ? `ENVOI/${cased}` : cased;
  };
  return [...kept, ...extra].map(({ name, bytes }) => ({ name: renamed(name), bytes }));
}

async function zip(entries: readonly Entry[], mtime: Date): Promise<Uint8Array> {
  const archive = new ZipFile();
  for (const { name, bytes } of entries) archive.addBuffer(bytes, name, { mtime });
  archive.end();
  const chunks: Buffer[] = [];
  for await (const chunk of archive.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function readme(config: SglConfig): string {
  const { laboratory, product } = config;
  return [
    'Emetteur',
    '========',
    `Nom : ${laboratory.name}`,
    `Organisme : ${laboratory.name} (FINESS ${laboratory.finess})`,
    `Adresse : ${laboratory.addressLine}, ${laboratory.postalCode} ${laboratory.city}`,
    `Téléphone : ${laboratory.phone}`,
    '',
    "Application de l'émetteur",
    '=========================',
    `Nom : ${product.name}`,
    `Version : ${product.version}`,
    `Editeur : ${product.editor}`,
    '',
    'Instructions',
    '============',
    'Intégrez le contenu du dossier IHE_XDM dans votre logiciel, ou ouvrez le PDF joint au message.',
    '',
    'Arborescence',
    '============',
    'README.TXT : ce fichier',
    'INDEX.HTM : point d’entrée',
    `${SUBSET}/METADATA.XML : description du lot`,
    `${SUBSET}/${DOCUMENT} : compte rendu au format CDA`,
    '',
  ].join('\r\n');
}

function index(config: SglConfig, faults: ReadonlySet<string>): string {
  const sender = escapeXml(config.laboratory.name);
  const address = escapeXml(
    `${config.laboratory.addressLine}, ${config.laboratory.postalCode} ${config.laboratory.city}`,
  );
  return (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n' +
    '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr" lang="fr"><head>' +
    '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>' +
    `<title>Documents de santé</title></head><body><h1>${sender}</h1><p>${address}</p>` +
    (faults.has('xdm-index-sans-lien') ? '' : '<p><a href="README.TXT">README.TXT</a></p>') +
    '</body></html>\n'
  );
}
