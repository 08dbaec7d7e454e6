import type { Command } from 'commander';
import { join, resolve } from 'node:path';
import { milestonesOf, type Calendar } from '#dsr/calendar/index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';
import { versionText } from '#dsr/official-data/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import {
  calendarFile,
  dueReminders,
  milestoneTargets,
  openMemory,
  orderTargets,
  postReminders,
  readWebhookUrl,
  ReminderError,
  type DueReminder,
  type ReminderTarget,
} from '#tracker/reminders/index.ts';
import { frenchDate, type ProductWindow } from '#tracker/window/index.ts';
import type { Action, CliContext } from './context.ts';
import { takeDataFolder } from './data-folder.ts';
import { CliError } from './errors.ts';
import { calendarFrom, calendarOption } from './official-data.ts';
import { oneLine, terminalWidth, wrap } from './table.ts';
import { loadBook, noOrders, windowsOf, withinCalendar, type Book } from './window-book.ts';
import { readDates, referencingDateOptions, type DateOptions } from './window-dates.ts';
import { writeCalendar } from './write-calendar.ts';

interface RemindOptions extends DateOptions {
  readonly orders?: string;
  readonly vendor?: string;
  readonly ics?: string;
  readonly webhook?: string;
  readonly calendar?: string;
  readonly force?: boolean;
}

/** Signs the messages of the webhook: an option would show in the list of processes. */
export const SECRET_VARIABLE = 'JALON_WEBHOOK_SECRET';

/** `jalon orders remind`: the last days and the official dates, as a calendar file and by webhook. */
export function ordersRemindCommand(orders: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const command = orders
    .command('remind')
    .description('rappels à J-30, J-15, J-7 et J-1 : dernier jour de chaque commande et dates officielles')
    .option('--ics <fichier>', 'écrit le calendrier des échéances et des rappels')
    .option('--force', 'remplace un fichier --ics que Jalon n’a pas écrit')
    .option(
      '--webhook <url>',
      `envoie les rappels du jour, chacun une seule fois (POST JSON, signé si ${SECRET_VARIABLE} est défini)`,
    )
    .option('--orders <fichier>', 'liste de bons de commande (par défaut : ceux du suivi)')
    .option('--vendor <fichier>', 'fichier de l’éditeur (par défaut : editeur.json du dossier de travail)');
  calendarOption(referencingDateOptions(command)).action((options: RemindOptions, sub: Command) =>
    play(sub, (context) => remind(context, options)),
  );
}

interface Outcome {
  readonly calendar: Calendar;
  readonly today: CivilDate;
  readonly targets: readonly ReminderTarget[];
  /** Absolute path of the calendar file. */
  readonly ics: string | undefined;
  /** What is due today; all of it when nothing was posted. */
  readonly due: readonly DueReminder[];
  /** What the receiver took; absent without a webhook. */
  readonly sent: readonly DueReminder[] | undefined;
  readonly signed: boolean;
}

async function remind(context: CliContext, options: RemindOptions): Promise<number> {
  const { given, today } = readDates(options, context.now());
  const url = options.webhook === undefined ? undefined : told(() => readWebhookUrl(options.webhook ?? ''));
  const calendar = await calendarFrom(options.calendar);
  const book = await loadBook(context, options);
  // Without orders, the products of the vendor still have dates.
  if (book.orders.length === 0 && book.products.length === 0) throw noOrders();
  const targets = withinCalendar(() => {
    const groups = windowsOf(book, { given, calendar, today });
    return targetsOf(book, groups, calendar, today);
  });
  const ics =
    options.ics === undefined
      ? undefined
      : writeCalendar(options.ics, calendarFile(targets, 'Jalon : échéances Ségur', today), options.force === true);
  const outcome: Outcome =
    url === undefined
      ? { calendar, today, targets, ics, due: dueReminders(targets, today, new Set()), sent: undefined, signed: false }
      : { calendar, today, targets, ics, ...(await send(context, url, targets, today)) };
  context.out(context.json ? `${JSON.stringify(documentOf(outcome))}\n` : textOf(outcome, terminalWidth()));
  return EXIT.ok;
}

/** Last days of the orders, and dates of the calendar for the couloirs and waves of the orders and products. */
function targetsOf(
  { orders, products }: Book,
  groups: readonly ProductWindow[],
  calendar: Calendar,
  today: CivilDate,
): readonly ReminderTarget[] {
  const lastDays = groups.flatMap(({ couloir, wave, product, window }) =>
    orderTargets({ name: product?.name ?? 'votre produit', couloir, wave }, window, today),
  );
  const dsrs = Map.groupBy([...orders, ...products], ({ couloir, wave }) => `${couloir} ${wave}`);
  const milestones = [...dsrs.values()].flatMap(([first]) =>
    first === undefined ? [] : milestonesOf(first.couloir, first.wave, { calendar }),
  );
  const official = milestones.flatMap(({ milestone }) => (milestone === undefined ? [] : [milestone]));
  const byId = new Map([...lastDays, ...milestoneTargets(official, today)].map((one) => [one.id, one]));
  return [...byId.values()].toSorted((one, other) => (one.date < other.date ? -1 : Number(one.date > other.date)));
}

async function send(context: CliContext, url: URL, targets: readonly ReminderTarget[], today: CivilDate) {
  const secret = process.env[SECRET_VARIABLE] ?? '';
  // A folder of its own: reminders leave while a run of the suite holds the working folder.
  const folder = takeDataFolder(join(resolve(context.dataDir), 'rappels'));
  try {
    const memory = told(() => openMemory(join(folder.path, 'envoyes.json')));
    const due = dueReminders(targets, today, memory.keys);
    const sent: DueReminder[] = [];
    await postReminders(due, {
      url,
      ...(secret === '' ? {} : { secret }),
      today,
      now: context.now,
      taken: (reminders) => {
        memory.add(
          reminders.map(({ key }) => key),
          context.now().toISOString(),
        );
        sent.push(...reminders);
      },
    }).catch((error: unknown) => {
      throw cliErrorOf(error);
    });
    return { due, sent, signed: secret !== '' };
  } finally {
    folder.release();
  }
}

function told<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw cliErrorOf(error);
  }
}

/** An address that is none is a fault of the command line; everything else is a configuration to mend. */
function cliErrorOf(error: unknown): unknown {
  if (!(error instanceof ReminderError)) return error;
  const exitCode = error.code === 'WEBHOOK_URL' ? EXIT.usage : EXIT.configuration;
  return new CliError(error.code, exitCode, error.message, error.remedy, { cause: error });
}

function documentOf({ calendar, today, targets, ics, due, sent, signed }: Outcome) {
  return {
    today,
    calendar: calendar.versions,
    targets: targets.map(({ id, kind, date, time, title }) => ({ id, kind, date, time: time ?? null, title })),
    ics: ics ?? null,
    due: due.map(({ id, target, daysBefore, daysLeft, text }) => ({
      id,
      date: target.date,
      daysBefore,
      daysLeft,
      text,
    })),
    webhook: sent === undefined ? null : { sent: sent.map(({ id }) => id), signed },
  };
}

function textOf({ calendar, today, targets, ics, due, sent, signed }: Outcome, width: number): string {
  const lines = [
    `Rappels au ${frenchDate(today)} : ${targets.length} échéance(s) à venir, ${due.length} rappel(s) ${sent === undefined ? 'du jour' : 'à envoyer'}`,
    ...due.flatMap(({ daysBefore, text }) => wrap(`J-${daysBefore} : ${oneLine(text)}`, width, '  - ')),
    ...(sent === undefined
      ? []
      : [
          `Webhook : ${sent.length} rappel(s) envoyé(s)${signed ? ', signé(s)' : `, non signé(s) : définissez ${SECRET_VARIABLE} pour les signer`}`,
        ]),
    ...(ics === undefined ? [] : [`Calendrier écrit : ${ics}`]),
    ...calendar.versions.flatMap((version) => wrap(`Calendrier officiel : ${versionText(version)}`, width)),
  ];
  return `${lines.join('\n').replaceAll('\u00A0', ' ')}\n`;
}
