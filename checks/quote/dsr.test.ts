import { describe, expect, it } from 'vitest';
import { couloirsIn, printedCouloirs, readDsr, splitDsr } from './dsr.ts';

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

  it.each<readonly [string, readonly string[], readonly string[]]>([
    ['Logiciel SGL et LOINC', ['SGL', 'LOINC'], []],
    ['SGL, LOINC', ['SGL', 'LOINC'], []],
    ['SGL & DSR LOINC', ['SGL', 'LOINC'], []],
    ['SGL/LOINC', ['SGL', 'LOINC'], []],
    ['SGL-LOINC', ['SGL', 'LOINC'], []],
    ['SGL – LOINC', ['SGL', 'LOINC'], []],
    ['SGL-VA1 et LOINC-VA1', ['SGL', 'LOINC'], []],
    ['SGL vague 1 et LOINC', ['SGL', 'LOINC'], []],
    ['prestation SGL et transcodage LOINC', ['SGL', 'LOINC'], []],
    ['SGL ainsi que LOINC', ['SGL', 'LOINC'], []],
    ['SGL avec LOINC', ['SGL', 'LOINC'], []],
    ['SGL (y compris LOINC)', ['SGL', 'LOINC'], []],
    ['SGL, et l’installation du LOINC', ['SGL', 'LOINC'], []],
    ['SGL, RIS et DPI', ['SGL', 'RIS', 'DPI'], []],
    ['SGL (hors interface DPI) et LOINC', ['SGL', 'LOINC'], []],
    // Not sure: a person must look.
    ['SGL LOINC', ['SGL'], ['LOINC']],
    ['SGL pour LOINC', ['SGL'], ['LOINC']],
    ['SGL interfaces comprises et LOINC', ['SGL'], ['LOINC']],
    ['SGL et reprise complète du LOINC', ['SGL'], ['LOINC']],
    ['SGL pour LOINC, LOINC et SGL', ['SGL', 'LOINC'], []],
    // In passing, or left out.
    ['SGL avec interface LOINC', ['SGL'], []],
    ['SGL et interface LOINC', ['SGL'], []],
    ['SGL, interfacé avec le DPI', ['SGL'], []],
    ['SGL, interface avec le DPI et le RIS', ['SGL'], []],
    ['SGL, interface avec le DPI ,  les RIS', ['SGL'], []],
    ['SGL, interface avec le DPI et du RIS', ['SGL'], []],
    ['SGL, interface avec le DPI et des RIS', ['SGL'], []],
    ['SGL, interface avec le DPI et  l’ RIS', ['SGL'], []],
    ['SGL hors LOINC/DPI', ['SGL'], []],
    ['SGL hors LOINC / DPI', ['SGL'], []],
    ['SGL hors LOINC et reprise du DPI', ['SGL'], ['DPI']],
    ['SGL, LOINC compatible', ['SGL'], []],
    ['SGL hors LOINC', ['SGL'], []],
    ['SGL (sans le transcodage LOINC)', ['SGL'], []],
    ['SGL et LOINC non compris', ['SGL'], []],
    ['Interface DPI du SGL', ['SGL'], []],
    ['Interface LOINC', [], []],
    ['SGL SGL', ['SGL'], []],
    ['SGL-Labo', [], []],
    ['1SGL, SGLX, PET-SGL', [], []],
    ['Automate', [], []],
  ])('the label %j sells', (label, sold, unclear) => {
    expect(printedCouloirs(label)).toEqual({ sold, unclear });
  });

  it.each([
    ['SGL avec interface LOINC, SGL', ['SGL', 'LOINC']],
    ['SGL-Labo', []],
  ])('the text %j names', (text, named) => {
    expect(couloirsIn(text)).toEqual(named);
  });
});
