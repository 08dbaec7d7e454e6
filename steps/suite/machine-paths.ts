import { parse, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A shared file without the places of this machine: stack traces name the folders of the bench and of its data, which
 * may carry the name of a person.
 *
 * @param text JSON or plain text
 * @param folders absolute folders; what stands under them becomes relative to them. The root of a disk says nothing
 * and is left.
 */
export function withoutMachinePaths(text: string, folders: readonly string[]): string {
  // The longest first: a data folder often stands inside the folder of the bench.
  const sorted = folders
    .filter((folder) => folder !== parse(folder).root)
    .map(withSeparator)
    .toSorted((one, other) => other.length - one.length);
  return sorted
    .flatMap((folder) => [pathToFileURL(folder).href, JSON.stringify(folder).slice(1, -1), folder])
    .reduce((cleaned, folder) => cleaned.replaceAll(folder, ''), text);
}

function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : `${folder}${sep}`;
}
