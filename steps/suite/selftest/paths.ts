/**
 * Whether a scenario is under a path.
 *
 * @param path of one scenario (`dmp/blocage#1`), of a feature (`dmp/blocage`) or of a folder (`dmp/`)
 */
export function isUnder(path: string, id: string): boolean {
  return id === path || id.startsWith(`${path}#`) || (path.endsWith('/') && id.startsWith(path));
}
