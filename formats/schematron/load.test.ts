import { describe, expect, it } from 'vitest';
import { filesOf, fragmentOf, schemaOf } from './files.fixture.ts';
import { loadSchema } from './index.ts';

function load(texts: Readonly<Record<string, string>>) {
  const { schema, problems } = loadSchema(filesOf(texts), 'main.sch');
  const rules = schema?.patterns.flatMap((pattern) => pattern.rules) ?? [];
  return { schema, rules, codes: problems.map(({ code }) => code), problems };
}
const tests = (rule: { readonly steps: readonly { kind: string }[] } | undefined): readonly string[] =>
  (rule?.steps ?? []).map((step) => ('test' in step ? String(step.test) : 'let'));

const ASSERT = '<assert test="true()">vrai</assert>';
const RULE = `<rule context="cda:a">${ASSERT}</rule>`;

describe('includes', () => {
  it('put a pattern, a rule and an assertion in the place of what names them, relative to the file that does', () => {
    const { rules, codes } = load({
      'main.sch': schemaOf('<include href="parts/pattern.sch"/>'),
      'parts/pattern.sch': fragmentOf('pattern', 'id="p"', '<include href="deep/rule.sch"/>'),
      'parts/deep/rule.sch': fragmentOf('rule', 'context="cda:b"', `<include href="../../assert.sch"/>`),
      'assert.sch': fragmentOf('assert', 'test="cda:c"', 'c manque'),
    });
    expect(codes).toEqual([]);
    expect(rules.map(({ context, file }) => [context, file])).toEqual([['cda:b', 'parts/deep/rule.sch']]);
    expect(tests(rules[0])).toEqual(['cda:c']);
  });

  it('take the content of a whole schema', () => {
    const { rules } = load({
      'main.sch': schemaOf('<include href="other.sch"/>'),
      'other.sch': schemaOf(`<pattern>${RULE}</pattern>`),
    });
    expect(rules).toHaveLength(1);
  });

  it('are found whatever the case, with a warning', () => {
    const { rules, problems } = load({
      'main.sch': schemaOf('<include href="Parts/A.sch"/>'),
      'parts/a.sch': fragmentOf('pattern', '', RULE),
    });
    expect(rules).toHaveLength(1);
    expect(problems).toMatchObject([{ code: 'include-case', file: 'main.sch' }]);
    expect(problems[0]?.message).toContain('parts/a.sch');
  });

  it('that are missing, are not XML or leave the pack are problems, and the rest is kept', () => {
    const { rules, codes } = load({
      'main.sch': schemaOf(
        `<include href="absent.sch"/><include href="bad.sch"/><include href="../../etc/passwd"/><pattern>${RULE}</pattern>`,
      ),
      'bad.sch': '<pattern',
      'etc/passwd': fragmentOf('pattern', '', RULE),
    });
    expect(rules).toHaveLength(1);
    expect(codes).toEqual(['include-missing', 'not-xml', 'include-missing']);
  });

  it('that turn in a ring end', () => {
    const { codes, rules } = load({
      'main.sch': schemaOf(`<include href="other.sch"/><pattern>${RULE}</pattern>`),
      'other.sch': schemaOf('<include href="main.sch"/>'),
    });
    expect(codes).toContain('loop');
    expect(rules.length).toBeGreaterThan(0);
  });

  it('of a rule by itself end', () => {
    const { rules } = load({
      'main.sch': schemaOf('<pattern><include href="rule.sch"/></pattern>'),
      'rule.sch': fragmentOf('rule', 'context="cda:a"', `<include href="rule.sch"/>${ASSERT}`),
    });
    expect(tests(rules[0])).toEqual(['true()']);
  });
});

describe('abstract patterns', () => {
  const ABSTRACT = `<pattern abstract="true" id="in-set"><rule context="$path"><let name="code" value="@code"/>
<assert test="$code = $path_set or $flag">code de $path hors de $path_set</assert></rule></pattern>`;

  it('take their parameters, the longest names first', () => {
    const { schema, rules, codes } = load({
      'main.sch': schemaOf(
        `${ABSTRACT}<pattern is-a="in-set" id="one"><param name="path" value="cda:code"/><param name="path_set" value="('X', 'Y')"/><param name="flag" value="$global"/></pattern>`,
      ),
    });
    expect(codes).toEqual([]);
    expect(schema?.patterns.map(({ id }) => id)).toEqual(['one']);
    expect(rules[0]?.context).toBe('cda:code');
    expect(tests(rules[0])).toEqual(['let', "$code = ('X', 'Y') or $global"]);
    expect(rules[0]?.steps[1]).toMatchObject({
      message: [{ kind: 'text', text: "code de cda:code hors de ('X', 'Y')" }],
    });
  });

  it('that are missing are a problem', () => {
    expect(load({ 'main.sch': schemaOf('<pattern is-a="absent" id="one"/>') }).codes).toEqual(['abstract-missing']);
  });
});

describe('abstract rules', () => {
  it('give their steps in their place, from another pattern too', () => {
    const { rules, codes } = load({
      'main.sch': schemaOf(`<pattern><rule abstract="true" id="base"><assert test="1">un</assert></rule></pattern>
<pattern><rule context="cda:a"><assert test="0">zéro</assert><extends rule="base"/><assert test="2">deux</assert></rule></pattern>`),
    });
    expect(codes).toEqual([]);
    expect(rules.map(tests)).toEqual([['0', '1', '2']]);
  });

  it('that are missing or extend themselves are problems', () => {
    const { codes, rules } = load({
      'main.sch':
        schemaOf(`<pattern><rule abstract="true" id="ring"><assert test="1">un</assert><extends rule="ring"/></rule>
<rule context="cda:a"><extends rule="absent"/><extends rule="ring"/></rule></pattern>`),
    });
    expect(codes).toEqual(['abstract-missing', 'loop']);
    expect(tests(rules[0])).toContain('1');
  });
});

describe('phases and variables', () => {
  const two = `<pattern id="a">${RULE}</pattern><pattern id="b">${RULE}</pattern>`;

  it('of the default phase alone are active', () => {
    const { schema } = load({
      'main.sch': schemaOf(`<phase id="main"><active pattern="b"/></phase>${two}`, 'defaultPhase="main"'),
    });
    expect(schema?.patterns.map(({ id }) => id)).toEqual(['b']);
  });

  it('that are missing are problems', () => {
    const absent = load({ 'main.sch': schemaOf(two, 'defaultPhase="absent"') });
    expect([absent.codes, absent.rules]).toEqual([['pattern-missing'], []]);
    const inside = load({
      'main.sch': schemaOf(`<phase id="main"><active pattern="absent"/></phase>${two}`, 'defaultPhase="main"'),
    });
    expect(inside.codes).toEqual(['pattern-missing']);
  });

  it('of a pattern are global, as in the reference implementation; the first of a name is kept', () => {
    const { schema, codes } = load({
      'main.sch': schemaOf(
        `<let name="x" value="1"/><pattern id="variables"><let name="y" value="2"/><let name="x" value="3"/></pattern>`,
      ),
    });
    expect(schema?.lets.map(({ name, value }) => [name, value])).toEqual([
      ['x', '1'],
      ['y', '2'],
    ]);
    expect(codes).toEqual(['let-twice']);
  });
});

describe('a schema', () => {
  it.each([
    ['<pattern xmlns="http://purl.oclc.org/dsdl/schematron"/>', 'not-xml'],
    ['<a', 'not-xml'],
    ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 'not-xml'],
    ['<?xml version="1.0" encoding="x-nowhere"?><a/>', 'not-xml'],
  ])('that is none: %s', (text, code) => {
    const { schema, codes } = load({ 'main.sch': text });
    expect(schema).toBeUndefined();
    expect(codes).toEqual([code]);
  });

  it('that is absent is a problem', () => {
    expect(load({}).codes).toEqual(['include-missing']);
  });

  it('tells the value sets that it names and that the pack has not', () => {
    const assertion = `<rule context="cda:a"><assert test="doc('sets/absent.xml')//x or document( &quot;sets/There.xml&quot; ) or concat('part', '.xml')">x</assert></rule>`;
    const { problems } = load({
      'main.sch': schemaOf(`<let name="set" value="'sets/other.xml'"/><pattern>${assertion}</pattern>`),
      'sets/there.xml': '<x/>',
    });
    expect(problems.map(({ code, message }) => [code, /« ([^»]*) »/u.exec(message)?.[1]])).toEqual([
      ['document-missing', 'sets/other.xml'],
      ['document-missing', 'sets/absent.xml'],
      ['include-case', 'sets/There.xml'],
    ]);
  });

  it('drops comments and spaces between the parts of a message', () => {
    const { rules } = load({
      'main.sch': schemaOf(
        '<pattern><rule context="cda:a"><assert test="1"> a <!-- no --> b <value-of select="@x"/> <name/><emph>gras</emph></assert></rule></pattern>',
      ),
    });
    expect(rules[0]?.steps[0]).toMatchObject({
      message: [
        { kind: 'text', text: ' a  b ' },
        { kind: 'value', select: '@x' },
        { kind: 'name', path: '' },
        { kind: 'text', text: 'gras' },
      ],
    });
  });
});
