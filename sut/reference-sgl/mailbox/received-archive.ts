import { createHash } from 'node:crypto';
import { ParseOption, XmlDocument, type XmlElement } from 'libxml2-wasm';
import { type Entry, fromBufferPromise } from 'yauzl';
import { ENTRY } from '../xds/index.ts';

/** A document of an archive received, with what its metadata say. */
export interface ArchivedDocument {
  readonly uniqueId: string;
  readonly title: string;
  /** As METADATA.XML writes it (HL7 CX). */
  readonly patientCx: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
  /** The document says that it takes the place of this one. */
  readonly replaces?: string;
  /** How a CDA says it: around a page (N1) or with its coded content (N3); absent when it is no CDA. */
  readonly level?: 'N1' | 'N3';
  /** Number and authority of the patient in the header of the CDA. */
  readonly cdaPatients: readonly { readonly root: string; readonly extension: string }[];
}

/** Why an archive is not taken, in French. */
export class ArchiveRefused extends Error {}

const MAX_ENTRIES = 200;
const MAX_BYTES = 60 * 1024 * 1024;
/** Entries are read by their name, never written to a disk. */
const NAMES = /^[^\\:]{1,200}$/;
const SIGNATURE = 'E1762';
const NS = { rim: 'urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0', h: 'urn:hl7-org:v3' };

/**
 * Reads IHE_XDM.ZIP as it came: names that go out of it, passwords, bombs, metadata that cannot be read or that do not
 * describe their files are refused. Source: IHE XDM, protocols.md §5.4.
 *
 * @throws {ArchiveRefused}
 */
export async function readArchive(bytes: Buffer, faults: ReadonlySet<string>): Promise<readonly ArchivedDocument[]> {
  const files = await unzip(bytes);
  const metadata = [...files].filter(([name]) => /(^|\/)METADATA\.XML$/i.test(name));
  if (metadata.length === 0) throw new ArchiveRefused("L'archive n'a pas de METADATA.XML.");
  const documents = metadata.flatMap(([name, content]) => describedBy(name, content, files, faults));
  if (documents.length === 0) throw new ArchiveRefused('Les métadonnées ne décrivent aucun document.');
  return documents;
}

async function unzip(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  let total = 0;
  try {
    const zip = await fromBufferPromise(bytes, { lazyEntries: true });
    for await (const entry of zip.eachEntry()) {
      checkEntry(entry, files.size);
      if (entry.fileName.endsWith('/')) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        total += (chunk as Buffer).length;
        if (total > MAX_BYTES) throw new ArchiveRefused("L'archive dépasse la taille acceptée.");
        chunks.push(chunk as Buffer);
      }
      files.set(entry.fileName, Buffer.concat(chunks));
    }
  } catch (cause) {
    if (cause instanceof ArchiveRefused) throw cause;
    throw new ArchiveRefused("L'archive est illisible ou dangereuse.", { cause });
  }
  return files;
}

function checkEntry(entry: Entry, known: number): void {
  if (known >= MAX_ENTRIES) throw new ArchiveRefused("L'archive contient trop de fichiers.");
  if (entry.uncompressedSize > MAX_BYTES) throw new ArchiveRefused("L'archive dépasse la taille acceptée.");
  if (entry.isEncrypted()) throw new ArchiveRefused("L'archive est protégée par un mot de passe.");
  if (!NAMES.test(entry.fileName) || entry.fileName.split('/').includes('..')) {
    throw new ArchiveRefused("Un nom de fichier sort de l'archive.");
  }
}

function describedBy(
  name: string,
  content: Buffer,
  files: ReadonlyMap<string, Buffer>,
  faults: ReadonlySet<string>,
): ArchivedDocument[] {
  const folder = name.slice(0, name.length - 'METADATA.XML'.length);
  return withXml(content, 'METADATA.XML est illisible.', (root) => {
    const objects = root.find('//rim:ExtrinsicObject', NS) as XmlElement[];
    return objects
      .filter((object) => !codes(object).includes(SIGNATURE))
      .slice(0, MAX_ENTRIES)
      .map((object) => {
        const uri = slot(object, 'URI');
        const file = files.get(folder + uri) ?? files.get(folder.replace(/[^/]+\/$/, '') + uri);
        if (!file) throw new ArchiveRefused("Un document décrit par les métadonnées n'est pas dans l'archive.");
        const hash = createHash('sha1').update(file).digest('hex');
        if (slot(object, 'hash').toLowerCase() !== hash && !faults.has('mss-empreinte-non-verifiee')) {
          throw new ArchiveRefused("L'empreinte d'un document n'est pas celle que disent les métadonnées.");
        }
        const uniqueId = identifier(object, ENTRY.uniqueId);
        if (uniqueId === '') throw new ArchiveRefused("Un document n'a pas d'identifiant.");
        const title = (object.get('rim:Name/rim:LocalizedString/@value', NS)?.content ?? '').slice(0, 200);
        const mimeType = object.get('@mimeType')?.content ?? '';
        return {
          uniqueId,
          title,
          mimeType,
          patientCx: identifier(object, ENTRY.patientId),
          bytes: file,
          ...cdaHeader(file, mimeType),
        };
      });
  });
}

/** The level, the patient and the parent document of a CDA. */
function cdaHeader(file: Buffer, mimeType: string): Pick<ArchivedDocument, 'cdaPatients' | 'level' | 'replaces'> {
  if (!/xml/.test(mimeType)) return { cdaPatients: [] };
  return withXml(file, 'Un document CDA est illisible.', (root) => {
    const ids = root.find('/h:ClinicalDocument/h:recordTarget/h:patientRole/h:id', NS) as XmlElement[];
    const parent = root.get("/h:ClinicalDocument/h:relatedDocument[@typeCode='RPLC']/h:parentDocument/h:id/@root", NS);
    const has = (body: string): boolean => root.get(`/h:ClinicalDocument/h:component/h:${body}`, NS) !== null;
    return {
      ...(has('structuredBody') ? { level: 'N3' as const } : has('nonXMLBody') && { level: 'N1' as const }),
      cdaPatients: ids.map((id) => ({
        root: id.get('@root')?.content ?? '',
        extension: id.get('@extension')?.content ?? '',
      })),
      ...(parent && { replaces: parent.content }),
    };
  });
}

/** @throws {ArchiveRefused} with this sentence when it is no XML, or XML with a document type */
function withXml<Result>(content: Buffer, sentence: string, read: (root: XmlElement) => Result): Result {
  let document: XmlDocument;
  try {
    document = XmlDocument.fromBuffer(content, { option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE });
  } catch (cause) {
    throw new ArchiveRefused(sentence, { cause });
  }
  try {
    if (document.dtd) throw new ArchiveRefused(sentence);
    return read(document.root);
  } finally {
    document.dispose();
  }
}

function slot(object: XmlElement, name: string): string {
  return object.get(`rim:Slot[@name='${name}']/rim:ValueList/rim:Value`, NS)?.content ?? '';
}

function identifier(object: XmlElement, scheme: string): string {
  return object.get(`rim:ExternalIdentifier[@identificationScheme='${scheme}']/@value`, NS)?.content ?? '';
}

function codes(object: XmlElement): readonly string[] {
  const found = object.find(`rim:Classification[@classificationScheme='${ENTRY.typeCode}']/@nodeRepresentation`, NS);
  return found.map(({ content }) => content);
}
