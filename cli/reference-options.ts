import type { Command } from 'commander';
import { parsePath } from './options.ts';

export interface ReferenceOptions {
  readonly cdaPack?: string;
  readonly mentions?: string;
  readonly datamatrix?: string;
}

/** Adds to a command the options that say what documents are held to. */
export function withReferenceOptions(command: Command): Command {
  return command
    .option(
      '--cda-pack <dossier>',
      'pack CI-SIS de l’ANS (TestContenuCDA, cloné ou décompressé) : XSD et schematrons des CDA du produit',
      parsePath,
    )
    .option('--mentions <fichier>', 'mentions de vos comptes rendus PDF (forme de checks/pdf/mentions.json)', parsePath)
    .option(
      '--datamatrix <fichier>',
      'structure du datamatrix INS (forme de checks/pdf/ins-datamatrix.json)',
      parsePath,
    );
}
