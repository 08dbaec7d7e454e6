import type { ExtractionFormat } from './layout.ts';

export type FileKind = 'personneActivite' | 'correspondanceMssante';

export interface Wanted {
  /** Name of the zip; absent when the text itself is asked. */
  readonly archive?: string;
  readonly files: readonly FileKind[];
  /** Lines of professionals to reach, 0 for those of the directory alone. */
  readonly lines: number;
}

const KINDS: readonly FileKind[] = ['personneActivite', 'correspondanceMssante'];
/** Of the order of the real file, and several times it. */
const MAX_LINES = 5_000_000;

/** What an address of the extraction asks; undefined when there is no such file. */
export function wantedBy(asked: string, parameters: URLSearchParams, format: ExtractionFormat): Wanted | undefined {
  const number = parameters.get('lignes') ?? '';
  const lines = /^\d{1,7}$/u.test(number) ? Math.min(Number(number), MAX_LINES) : 0;
  if (asked === 'PS_LibreAcces') return { archive: format.personneActivite.archive, files: KINDS, lines };
  if (asked === 'PS_LibreAcces_MSSante') {
    return { archive: format.correspondanceMssante.archive, files: ['correspondanceMssante'], lines: 0 };
  }
  const kind = KINDS.find((one) => {
    const [before = '', after = ''] = format[one].file.split('{stamp}');
    const stamp = asked.slice(before.length, asked.length - after.length);
    return asked.startsWith(before) && asked.endsWith(after) && /^\d{12}$/u.test(stamp);
  });
  // A text is sent whole, without compression: only a zip may be large.
  return kind === undefined ? undefined : { files: [kind], lines: 0 };
}
