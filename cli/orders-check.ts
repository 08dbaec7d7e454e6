import type { Command } from 'commander';
import type { Calendar } from '#dsr/calendar/index.ts';
import type { Scales } from '#dsr/scales/index.ts';
import type { Finding, Verdict } from '#dsr/verdict/index.ts';
import type { PaymentRequest } from '#tracker/asp/index.ts';
import { EXIT } from '#tracker/domain/index.ts';
import { findingLines } from './check-files/index.ts';
import type { Action, CliContext } from './context.ts';
import { editionLines, editionsDocument } from './editions.ts';
import { calendarFrom, calendarOption, scalesFrom, scalesOption } from './official-data.ts';
import type { OrderPaper } from './order-papers.ts';
import { terminalWidth, wrap } from './table.ts';

interface CheckOptions {
  readonly orders?: string;
  readonly vendor?: string;
  readonly calendar?: string;
  readonly scales?: string;
}

/** Checks of an order, its invoice and its requests; those of the quote before it need its lines (`jalon check quote`). */
const CONTROLS = Array.from({ length: 12 }, (_, index) => `Q${index + 9}`);

/** `jalon orders check`: the checks Q9 to Q20 on the orders of the book. */
export function ordersCheckCommand(orders: Command, play: (command: Command, action: Action) => Promise<void>): void {
  const command = orders
    .command('check')
    .description('contrôles Q9 à Q20 des bons du carnet : mention, 120 jours, montants, signature, sites, VA, avenants')
    .option('--orders <fichier>', 'liste de bons de commande (par défaut : ceux du suivi)')
    .option('--vendor <fichier>', 'fichier de l’éditeur (par défaut : editeur.json du dossier de travail)');
  scalesOption(calendarOption(command)).action((options: CheckOptions, sub: Command) =>
    play(sub, (context) => check(context, options)),
  );
}

/** What shows only when requests are read together. */
const TOGETHER = ['Q13', 'Q14'];

interface CheckedOrder {
  readonly order: string;
  readonly client: string;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

async function check(context: CliContext, options: CheckOptions): Promise<number> {
  const { loadBook, noOrders } = await import('./window-book.ts');
  const { checkQuotes, quoteVerdict } = await import('#checks/quote/index.ts');
  const { papersOf, requestPapers } = await import('./order-papers.ts');
  const calendar = await calendarFrom(options.calendar);
  const scales = await scalesFrom(options.scales);
  const book = await loadBook(context, options);
  if (book.orders.length === 0) throw noOrders();
  // A list given by hand has no requests: those of the folder are of other orders.
  const requests = options.orders === undefined ? await keptRequests(context.dataDir) : [];
  const judge = (
    papers: readonly OrderPaper[],
    controls: readonly string[],
  ): readonly (readonly [string, Finding])[] => {
    const judged = checkQuotes(
      papers.map(({ subject }) => subject),
      { scales, controls },
    );
    return papers.flatMap(({ order }, index) => (judged[index] ?? []).map((finding) => [order, finding] as const));
  };
  const findings = Map.groupBy(
    [...judge(papersOf(book, calendar), CONTROLS), ...judge(requestPapers(book.orders, requests), TOGETHER)],
    ([order]) => order,
  );
  const checked = book.orders.map((order): CheckedOrder => {
    const own = (findings.get(order.number) ?? []).map(([, finding]) => finding);
    return { order: order.number, client: order.client.name, verdict: quoteVerdict(own), findings: own };
  });
  context.out(
    context.json
      ? `${JSON.stringify({ orders: checked, summary: summaryOf(checked), ...editionsDocument({ scales, calendar }) })}\n`
      : textOf(checked, scales, calendar),
  );
  return checked.some(({ verdict }) => verdict === 'non-conforme') ? EXIT.product : EXIT.ok;
}

async function keptRequests(dataDir: string): Promise<readonly PaymentRequest[]> {
  const { readBook } = await import('./book.ts');
  return readBook(dataDir, (tracker) => tracker.paymentRequests());
}

function summaryOf(checked: readonly CheckedOrder[]): Readonly<Record<string, number>> {
  const of = (verdict: Verdict): number => checked.filter((one) => one.verdict === verdict).length;
  return {
    total: checked.length,
    conforme: of('conforme'),
    'non-conforme': of('non-conforme'),
    'a-verifier': of('a-verifier'),
  };
}

/** Orders with something to say, one after the other; those without are only counted. */
function textOf(checked: readonly CheckedOrder[], scales: Scales, calendar: Calendar): string {
  const files = checked
    .filter(({ findings }) => findings.length > 0)
    .map(({ order, client, verdict, findings }) => ({ file: `${order} (${client})`, verdict, findings }));
  const { total, conforme = 0, 'non-conforme': wrong = 0, 'a-verifier': doubtful = 0 } = summaryOf(checked);
  const width = terminalWidth();
  return [
    ...files.flatMap((file) => [...findingLines(file, width), '']),
    ...wrap(
      `${total} bon(s) contrôlé(s) : ${conforme} conforme(s), ${wrong} non conforme(s), ${doubtful} à vérifier.`,
      width,
    ),
    ...editionLines({ scales, calendar }, width),
    '',
  ].join('\n');
}
