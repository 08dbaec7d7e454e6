import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cxFault, insFault, oidFault, specialtyFault, timeFault, xcnFault, xonFault } from './fields.ts';

const PERSON = '899700000001^BLUE^EVA^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS';
const STRUCTURE = 'LABO TEST^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^10B0000001';

/** The same value with one component emptied, counted from 1. */
const emptied = (value: string, rank: number): string =>
  value
    .split('^')
    .map((component, index) => (index === rank - 1 ? '' : component))
    .join('^');

describe('fields of metadata', () => {
  it('takes the published shapes', () => {
    expect(xcnFault(PERSON)).toBeUndefined();
    expect(xcnFault('10B0000001/LIS^LOGICIEL^MODELE^^^^^^&1.2.250.1.71.4.2.1&ISO^U^^^RI')).toBeUndefined();
    expect(xonFault(STRUCTURE)).toBeUndefined();
    expect(insFault('279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH')).toBeUndefined();
    expect(insFault('297022A02077878^^^&1.2.250.1.213.1.4.8&ISO^NH^^20260105')).toBeUndefined();
    expect(cxFault('IPP1^^^&1.2.250.1.999.2&ISO^PI')).toBeUndefined();
    expect(specialtyFault('G15_10/SM03^Médecin^1.2.250.1.213.1.1.4.5')).toBeUndefined();
    expect(timeFault('20260105100000')).toBeUndefined();
    expect(timeFault('20240229235959')).toBeUndefined();
    expect(timeFault('202601', false)).toBeUndefined();
    expect(xcnFault('279035121518989^PAT^ZOE^^^^^^&1.2.250.1.213.1.4.10&ISO^D^^^NH')).toBeUndefined();
    expect(xcnFault('310B0000001/7^SECRETAIRE^EVA^^^^^^&1.2.250.1.71.4.2.1&ISO^U^^^EI')).toBeUndefined();
    expect(xcnFault('1.2.250.9^PLATEFORME^V1^^^^^^&1.2.250.1.999&ISO^U^^^RI')).toBeUndefined();
    expect(xonFault('EDITEUR^^^^^&1.3.2&ISO^SIREN^^^123456789')).toBeUndefined();
    expect(oidFault('2.25.123456789012345678901234567890')).toBeUndefined();
  });

  it.each([1, 2, 3, 9, 10, 13])('asks for component %i of a person', (rank) => {
    expect(xcnFault(emptied(PERSON, rank))).toContain(String(rank));
  });

  it.each([1, 6, 7, 10])('asks for component %i of an organisation', (rank) => {
    expect(xonFault(emptied(STRUCTURE, rank))).toContain(String(rank));
  });

  it.each(['1.2', '1.02', '3.1', '1.2.', '1.2^3', 'urn:oid:1.2', '', `1.${'2'.repeat(63)}`])(
    'judges the OID %s',
    (value) => {
      expect(oidFault(value) === undefined).toBe(value === '1.2');
    },
  );

  it.each(['2026-01-05', '202601051000001', '2026010510000', ' 2026', ''])('refuses the time « %s »', (value) => {
    expect(timeFault(value)).toBeDefined();
  });

  it.each(['20261305100000', '20260230100000', '20260105240000', '20260105106000'])(
    'refuses %s, an instant that does not exist',
    (value) => {
      expect(timeFault(value)).toMatch(/instant qui existe/);
      expect(timeFault(value.slice(0, 12), false) === undefined).toBe(false);
    },
  );

  it('asks for the second where the form does', () => {
    expect(timeFault('2026')).toMatch(/AAAAMMJJhhmmss/);
    expect(timeFault('20260105')).toBeDefined();
    expect(timeFault('202613', false)).toMatch(/instant qui existe/);
  });

  it.each([
    [xcnFault(PERSON.replace('IDNPS', 'ADELI')), /type d'identifiant « ADELI »/],
    [xcnFault(PERSON.replace('1.2.250.1.71.4.2.1', '1.2.250.1.71.4.2.2')), /autorité « 1.2.250.1.71.4.2.2 »/],
    [xcnFault(PERSON.replace('IDNPS', 'NH')), /autorité « 1.2.250.1.71.4.2.1 »/],
    [xonFault(STRUCTURE.replace('IDNST', 'FINESS')), /type d'identifiant « FINESS »/],
    [xonFault(STRUCTURE.replace('1.2.250.1.71.4.2.2', '1.2.3')), /autorité « 1.2.3 »/],
  ])('compares type of identifier and authority (%#)', (reason, said) => {
    expect(reason).toMatch(said);
  });

  it('never fails on any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const judge of [cxFault, insFault, oidFault, specialtyFault, timeFault, xcnFault, xonFault]) judge(text);
      }),
    );
  });
});
