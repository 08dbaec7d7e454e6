import type { Breach } from '../../rule/index.ts';
import type { CivilDate } from '#dsr/dates/index.ts';
import { SIGNATURES } from '../vocabulary.ts';
import { day } from '../written.ts';
import type { Judge, Judges } from './types.ts';

const OVER_120 = 'signed-more-than-120-days-before-complete-file';
const AFTER_PERIOD = 'signed-after-advance-period';

const dayOr = (date: CivilDate | null | undefined): string => (date ? day(date) : 'date inconnue');

const signed: Judge = ({ document: { signedOn, signature }, locate }) => {
  const unsigned: readonly Breach[] =
    signedOn === undefined ? [{ where: locate('/signedOn'), received: 'aucune date de signature' }] : [];
  const unknown: readonly Breach[] =
    signature === undefined ? [{ where: locate('/signature'), received: 'aucune façon de signer' }] : [];
  return [...unsigned, ...unknown];
};

const signatureKind: Judge = ({ document, locate }) =>
  document.signature === 'autre' ? [{ where: locate('/signature'), received: SIGNATURES.autre.title }] : [];

/** The days are counted by the window; here its answer is put on the document. */
const window120: Judge = ({ window, document, locate }) => {
  if (window?.reasons.includes(OVER_120) !== true) return [];
  const { daysBeforeCompleteFile, lastDayForCompleteFile } = window;
  return [
    {
      where: locate('/signedOn'),
      received: `signature du ${dayOr(document.signedOn)}, ${daysBeforeCompleteFile} jours avant le dossier complet${document.deemedCompleteOn === undefined ? '' : ` du ${day(document.deemedCompleteOn)}`}`,
      expected: `un dossier réputé complet au plus tard le ${dayOr(lastDayForCompleteFile)}, 120 jours après la signature`,
    },
  ];
};

const windowPending: Judge = ({ window, document, locate }) => {
  // Without a signature, QUOTE-SIGNED has said it.
  if (document.signedOn === undefined) return [];
  if (window === undefined) return [{ where: locate('/signedOn'), received: 'fenêtre non calculée' }];
  if (window.status !== 'pending') return [];
  const last = window.lastDayForCompleteFile;
  return [
    {
      where: locate('/deemedCompleteOn'),
      received: `aucune date de dossier complet${last === null ? '' : ` ; dernier jour : ${day(last)}`}`,
    },
  ];
};

const advancePeriod: Judge = ({ window, document: { signedOn, advancePeriodEndsOn }, locate }) => {
  const late = signedOn !== undefined && advancePeriodEndsOn !== undefined && signedOn > advancePeriodEndsOn;
  if (!late && window?.reasons.includes(AFTER_PERIOD) !== true) return [];
  const end = advancePeriodEndsOn === undefined ? '' : `, fin de la période le ${dayOr(advancePeriodEndsOn)}`;
  return [{ where: locate('/signedOn'), received: `signature du ${dayOr(signedOn)}${end}` }];
};

const advancePeriodKnown: Judge = ({ document, locate }) =>
  document.advancePeriodEndsOn === undefined
    ? [{ where: locate('/advancePeriodEndsOn'), received: 'aucune fin de période' }]
    : [];

export const DATE_JUDGES: Judges = {
  'QUOTE-SIGNED': signed,
  'QUOTE-SIGNATURE-KIND': signatureKind,
  'QUOTE-WINDOW-120': window120,
  'QUOTE-WINDOW-PENDING': windowPending,
  'QUOTE-ADVANCE-PERIOD': advancePeriod,
  'QUOTE-ADVANCE-PERIOD-KNOWN': advancePeriodKnown,
};
