/** Names that Windows keeps for devices, whatever their extension. */
const DEVICES = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/iu;
const PART = /^[^\\/:*?"<>|\p{Cc}\p{Cf}]{1,200}$/u;
const LONGEST = 240;

/** Why a path cannot be unpacked everywhere; undefined when it can. */
export function pathProblem(path: string): string | undefined {
  if (path.length > LONGEST) return 'le chemin est trop long';
  if (path.normalize('NFC') !== path) return 'le nom n’est pas en Unicode NFC';
  for (const part of path.split('/')) {
    if (part === '' || part === '.' || part === '..' || !PART.test(part)) return 'le nom n’est pas sûr';
    if (DEVICES.test(part) || part.endsWith('.') || part.endsWith(' ') || part.startsWith(' ')) {
      return 'Windows ne prend pas ce nom';
    }
  }
  return undefined;
}

/** The same name for systems that do not tell capitals. */
export function folded(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
