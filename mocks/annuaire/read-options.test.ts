import { describe, expect, it } from 'vitest';
import { BenchError } from '../errors.ts';
import layout from './data/extraction-layout.json' with { type: 'json' };
import { readExtractionOptions } from './index.ts';

function refused(value: unknown): BenchError {
  try {
    readExtractionOptions(typeof value === 'string' ? value : JSON.stringify(value), 'extraction.json');
  } catch (error) {
    if (error instanceof BenchError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('settings of the extraction in a file', () => {
  it('keeps what is known, and takes the layout of the bench as it is written', () => {
    expect(readExtractionOptions('{}')).toEqual({});
    const given = { ageDays: 2, damage: 'extraction-html', separator: ';', quoted: true };
    expect(readExtractionOptions(JSON.stringify({ source: 'téléchargé le 1er', ...given }))).toEqual(given);
    const { source: _source, date: _date, confirmed: _confirmed, ...format } = layout;
    expect(readExtractionOptions(JSON.stringify(layout))).toEqual(format);
  });

  it.each<[unknown, string]>([
    ['{', 'pas du JSON'],
    [{ age: 2 }, '« age » est inconnu'],
    [{ ageDays: -1 }, '/ageDays : 0 au moins'],
    [{ ageDays: 4000 }, '/ageDays : 3650 au plus'],
    [{ ageDays: '2' }, '/ageDays : un nombre entier est attendu'],
    [{ damage: 'extraction-perdue' }, 'admis : extraction-tronquee, extraction-html'],
    [{ separator: '' }, '/separator : vide'],
    [{ personneActivite: { archive: 'a.zip', file: 'a.txt' } }, '« columns » manque'],
    [
      { personneActivite: { archive: 'a.zip', file: '../a.txt', columns: [{ title: 'RPPS', field: 'numero' }] } },
      '/personneActivite/file : valeur mal écrite',
    ],
  ])('refuses %j', (value, told) => {
    const error = refused(value);
    expect(error.code).toBe('EXTRACTION_OPTIONS');
    expect(error.message).toContain('Les réglages de l’extraction de l’annuaire (extraction.json) ne se lisent pas');
    expect(error.message).toContain(told);
    expect(error.remedy).toContain('extraction-layout.json');
  });
});
