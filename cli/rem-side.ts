import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import {
  loadCategories,
  parseCategory,
  parseRem,
  parseWave,
  type Category,
  type Rem,
  type Wave,
} from '#dsr/rem/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { CliError } from './errors.ts';
import { loadRem, type LoadedRem } from './load-rem.ts';

/** What the user said of a REM beside its name. */
export interface SideHints {
  readonly category: Category | undefined;
  readonly wave: Wave | undefined;
  /** Options to name in the remedy, e.g. `--category et --wave`. */
  readonly options: string;
}

/** A larger file, or what is no file, is left to `loadRem`, which says why it is refused. */
const MAX_KEPT = 64 * 1024 * 1024;

/**
 * A REM as a command names it: the embedded catalogue (`SGL-va1`, `SGL:va1`), a file that `rem import` kept (`.json`), or
 * a workbook, whose couloir and wave are those of the options, or of its name when that is clear. With it, what the reader
 * has to say of the workbook.
 *
 * @throws {CliError} `REM_SANS_COULOIR` when a workbook's couloir or wave is not known, `REM_CONTREDITE` when a kept REM
 * is of another one than asked; those of `loadRem`
 */
export async function loadSide(reference: string, hints: SideHints, dataDir?: string): Promise<LoadedRem> {
  const embedded = /^([\p{L}\d-]+?)[-:](va\d+)$/iu.exec(reference);
  if (embedded !== null && !existsSync(reference)) {
    const [category, wave] = [parseCategory(embedded[1] ?? ''), parseWave(embedded[2] ?? '')];
    if (category !== undefined && wave !== undefined) return { rem: loadCatalogue(category, wave), messages: [] };
  }
  const own = reference.toLowerCase().endsWith('.json') ? await keptIdentity(reference) : undefined;
  if (own !== undefined) {
    refuseContradiction(reference, own, hints);
    return loadRem(reference, own.category, own.wave, dataDir);
  }
  const guess = guessIdentity(basename(reference));
  const category = hints.category ?? guess.category;
  const wave = hints.wave ?? guess.wave;
  // A file that is not there is the first thing to say.
  if (existsSync(reference) && (category === undefined || wave === undefined)) {
    throw new CliError(
      'REM_SANS_COULOIR',
      EXIT.usage,
      `Le nom « ${basename(reference)} » ne dit ${unsaid(category, wave)} de cette REM.`,
      `Donnez-${category === undefined ? (wave === undefined ? 'les' : 'le') : 'la'} par ${hints.options}.`,
    );
  }
  return loadRem(reference, category ?? 'SGL', wave ?? 'va1', dataDir);
}

function unsaid(category: Category | undefined, wave: Wave | undefined): string {
  if (category !== undefined) return 'pas la vague';
  return wave === undefined ? 'ni le couloir ni la vague' : 'pas le couloir';
}

/** Couloir and wave that a file name says, when it says one of each: `REM-SGL-va2.xlsx`. */
export function guessIdentity(name: string): { readonly category?: Category; readonly wave?: Wave } {
  const upper = name.toUpperCase();
  // `MSS-OP` before `MSS`, so that what a longer code holds is not read again.
  const codes = loadCategories()
    .map(({ code }) => code)
    .toSorted((left, right) => right.length - left.length);
  let rest = upper;
  const found = codes.filter((code) => {
    const pattern = new RegExp(`(?<![A-Z0-9])${code}(?![A-Z0-9])`, 'u');
    if (!pattern.test(rest)) return false;
    rest = rest.replace(pattern, ' ');
    return true;
  });
  const waves = [...new Set(upper.match(/(?<![A-Z0-9])VA\d(?![A-Z0-9])/gu) ?? [])];
  const wave = waves.length === 1 ? parseWave(waves[0] ?? '') : undefined;
  const [category] = found;
  return {
    ...(category !== undefined && found.length === 1 ? { category } : {}),
    ...(wave === undefined ? {} : { wave }),
  };
}

async function keptIdentity(file: string): Promise<Pick<Rem, 'category' | 'wave'> | undefined> {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile() !== true || found.size > MAX_KEPT) return undefined;
  try {
    const { category, wave } = parseRem(await readFile(file, 'utf8'));
    return { category, wave };
  } catch {
    // loadRem says what is wrong with it.
    return undefined;
  }
}

function refuseContradiction(file: string, own: Pick<Rem, 'category' | 'wave'>, hints: SideHints): void {
  const asked = { category: hints.category ?? own.category, wave: hints.wave ?? own.wave };
  if (asked.category === own.category && asked.wave === own.wave) return;
  throw new CliError(
    'REM_CONTREDITE',
    EXIT.usage,
    `« ${basename(file)} » garde une REM ${own.category} ${own.wave}, et non ${asked.category} ${asked.wave}.`,
    `Retirez ${hints.options} : une REM gardée dit elle-même son couloir et sa vague.`,
  );
}
