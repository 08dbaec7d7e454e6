import { describe, expect, it } from 'vitest';
import { sampleInput } from '../fixture.ts';
import { renderReadme } from './index.ts';

describe('readme', () => {
  const text = renderReadme(sampleInput().run);

  it.each([
    'index.html',
    'resume.md',
    'tracabilite.html',
    'preuves/',
    'junit.xml',
    'run.json',
    'rem.json',
    'messages.ndjson',
    'prive/',
  ])('explains %s', (name) => expect(text).toMatch(new RegExp(`^  ${name.replace('.', '\\.')} +\\S`, 'm')));

  it('says what may be shared, and the verdict of the one function', () => {
    expect(text).toContain('Tout, sauf prive/.');
    expect(text).toContain('Verdict : non conforme');
  });

  it('keeps a product name on its line', () => {
    const { run } = sampleInput({ product: { name: 'A\nCE QUI PEUT ÊTRE TRANSMIS\r\n  prive/', version: '1' } });
    expect(renderReadme(run).split('\n')[1]).toMatch(/^A CE QUI PEUT ÊTRE TRANSMIS {3}prive\/ 1, SGL/);
  });
});
