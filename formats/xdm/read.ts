import { readRegistryObjects } from '../ebrim/index.ts';
import { descendants, readXml } from '../xml/index.ts';
import type { XmlElement } from '../xml/index.ts';
import { readZip } from '../zip/index.ts';
import type { ZipFault, ZipProblem } from '../zip/index.ts';
import type { Xdm, XdmEntry, XdmFault, XdmLimits, XdmProblem, XdmReading, XdmSubmission } from './types.ts';

const ROOT = 'IHE_XDM/';

const FAULTS: Readonly<Record<ZipFault['code'], XdmFault['code']>> = {
  ZIP_EMPTY: 'XDM_EMPTY',
  ZIP_NOT_A_ZIP: 'XDM_NOT_A_ZIP',
  ZIP_TOO_MANY_ENTRIES: 'XDM_TOO_MANY_ENTRIES',
  ZIP_TOO_LARGE: 'XDM_TOO_LARGE',
  ZIP_RATIO: 'XDM_RATIO',
};

const PROBLEMS: Readonly<Record<ZipProblem['code'], XdmProblem['code']>> = {
  ZIP_ENTRY_PATH: 'XDM_ENTRY_PATH',
  ZIP_ENTRY_ENCRYPTED: 'XDM_ENTRY_ENCRYPTED',
  ZIP_ENTRY_DUPLICATE: 'XDM_ENTRY_DUPLICATE',
  ZIP_ENTRY_METHOD: 'XDM_ENTRY_METHOD',
  ZIP_ENTRY_UNREADABLE: 'XDM_ENTRY_UNREADABLE',
};

/**
 * Reads an IHE XDM archive ("zip over e-mail", ITI-32).
 * @param zip the bytes of IHE_XDM.ZIP
 * @returns a fault when nothing can be read; otherwise every entry and every submission set, with the defects seen.
 *   Names are matched without case so that a wrong case is still read, and judged by the checks.
 */
export async function readXdm(zip: Uint8Array, limits: XdmLimits = {}): Promise<XdmReading> {
  const archive = await readZip(zip, limits);
  if (!archive.ok) {
    return { ok: false, fault: { code: FAULTS[archive.fault.code], message: archive.fault.message } };
  }
  const problems: XdmProblem[] = archive.problems.map((one) => ({ ...one, code: PROBLEMS[one.code] }));
  const prefix = findPrefix(archive.entries);
  if (prefix !== '') {
    problems.push({
      code: 'XDM_WRAPPED',
      where: prefix,
      message: 'Un dossier a été ajouté autour du contenu : IHE_XDM doit être à la racine de l’archive.',
    });
  }
  const submissions = findSubmissions(archive.entries, prefix);
  if (submissions.length === 0) {
    problems.push({
      code: 'XDM_NO_METADATA',
      where: `${prefix}${ROOT}`,
      message: 'Aucun METADATA.XML dans un sous-dossier de IHE_XDM.',
    });
  }
  return { ok: true, entries: archive.entries, submissions, problems, prefix };
}

/**
 * Finds the document that a URI slot names.
 * IHE writes it relative to the folder of METADATA.XML; some producers write it relative to IHE_XDM. Both are taken.
 */
export function resolveUri(xdm: Xdm, submission: XdmSubmission, uri: string): XdmEntry | undefined {
  const clean = uri.replace(/^\.\//, '');
  const bases = [`${submission.folder}/`, submission.folder.slice(0, submission.folder.lastIndexOf('/') + 1)];
  for (const base of bases) {
    const found = xdm.entries.find((entry) => entry.name === base + clean);
    if (found) return found;
  }
  return undefined;
}

/** `` when IHE_XDM/ stands at the root, `folder/` when the archive was wrapped. */
function findPrefix(entries: readonly XdmEntry[]): string {
  const folders = entries.map((entry) => ({ name: entry.name, at: entry.name.toUpperCase().indexOf(ROOT) }));
  if (folders.some(({ at }) => at === 0)) return '';
  const wrapped = folders.find(({ name, at }) => at > 0 && name[at - 1] === '/');
  return wrapped ? wrapped.name.slice(0, wrapped.at) : '';
}

function findSubmissions(entries: readonly XdmEntry[], prefix: string): XdmSubmission[] {
  const base = (prefix + ROOT).toUpperCase();
  return entries
    .filter((entry) => entry.name.toUpperCase().startsWith(base) && /\/METADATA\.XML$/i.test(entry.name))
    .map((metadataEntry) => {
      const folder = metadataEntry.name.slice(0, metadataEntry.name.lastIndexOf('/'));
      const metadata = readXml(metadataEntry.bytes);
      const list = metadata.ok ? registryList(metadata.root) : undefined;
      return {
        folder,
        metadataEntry,
        metadata,
        ...(list ? { objects: readRegistryObjects(list) } : {}),
        documents: entries.filter((entry) => entry.name.startsWith(`${folder}/`) && entry !== metadataEntry),
      };
    });
}

/** Producers disagree on the root element: the list is looked for at any depth. */
function registryList(root: XmlElement): XmlElement | undefined {
  return root.name.local === 'RegistryObjectList' ? root : descendants(root, 'RegistryObjectList')[0];
}
