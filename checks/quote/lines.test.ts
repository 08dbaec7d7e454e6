import { describe, expect, it } from 'vitest';
import { cents } from '#dsr/money/index.ts';
import { readLines, stateTotals, type ReadLine } from './lines.ts';
import type { QuoteDocument, QuoteLine } from './types.ts';

const lineOf = (line: Partial<QuoteLine>, document: Partial<QuoteDocument> = {}): ReadLine => {
  const [read] = readLines({ kind: 'quote', ...document, lines: [{ label: 'Lot', ...line }] });
  if (read === undefined) throw new Error('no line');
  return read;
};

describe('a line', () => {
  it.each<readonly [boolean, Partial<QuoteLine>]>([
    [false, {}],
    [false, { payer: 'client' }],
    [true, { payer: 'state' }],
    [true, { payer: 'shared' }],
    [true, { payer: 'client', dsr: ['SGL'] }],
    [true, { label: 'Prestation Ségur' }],
    [false, { dsr: [] }],
  ])('is of the Ségur service: %s, %j', (segur, line) => {
    expect(lineOf(line).segur).toBe(segur);
  });

  it.each<readonly [Partial<QuoteLine>, number | undefined, number]>([
    [{ payer: 'state', ht: cents(1000) }, 1000, 0],
    [{ payer: 'state', ht: cents(1000), residualHt: cents(200) }, 800, 200],
    [{ payer: 'shared', ht: cents(1000), residualHt: cents(300) }, 700, 300],
    [{ payer: 'client', ht: cents(1000) }, undefined, 1000],
    [{ payer: 'client', ttc: cents(1200) }, undefined, 1200],
    [{ payer: 'client' }, undefined, 0],
    [{ ht: cents(1000) }, undefined, 0],
    [{ payer: 'state' }, undefined, 0],
  ])('is shared between the State and the client: %j', (line, state, client) => {
    const { stateHt, clientPart } = lineOf(line);
    expect([stateHt, clientPart]).toEqual([state, client]);
  });

  it.each<readonly [string, Partial<QuoteLine>, Partial<QuoteDocument>, readonly string[]]>([
    ['its label names two together', { label: 'SGL et LOINC', dsr: ['SGL'] }, {}, ['SGL 1', 'LOINC 1']],
    ['its column names one', { label: 'Interface LOINC', dsr: ['SGL'] }, { couloir: 'RIS' }, ['SGL 1']],
    ['the document names one', { label: 'Lot SGL' }, { couloir: 'RIS', wave: '2' }, ['RIS 2']],
    ['its label alone names one', { label: 'Lot SGL' }, {}, ['SGL 1']],
    ['an interface alone names one', { label: 'Interface LOINC' }, {}, ['LOINC 1']],
    ['an interface stands before', { label: 'Interface DPI du SGL' }, {}, ['SGL 1']],
    ['it says the wave', { dsr: ['SGL-VA2'] }, { wave: '1' }, ['SGL 2']],
    ['twice the same', { dsr: ['SGL-VA1', 'SGL'] }, {}, ['SGL 1']],
  ])('has its DSR: %s', (_, line, document, named) => {
    expect(lineOf(line, document).dsr.map(({ couloir, wave }) => `${couloir} ${wave}`)).toEqual(named);
  });

  it.each<readonly [Partial<QuoteLine>, Partial<QuoteDocument>, readonly string[]]>([
    [{ label: 'Interface LOINC', dsr: ['SGL'] }, {}, []],
    [{ label: 'Interface LOINC' }, {}, []],
    [{ label: 'SGL et LOINC', dsr: ['SGL'] }, {}, []],
    [{ label: 'SGL pour LOINC' }, {}, ['LOINC']],
    [{ label: 'SGL pour LOINC', dsr: ['SGL', 'LOINC'] }, {}, []],
    // The label is not the one that the column, or the document, names.
    [{ label: 'Prestation LOINC', dsr: ['SGL'] }, {}, ['LOINC']],
    [{ label: 'Prestation LOINC' }, { couloir: 'SGL' }, ['LOINC']],
    [{ label: 'Prestation' }, { couloir: 'SGL' }, []],
  ])('leaves its DSR unclear: %j, %j', (line, document, unclear) => {
    expect(lineOf(line, document).dsrUnclear).toEqual(unclear);
  });

  it('sells what its category says, and what its words say beside', () => {
    const seen = (line: Partial<QuoteLine>) => lineOf(line).natures.map(({ category, seen }) => `${category} ${seen}`);
    expect(seen({ label: 'Formation', category: 'formation' })).toEqual(['formation nature « Formation »']);
    expect(seen({ label: 'Formation', category: 'maintenance' })).toEqual([
      'maintenance nature « Maintenance »',
      'formation « Formation » dans le libellé',
    ]);
    expect(seen({ label: 'Formation' })).toEqual(['formation « Formation » dans le libellé']);
    expect(seen({ label: 'Lot' })).toEqual([]);
  });
});

it('what the State bears is added up by DSR, over the lines that name one alone', () => {
  const lines = readLines({
    kind: 'quote',
    lines: [
      { label: 'a', payer: 'state', dsr: ['SGL'], ht: cents(100), ttc: cents(120) },
      { label: 'b', payer: 'shared', dsr: ['SGL'], ht: cents(50), ttc: cents(60), residualHt: cents(10) },
      { label: 'c', payer: 'state', dsr: ['SGL', 'LOINC'], ht: cents(1000) },
      { label: 'd', payer: 'state', dsr: ['LOINC'], ttc: cents(7) },
      { label: 'e', payer: 'client', dsr: ['SGL'], ht: cents(9) },
    ],
  });
  const totals = stateTotals(lines).map(({ dsr, ht, ttc, lines }) => [dsr.couloir, ht, ttc, lines.length]);
  expect(totals).toEqual([['SGL', 140, 180, 2]]);
});
