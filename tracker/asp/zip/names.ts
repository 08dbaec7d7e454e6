/** Names that Windows keeps for itself, whatever their extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;
const SAFE = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/u;
const LONGEST = 100;

/** Whether a name of a zip may be unpacked anywhere: no folder, no way up, nothing that a system reads otherwise. */
export function isSafeName(name: string): boolean {
  return SAFE.test(name) && name.length <= LONGEST && !name.endsWith('.') && !RESERVED.test(name);
}

/** A safe name from a path: its last part, accents dropped, anything else than letters, digits, `.`, `_` as `-`. */
export function safeName(path: string): string {
  const last = path.split(/[\\/]/u).at(-1) ?? '';
  const plain = last
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9_.-]+/gu, '-')
    .replaceAll(/^[.-]+|[.-]+$/gu, '');
  const named = plain === '' ? 'piece' : RESERVED.test(plain) ? `_${plain}` : plain;
  return named.length <= LONGEST ? named : shortened(named, '', LONGEST);
}

/** Safe names of several paths, each once even where files ignore case. */
export function safeNames(paths: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const name = safeName(path);
    let own = name;
    for (let rank = 2; taken.has(own.toLowerCase()); rank += 1) own = shortened(name, `-${rank}`, LONGEST);
    taken.add(own.toLowerCase());
    return own;
  });
}

/** The name cut so that the suffix and its extension hold in. */
function shortened(name: string, suffix: string, longest: number): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= 10 ? name.slice(dot) : '';
  const stem = extension === '' ? name : name.slice(0, dot);
  return `${stem.slice(0, longest - suffix.length - extension.length)}${suffix}${extension}`;
}
