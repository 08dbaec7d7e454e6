import { readFileSync } from 'node:fs';
import { parseCivilDate } from '#dsr/dates/index.ts';
import { readEuros } from '#dsr/money/index.ts';
import { readDataFile } from '#dsr/official-data/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { QuoteDocument, QuoteReading } from '../types.ts';
import { readingFinding } from './findings.ts';

type Fields = Readonly<Record<string, unknown>>;

const { $schema, $defs } = JSON.parse(readFileSync(new URL('./quote.schema.json', import.meta.url), 'utf8')) as Fields;
/** One document, or several: asked for apart, so that nobody is told what the other form lacks. */
const ONE = { $schema, $defs, $ref: '#/$defs/document' };
const SEVERAL = { $schema, $defs, $ref: '#/$defs/documents' };

/**
 * Reads documents in JSON: one, or several in an array.
 *
 * @returns places are JSON paths: `/lines/0/ht`, or `/3/lines/0/ht` in an array
 */
export function readQuoteJson(text: string): QuoteReading {
  const reading = readDataFile<Fields | readonly Fields[]>(text, /^\uFEFF?\s*\[/u.test(text) ? SEVERAL : ONE);
  if (!reading.ok) {
    // An amount is a number or a text: what the text lacks is of more help.
    const better = new Set(reading.problems.filter(({ code }) => code !== 'DATA_TYPE').map(({ path }) => path));
    const problems = reading.problems.filter(
      ({ path, code }, index, all) =>
        code !== 'DATA_TYPE' || (!better.has(path) && all.findIndex((other) => other.path === path) === index),
    );
    const told = new Set(problems.map(({ path }) => path));
    return {
      ok: false,
      findings: [
        ...problems.map(({ path, message, remedy }) =>
          readingFinding('QUOTE-READABLE', {
            where: path || 'fichier',
            received: message,
            expected: 'un document du schéma checks/quote/read/quote.schema.json',
            remedy,
          }),
        ),
        // What does not read in the rest of the file is told at once too.
        ...wrongValues(text).filter(({ where }) => !told.has(where)),
      ],
    };
  }
  const documents = Array.isArray(reading.value) ? (reading.value as readonly Fields[]) : [reading.value as Fields];
  const findings: Finding[] = [];
  const subjects = documents.map((fields, index) => {
    const base = Array.isArray(reading.value) ? `/${index}` : '';
    const document = valuesOf(fields, base, findings) as unknown as QuoteDocument;
    return { document, locate: (path: string) => `${base}${path}` };
  });
  return { ok: true, subjects, findings };
}

/** As many as the faults of the schema that are told. */
const MOST_VALUES = 100;
const DATES = new Set(['signedOn', 'referencedOn', 'sentOn', 'deemedCompleteOn', 'advancePeriodEndsOn', 'enrolledOn']);
const AMOUNTS = new Set(['ht', 'ttc', 'residualHt']);

/** Dates and amounts that do not read in a document that its schema refuses; none when it is no JSON. */
function wrongValues(text: string): readonly Finding[] {
  const findings: Finding[] = [];
  try {
    nested(JSON.parse(text.replace(/^\uFEFF/u, '')), '', findings);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return findings.slice(0, MOST_VALUES);
}

/** The same fields with dates and amounts read; one that does not read is left out, and said. */
function valuesOf(fields: Fields, path: string, findings: Finding[]): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const where = `${path}/${name}`;
      const [read, expected] = DATES.has(name)
        ? [parseCivilDate(String(value)), 'une date du calendrier, AAAA-MM-JJ']
        : AMOUNTS.has(name)
          ? [readEuros(String(value)), 'un montant en euros, deux décimales au plus']
          : [nested(value, where, findings), ''];
      if (read !== undefined) return [[name, read]];
      findings.push(readingFinding('QUOTE-VALUE', { where, received: String(value), expected }));
      return [];
    }),
  );
}

function nested(value: unknown, path: string, findings: Finding[]): unknown {
  if (Array.isArray(value)) return value.map((each, index) => nested(each, `${path}/${index}`, findings));
  return typeof value === 'object' && value !== null ? valuesOf(value as Fields, path, findings) : value;
}
