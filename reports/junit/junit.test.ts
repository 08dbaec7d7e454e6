import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute, child, children, descendants, readXml, type XmlElement } from '#formats/xml/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { finding, sampleInput, scenario } from '../fixture.ts';
import { renderJunit } from './index.ts';

function parse(run: RunRecord): XmlElement {
  const read = readXml(renderJunit(run));
  if (!read.ok) throw new Error(read.fault.message);
  return read.root;
}

function only(over: Parameters<typeof scenario>[1]): XmlElement {
  const [testcase] = descendants(parse(sampleInput({ scenarios: [scenario('a/b#1', over)] }).run), 'testcase');
  if (!testcase) throw new Error('aucun testcase');
  return testcase;
}

describe('junit', () => {
  it('has one suite per feature and one case per scenario, in order', () => {
    const run = sampleInput({
      scenarios: [
        scenario('ins/x#1', { feature: 'Deux', name: 'un' }),
        scenario('ins/y#1', { feature: 'Une', name: 'deux' }),
        scenario('ins/x#2', { feature: 'Deux', name: 'trois', durationMs: 1500 }),
      ],
    }).run;
    const suites = children(parse(run), 'testsuite');
    expect(suites.map((suite) => attribute(suite, 'name'))).toEqual(['Deux', 'Une']);
    expect(suites.map((suite) => children(suite, 'testcase').map((each) => attribute(each, 'name')))).toEqual([
      ['un', 'trois'],
      ['deux'],
    ]);
    expect(attribute(descendants(parse(run), 'testcase')[1] as XmlElement, 'time')).toBe('1.500');
  });

  it('counts failures and errors, never a verdict twice', () => {
    const { run } = sampleInput();
    const root = parse(run);
    const of = (verdict: string): number => run.scenarios.filter((each) => each.verdict === verdict).length;
    expect(attribute(root, 'tests')).toBe(String(run.scenarios.length));
    expect(attribute(root, 'failures')).toBe(String(of('non-conforme')));
    expect(attribute(root, 'errors')).toBe(String(of('non-verifiable')));
    expect(descendants(root, 'failure')).toHaveLength(of('non-conforme'));
    expect(descendants(root, 'error')).toHaveLength(of('non-verifiable'));
  });

  it('fails with the reason and every finding', () => {
    const failure = child(
      only({ verdict: 'non-conforme', reason: 'première ligne\nseconde', findings: [finding()] }),
      'failure',
    );
    expect(failure && attribute(failure, 'message')).toBe('première ligne');
    expect(failure?.text).toContain('première ligne\nseconde');
    expect(failure?.text).toContain(finding().expected);
    expect(failure?.text).toContain(finding().remedy);
  });

  it.each(['produit', 'configuration', 'banc', 'interrompu'] as const)('is an error of type %s', (cause) => {
    const error = child(only({ verdict: 'non-verifiable', cause, reason: 'x' }), 'error');
    expect(error && attribute(error, 'type')).toBe(cause);
  });

  it('blames the bench when nobody said why', () => {
    const error = child(only({ verdict: 'non-verifiable', reason: 'x' }), 'error');
    expect(error && attribute(error, 'type')).toBe('banc');
  });

  it('passes what a person has to look at, with a note', () => {
    const testcase = only({ verdict: 'a-verifier', reason: 'Ouvrez le PDF.' });
    expect(child(testcase, 'failure') ?? child(testcase, 'error')).toBeUndefined();
    expect(child(testcase, 'system-out')?.text).toContain('Ouvrez le PDF.');
  });

  it('is well-formed whatever the product says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const root = parse(
          sampleInput({
            product: { name: text, version: text },
            scenarios: [
              scenario('a#1', {
                name: text,
                feature: text,
                verdict: 'non-conforme',
                reason: text,
                findings: [finding({ received: text })],
              }),
            ],
          }).run,
        );
        expect(descendants(root, 'testcase')).toHaveLength(1);
        expect(root.text).not.toMatch(/[^\P{Cc}\t\n]/u);
      }),
      { numRuns: 60 },
    );
  });
});
