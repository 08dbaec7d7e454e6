import { briefEuros } from '#dsr/money/index.ts';
import type { Command } from 'commander';
import { STATUS_WORDS, requestStatus, statusOf } from '#tracker/asp/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { Action, CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { tableLines, terminalWidth } from './table.ts';
import { openTrackerOf } from './tracker.ts';

interface ListOptions {
  readonly order?: string;
}

/** `jalon asp list`: requests of the tracker, with where each of their files is. */
export function aspListCommand(asp: Command, play: (command: Command, action: Action) => Promise<void>): void {
  asp
    .command('list')
    .description('liste les demandes de paiement et où en sont leurs fichiers')
    .option('--order <numéro>', 'celles d’un bon de commande')
    .action((options: ListOptions, command: Command) => play(command, (context) => list(context, options)));
}

async function list(context: CliContext, { order }: ListOptions): Promise<number> {
  const folder = takeDataFolder(context.dataDir);
  try {
    const tracker = await openTrackerOf(folder.path);
    try {
      const requests = await tracker.paymentRequests(order);
      if (context.json) {
        const told = requests.map((request) => ({
          ...request,
          status: requestStatus(request),
          draft: request.layout.proposed,
        }));
        context.out(`${JSON.stringify({ requests: told })}\n`);
        return EXIT.ok;
      }
      if (requests.length === 0) {
        context.out('Aucune demande de paiement. Suite : npm run jalon -- asp avance --orders FICHIER --out DOSSIER\n');
        return EXIT.ok;
      }
      const columns = [
        { header: 'Demande', least: 20, worth: 2 },
        { header: 'Bon', least: 8, worth: 1 },
        { header: 'Demandé TTC', align: 'right' },
        { header: 'JSON', least: 8 },
        { header: 'Pièces', least: 8 },
        { header: 'N° ASP', least: 6 },
      ] as const;
      const rows = requests.map(({ id, order, requested, json, zip, aspReference = '', layout, entered }) => [
        layout.proposed ? `${id} (brouillon)` : entered === true ? `${id} (saisie)` : id,
        order,
        briefEuros(requested),
        STATUS_WORDS[statusOf(json)],
        zip === undefined ? '' : STATUS_WORDS[statusOf(zip)],
        aspReference,
      ]);
      context.out(`${tableLines(columns, rows, terminalWidth()).join('\n')}\n`);
      return EXIT.ok;
    } finally {
      await tracker.close();
    }
  } finally {
    folder.release();
  }
}
