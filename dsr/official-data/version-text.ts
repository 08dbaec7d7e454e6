import type { DataVersion } from './types.ts';

/** How an edition is named on a screen: `jalon-2026.11 (sources)`, with the file when it is the user's. */
export function versionText({ version, source, file }: DataVersion): string {
  return `${version} (${file === undefined ? source : `${source} ; fichier ${file}`})`;
}
