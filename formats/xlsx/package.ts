import { walkXml } from '../xml/index.ts';
import type { XmlVisitor } from '../xml/index.ts';
import { openZip } from '../zip/index.ts';
import type { ZipFault, ZipFileEntry } from '../zip/index.ts';
import { XlsxRefusal } from './refusal.ts';
import type { XlsxFaultCode, XlsxLimits } from './types.ts';

/** The parts of a workbook, by name. OPC compares names without case (ECMA-376 part 2, §6.2.2.3). */
export interface XlsxPackage {
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
  /**
   * Has libxml2 judge one part and visits it; nothing of it stays in memory.
   * @throws XlsxRefusal
   */
  readonly walk: (name: string, visitor: XmlVisitor) => Promise<void>;
}

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

const ZIP_FAULTS: Readonly<Record<ZipFault['code'], XlsxFaultCode>> = {
  ZIP_EMPTY: 'XLSX_EMPTY',
  ZIP_NOT_A_ZIP: 'XLSX_NOT_A_ZIP',
  ZIP_TOO_MANY_ENTRIES: 'XLSX_TOO_MANY_ENTRIES',
  ZIP_TOO_LARGE: 'XLSX_TOO_LARGE',
  ZIP_RATIO: 'XLSX_RATIO',
};

/**
 * Opens the container of a workbook under bounds.
 *
 * @throws XlsxRefusal when it is no `.xlsx`, or more than the limits
 */
export async function openPackage(bytes: Uint8Array, limits: XlsxLimits): Promise<XlsxPackage> {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (source.length === 0) throw new XlsxRefusal('XLSX_EMPTY', "Le fichier est vide. Donnez le classeur d'origine.");
  if (source.subarray(0, 8).equals(OLE)) throw oleRefusal(source);
  const zip = await openZip(source, {
    maxEntries: limits.maxEntries ?? 500,
    maxTotalBytes: limits.maxTotalBytes ?? 32 * 1024 * 1024,
    maxRatio: limits.maxRatio ?? 200,
  });
  if (!zip.ok) {
    throw new XlsxRefusal(
      ZIP_FAULTS[zip.fault.code],
      `Ce fichier n'est pas un classeur .xlsx acceptable : ${zip.fault.message}`,
    );
  }
  const [problem] = zip.problems;
  if (problem !== undefined) {
    // A workbook in which programs would not all see the same parts is nobody's contract.
    throw new XlsxRefusal(
      'XLSX_UNREADABLE',
      `La partie ${problem.where} du classeur est refusée : ${problem.message} Réenregistrez-le au format .xlsx.`,
    );
  }
  const files = new Map(zip.files.map((file) => [file.name.toLowerCase(), file]));
  return {
    names: zip.files.map((file) => file.name),
    has: (name) => files.has(name.toLowerCase()),
    async walk(name, visitor) {
      const file = files.get(name.toLowerCase());
      if (file === undefined) {
        throw new XlsxRefusal('XLSX_UNREADABLE', `La partie ${name} manque au classeur. Réenregistrez-le.`);
      }
      const walked = walkXml(await inflate(file, limits.maxPartBytes ?? 8 * 1024 * 1024), visitor);
      if (walked.ok) return;
      const code = walked.fault.code === 'XML_TOO_LARGE' ? 'XLSX_TOO_LARGE' : 'XLSX_UNREADABLE';
      const remedy =
        code === 'XLSX_TOO_LARGE' ? 'Supprimez les lignes et colonnes vides, puis réenregistrez' : 'Réenregistrez';
      throw new XlsxRefusal(code, `La partie ${name} est refusée : ${walked.fault.message} ${remedy} le classeur.`);
    },
  };
}

async function inflate(file: ZipFileEntry, maxBytes: number): Promise<Uint8Array> {
  if (file.size > maxBytes) {
    throw new XlsxRefusal(
      'XLSX_TOO_LARGE',
      `La partie ${file.name} fait ${file.size} octets (maximum ${maxBytes}). ` +
        'Supprimez les lignes, les colonnes et les mises en forme inutiles, puis réenregistrez le classeur.',
    );
  }
  try {
    return await file.read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new XlsxRefusal(
      'XLSX_UNREADABLE',
      `La partie ${file.name} est endommagée (${reason}). Redemandez le fichier d'origine.`,
      error,
    );
  }
}

/** An OLE container is either a workbook under password or the old `.xls`. */
function oleRefusal(source: Buffer): XlsxRefusal {
  if (source.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return new XlsxRefusal(
      'XLSX_ENCRYPTED',
      "Le classeur est chiffré par un mot de passe d'ouverture. Enregistrez-en une copie sans ce mot de passe.",
    );
  }
  return new XlsxRefusal('XLSX_OLD_FORMAT', "Le fichier est à l'ancien format .xls. Enregistrez-le au format .xlsx.");
}
