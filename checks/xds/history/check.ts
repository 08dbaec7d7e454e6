import type { Finding } from '#dsr/verdict/index.ts';
import { readCda } from '#formats/cda/index.ts';
import {
  classifications,
  DOCUMENT_ENTRY,
  parseXcn,
  slot,
  slotValues,
  SUBMISSION_SET,
  type Classification,
  type ExtrinsicObject,
} from '#formats/ebrim/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { openReport, type Report } from '../../report/index.ts';
import { isSignatureEntry, readSubmission, type Submission } from '../submission.ts';
import { dmpRequestOf } from '../transaction.ts';
import { HISTORY_RULES, type HistoryRule } from './rules.ts';

export interface HistoryOptions {
  /** Instant of the act. */
  readonly actAt: Date;
  /** Who wrote the document then: family name, and PS_IdNat when it is known. */
  readonly author?: { readonly lastName: string; readonly nationalId?: string };
  /** That person is no longer in the RPPS: the structure must be an author too. */
  readonly authorGone?: boolean;
}

/**
 * Judges the feeding (TD2.1) of a document of the past. A request that cannot be read is for `checkSubmission`.
 *
 * @param source an exchange of the journal
 */
export function checkHistoryFeeding(source: HttpExchange, options: HistoryOptions): readonly Finding[] {
  const report = openReport(HISTORY_RULES);
  const { contentType, body } = dmpRequestOf(source);
  const reading = readSubmission(contentType, body);
  if (!reading.ok) return report.findings;
  const { submission } = reading;
  const { objects } = submission;
  const entries = objects?.documents.filter((entry) => !isSignatureEntry(entry)) ?? [];
  for (const entry of entries) {
    checkDates(report, entry, submission, options);
    checkAuthors(report, entry, options);
  }
  const set = objects?.submissionSet;
  if (set && options.authorGone === true && !hasStructure(classifications(set, SUBMISSION_SET.author), options)) {
    missingStructure(report, set.path, classifications(set, SUBMISSION_SET.author), 'du lot');
  }
  return report.findings;
}

function checkDates(
  report: Report<HistoryRule>,
  entry: ExtrinsicObject,
  submission: Submission,
  { actAt }: HistoryOptions,
): void {
  const day = civilDay(actAt);
  const wrong = (where: string, received: string): void =>
    report.add('DMP-HISTORY-DATE', {
      where,
      received: received || 'absent',
      expected: `une date du ${day}, celle de l’acte`,
      remedy:
        'Datez le document de l’acte (serviceEvent/effectiveTime), même quand son CDA est refait le jour de l’envoi.',
    });
  const start = slot(entry, 'serviceStartTime');
  const value = start?.values[0] ?? '';
  if (!isDay(value, '+0000', day)) wrong(start?.path ?? entry.path, value);
  const bytes = submission.documents.find(({ id }) => id === entry.id)?.bytes;
  const cda = bytes === undefined ? undefined : readCda(bytes);
  if (cda?.ok !== true) return;
  const [event] = cda.document.serviceEvents;
  const low = event?.low?.value ?? '';
  if (!isDay(low, '', day)) wrong(`document ${entry.id}, ${event?.low?.path ?? '/ClinicalDocument'}`, low);
}

/** Whether an HL7 time, in its own zone or in the one that goes without saying, is on that French day. */
function isDay(value: string, zone: string, day: string): boolean {
  const parts = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?(?:\.\d+)?([+-]\d{4})?)?$/.exec(value);
  if (!parts) return false;
  const [, year, month, date, hour, minute, second = '00', offset = zone] = parts;
  // A day without time, or a time without zone, is written as one reads it.
  if (hour === undefined || offset === '') return `${year}-${month}-${date}` === day;
  const written = `${year}-${month}-${date}T${hour}:${minute}:${second}${offset.slice(0, 3)}:${offset.slice(3)}`;
  const at = new Date(written);
  return !Number.isNaN(at.getTime()) && civilDay(at) === day;
}

const PARIS = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** `YYYY-MM-DD` in France. */
function civilDay(at: Date): string {
  return PARIS.format(at);
}

function checkAuthors(report: Report<HistoryRule>, entry: ExtrinsicObject, options: HistoryOptions): void {
  const authors = classifications(entry, DOCUMENT_ENTRY.author);
  const { author } = options;
  const people = authors.flatMap((one) => slotValues(one, 'authorPerson')).map((value) => parseXcn(value));
  const isAuthor = ({ id, familyName }: (typeof people)[number]): boolean =>
    author?.nationalId === undefined
      ? familyName.toUpperCase() === author?.lastName.toUpperCase()
      : id === author.nationalId;
  if (author && !people.some(isAuthor)) {
    report.add('DMP-HISTORY-AUTHOR', {
      where: entry.path,
      received: describe(authors),
      expected: `${author.lastName}, l’auteur d’origine, parmi les auteurs du document`,
      remedy: 'Gardez comme auteur la personne qui a écrit le document, même si elle est partie.',
    });
  }
  if (options.authorGone === true && !hasStructure(authors, options))
    missingStructure(report, entry.path, authors, 'du document');
}

function missingStructure(
  report: Report<HistoryRule>,
  where: string,
  authors: readonly Classification[],
  of: string,
): void {
  report.add('DMP-HISTORY-AUTHOR', {
    where,
    received: describe(authors),
    expected: `la structure parmi les auteurs ${of} (authorPerson d’un système de la structure)`,
    remedy: 'Ajoutez la personne morale aux auteurs : le document resterait sinon illisible une fois masqué.',
  });
}

/**
 * authorPerson of a structure is its system: XCN-10 `U`, XCN-13 `RI` or `EI` (protocols.md §2.5). A person without national
 * number is written so too: not the author of then.
 */
function hasStructure(authors: readonly Classification[], { author }: HistoryOptions): boolean {
  return authors
    .flatMap((one) => slotValues(one, 'authorPerson'))
    .map((value) => parseXcn(value))
    .some(
      ({ familyName, identifierType, nameType }) =>
        nameType === 'U' &&
        ['RI', 'EI'].includes(identifierType) &&
        familyName.toUpperCase() !== author?.lastName.toUpperCase(),
    );
}

function describe(authors: readonly Classification[]): string {
  return authors.flatMap((one) => slotValues(one, 'authorPerson')).join(' ; ') || 'aucun auteur';
}
