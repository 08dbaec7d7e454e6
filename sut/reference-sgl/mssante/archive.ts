import { ZipFile } from 'yazl';
import { newOid } from '../documents/index.ts';
import type { BuiltDocument, Report, SglConfig } from '../model/types.ts';
import { submitObjectsRequest } from '../xds/index.ts';
import { escapeXml, xmlDocument } from '../xml/index.ts';

const SUBSET = 'IHE_XDM/SUBSET01';
/** 8.3 name of the ISO 9660 level 1, as IHE XDM asks. */
const DOCUMENT = 'DOC0001.XML';

/**
 * IHE_XDM.ZIP with one submission set and one document, the CDA N3. Names and places come from IHE XDM "zip over e-mail"
 * (protocols.md §5.4); the metadata are those of the DMP plus the URI of the document.
 *
 * @param at time of the submission set and of the entries of the archive
 */
export async function buildArchive(
  report: Report,
  document: BuiltDocument,
  config: SglConfig,
  at: Date,
): Promise<Uint8Array> {
  const metadata = submitObjectsRequest(
    {
      id: newOid(config.oidRoot, 'submissionSet'),
      at,
      documents: [{ document, entryId: 'Document01', uri: DOCUMENT }],
    },
    report,
    config,
    new Set(),
  );
  return await zip(
    [
      { name: 'README.TXT', bytes: Buffer.from(readme(config), 'utf8') },
      { name: 'INDEX.HTM', bytes: Buffer.from(index(config), 'utf8') },
      { name: `${SUBSET}/METADATA.XML`, bytes: Buffer.from(xmlDocument(metadata), 'utf8') },
      { name: `${SUBSET}/${DOCUMENT}`, bytes: Buffer.from(document.bytes) },
    ],
    at,
  );
}

async function zip(entries: readonly { name: string; bytes: Buffer }[], mtime: Date): Promise<Uint8Array> {
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

function index(config: SglConfig): string {
  const sender = escapeXml(config.laboratory.name);
  const address = escapeXml(
    `${config.laboratory.addressLine}, ${config.laboratory.postalCode} ${config.laboratory.city}`,
  );
  return (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n' +
    '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr" lang="fr"><head>' +
    '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/>' +
    `<title>Documents de santé</title></head><body><h1>${sender}</h1><p>${address}</p>` +
    '<p><a href="README.TXT">README.TXT</a></p></body></html>\n'
  );
}
