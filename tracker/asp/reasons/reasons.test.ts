import { describe, expect, it } from 'vitest';
import { day } from '../asp.fixture.ts';
import {
  AMENDMENT_WORDS,
  dayInFrench,
  deadlineInFrench,
  inOrder,
  KIND_WORDS,
  PIECE_WORDS,
  rateInFrench,
  REASON_CODES,
  reasonOf,
  STATUS_WORDS,
} from './index.ts';

const SPACE = '\u00A0';

describe('a reason', () => {
  it('has its facts in both sentences, and its source', () => {
    const facts = { request: 'avance.1', status: 'validée', way: 'Attendez.' };
    expect(reasonOf('ASP_ADVANCE_UNDECIDED', 'BC-1', 'instance', facts)).toEqual({
      code: 'ASP_ADVANCE_UNDECIDED',
      order: 'BC-1',
      where: 'instance',
      what: 'L’avance avance.1 est « validée », pas encore décidée et payée.',
      remedy: 'Attendez.',
      source: 'FAQ de l’ASP',
    });
    expect(reasonOf('ASP_ORDER_UNSIGNED', 'BC-1', 'signedOn').what).toBe(
      'Aucune date de signature du client sur le bon de commande.',
    );
  });

  it('is never told with a hole', () => {
    expect(() => reasonOf('ASP_ORDER_TWICE', 'BC-1', 'number')).toThrow(
      new RangeError('ASP_ORDER_TWICE needs the fact number'),
    );
    expect(() => reasonOf('ASP_ORDER_TWICE', 'BC-1', 'number', Object.create({ number: 'inherited' }))).toThrow(
      RangeError,
    );
  });

  it('keeps the order of the table, and that of the places within one code', () => {
    const of = (code: (typeof REASON_CODES)[number], where: string) =>
      reasonOf(code, 'BC-1', where, { number: '1', site: 'S' });
    const [first, second, third] = [
      of('ASP_ORDER_TWICE', 'a'),
      of('ASP_SITE_REPEATED', 'b'),
      of('ASP_SITE_REPEATED', 'c'),
    ];
    expect(inOrder([second, third, first])).toEqual([first, second, third]);
    expect(inOrder([third, second])).toEqual([third, second]);
    expect(REASON_CODES[0]).toBe('ASP_ORDER_TWICE');
  });
});

describe('words', () => {
  it('of dates, rates and deadlines', () => {
    expect(dayInFrench(day('2022-06-14'))).toBe('14/06/2022');
    expect([rateInFrench(2000), rateInFrench(550), rateInFrench(0)]).toEqual([
      `20${SPACE}%`,
      `5,5${SPACE}%`,
      `0${SPACE}%`,
    ]);
    expect(deadlineInFrench({ date: day('2023-12-14'), time: '14:00' })).toBe('14/12/2023 à 14:00');
    expect(deadlineInFrench({ date: day('2022-11-30') })).toBe('30/11/2022 au soir');
  });

  it('of kinds, statuses, pieces and amendments', () => {
    expect(KIND_WORDS).toEqual({ avance: 'd’avance', solde: 'de solde' });
    expect(STATUS_WORDS).toEqual({
      preparee: 'préparée',
      deposee: 'déposée',
      validee: 'validée',
      'a-modifier': 'à modifier',
      incomplete: 'incomplète',
      'decidee-et-payee': 'décidée et payée',
      'risque-de-recouvrement': 'risque de recouvrement',
    });
    expect(PIECE_WORDS).toEqual({
      quote: 'le devis',
      order: 'le bon de commande signé',
      invoice: 'la facture',
      va: 'la VA signée',
      mom: 'la MOM signée',
      other: 'une autre pièce',
    });
    expect(AMENDMENT_WORDS).toEqual({
      'a-deposer': 'à déposer',
      deposee: 'déposé',
      'decidee-et-payee': 'décidé et payé',
      abandonnee: 'abandonné',
    });
  });
});
