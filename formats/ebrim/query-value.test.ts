import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryForm, readQueryValue } from './index.ts';

const LIST = { list: true } as const;

describe('readQueryValue', () => {
  it.each([
    ["('a','b')", LIST, ['a', 'b']],
    ["( 'a' , 'b' )", LIST, ['a', 'b']],
    ["('d''accueil')", LIST, ["d'accueil"]],
    ["('a,b(c)')", LIST, ['a,b(c)']],
    [" 'a' ", {}, ['a']],
    ['20260105', { number: true }, ['20260105']],
    ["('a')", undefined, ['a']],
    ['12', undefined, ['12']],
  ] as const)('%s', (text, form, values) => {
    expect(readQueryValue(text, form)).toEqual({ values });
  });

  it.each([
    ["'a'", LIST, ['a'], /sans parenthèses/],
    ["'a','b'", undefined, ['a', 'b'], /plusieurs valeurs sans parenthèses/],
    ["('a')", {}, ['a'], /entre parenthèses/],
    ["'20260105'", { number: true }, ['20260105'], /entre apostrophes/],
    ['12', {}, ['12'], /sans apostrophes/],
    ['(12)', LIST, ['12'], /sans apostrophes/],
    ["('a',)", LIST, ['a'], /mal écrite/],
    ["('a' 'b')", LIST, ['a', 'b'], /mal écrite/],
    ["('a'b')", LIST, ['a'], /mal écrite/],
    ["'d'accueil'", {}, ['d'], /mal écrite/],
    ["('a'", LIST, ['a'], /mal écrite/],
    ['("a")', LIST, ['"a"'], /mal écrite/],
    ['a^^b, c', LIST, ['a^^b', 'c'], /mal écrite/],
    ['()', LIST, [], /vide/],
    ['', undefined, [], /vide/],
  ] as const)('%s is told', (text, form, values, fault) => {
    const read = readQueryValue(text, form);
    expect(read.values).toEqual(values);
    expect(read.fault).toMatch(fault);
  });

  it('reads back whatever was written by the rule', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), (values) => {
        const text = `(${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(',')})`;
        expect(readQueryValue(text, LIST)).toEqual({ values });
      }),
    );
  });

  it('knows the form of the parameters of ITI-18', () => {
    expect(queryForm('$XDSDocumentEntryStatus')).toEqual(LIST);
    expect(queryForm('$XDSDocumentEntryCreationTimeFrom')).toEqual({ number: true });
    expect(queryForm('$XDSDocumentEntryPatientId')).toEqual({});
    expect(queryForm('$Unknown')).toBeUndefined();
  });
});
