import table from './media-types.json' with { type: 'json' };

const EXTENSIONS: Readonly<Record<string, string>> = table.extensions;
const UNKNOWN = 'application/octet-stream';

/** The type that the name of a file announces; the guard looks at the bytes. */
export function mediaTypeOf(name: string): string {
  const extension = /\.([a-z0-9]{1,8})$/iu.exec(name)?.[1]?.toLowerCase() ?? '';
  return EXTENSIONS[extension] ?? UNKNOWN;
}

/** The type that a caller announces, when it says something; that of the name otherwise. */
export function announcedType(announced: string | undefined, name: string): string {
  const bare = (announced?.split(';')[0] ?? '').trim().toLowerCase();
  return bare === '' || bare === UNKNOWN || !/^[\w.+-]{1,60}\/[\w.+-]{1,100}$/u.test(bare) ? mediaTypeOf(name) : bare;
}
