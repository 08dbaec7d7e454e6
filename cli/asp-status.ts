import { InvalidArgumentError, type Command } from 'commander';
import {
  moved,
  requestStatus,
  STATUS_WORDS,
  STATUSES,
  type Deposit,
  type DepositStatus,
  type PaymentRequest,
} from '#tracker/asp/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { instantOf, parisText, parseMoment, type Moment } from './asp-moments.ts';
import type { RequestPart } from '#tracker/store/index.ts';
import type { Action, CliContext } from './context.ts';
import { noteLines, type Warning } from './asp-text.ts';
import { takeDataFolder } from './data-folder.ts';
import { CliError } from './errors.ts';
import { terminalWidth } from './table.ts';
import { openTrackerOf } from './tracker.ts';

interface StatusOptions {
  readonly set?: DepositStatus;
  readonly file?: RequestPart;
  readonly note?: string;
  readonly reference?: string;
  readonly by: string;
  readonly at?: Moment;
}

/** `jalon asp status`: what became of a request at the ASP, kept with its history. */
export function aspStatusCommand(asp: Command, play: (command: Command, action: Action) => Promise<void>): void {
  asp
    .command('status')
    .description('note ce qu’un dépôt est devenu à l’ASP, ou montre son historique')
    .argument('<demande>', 'identifiant donné par « asp list »')
    .option('--set <statut>', `nouveau statut : ${STATUSES.join(', ')}`, parseStatus)
    .option('--file <fichier>', 'json ou zip ; les deux sans cette option', parsePart)
    .option('--note <texte>', 'ce que l’ASP a dit')
    .option('--reference <numéro>', 'numéro donné par l’ASP')
    .option('--by <nom>', 'qui note', 'jalon asp status')
    .option('--at <moment>', 'quand c’est arrivé, heure de Paris : 2026-06-14 ou 2026-06-14T10:00', parseMoment)
    .action((id: string, options: StatusOptions, command: Command) =>
      play(command, (context) => status(context, id, options)),
    );
}

function parseStatus(value: string): DepositStatus {
  const found = STATUSES.find((one) => one === value);
  if (found === undefined) throw new InvalidArgumentError(`Statut inconnu : ${value}. Parmi : ${STATUSES.join(', ')}.`);
  return found;
}

function parsePart(value: string): RequestPart {
  if (value === 'json' || value === 'zip') return value;
  throw new InvalidArgumentError(`Fichier inconnu : ${value}. Écrivez json ou zip.`);
}

async function status(context: CliContext, id: string, options: StatusOptions): Promise<number> {
  const folder = takeDataFolder(context.dataDir);
  try {
    const tracker = await openTrackerOf(folder.path);
    try {
      const before = (await tracker.paymentRequests()).find((one) => one.id === id);
      if (before === undefined) {
        throw new CliError(
          'ASP_REQUEST_UNKNOWN',
          EXIT.usage,
          `Aucune demande ne porte l’identifiant « ${id} ».`,
          'Les demandes du suivi : npm run jalon -- asp list.',
        );
      }
      const at = momentOf(before, options, context.now()).toISOString();
      const after = changed(before, options, at);
      if (after !== before) await tracker.putPaymentRequests([after], { at, by: options.by });
      const warnings = options.set === 'deposee' ? draftWarnings(before) : [];
      context.out(
        context.json
          ? `${JSON.stringify({ ...after, status: requestStatus(after), draft: after.layout.proposed, warnings })}\n`
          : `${requestHistory(after)}${noteLines(warnings, terminalWidth())}`,
      );
      return EXIT.ok;
    } finally {
      await tracker.close();
    }
  } finally {
    folder.release();
  }
}

/** A draft cannot be what was handed in: its layout is not that of the ASP. */
function draftWarnings({ id, order, kind, layout }: PaymentRequest): readonly Warning[] {
  if (!layout.proposed) return [];
  return [
    {
      code: 'ASP_DRAFT_DEPOSITED',
      what: `Le fichier de ${id} est un brouillon : ce n’est pas lui que l’ASP a reçu.`,
      remedy: `Si la demande a été déposée autrement, saisissez-la avec son montant, à la place de ce brouillon : npm run jalon -- asp enter ${order} --kind ${kind}.`,
    },
  ];
}

/**
 * When the change happened: now, or when the user says, if the history allows it.
 *
 * @throws {CliError} `ASP_STATUS_MOMENT`
 */
function momentOf({ json, zip }: PaymentRequest, { at: given, file, set }: StatusOptions, now: Date): Date {
  if (given === undefined) return now;
  const touched = file === undefined ? [json, zip] : [file === 'json' ? json : zip];
  const last =
    touched
      .flatMap((deposit) => deposit?.history.at(-1)?.at ?? [])
      .toSorted()
      .at(-1) ?? '';
  const wrong = (message: string, remedy: string): CliError =>
    new CliError('ASP_STATUS_MOMENT', EXIT.usage, message, remedy);
  if (set === undefined) throw wrong('--at dit quand un statut a changé.', 'Ajoutez --set, ou retirez --at.');
  const at = instantOf(given, now, ...(last === '' ? [] : [new Date(last)]));
  if (at > now) throw wrong('--at est dans l’avenir.', 'Donnez le moment où l’ASP l’a dit, heure de Paris.');
  // The user gives a minute, the history has milliseconds.
  if (at.toISOString().slice(0, 16) < last.slice(0, 16)) {
    throw wrong(
      `--at est avant la dernière étape notée, du ${parisText(last)} (heure de Paris).`,
      'Donnez un moment qui la suit : l’historique se lit dans l’ordre.',
    );
  }
  return at;
}

/** @throws {CliError} with the statuses that may follow, for each file that may not go there */
function changed(request: PaymentRequest, options: StatusOptions, at: string): PaymentRequest {
  const { set, file, note, reference, by } = options;
  if (file === 'zip' && request.zip === undefined) {
    throw new CliError('ASP_STATUS_NO_ZIP', EXIT.usage, `La demande ${request.id} n’a pas de zip.`, 'Retirez --file.');
  }
  if (set === undefined && (note !== undefined || file !== undefined)) {
    throw new CliError(
      'ASP_STATUS_NO_SET',
      EXIT.usage,
      '--note et --file accompagnent un statut.',
      `Ajoutez --set, parmi : ${STATUSES.join(', ')}.`,
    );
  }
  const after = reference === undefined ? request : { ...request, aspReference: reference };
  if (set === undefined) return after;
  const files: { json?: Deposit; zip?: Deposit } = {};
  const refusals: string[] = [];
  for (const part of ['json', 'zip'] as const) {
    const deposit = request[part];
    if (deposit === undefined || (file !== undefined && file !== part)) continue;
    const move = moved(deposit, { status: set, at, by, ...(note === undefined ? {} : { note }) });
    if (move.ok) files[part] = move.deposit;
    else refusals.push(`${part} : « ${STATUS_WORDS[move.from]} » ne mène qu’à ${move.allowed.join(', ')}`);
  }
  if (refusals.length === 0) return { ...after, ...files };
  throw new CliError(
    'ASP_STATUS_TRANSITION',
    EXIT.usage,
    `Ce statut ne suit pas celui d’aujourd’hui, ${refusals.join(' ; ')}.`,
    'Notez d’abord l’étape qui manque, ou un seul des deux fichiers avec --file.',
  );
}

/** A request with its files and what became of each. */
export function requestHistory(request: PaymentRequest): string {
  const { id, order, json, zip, layout, aspReference } = request;
  const files = zip === undefined ? [json] : [json, zip];
  return `${[
    `${id}, bon ${order} : ${STATUS_WORDS[requestStatus(request)]}${layout.proposed ? ', brouillon' : ''}${aspReference === undefined ? '' : `, n° ASP ${aspReference}`}`,
    '  Heures de Paris',
    ...files.flatMap(({ file, history }) => [
      `  ${file === '' ? 'déposée sans Jalon' : file}`,
      ...history.map(
        ({ status, at, by, note }) =>
          `    ${parisText(at)}  ${STATUS_WORDS[status]}, ${by}${note === undefined ? '' : ` : ${note}`}`,
      ),
    ]),
  ].join('\n')}\n`;
}
