import type { Command } from 'commander';
import type { Action } from './context.ts';
import type { BuildOptions } from './dossier-build.ts';
import type { VerifyOptions } from './dossier-verify.ts';
import { parseList, parsePath } from './options.ts';

const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `jalon dossier status | build | verify`: the file for the authority. */
export function dossierCommand(program: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const dossier = program
    .command('dossier')
    .description('le dossier de preuves pour l’ANS : ce qui manque, écrire, vérifier');
  const campaign = ['--campaign <id>', 'campagne (par défaut : celle qui a servi en dernier)'] as const;
  const section = ['--section <liste>', 'seulement ces chapitres, séparés par des virgules'] as const;
  dossier
    .command('status')
    .description('dit ce que le dossier a et ce qui lui manque')
    .option(...section, parseList)
    .option(...campaign)
    .action((options: Omit<BuildOptions, 'out'>, command: Command) =>
      play(command, async (context) => (await import('./dossier-build.ts')).status(context, options)),
    );
  dossier
    .command('build')
    .description('écrit le dossier, signé ; refusé avec la liste de ce qui manque')
    .requiredOption('--out <fichier>', 'fichier .zip à écrire', parsePath)
    .option(...section, parseList)
    .option('--partial', 'l’écrit même incomplet, marqué comme tel')
    .option(
      '--key <fichier>',
      'clé privée Ed25519 (par défaut : cle-dossier.pem du dossier de travail, faite au besoin)',
      parsePath,
    )
    .option('--tsa <adresse>', 'autorité d’horodatage RFC 3161')
    .option('--tsa-ca <fichier>', 'certificats de l’autorité, PEM (répétable)', several)
    .option('--tsa-policy <oid>', 'politique d’horodatage demandée')
    .option('--force', 'remplace le fichier s’il existe')
    .option(...campaign)
    .action((options: BuildOptions, command: Command) =>
      play(command, async (context) => (await import('./dossier-build.ts')).build(context, options)),
    );
  dossier
    .command('verify')
    .description(
      'vérifie un dossier, en .zip ou décompressé : empreintes, signature, horodatage, rien d’ajouté ni d’ôté',
    )
    .argument('<dossier>', 'fichier .zip, ou dossier où il a été décompressé')
    .option(
      '--key <clé>',
      'empreinte ou fichier PEM de la clé de l’éditeur ; sans elle, on sait seulement que rien n’a changé',
    )
    .option('--tsa-ca <fichier>', 'certificats de l’autorité d’horodatage, PEM (répétable)', several)
    .action((place: string, options: VerifyOptions, command: Command) =>
      play(command, async (context) => (await import('./dossier-verify.ts')).verify(context, place, options)),
    );
}
