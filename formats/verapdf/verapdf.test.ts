import { describe, expect, it } from 'vitest';
import { readVeraPdfReport } from './index.ts';
import { veraPdfReport } from './verapdf.fixture.ts';

const read = (report: string) => readVeraPdfReport(Buffer.from(report, 'utf8'));

describe('readVeraPdfReport', () => {
  it('tells what is compliant, by which profile and version', () => {
    expect(read(veraPdfReport([]))).toEqual({
      ok: true,
      profile: 'PDF/A-1B validation profile',
      compliant: true,
      failed: [],
      version: '1.28.1',
    });
  });

  it('tells each rule that failed, and leaves those that passed', () => {
    const report = veraPdfReport([['6.3.4', 'Font programs &amp; files']]).replace(
      '</details>',
      '<rule specification="ISO 19005-1:2005" clause="6.1.2" testNumber="1" status="passed"/></details>',
    );
    expect(read(report)).toMatchObject({
      compliant: false,
      failed: [
        {
          specification: 'ISO 19005-1:2005',
          clause: '6.3.4',
          testNumber: '1',
          description: 'Font programs & files',
          failedChecks: 2,
        },
      ],
    });
  });

  it.each([
    ['no XML', 'veraPDF 1.28'],
    [
      'a file that it could not parse',
      '<report><jobs><job><taskException><exceptionMessage>Couldn’t parse</exceptionMessage></taskException></job></jobs></report>',
    ],
    ['no answer', veraPdfReport([]).replace('isCompliant="true"', '')],
    ['nothing', ''],
  ])('refuses %s', (_, report) => {
    expect(read(report).ok).toBe(false);
  });
});
