import type { CivilDate, Deadline } from '#dsr/dates/index.ts';
import type { AttachmentKind } from '../../orders/types.ts';
import type { DepositStatus, RequestKind } from '../types.ts';

/** `14/06/2022`. */
export function dayInFrench(date: CivilDate): string {
  return date.split('-').reverse().join('/');
}

/** A rate in ten-thousandths as a percentage: `20 %`, `5,5 %`. */
export function rateInFrench(rate: number): string {
  return `${String(rate / 100).replace('.', ',')}\u00A0%`;
}

/** `14/12/2023 à 14:00` ; a deadline without hour ends with its day. */
export function deadlineInFrench(deadline: Deadline): string {
  return deadline.time === undefined
    ? `${dayInFrench(deadline.date)} au soir`
    : `${dayInFrench(deadline.date)} à ${deadline.time}`;
}

export const KIND_WORDS: Readonly<Record<RequestKind, string>> = { avance: 'd’avance', solde: 'de solde' };

export const STATUS_WORDS: Readonly<Record<DepositStatus, string>> = {
  preparee: 'préparée',
  deposee: 'déposée',
  validee: 'validée',
  'a-modifier': 'à modifier',
  incomplete: 'incomplète',
  'decidee-et-payee': 'décidée et payée',
  'risque-de-recouvrement': 'risque de recouvrement',
};

export const PIECE_WORDS: Readonly<Record<AttachmentKind, string>> = {
  quote: 'le devis',
  order: 'le bon de commande signé',
  invoice: 'la facture',
  va: 'la VA signée',
  mom: 'la MOM signée',
  other: 'une autre pièce',
};

export const AMENDMENT_WORDS = {
  'a-deposer': 'à déposer',
  deposee: 'déposé',
  'decidee-et-payee': 'décidé et payé',
  abandonnee: 'abandonné',
} as const;
