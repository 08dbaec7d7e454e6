import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sampleInput } from './fixture.ts';
import { renderJunit, renderPage, renderReadme, writeReports } from './index.ts';
import { renderSummary } from './markdown/index.ts';

it('writes whole files, and replaces them', async () => {
  const runDir = join(mkdtempSync(join(tmpdir(), 'jalon-rapport-')), 'execution');
  const input = sampleInput();
  await writeReports({ runDir, ...sampleInput({ scenarios: [] }) });
  await writeReports({ runDir, ...input });
  expect(readdirSync(runDir).sort()).toEqual([
    'LISEZMOI.txt',
    'index.html',
    'junit.xml',
    'resume.md',
    'tracabilite.csv',
    'tracabilite.html',
  ]);
  const read = (name: string): string => readFileSync(join(runDir, name), 'utf8');
  expect(read('index.html')).toBe(renderPage(input));
  expect(read('junit.xml')).toBe(renderJunit(input.run));
  expect(read('resume.md')).toBe(renderSummary(input.run));
  expect(read('LISEZMOI.txt')).toBe(renderReadme(input.run));
});
