import { walkXml } from '../xml/index.ts';
import type { XmlFault, XmlVisitor } from '../xml/index.ts';
import { causeInFrench, openZip, sizeInFrench } from '../zip/index.ts';
import type { ZipFault, ZipFileEntry, ZipProblem } from '../zip/index.ts';
import { XlsxRefusal } from './refusal.ts';
import type { XlsxFaultCode, XlsxLimits } from './types.ts';

/** The parts of a workbook, by name. OPC compares names without case (ECMA-376 part 2, §6.2.2.3). */
export interface XlsxPackage {
  readonly names: readonly string[];
  readonly has: (name: string) => boolean;
  /**
   * Visits one part; nothing of it stays in memory.
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

const SAVE = 'Ouvrez le classeur dans un tableur et réenregistrez-le au format .xlsx.';
const LIGHTEN =
  'Supprimez du classeur ce qui n’est pas la REM (images, objets, autres feuilles), puis réenregistrez-le.';

const ZIP_REMEDIES: Readonly<Record<ZipFault['code'], string>> = {
  ZIP_EMPTY: 'Donnez le classeur d’origine.',
  ZIP_NOT_A_ZIP: 'Un classeur .xlsx en est une : redemandez le fichier d’origine, ou enregistrez-le au format .xlsx.',
  ZIP_TOO_MANY_ENTRIES: LIGHTEN,
  ZIP_TOO_LARGE: LIGHTEN,
  ZIP_RATIO: SAVE,
};

const PROBLEMS: Readonly<Record<ZipProblem['code'], (where: string) => string>> = {
  ZIP_ENTRY_PATH: (where) => `Le classeur a une partie au nom interdit (${where}).`,
  ZIP_ENTRY_ENCRYPTED: (where) => `La partie ${where} du classeur est chiffrée.`,
  ZIP_ENTRY_METHOD: (where) => `La partie ${where} du classeur est compressée comme aucun tableur ne le fait.`,
  ZIP_ENTRY_DUPLICATE: (where) => `Deux parties du classeur portent le nom ${where}.`,
  ZIP_ENTRY_UNREADABLE: (where) => `La partie ${where} du classeur est endommagée.`,
};

const XML_FAULTS: Readonly<Record<XmlFault['code'], string>> = {
  XML_NOT_WELL_FORMED: 'est endommagée',
  XML_DTD_REFUSED: 'déclare une DTD, ce qu’aucun tableur ne fait',
  XML_TOO_DEEP: 'imbrique trop d’éléments',
  XML_TOO_MANY_ELEMENTS: 'a trop d’éléments',
  XML_TOO_LARGE: 'a un élément de plus de 1 000 attributs',
  XML_ENCODING: 'n’est pas dans l’encodage qu’elle annonce',
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
  const maxTotalBytes = limits.maxTotalBytes ?? 64 * 1024 * 1024;
  const zip = await openZip(source, {
    maxEntries: limits.maxEntries ?? 500,
    maxTotalBytes,
    maxRatio: limits.maxRatio ?? 200,
  });
  if (!zip.ok) {
    const { code, message, detail } = zip.fault;
    throw new XlsxRefusal(ZIP_FAULTS[code], `${message} ${ZIP_REMEDIES[code]}`, detail);
  }
  const [problem] = zip.problems;
  // A workbook in which programs would not all see the same parts is nobody's contract.
  if (problem !== undefined)
    throw new XlsxRefusal('XLSX_UNREADABLE', `${PROBLEMS[problem.code](problem.where)} ${SAVE}`);
  // A part may be named many times: what is read counts, not what is there.
  let walked = 0;
  const maxElements = limits.maxElements ?? 4_000_000;
  let elements = 0;
  const files = new Map(zip.files.map((file) => [file.name.toLowerCase(), file]));
  return {
    names: zip.files.map((file) => file.name),
    has: (name) => files.has(name.toLowerCase()),
    async walk(name, visitor) {
      const file = files.get(name.toLowerCase());
      if (file === undefined) {
        throw new XlsxRefusal('XLSX_UNREADABLE', `La partie ${name} manque au classeur. Réenregistrez-le.`);
      }
      walked += file.size;
      if (walked > maxTotalBytes) {
        const most = sizeInFrench(maxTotalBytes);
        throw new XlsxRefusal('XLSX_TOO_LARGE', `Le classeur fait relire plus de ${most} de contenu. ${SAVE}`);
      }
      const bytes = await inflate(file, limits.maxPartBytes ?? 24 * 1024 * 1024);
      const outcome = walkXml(bytes, visitor, { maxElements: maxElements - elements });
      if (outcome.ok) {
        elements += outcome.elements;
        return;
      }
      if (outcome.fault.code === 'XML_TOO_MANY_ELEMENTS') {
        const most = maxElements.toLocaleString('fr-FR');
        throw new XlsxRefusal(
          'XLSX_TOO_LARGE',
          `La partie ${name} porte le classeur à plus de ${most} éléments XML. ${SAVE}`,
          outcome.fault.message,
        );
      }
      const { code, message, line } = outcome.fault;
      const where = code === 'XML_NOT_WELL_FORMED' && line !== undefined ? ` à la ligne ${line}` : '';
      throw new XlsxRefusal(
        'XLSX_UNREADABLE',
        `La partie ${name} du classeur ${XML_FAULTS[code]}${where}. ${SAVE}`,
        message,
      );
    },
  };
}

async function inflate(file: ZipFileEntry, maxBytes: number): Promise<Uint8Array> {
  if (file.size > maxBytes) {
    throw new XlsxRefusal(
      'XLSX_TOO_LARGE',
      `La partie ${file.name} du classeur fait ${sizeInFrench(file.size)} (maximum ${sizeInFrench(maxBytes)}). ` +
        'Supprimez les lignes, les colonnes et les mises en forme inutiles, puis réenregistrez-le.',
    );
  }
  try {
    return await file.read();
  } catch (error) {
    throw new XlsxRefusal(
      'XLSX_UNREADABLE',
      `La partie ${file.name} du classeur est illisible : ${causeInFrench(error)}. Redemandez le fichier d'origine.`,
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
