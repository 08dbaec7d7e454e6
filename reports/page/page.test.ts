import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slotsOf } from '#dsr/rem/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import { attribute, descendants, readXml, type XmlElement } from '#formats/xml/index.ts';
import { finding, piece, REM, sampleInput, scenario } from '../fixture.ts';
import type { ReportInput } from '../types.ts';
import { renderPage } from './index.ts';

/** The page is also well-formed XML, so that a parser, and not a pattern, says what is in it. */
function parse(input: ReportInput): XmlElement {
  const read = readXml(renderPage(input).replace(/^<!doctype html>\s*/i, ''));
  if (!read.ok) throw new Error(`${read.fault.message} (${read.fault.line})`);
  return read.root;
}

const all = (root: XmlElement, local: string): readonly XmlElement[] => descendants(root, local);
const byId = (root: XmlElement, id: string): XmlElement => {
  const found = elements(root).find((element) => attribute(element, 'id') === id);
  if (!found) throw new Error(`rien ne porte l’identifiant ${id}`);
  return found;
};
const words = (element: XmlElement): string => element.text.replaceAll(/\s+/g, ' ').trim();

function elements(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.children.flatMap((node) => (node.kind === 'element' ? elements(node) : []))];
}

const sample = sampleInput();
const page = parse(sample);

describe('page', () => {
  it('asks nothing of the network and runs nothing', () => {
    const names = new Set(elements(page).map(({ name }) => name.local));
    for (const local of ['script', 'link', 'img', 'iframe', 'object', 'form', 'base'])
      expect(names).not.toContain(local);
    const policy = all(page, 'meta').find((meta) => attribute(meta, 'http-equiv') === 'Content-Security-Policy');
    expect(policy && attribute(policy, 'content')).toMatch(/^default-src 'none'; style-src 'unsafe-inline'/);
    expect(all(page, 'style')[0]?.text).not.toMatch(/url\(|@import/);
  });

  it('links only to itself and to pieces', () => {
    const ids = elements(page).flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of all(page, 'a')) {
      const href = attribute(link, 'href') ?? '';
      if (href.startsWith('#')) expect(ids).toContain(href.slice(1));
      else expect(href).toMatch(/^preuves\//);
    }
  });

  it('says what was tested and the verdict of the one function', () => {
    expect(words(byId(page, 'produit'))).toContain(sample.run.rem.sha256);
    for (const fact of [
      'LaboNova',
      '7.2 (build 4411)',
      'Éditeur d’essai',
      "Référentiel d'identités",
      '22/11/2026 à 02:49:13',
      '41,2 s',
    ])
      expect(words(byId(page, 'produit'))).toContain(fact);
    expect(words(page)).toContain('Non conforme');
    expect(attribute(page, 'lang')).toBe('fr');
  });

  it('names the lists of codes that were given, and their hash', () => {
    expect(words(byId(page, 'produit'))).not.toContain('Listes de codes');
    const sha256 = '0123456789abcdef'.repeat(4);
    const run = { ...sample.run, codes: [{ source: 'jdv & co.json', sha256 }] };
    const text = words(byId(parse({ ...sample, run }), 'produit'));
    expect(text).toContain('jdv & co.json');
    expect(text).toContain(sha256);
  });

  it('names every applicable requirement and every one of its slots', () => {
    const text = words(page);
    for (const requirement of sample.rem.requirements.filter(({ profile }) => profile === 'Général')) {
      expect(text).toContain(requirement.id);
      for (const { slot } of slotsOf([requirement])) expect(text).toContain(slot.id);
    }
  });

  it('tells each scenario once in full, red ones first', () => {
    for (const each of sample.run.scenarios.filter(({ verdict }) => verdict !== 'conforme')) {
      const place = each.verdict === 'a-verifier' ? (each.guide ? 'filmer' : 'regarder') : 'rouge';
      const told = elements(byId(page, place))
        .filter(({ name }) => name.local === 'details')
        .filter((element) => words(element).includes(each.id));
      expect(told, each.id).toHaveLength(1);
      // Shot lists come by the dozen: they are folded.
      expect(attribute(told[0] as XmlElement, 'open')).toBe(each.guide ? undefined : '');
    }
  });

  it('gives the person who films the patient, the gestures, the pictures by slot and what was judged', () => {
    const text = words(byId(page, 'filmer'));
    for (const part of [
      'INS/va1.01.01.01',
      'D’ESSAI <UN> ANNE-MARIE ZOE',
      'née le 00/05/1980',
      '280016322000188',
      'à enregistrer',
      'Le testeur ouvre la fiche du patient.',
      'le matricule INS & son OID',
      'Étant donné un patient qualifié dans le produit',
    ])
      expect(text).toContain(part);
    const [judged = ''] = (text.split('Déjà jugé par le banc')[1] ?? '').split('Répond de');
    expect(judged).not.toContain('Quand le testeur');
    expect(text).toContain('(au testeur)');
  });

  it('shows no shot list when nobody is asked to film', () => {
    const root = parse(sampleInput({ scenarios: [scenario('x#1', {})] }));
    expect(elements(root).some((element) => attribute(element, 'id') === 'filmer')).toBe(false);
  });

  it('tells a finding with its place, both values, the remedy and the source, and the reason once', () => {
    const red = words(byId(page, 'rouge'));
    const { rule, where, received, expected, remedy, source } = finding();
    for (const part of [rule, where, received, expected, source]) expect(red).toContain(part);
    expect(red.split(remedy)).toHaveLength(2);
    expect(red).toContain('Renouvelez le certificat ORG_AUTH_CLI.');
  });

  it('links each piece to its file and its provenance, with the hash', () => {
    const hrefs = all(page, 'a').flatMap((link) => attribute(link, 'href') ?? []);
    for (const { path, provenance } of sample.run.scenarios.flatMap(({ pieces }) => pieces)) {
      for (const end of ['', '.provenance.txt', '.provenance.json']) expect(hrefs).toContain(`${path}${end}`);
      expect(words(page)).toContain(provenance.sha256);
    }
  });

  it('says of a filled human slot that the REM asks to see the screen, and of no other', () => {
    const human = slotsOf(REM.requirements).filter(({ slot }) => slot.evidenceClass === 'human');
    const seen = human.filter(({ slot }) => slot.kinds.includes('screenshot') || slot.kinds.includes('video'));
    expect(seen.length).toBeLessThan(human.length);
    const items = all(page, 'li').filter((li) => attribute(li, 'class') === 'slot');
    const warned = items.filter((li) => words(li).includes('pas son écran'));
    const ids = warned.map((li) => words(li).split(' ')[0]);
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) expect(seen.map(({ slot }) => slot.id)).toContain(id);
  });

  it('says of a rehearsal that the official proof is elsewhere', () => {
    const place = slotsOf(REM.requirements).find(({ slot }) => slot.evidenceClass === 'rehearsal');
    if (!place) throw new Error('le catalogue n’a plus de répétition');
    const root = parse(
      sampleInput({
        scenarios: [
          scenario('x#1', {
            requirements: [place.requirement.id],
            slots: [place.slot.id],
            pieces: [piece(place.slot.id, 'x#1')],
          }),
        ],
      }),
    );
    const item = all(root, 'li').find((li) => attribute(li, 'class') === 'slot' && words(li).includes(place.slot.id));
    expect(item && words(item)).toContain('La preuve officielle est une référence externe');
    expect(item && words(item)).toContain('Rejouée');
  });

  it('shows official wording when, and only when, the REM carried it', () => {
    const of = (rem: Rem): string => words(parse({ ...sample, rem }));
    expect(of(REM)).not.toContain('Texte officiel');
    const worded: Rem = {
      ...REM,
      layout: 'rem-wave1',
      requirements: REM.requirements.map((each) => ({ ...each, statement: `Libellé de ${each.id}` })),
    };
    expect(of(worded)).toContain('Texte officiel, lu dans la REM Libellé de MSS/va1.16');
  });

  it('says that a state comes from another run', () => {
    const [first] = sample.run.scenarios;
    const [slot = ''] = first?.slots ?? [];
    const statuses = [{ slot, state: 'recueillie' as const, run: 'ancienne', updatedAt: '2026-01-01T00:00:00Z' }];
    const run = { ...sample.run, scenarios: [scenario('x#1', { requirements: first?.requirements ?? [] })] };
    expect(words(parse({ run, rem: REM, statuses }))).toContain('exécution antérieure (ancienne)');
    expect(words(page)).not.toContain('exécution antérieure');
  });

  it('warns of faults and of an interruption', () => {
    const bands = (root: XmlElement): string => all(root, 'aside').map(words).join(' ');
    expect(bands(page)).toBe('');
    expect(bands(parse(sampleInput({ faults: ['sans-libelle'] })))).toContain('sans-libelle');
    const scenarios = [scenario('x#1', { verdict: 'non-verifiable', cause: 'interrompu', reason: 'arrêt' })];
    expect(bands(parse(sampleInput({ lifecycle: 'interrupted', scenarios })))).toContain('1 scénario reste à rejouer');
  });

  it('never shows as green a run that played nothing', () => {
    const text = words(parse(sampleInput({ scenarios: [], unexpected: [] })));
    expect(text).toContain('Non vérifiable');
    expect(text).toContain('Aucun scénario n’a été joué');
  });

  it('loses neither a scenario without requirement nor a piece of an unknown slot', () => {
    const lost = scenario('perdu#1', { requirements: ['ZZZ/va1.01'], pieces: [piece('ZZZ/va1.01.01.01', 'perdu#1')] });
    const apart = words(byId(parse(sampleInput({ scenarios: [lost] })), 'apart'));
    expect(apart).toContain('perdu#1');
    expect(apart).toContain('01-requete-insi.http');
  });

  it('says a rule seen elsewhere once, with its scenarios, and under its requirement', () => {
    const other = finding({ rule: 'AUTRE', requirements: ['MSS/va1.16'] });
    const scenarios = ['a#1', 'a#2'].map((id) =>
      scenario(id, { requirements: ['INS/va1.01'], otherFindings: [other] }),
    );
    const elsewhere = words(byId(parse(sampleInput({ scenarios })), 'ailleurs'));
    expect(elsewhere.split('AUTRE')).toHaveLength(3);
    expect(elsewhere).toContain('2 fois');
    expect(elsewhere).toContain('a#1, a#2');
    expect(words(byId(parse(sampleInput({ scenarios })), 'exigence-MSS_2f_va1.16'))).toContain(
      '2 constats vus au passage',
    );
  });

  it.each([
    'prive/journal/1.bin',
    'preuves/../prive/x',
    '/etc/passwd',
    'javascript:alert(1)',
    'https://x.example/a',
    'preuves//x',
  ])('does not link %s', (path) => {
    const pieces = [{ ...piece('MSS/va1.16.01.01', 'x#1'), path }];
    const root = parse(sampleInput({ scenarios: [scenario('x#1', { requirements: ['MSS/va1.16'], pieces })] }));
    const hrefs = all(root, 'a').flatMap((link) => attribute(link, 'href') ?? []);
    expect(hrefs.filter((href) => !href.startsWith('#'))).toEqual([]);
  });
});

describe('hostile text', () => {
  /** One requirement only: the shape of the page is what matters, and each run parses it twice. */
  const rem: Rem = { ...REM, requirements: REM.requirements.filter(({ id }) => id === 'MSS/va1.16') };

  function inputWith(text: string): ReportInput {
    const bad = finding({
      rule: `R${text}`,
      where: `w${text}`,
      received: `r${text}`,
      expected: `e${text}`,
      remedy: `m${text}`,
      source: `s${text}`,
    });
    const { run } = sampleInput({
      product: { name: `n${text}`, version: `v${text}`, build: `b${text}`, editor: `é${text}` },
      driver: `d${text}`,
      faults: [`f${text}`],
      unexpected: [{ service: `s${text}`, operation: `o${text}`, outcome: `u${text}`, at: `t${text}` }],
      scenarios: [
        scenario(`a${text}#1`, {
          name: `n${text}`,
          feature: `f${text}`,
          requirements: ['MSS/va1.16'],
          verdict: 'non-conforme',
          reason: `raison ${text}`,
          findings: [bad],
          otherFindings: [bad],
          steps: [{ text: `t${text}`, status: 'failed', message: `autre ${text}` }],
        }),
        scenario(`b${text}#1`, {
          requirements: ['MSS/va1.16'],
          slots: ['MSS/va1.16.01.01'],
          pieces: [piece('MSS/va1.16.01.01', `b${text}#1`, { file: `p${text.replaceAll('/', '')}`, caption: text })],
        }),
      ],
    });
    return { run, rem, statuses: [] };
  }

  const shape = (root: XmlElement): string =>
    elements(root)
      .map(({ name, attributes }) => `${name.local}[${attributes.map((each) => each.name.local).join(' ')}]`)
      .join('\n');
  const plain = shape(parse(inputWith('x')));

  it.each([
    '</p><script>alert(1)</script>',
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    '</style><style>*{display:none}',
    '<!-- ',
    ']]>',
    '&lt;script&gt;',
    '${1}',
    '\u202Egro.live\u0000',
  ])('%j adds neither element nor attribute', (text) => {
    expect(shape(parse(inputWith(text)))).toBe(plain);
  });

  it('of any kind adds neither element nor attribute', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '`',
      '</',
      '<script>',
      '<!--',
      '-->',
      ']]>',
      '=',
      ' on',
      'x',
      'é',
      '\u0000',
      '\uD800',
      '\u202E',
      '\\',
      '%',
    );
    const text = fc.oneof(
      fc.array(pieces, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    );
    // A line feed in a reason makes a paragraph, which is meant: it is left out here.
    fc.assert(
      fc.property(
        text.map((value) => value.replaceAll(/[\r\n]/g, '')),
        (value) => {
          expect(shape(parse(inputWith(value)))).toBe(plain);
        },
      ),
      { numRuns: 120 },
    );
  });
});
