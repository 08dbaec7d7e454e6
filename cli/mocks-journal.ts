import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Exchange } from '#formats/exchange/index.ts';
import { serviceName } from '#mocks/diagnosis/index.ts';
import { BenchError, createJudging, readJournal, showExchange, type Judge, type Judgement } from '#mocks/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import type { CliContext } from './context.ts';
import { CliError } from './errors.ts';
import { tableLines, terminalWidth, wrap } from './table.ts';

interface Entry {
  readonly exchange: Exchange;
  readonly judgement: Judgement | undefined;
}

const VERDICTS = {
  conforme: 'conforme',
  'non-conforme': 'non conforme',
  'a-verifier': 'à vérifier',
  'non-verifiable': 'non vérifiable',
} as const;

const COLUMNS = [
  { header: 'N°', align: 'right' },
  { header: 'Heure (UTC)' },
  { header: 'Service' },
  { header: 'Opération', least: 12, worth: 1 },
  { header: 'Concerne', least: 8 },
  { header: 'Verdict' },
  { header: 'Résultat', least: 12 },
] as const;

/**
 * Prints the exchanges of a journal that a bench left, killed or not, with what the checks say of them.
 *
 * @throws {CliError} `JOURNAL_UNREADABLE` when the folder holds no journal
 */
export async function printJournal(context: CliContext, folder: string, judge: Judge): Promise<number> {
  const path = resolve(folder);
  const { exchanges, problems } = read(path);
  const judging = createJudging(judge, () => exchanges);
  const entries: Entry[] = [];
  for (const exchange of exchanges) entries.push({ exchange, judgement: await judging.of(exchange) });
  if (context.json) {
    const shown = entries.map(({ exchange, judgement }) => ({
      ...showExchange(exchange),
      findings: judgement?.findings ?? [],
      verdict: judgement?.verdict ?? null,
    }));
    context.out(`${JSON.stringify({ journal: path, exchanges: shown, problems })}\n`);
    return EXIT.ok;
  }
  const lines = [...text(entries, terminalWidth()), ...problems.map(({ message }) => message)];
  context.out(`${lines.join('\n')}\n`);
  return EXIT.ok;
}

function read(path: string): ReturnType<typeof readJournal> {
  try {
    const reading = readJournal(path);
    if (reading.exchanges.length > 0 || reading.problems.length > 0) return reading;
    const inside = foldersOf(path);
    if (inside.length === 0) return reading;
    const remedy = `Donnez l'un de ses dossiers, par exemple ${inside.slice(-3).join(' ou ')}.`;
    throw new CliError('JOURNAL_UNREADABLE', EXIT.usage, `Aucun échange dans ${path}.`, remedy);
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    throw new CliError(error.code, EXIT.usage, `Aucun journal ne peut être lu à cet endroit : ${path}.`, JOURNALS, {
      cause: error,
    });
  }
}

const JOURNALS =
  'Donnez le dossier que « npm run jalon -- mocks » annonce au démarrage (« journal »), sous le dossier de données.';

function foldersOf(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name))
    .toSorted();
}

function text(entries: readonly Entry[], width: number): readonly string[] {
  if (entries.length === 0) return ['Aucun échange dans ce journal.'];
  const rows = entries.map(({ exchange, judgement }, index) => [
    String(index + 1),
    exchange.startedAt.slice(11, 19),
    serviceName(exchange.service),
    exchange.operation,
    ownerOf(exchange),
    judgement === undefined ? '–' : VERDICTS[judgement.verdict],
    exchange.outcome,
  ]);
  const details = entries.flatMap(({ exchange, judgement }, index) =>
    (judgement?.findings ?? []).flatMap(({ rule, severity, where, received, expected, remedy }) => [
      '',
      ...wrap(`n° ${index + 1}, ${exchange.operation} : ${rule} (${SEVERITIES[severity]})`, width),
      ...[
        ['où', where],
        ['reçu', received],
        ['attendu', expected],
        ['remède', remedy],
      ].flatMap(([label = '', value = '']) => wrap(value, width, `  ${label.padEnd(8)} `)),
    ]),
  );
  return [...tableLines(COLUMNS, rows, width), ...details];
}

const SEVERITIES = { error: 'erreur', warning: 'avertissement', info: 'information' } as const;

function ownerOf({ attribution: { patient, ins, mailboxes, professional } }: Exchange): string {
  return patient ?? ins ?? mailboxes?.[0] ?? professional ?? '';
}
