import { describe, expect, it } from 'vitest';
import { couloirsIn, joinedCouloirs, readDsr, splitDsr } from './dsr.ts';

describe('a DSR', () => {
  it.each([
    ['SGL', { couloir: 'SGL' }],
    ['sgl-va1', { couloir: 'SGL', wave: '1' }],
    ['DSR LOINC vague 2', { couloir: 'LOINC', wave: '2' }],
    ['RIS-OP va 1', { couloir: 'RIS-OP', wave: '1' }],
    // Text that is none of these is taken whole.
    ['le SGL', { couloir: 'LE SGL' }],
    ['SGL-VA1 bis', { couloir: 'SGL-VA1 BIS' }],
    ['1SGL', { couloir: '1SGL' }],
    ['DSRSGL', { couloir: 'DSRSGL' }],
    ['', { couloir: '' }],
  ])('%j', (text, dsr) => {
    expect(readDsr(text)).toEqual(dsr);
  });

  it.each([
    ['SGL', ['SGL']],
    [' SGL + LOINC ', ['SGL', 'LOINC']],
    ['SGL et LOINC', ['SGL', 'LOINC']],
    ['SGL,,LOINC;', ['SGL', 'LOINC']],
    ['PET', ['PET']],
    [' ', []],
  ])('of the cell %j', (text, names) => {
    expect(splitDsr(text)).toEqual(names);
  });

  it.each([
    ['Logiciel SGL et LOINC', ['SGL', 'LOINC'], ['SGL', 'LOINC']],
    ['SGL, LOINC', ['SGL', 'LOINC'], ['SGL', 'LOINC']],
    ['SGL & DSR LOINC', ['SGL', 'LOINC'], ['SGL', 'LOINC']],
    ['SGL avec interface LOINC', ['SGL', 'LOINC'], []],
    ['SGL SGL', ['SGL'], []],
    ['SGL-Labo', [], []],
    ['Automate', [], []],
  ])('in the label %j', (label, named, joined) => {
    expect(couloirsIn(label)).toEqual(named);
    expect(joinedCouloirs(label)).toEqual(joined);
  });
});
