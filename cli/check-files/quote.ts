import { checkQuotes, quoteVerdict, readQuoteFile, type QuoteSubject } from '#checks/quote/index.ts';
import { loadCalendar } from '#dsr/calendar/index.ts';
import { loadScales } from '#dsr/scales/index.ts';
import { editionSentences } from '../editions.ts';
import { dated } from '../quote-subjects.ts';
import { gather } from './findings.ts';
import { readWhole } from './read-file.ts';
import type { Kind, Outcome } from './types.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** Quotes, orders, invoices, requests and enrolments; read one by one, then judged together (one request by instance…). */
export const QUOTE: Kind = {
  name: 'quote',
  title: 'devis, bon de commande, facture, demande ou enrôlement (.json, .xlsx, .csv)',
  uses: ['scales', 'calendar'],
  editions: ({ scales = loadScales(), calendar = loadCalendar() }) => editionSentences({ scales, calendar }),
  async judge(files, { scales, calendar }) {
    const readings = await Promise.all(files.map((file) => readOne(file)));
    const judged = checkQuotes(
      readings.flatMap(({ subjects }) => subjects.map((subject) => dated(subject, calendar))),
      scales === undefined ? {} : { scales },
    );
    let next = 0;
    return readings.map(({ subjects, outcome }): Outcome => {
      const own = judged.slice(next, next + subjects.length).flat();
      next += subjects.length;
      if (!outcome.readable) return outcome;
      const gathered = gather();
      gathered.add([...outcome.findings, ...own]);
      const toVerify = quoteVerdict([...outcome.findings, ...own]) === 'a-verifier';
      return { findings: gathered.findings, readable: true, ...(toVerify ? { toVerify } : {}) };
    });
  },
};

async function readOne(
  file: string,
): Promise<{ readonly subjects: readonly QuoteSubject[]; readonly outcome: Outcome }> {
  const reading = await readWhole(file, MAX_BYTES);
  if (!reading.ok) return { subjects: [], outcome: reading.outcome };
  const read = await readQuoteFile(reading.bytes);
  return { subjects: read.ok ? read.subjects : [], outcome: { findings: read.findings, readable: read.ok } };
}
