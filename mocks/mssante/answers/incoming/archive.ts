import { Buffer } from 'node:buffer';
import { ZipFile } from 'yazl';
import { INCOMING } from './data.ts';
import type { WrittenDocument } from './document.ts';
import { spoilMetadata, writeMetadata } from './metadata.ts';

const FOLDER = 'IHE_XDM/SUBSET01';
/** Of the same length: the second cannot be written by a zip library, and takes the place of the first in the bytes. */
const ESCAPE = { written: 'XX/XX/XX/PIEGE.TXT', shown: '../../../PIEGE.TXT' } as const;
const WRONG_HASH = '0'.repeat(40);

/** IHE_XDM.ZIP with its documents, or with the defect that the variant wants. Source: protocols.md §5.4 (ITI-32). */
export async function writeArchive(
  messageId: string,
  documents: readonly [WrittenDocument, ...WrittenDocument[]],
  variant: string,
): Promise<Uint8Array> {
  const metadata = writeMetadata(messageId, documents, variant === 'hash-faux' ? () => WRONG_HASH : undefined);
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    ['README.TXT', readme(documents)],
    ['INDEX.HTM', index(documents)],
    ...(variant === 'sans-metadata'
      ? []
      : [[`${FOLDER}/METADATA.XML`, variant === 'metadata-mal-formee' ? spoilMetadata(metadata) : metadata] as const]),
    ...documents.map(({ entryName, cda }) => [`${FOLDER}/${entryName}`, cda] as const),
    ...(variant === 'zip-slip' ? [[ESCAPE.written, 'Ce fichier ne doit jamais être écrit.\r\n'] as const] : []),
  ];
  const archive = await zip(files, documents[0].at);
  if (variant !== 'zip-slip') return archive;
  return Buffer.from(Buffer.from(archive).toString('latin1').replaceAll(ESCAPE.written, ESCAPE.shown), 'latin1');
}

async function zip(files: readonly (readonly [string, string | Uint8Array])[], at: Date): Promise<Uint8Array> {
  const archive = new ZipFile();
  for (const [name, content] of files) archive.addBuffer(Buffer.from(content), name, { mtime: at });
  archive.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function readme(documents: readonly [WrittenDocument, ...WrittenDocument[]]): string {
  const [{ author }] = documents;
  const { structure } = author;
  return [
    'Emetteur :',
    `  Nom : ${author.firstName} ${author.lastName}`,
    `  Organisme : ${structure.name}`,
    `  Adresse : ${structure.postalCode} ${structure.city}`,
    "Application de l'émetteur :",
    `  Nom : ${INCOMING.software.name}`,
    'Instructions :',
    '  Intégrer les documents du dossier IHE_XDM, ou ouvrir INDEX.HTM.',
    'Arborescence :',
    `  ${FOLDER}/METADATA.XML`,
    ...documents.map(({ entryName }) => `  ${FOLDER}/${entryName}`),
    '',
  ].join('\r\n');
}

function index([{ author }]: readonly [WrittenDocument, ...WrittenDocument[]]): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n` +
    `<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr" lang="fr"><head><title>IHE_XDM</title></head>` +
    `<body><p>${author.structure.name}</p><p><a href="README.TXT">README.TXT</a></p></body></html>\n`
  );
}
