import { describe, expect, it } from 'vitest';
import { openFolder, openJudge } from '#formats/cda-pack/index.ts';
import type { PackJudge } from '#formats/cda-pack/index.ts';
import { hasOfficialPack, OFFICIAL_PACK, officialExample, WITHOUT_PACK } from '#formats/cda-pack/official.fixture.ts';
import { REWRITTEN } from '#formats/cda-pack/variants.fixture.ts';
import { checkCdaFile } from '../index.ts';
import { packFindings } from './index.ts';
import data from './single-faults.json' with { type: 'json' };

interface SingleFault {
  readonly name: string;
  readonly from?: string;
  /** In place of `from`, a regular expression. */
  readonly pattern?: string;
  readonly to: string;
  readonly found: readonly string[];
}

const FAULTS: readonly SingleFault[] = data.faults;
const EXAMPLE = 'BIO-CR-BIO_2024.01_TSH_1.xml';
const BODY = '/ClinicalDocument/component[1]/structuredBody[1]';
let judge: PackJudge | undefined;

/** What every layer says: layer, rule and place. */
function said(document: string | Uint8Array): readonly string[] {
  judge ??= openJudge(openFolder(OFFICIAL_PACK));
  const bytes = Buffer.from(document);
  const findings = [...packFindings(judge.judge(bytes), 'N3'), ...checkCdaFile(bytes)];
  return findings.map(({ layer, rule, where }) => `${layer} ${rule} ${where.replace(BODY, '…')}`);
}
const withoutLine = (line: string): string => line.replace(/ \(ligne \d+\)/u, '');
const example = (): string => Buffer.from(officialExample(EXAMPLE)).toString('utf8').replaceAll('\r\n', '\n');

function spoilt({ from, pattern, to }: SingleFault): string {
  const text = example();
  const wrong = from === undefined ? text.replace(new RegExp(pattern ?? '', 'u'), to) : text.replace(from, () => to);
  if (wrong === text) throw new Error('the fault changes nothing');
  return wrong;
}

describe.skipIf(!hasOfficialPack)(`one fault in an official example (${WITHOUT_PACK})`, () => {
  it.each(FAULTS)('is told at its layer and its place: $name', { timeout: 60_000 }, (fault) => {
    const usual = new Set(said(example()).map(withoutLine));
    const fresh = said(spoilt(fault)).filter((line) => !usual.has(withoutLine(line)));
    expect([...new Set(fresh)]).toEqual(fault.found);
    expect(fault.found.length).toBeGreaterThan(0);
  });

  it('is tried on every layer', () => {
    const rules = new Set(FAULTS.flatMap(({ found }) => found.map((line) => line.split(' ')[1] ?? '')));
    for (const rule of ['WELLFORMED', 'XSD', 'SCH-HEADER', 'SCH-IHE', 'SCH-CONTENT', 'SCH-ANS', 'SCH-TERMINOLOGY'])
      expect(rules).toContain(`CDA-${rule}`);
    expect(rules).toContain('CDA-SCH-MODEL');
  });
});

const SPOILT = FAULTS.filter(({ name }) =>
  ['a unit that UCUM has not', 'another title', 'an attribute that CDA has not', 'a range upside down'].includes(name),
);

describe.skipIf(!hasOfficialPack)(`the same document written otherwise (${WITHOUT_PACK})`, () => {
  it.each(Object.entries(REWRITTEN))('gets the same findings: %s', { timeout: 60_000 }, (_, rewrite) => {
    for (const text of [example(), ...SPOILT.map(spoilt)]) {
      const rewritten = rewrite(text);
      expect(rewritten).not.toBe(text);
      // Only what is in the prologue changes: the encoding, and the style sheet where the prologue is gone.
      const found = said(rewritten).filter(
        (line) => !line.includes('CDA-ENCODING') && !line.includes('CDA-STYLESHEET'),
      );
      const usual = said(text).filter((line) => !line.includes('CDA-STYLESHEET'));
      expect(found.map(withoutLine)).toEqual(usual.map(withoutLine));
    }
  });
});
