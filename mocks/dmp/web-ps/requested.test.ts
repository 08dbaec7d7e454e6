import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderPage } from './pages.ts';
import catalogue from './pages.json' with { type: 'json' };
import { checkRequested, pageMeant, pageOf, type Requested } from './requested.ts';

const INS = '279035121518989';
const right: Requested = { page: 'Documents', ins: INS, query: '', userAgent: 'Mozilla/5.0 (X11)', referer: '' };
const broken = (changes: Partial<Requested>): readonly string[] =>
  checkRequested({ ...right, ...changes }).flatMap(({ id, ok }) => (ok ? [] : [id]));

describe('checks of a direct access', () => {
  it('knows the ten paths of the guide', () => {
    const paths = catalogue.pages.flatMap(({ name, patient }) => [
      ...(patient === 'obligatoire' ? [] : [name]),
      ...(patient === 'aucun' ? [] : [`${name}/[INS]`]),
    ]);
    expect(paths).toHaveLength(10);
    expect(paths).toEqual(expect.arrayContaining(['TableauDeBord', 'TableauDeBord/[INS]', 'Parametrages']));
  });

  it('finds nothing in a right request, with an INS of Corsica too', () => {
    expect(broken({})).toEqual([]);
    expect(broken({ ins: '297022A02077878' })).toEqual([]);
    expect(broken({ referer: 'https://sgl.example/accueil' })).toEqual([]);
  });

  it.each<[string, Partial<Requested>]>([
    ['WEBPS-PATH', { page: 'documents' }],
    ['WEBPS-PATH', { page: 'constructor' }],
    ['WEBPS-PATH', { page: 'Parametrages' }],
    ['WEBPS-INS', { ins: '297022a02077878' }],
    ['WEBPS-INS', { ins: '279035121518988' }],
    ['WEBPS-CONTEXT', { query: 'nom=TEST' }],
    ['WEBPS-REFERER', { referer: `https://sgl.example/${INS}` }],
    ['WEBPS-REFERER', { referer: 'https://sgl.example/%32%37%39%30%33%35%31%32%31%35%31%38%39%38%39' }],
    ['WEBPS-BROWSER', { userAgent: '' }],
    ['WEBPS-BROWSER', { userAgent: 'Apache-HttpClient/5.3' }],
  ])('%s is broken by %o, and nothing else', (id, changes) => {
    expect(broken(changes)).toEqual([id]);
  });

  it('guesses the page of another case, and only that', () => {
    expect(pageOf('documents')).toBeUndefined();
    expect(pageMeant('documents')?.name).toBe('Documents');
    expect(pageMeant('Document')).toBeUndefined();
  });

  it('shows anything without letting markup through', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('<script>', '"><img src=x>', "'<b>", '%3Cscript%3E'));
    fc.assert(
      fc.property(text, text, text, text, text, (page, ins, query, userAgent, referer) => {
        const requested = { page, ins, query, userAgent, referer };
        const html = renderPage({
          requested,
          checks: checkRequested(requested),
          title: 'Essai',
          display: { kind: 'refused', said: ins },
          patient: undefined,
          documents: [],
          authorised: [],
        });
        expect(html).not.toMatch(/<(script|img|b)\b/);
        expect(html.match(/<h2>/g)).toHaveLength(2);
      }),
    );
  });
});
