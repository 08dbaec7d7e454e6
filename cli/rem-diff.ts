import type { Command } from 'commander';
import { resolve } from 'node:path';
import { compareRems } from '#dsr/rem-diff/index.ts';
import type { Category, Wave } from '#dsr/rem/index.ts';
import { writeWhole } from '#evidence/index.ts';
import { renderRemDiff } from '#reports/rem-diff/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { Action, CliContext } from './context.ts';
import { parseCategory, parseWave } from './options.ts';
import { remDiffText } from './rem-diff-text.ts';
import { readingMessages, warnOfReading } from './rem-side-messages.ts';
import { loadSide } from './rem-side.ts';
import { terminalWidth } from './table.ts';
import { VERSION } from './version.ts';

interface DiffOptions {
  readonly category?: Category;
  readonly wave?: Wave;
  readonly categoryA?: Category;
  readonly categoryB?: Category;
  readonly waveA?: Wave;
  readonly waveB?: Wave;
  readonly html?: string;
}

/** `jalon rem diff`: what changed from one REM to another. */
export function remDiffCommand(rem: Command, play: (command: Command, action: Action) => Promise<void>): void {
  rem
    .command('diff')
    .description(
      'compare deux REM : ajouts, disparitions, textes, numéros, profils, preuves (code 0, qu’elles diffèrent ou non)',
    )
    .argument('<avant>', 'classeur .xlsx, REM gardée .json, ou catalogue embarqué (SGL-va1)')
    .argument('<après>', 'de même')
    .option('--category <couloir>', 'couloir des deux (par défaut : celui que dit le nom du fichier)', parseCategory)
    .option('--wave <vague>', 'vague des deux (par défaut : celle que dit le nom du fichier)', parseWave)
    .option('--category-a <couloir>', 'couloir de la première', parseCategory)
    .option('--category-b <couloir>', 'couloir de la seconde', parseCategory)
    .option('--wave-a <vague>', 'vague de la première', parseWave)
    .option('--wave-b <vague>', 'vague de la seconde', parseWave)
    .option('--html <fichier>', 'écrit aussi une page à lire, à imprimer ou à transmettre')
    .action((before: string, after: string, options: DiffOptions, command: Command) =>
      play(command, (context) => diffRems(context, before, after, options)),
    );
}

async function diffRems(context: CliContext, before: string, after: string, options: DiffOptions): Promise<number> {
  const [a, b] = [
    await loadSide(before, {
      category: options.categoryA ?? options.category,
      wave: options.waveA ?? options.wave,
      options: '--category-a et --wave-a',
    }),
    await loadSide(after, {
      category: options.categoryB ?? options.category,
      wave: options.waveB ?? options.wave,
      options: '--category-b et --wave-b',
    }),
  ];
  for (const side of [a, b]) warnOfReading(context, side);
  const diff = compareRems(a.rem, b.rem);
  const page = options.html === undefined ? undefined : resolve(options.html);
  if (page !== undefined) await writeWhole(page, renderRemDiff(diff, VERSION));
  if (context.json) {
    const document = {
      ...diff,
      from: { ...diff.from, messages: readingMessages(a.messages) },
      to: { ...diff.to, messages: readingMessages(b.messages) },
      ...(page === undefined ? {} : { html: page }),
    };
    context.out(`${JSON.stringify(document)}\n`);
    return EXIT.ok;
  }
  const colour = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '';
  context.out(remDiffText(diff, colour, terminalWidth()));
  if (page !== undefined) context.out(`\nPage : ${page}\n`);
  return EXIT.ok;
}
