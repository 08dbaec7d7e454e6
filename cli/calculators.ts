import {
  CATEGORIES,
  checkQuotes,
  CONTROLS,
  DOCUMENT_FIELDS,
  KINDS,
  LINE_COLUMNS,
  PAYERS,
  quoteTemplate,
  quoteVerdict,
  readQuoteFile,
  readQuoteJson,
  RULES,
  SENTENCES,
  SIGNATURES,
  type QuoteReading,
} from '#checks/quote/index.ts';
import { loadCalendar, type Calendar } from '#dsr/calendar/index.ts';
import { versionText } from '#dsr/official-data/index.ts';
import { loadCategories } from '#dsr/rem/index.ts';
import { loadScales, type Scales } from '#dsr/scales/index.ts';
import { computeSunes, readSunesCounts, sunesTemplate } from '#dsr/sun-es/index.ts';
import { readTables } from '#formats/table/index.ts';
import type { Calculators, ChoiceView, QuoteReportView, SunesReportView } from '#tracker/api/index.ts';
import { dated } from './quote-subjects.ts';

/** Official tables that the pages compute with. */
export interface Figures {
  readonly scales: Scales;
  readonly calendar: Calendar;
}

/** What the pages of the tracker ask for and the tracker may not know: here the rules and the readers meet it. */
export const calculators = (figures: Figures = { scales: loadScales(), calendar: loadCalendar() }): Calculators => ({
  quoteForm: () => ({
    kinds: choices(KINDS),
    couloirs: loadCategories().map(({ code, title }) => ({ value: code, label: `${code} · ${title}` })),
    categories: choices(CATEGORIES),
    payers: choices(PAYERS),
    signatures: choices(SIGNATURES),
    stateLabel: SENTENCES.state,
    controls: CONTROLS.map(({ id, title }) => ({ id, title })),
  }),
  checkQuoteTyped: async (document) => report(readQuoteJson(JSON.stringify(document)), figures, placeOnPage),
  checkQuoteFile: async ({ bytes }) => report(await readQuoteFile(bytes), figures),
  quoteTemplate,
  sunes,
  sunesTemplate: () => sunesTemplate(),
});

function choices(terms: Readonly<Record<string, { readonly title: string }>>): readonly ChoiceView[] {
  return Object.entries(terms).map(([value, { title }]) => ({ value, label: title }));
}

/** `/lines/1/ht` is « ligne 2, Montant HT » for who typed it. */
function placeOnPage(path: string): string {
  const [, field = '', rank, column] = path.split('/');
  const titled = (name: string | undefined): string | undefined =>
    [...LINE_COLUMNS, ...DOCUMENT_FIELDS].find((one) => one.field === name)?.title;
  if (field !== 'lines') return titled(path.slice(1)) ?? titled(field) ?? 'document';
  if (rank === undefined) return 'lignes';
  const title = titled(column);
  return `ligne ${Number(rank) + 1}${title === undefined ? '' : `, ${title}`}`;
}

/** @param place of a path, for a document that has no file of its own */
function report(
  reading: QuoteReading,
  { scales, calendar }: Figures,
  place?: (path: string) => string,
): QuoteReportView {
  const subjects = reading.ok ? reading.subjects.map((subject) => dated(subject, calendar)) : [];
  const read = reading.findings.map((finding) => ({
    ...finding,
    where: place !== undefined && finding.where.startsWith('/') ? place(finding.where) : finding.where,
  }));
  const judged = checkQuotes(
    subjects.map((subject) => (place === undefined ? subject : { ...subject, locate: place })),
    { scales },
  ).flat();
  const findings = [...read, ...judged];
  return {
    verdict: reading.ok ? quoteVerdict(findings) : 'non-verifiable',
    documents: subjects.map(
      ({ document: { kind, number } }) => `${KINDS[kind].title}${number === undefined ? '' : ` ${number}`}`,
    ),
    findings: findings.map((finding) => ({
      ...finding,
      title: RULES.find(({ id }) => id === finding.rule)?.title ?? '',
      controls: CONTROLS.filter(({ id }) => finding.requirements.includes(id)).map(({ id, title }) => ({ id, title })),
    })),
    scales: scales.versions.map(versionText).join(' ; '),
    calendar: calendar.versions.map(versionText).join(' ; '),
  };
}

async function sunes({ bytes }: { readonly bytes: Uint8Array }): Promise<SunesReportView> {
  const reading = await readTables(bytes);
  if (!reading.ok) {
    const { code, message, remedy } = reading.fault;
    return { ...computeSunes([]), kept: 0, rows: 0, errors: [{ code, where: 'fichier', message, remedy }] };
  }
  // Of a workbook, the first sheet that holds something: the others are notes of the user.
  const table = reading.tables.find(({ rows }) => rows.some(({ cells }) => cells.some((cell) => cell.trim() !== '')));
  const { counts, errors, rows } = readSunesCounts(table ?? { name: '', rows: [] });
  return {
    ...computeSunes(counts),
    kept: counts.length,
    rows,
    errors: errors.map(({ code, row, column, header, message, remedy }) => ({
      code,
      where:
        row === 0
          ? 'fichier'
          : `ligne ${row}${column === '' ? '' : `, colonne ${column} ${header && `« ${header} »`}`}`.trim(),
      message,
      remedy,
    })),
  };
}
