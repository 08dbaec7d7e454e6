import type { XlsxPackage } from './package.ts';

/** How a number is shown, when it is not as it is written. */
export type NumberStyle =
  | { readonly kind: 'moment'; readonly date: boolean; readonly time: boolean }
  /** Only zeros in the format: so many figures before the point, so many after. */
  | { readonly kind: 'figures'; readonly before: number; readonly after: number };

/**
 * Style of numbers by index of cell format (`s` of a cell).
 *
 * @throws XlsxRefusal when the part cannot be read
 */
export async function readStyles(opened: XlsxPackage, part: string): Promise<readonly (NumberStyle | undefined)[]> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let inCells = false;
  await opened.walk(part, {
    open(local, attribute, depth) {
      if (depth === 2) inCells = local === 'cellXfs';
      if (depth === 3 && local === 'numFmt') {
        codes.set(Number(attribute('numFmtId')), (attribute('formatCode') ?? '').slice(0, 255));
      }
      if (depth === 3 && inCells && local === 'xf') formats.push(Number(attribute('numFmtId') ?? 0));
      return depth < 3;
    },
  });
  const known = new Map<number, NumberStyle | undefined>();
  return formats.map((id) => {
    if (!known.has(id)) known.set(id, styleOf(codes.get(id) ?? builtIn(id)));
    return known.get(id);
  });
}

/** Codes of the formats that files do not write out (ECMA-376 part 1, §18.8.30), as far as they matter here. */
function builtIn(id: number): string {
  if (id === 1) return '0';
  if (id === 2) return '0.00';
  if (id === 22) return 'yyyy-mm-dd hh:mm';
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return 'hh:mm';
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'yyyy-mm-dd';
  return '';
}

function styleOf(code: string): NumberStyle | undefined {
  const figures = /^(0{1,30})(?:\.(0{1,30}))?$/.exec(code);
  if (figures !== null) {
    return { kind: 'figures', before: figures[1]?.length ?? 1, after: figures[2]?.length ?? 0 };
  }
  const bare = code
    .replace(/"[^"]*"|[\\_*]./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';', 1)
    .join('')
    .toLowerCase();
  if (bare.includes('general')) return undefined;
  const time = /[hs]|\[m/.test(bare);
  const date = /[yd]/.test(bare) || (bare.includes('m') && !time);
  return date || time ? { kind: 'moment', date, time } : undefined;
}
