import type { Command } from 'commander';
import { join, relative } from 'node:path';
import { serialiseRem, toImportReport, type Category, type Wave } from '#dsr/rem/index.ts';
import { writeWhole } from '#evidence/index.ts';
import { takeDataFolder } from './data-folder.ts';
import { loadRem } from './load-rem.ts';
import type { Action } from './context.ts';
import { parseCategory, parseWave } from './options.ts';

/** `jalon rem import`: reads a REM workbook and keeps it in the working folder. */
export function remCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const rem = program.command('rem').description('classeurs REM');
  rem
    .command('import')
    .description("lit un classeur REM de l'ANS et le garde dans le dossier de travail")
    .argument('<fichier>', 'classeur .xlsx')
    .requiredOption('--category <couloir>', 'couloir (SGL…)', parseCategory)
    .requiredOption('--wave <vague>', 'vague (va1, va2)', parseWave)
    .action((file: string, options: { category: Category; wave: Wave }, command: Command) =>
      play(command, async (context) => {
        const { rem: read, messages } = await loadRem(file, options.category, options.wave);
        const folder = takeDataFolder(context.dataDir);
        const kept = join(folder.path, 'rem', `${read.category}-${read.wave}-${read.sha256.slice(0, 12)}.json`);
        try {
          await writeWhole(kept, serialiseRem(read));
        } finally {
          folder.release();
        }
        const report = toImportReport(read, messages);
        if (context.json) {
          context.out(`${JSON.stringify({ ...report, sha256: read.sha256, file: kept })}\n`);
          return 0;
        }
        const count = (severity: string): number => messages.filter((message) => message.severity === severity).length;
        context.out(
          `${[
            `REM ${read.category} ${read.wave} lue dans « ${read.source} » (disposition ${read.layout})`,
            `  ${report.requirements} exigences, ${report.scenarios} scénarios, ${report.proofs} preuves`,
            `  Profils : ${report.profiles.join(', ')}`,
            `  Remarques : ${count('error')} erreur(s), ${count('warning')} avertissement(s), ${count('info')} information(s)`,
            ...messages
              .filter((message) => message.severity !== 'info')
              .slice(0, 20)
              .map(
                (message) =>
                  `  - ligne ${message.row}, ${message.column || 'ligne entière'} : ${message.message} ${message.remedy}`,
              ),
            `Gardée dans ${relative(process.cwd(), kept) || kept}`,
            `Suite : npm run jalon -- run --rem "${file}"`,
          ].join('\n')}\n`,
        );
        return 0;
      }),
    );
}
