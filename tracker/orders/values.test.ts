import { describe, expect, it } from 'vitest';
import { columnLetter } from './column-letter.ts';
import { columnNamed, columnOf, COLUMNS, fold } from './columns.ts';
import { readChoice, readDay, readRate } from './values.ts';

describe('a rate', () => {
  it.each([
    ['20', 2000],
    ['20 %', 2000],
    ['20,0', 2000],
    ['8.5%', 850],
    ['5,5', 550],
    ['2,1', 210],
    ['0', 0],
    ['0,00', 0],
    ['0.2', 2000],
    ['0,055', 550],
    ['0,5 %', 50],
    ['1', 100],
    ['100', 10_000],
  ])('%s is %i ten-thousandths', (text, rate) => expect(readRate(text)).toBe(rate));

  it.each(['', '100,01', '200', '-5', 'vingt', '20,001', '1e1', '0.00001'])('%j is none', (text) =>
    expect(readRate(text)).toBeUndefined(),
  );
});

describe('a day', () => {
  it.each(['2022-02-01', '01/02/2022', '1/2/2022', ' 2022-02-01 ', '2022-02-01 00:00', '2022-02-01T00:00:00'])(
    '%j is read',
    (text) => expect(readDay(text)).toBe('2022-02-01'),
  );

  it.each(['2022-02-01 08:30', '2022-02-30', '02-01-2022', '44593', ''])('%j is none', (text) =>
    expect(readDay(text)).toBeUndefined(),
  );
});

describe('a choice', () => {
  it('is read by its code and by the words that people write', () => {
    expect(readChoice('signature', 'PRO-SANTÉ-CONNECT')).toBe('pro-sante-connect');
    expect(readChoice('reserves', 'Réserves')).toBeUndefined();
    expect(readChoice('amendment-status', 'à déposer')).toBe('a-deposer');
    expect(readChoice('yes-no', 'X')).toBe('oui');
  });
});

describe('the columns', () => {
  it('are named by nothing that names another', () => {
    const names = COLUMNS.flatMap((column) => [...new Set([column.name, column.title, ...column.aliases].map(fold))]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('are found whatever case, accents and signs', () => {
    expect(columnOf('  n°  DE Bon_de_commande * ')?.name).toBe('number');
    expect(columnOf('Date de signature')?.name).toBe('signedOn');
    expect(columnOf('')).toBeUndefined();
    expect(() => columnNamed('inconnue')).toThrow(RangeError);
  });

  it('have the letters of a spreadsheet', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetter)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
  });
});
