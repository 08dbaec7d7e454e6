import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

import { readXml } from '../xml/index.ts';
import { readZip } from '../zip/index.ts';
import type { ZipEntry, ZipFault } from '../zip/index.ts';
import { extentOf } from './extent.ts';
import type { XlsxFault, XlsxFaultCode, XlsxLimits } from './types.ts';

export type PackageReading =
  | { readonly ok: true; readonly workbook: Buffer }
  | { readonly ok: false; readonly fault: XlsxFault };

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

const ZIP_FAULTS: Readonly<Record<ZipFault['code'], XlsxFaultCode>> = {
  ZIP_EMPTY: 'XLSX_EMPTY',
  ZIP_NOT_A_ZIP: 'XLSX_NOT_A_ZIP',
  ZIP_TOO_MANY_ENTRIES: 'XLSX_TOO_MANY_ENTRIES',
  ZIP_TOO_LARGE: 'XLSX_TOO_LARGE',
  ZIP_RATIO: 'XLSX_RATIO',
};

/**
 * Opens the container of a workbook under bounds and packs again, without compression, the only parts that a reader
 * needs. What reads it next follows local headers where our guard followed the directory of the zip: giving it a
 * container of our own making leaves nothing that the guard has not seen.
 */
export async function repack(bytes: Uint8Array, limits: XlsxLimits): Promise<PackageReading> {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (source.length === 0) return refuse('XLSX_EMPTY', "Le fichier est vide. Donnez le classeur d'origine.");
  if (source.subarray(0, 8).equals(OLE)) return refuseOle(source);
  const zip = await readZip(source, {
    maxEntries: limits.maxEntries ?? 500,
    maxTotalBytes: limits.maxTotalBytes ?? 32 * 1024 * 1024,
    maxRatio: limits.maxRatio ?? 200,
  });
  if (!zip.ok) {
    return refuse(
      ZIP_FAULTS[zip.fault.code],
      `Ce fichier n'est pas un classeur .xlsx acceptable : ${zip.fault.message}`,
    );
  }
  const parts = zip.entries.filter((entry) => /^(xl\/.*\.(xml|rels)|\[Content_Types\]\.xml)$/iu.test(entry.name));
  if (!parts.some((part) => part.name === 'xl/workbook.xml')) {
    return refuse('XLSX_NOT_A_WORKBOOK', "L'archive ne contient pas de classeur. Enregistrez-le au format .xlsx.");
  }
  if (!parts.some((part) => part.name.startsWith('xl/worksheets/') && part.name.endsWith('.xml'))) {
    return refuse('XLSX_NO_SHEET', "Le classeur n'a aucune feuille de calcul.");
  }
  for (const part of parts) {
    const refusal = refusalOf(part, limits);
    if (refusal !== undefined) return refusal;
  }
  const clean = new ZipFile();
  for (const part of parts) clean.addBuffer(Buffer.from(part.bytes), part.name, { compress: false });
  clean.end();
  return { ok: true, workbook: await buffer(clean.outputStream) };
}

/** The next reader neither judges XML nor bounds its work on what is not well-formed: libxml2 judges before it. */
function refusalOf(part: ZipEntry, limits: XlsxLimits): PackageReading | undefined {
  // It reads UTF-8 whatever the part declares; a zero byte is the mark of another encoding.
  if (part.bytes.includes(0)) {
    return refuse('XLSX_UNREADABLE', `La partie ${part.name} n'est pas en UTF-8. Réenregistrez le classeur.`);
  }
  const maxBytes = limits.maxPartBytes ?? 8 * 1024 * 1024;
  const reading = readXml(part.bytes, { maxBytes });
  if (!reading.ok) {
    const code = reading.fault.code === 'XML_TOO_LARGE' ? 'XLSX_TOO_LARGE' : 'XLSX_UNREADABLE';
    return refuse(code, `La partie ${part.name} est refusée : ${reading.fault.message}`);
  }
  if (!part.name.startsWith('xl/worksheets/')) return undefined;
  const extent = extentOf(reading.root);
  if (extent === undefined) {
    return refuse('XLSX_UNREADABLE', `La feuille ${part.name} porte une référence de cellule illisible.`);
  }
  const maxRows = limits.maxRows ?? 20_000;
  const maxColumns = limits.maxColumns ?? 256;
  if (extent.rows <= maxRows && extent.columns <= maxColumns) return undefined;
  return refuse(
    'XLSX_TOO_MANY_CELLS',
    `La feuille ${part.name} va jusqu'à la ligne ${extent.rows} et la colonne ${extent.columns} ` +
      `(maximum ${maxRows} et ${maxColumns}). Supprimez les lignes et colonnes vides, puis réenregistrez.`,
  );
}

/** An OLE container is either a workbook under password or the old `.xls`. */
function refuseOle(source: Buffer): PackageReading {
  if (source.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return refuse(
      'XLSX_ENCRYPTED',
      "Le classeur est chiffré par un mot de passe d'ouverture. Enregistrez-en une copie sans ce mot de passe.",
    );
  }
  return refuse('XLSX_OLD_FORMAT', "Le fichier est à l'ancien format .xls. Enregistrez-le au format .xlsx.");
}

function refuse(code: XlsxFaultCode, message: string): PackageReading {
  return { ok: false, fault: { code, message } };
}
