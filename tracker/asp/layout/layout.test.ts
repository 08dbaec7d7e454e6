import { describe, expect, it } from 'vitest';
import { aDoneOrder, anAdvance, anOrder, codes, layoutOf, play } from '../asp.fixture.ts';
import { LayoutError, readLayout, type LayoutFiles, type Model, shownAt } from './index.ts';

const files = (document: unknown, changes: object = {}): LayoutFiles => ({
  mappingFile: 'x/avance.mapping.json',
  mapping: { language: 1, kind: 'avance', name: 'essai', version: '1', status: 'official', document, ...changes },
  schemaFile: 'x/avance.schema.json',
  schema: {},
});
const MODEL: Model = {
  values: new Map<string, string | number | boolean>([
    ['order.number', 'bc-é'],
    ['order.signedOn', '2022-02-01'],
    ['order.conditional', true],
    ['amounts.ht', 350_040],
    ['amounts.vatRate', 550],
    ['instance.siteCount', 2],
  ]),
  lists: new Map([
    [
      'instance.sites',
      [
        new Map([
          ['finess', '1'],
          ['name', 'A'],
        ]),
        new Map([['finess', '2']]),
      ],
    ],
  ]),
};
const built = (document: unknown): unknown => readLayout('avance', files(document)).build(MODEL).document;
const wheres = (given: LayoutFiles): readonly string[] => {
  try {
    readLayout('avance', given);
    return [];
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    expect(error.problems.every(({ what, remedy }) => what !== '' && remedy !== '')).toBe(true);
    return error.problems.map(({ where }) => where);
  }
};

describe('a value', () => {
  it.each([
    ['order.number', undefined, 'bc-é'],
    ['order.number', 'upper', 'BC-É'],
    ['order.number', 'lower', 'bc-é'],
    ['order.signedOn', undefined, '2022-02-01'],
    ['order.signedOn', 'JJ/MM/AAAA', '01/02/2022'],
    ['order.signedOn', 'JJ-MM-AAAA', '01-02-2022'],
    ['order.signedOn', 'AAAAMMJJ', '20220201'],
    ['order.signedOn', 'JJMMAAAA', '01022022'],
    ['amounts.ht', 'euros', 3500.4],
    ['amounts.ht', 'euros-point', '3500.40'],
    ['amounts.ht', 'euros-comma', '3500,40'],
    ['amounts.ht', 'cents', 350_040],
    ['amounts.ht', 'cents-text', '350040'],
    ['amounts.vatRate', 'fraction', 0.055],
    ['amounts.vatRate', 'percent', 5.5],
    ['amounts.vatRate', 'percent-text', '5.5'],
    ['amounts.vatRate', 'percent-comma', '5,5'],
    ['amounts.vatRate', 'ten-thousandths', 550],
    ['instance.siteCount', undefined, 2],
    ['instance.siteCount', 'text', '2'],
    ['order.conditional', undefined, true],
    ['order.conditional', 'text', 'true'],
  ])('%s as %s is %j', (path, format, expected) =>
    expect(built({ $value: path, ...(format === undefined ? {} : { $format: format }) })).toBe(expected),
  );

  it('goes through a table, as written by its format', () => {
    expect(built({ $value: 'order.conditional', $map: { true: 'OUI' } })).toBe('OUI');
    expect(built({ $value: 'order.signedOn', $format: 'AAAAMMJJ', $map: { '20220201': 7 } })).toBe(7);
    expect(built({ $value: 'order.number', $map: {}, $otherwise: 'AUTRE' })).toBe('AUTRE');
    expect(built({ $value: 'amounts.ht', $map: { '350040': 'exact' } })).toBe('exact');
  });

  it('is left out, replaced or missed when unknown', () => {
    expect(built({ a: { $value: 'client.rpps', $optional: true } })).toEqual({});
    expect(built({ a: { $value: 'client.rpps', $default: null } })).toEqual({ a: null });
    const { document, misses } = readLayout(
      'avance',
      files({ a: { $value: 'client.rpps' }, b: { $value: 'order.number', $map: {} } }),
    ).build(MODEL);
    expect(document).toEqual({});
    expect(misses.map(({ path, where, value }) => [path, where, value])).toEqual([
      ['client.rpps', 'x/avance.mapping.json#/document/a', undefined],
      ['order.number', 'x/avance.mapping.json#/document/b', 'bc-é'],
    ]);
  });
});

describe('operators', () => {
  it('choose, repeat, join and quote', () => {
    const when = (condition: object): unknown => built({ $when: condition, $then: 1, $else: 0 });
    expect([
      when({ $present: 'order.number' }),
      when({ $present: 'client.rpps' }),
      when({ $equals: ['order.conditional', true] }),
      when({ $equals: ['order.conditional', 'true'] }),
      when({ $in: ['order.number', ['x', 'bc-é']] }),
      when({ $in: ['client.rpps', ['x']] }),
      when({ $not: { $present: 'order.number' } }),
      when({ $all: [{ $present: 'order.number' }, { $present: 'client.rpps' }] }),
      when({ $any: [{ $present: 'order.number' }, { $present: 'client.rpps' }] }),
    ]).toEqual([1, 0, 1, 0, 1, 0, 0, 0, 1]);
    expect(built([{ $when: { $present: 'client.rpps' }, $then: 1 }, 2])).toEqual([2]);
    expect(
      built({
        $each: 'instance.sites',
        $do: { i: { $value: '@index' }, f: { $value: '@finess' }, n: { $value: 'order.number' } },
      }),
    ).toEqual([
      { i: 1, f: '1', n: 'bc-é' },
      { i: 2, f: '2', n: 'bc-é' },
    ]);
    expect(
      built({ $each: 'instance.sites', $where: { $not: { $present: '@name' } }, $do: { $value: '@index' } }),
    ).toEqual([1]);
    expect(
      built({ $join: [{ $value: 'order.number' }, 1, { $value: 'client.rpps', $optional: true }], $with: '/' }),
    ).toBe('bc-é/1');
    expect(built({ $join: ['a', 'b'] })).toBe('ab');
    expect(built({ $const: { $value: 'x' } })).toEqual({ $value: 'x' });
    expect(Object.keys(built(JSON.parse('{"__proto__": {"a": 1}}')) as object)).toEqual(['__proto__']);
  });
});

describe('a mapping that is wrong', () => {
  it('is told whole, each fault at its place in the file', () => {
    const deep = JSON.parse(`${'['.repeat(70)}${']'.repeat(70)}`) as unknown;
    const document = {
      a: { $value: 'order.nombre' },
      'b/c': { $valeur: 'x' },
      d: { $value: 'amounts.ht' },
      e: { $value: 'order.signedOn', $format: 'euros' },
      f: { $value: '@finess' },
      g: { $each: 'sites', $do: 1 },
      h: { $each: 'instance.sites', $do: { $value: '@nom' } },
      i: { $when: { $egal: 1 }, $then: 1 },
      j: { $value: 'order.number', $with: '' },
      k: { $join: 'x' },
      l: { $value: 3 },
      m: { $value: 'order.number', $map: [] },
      n: { $when: { $equals: ['order.number'] }, $then: 1 },
      o: { $when: { $in: ['order.number', 'x'] }, $then: 1 },
      p: { $when: { $all: [] } },
      q: { $each: 'instance.sites' },
      r: { $value: 'order.number', $optional: 'oui' },
      s: { $value: 'order.number', $format: 3 },
      t: deep,
    };
    const root = 'x/avance.mapping.json#/document';
    const told = wheres(files(document));
    expect(told.slice(0, -1)).toEqual([
      `${root}/a/$value`,
      `${root}/b~1c/$valeur`,
      `${root}/d/$format`,
      `${root}/e/$format`,
      `${root}/f/$value`,
      `${root}/g/$each`,
      `${root}/h/$do/$value`,
      `${root}/i/$when`,
      `${root}/j/$with`,
      `${root}/k`,
      `${root}/l/$value`,
      `${root}/m/$map`,
      `${root}/n/$when/$equals`,
      `${root}/o/$when/$in`,
      `${root}/p/$when/$all`,
      `${root}/p`,
      `${root}/q`,
      `${root}/r/$optional`,
      `${root}/s/$format`,
    ]);
    expect(told.at(-1)).toMatch(/\/t(?:\/0)+$/u);
  });

  it('has a header', () => {
    const root = 'x/avance.mapping.json#';
    expect(wheres({ ...files(1), mapping: [] })).toEqual([root]);
    expect(wheres({ ...files(1), mapping: { autre: 1, limits: { pieceBytes: 0 } } })).toEqual(
      ['autre', 'language', 'kind', 'name', 'version', 'status', 'document', 'limits/pieceBytes'].map(
        (key) => `${root}/${key}`,
      ),
    );
    expect(wheres(files(1, { kind: 'solde', limits: 3 }))).toEqual([`${root}/kind`, `${root}/limits/`]);
    expect(wheres({ ...files(1), schema: { $ref: 'https://ailleurs' } })).toEqual(['x/avance.schema.json#']);
    expect(wheres({ ...files(1), schema: 3 })).toEqual(['x/avance.schema.json#']);
  });
});

describe('a layout', () => {
  it('is a draft unless it says official, and its schema does not say proposed', () => {
    const proposed = (changes: object, schema: object = {}): boolean =>
      readLayout('avance', { ...files(1, changes), schema }).proposed;
    expect([proposed({}), proposed({ status: 'proposed' }), proposed({}, { 'x-status': 'proposed' })]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('judges two decimals as a multiple of a hundredth, whatever floats say', () => {
    const layout = readLayout('avance', { ...files(1), schema: { type: 'number', multipleOf: 0.01 } });
    const check = (amount: number) => layout.check(amount);
    expect([check(3500.4), check(36_892.8), check(0.07)]).toEqual([[], [], []]);
    expect(check(0.005)).toEqual([{ where: '/', detail: 'un multiple de 0.01' }]);
  });

  it('has faults of which the value is shown', () => {
    const document = { a: { 'b/c~d': ['x', 'y'], e: [], n: null }, t: 'x'.repeat(200), z: 5 };
    const shown = ['/', '', '/a', '/a/b~1c~0d', '/a/b~1c~0d/1', '/a/e', '/a/n', '/z', '/a/toString', '/y/z'].map((at) =>
      shownAt(document, at),
    );
    expect(shown).toEqual([
      'objet (a, t, z)',
      'objet (a, t, z)',
      'objet (b/c~d, e, n)',
      'liste de 2 éléments',
      '"y"',
      'liste de 0 élément',
      'null',
      '5',
      'rien',
      'rien',
    ]);
    expect(shownAt(document, '/t')).toHaveLength(80);
    expect(shownAt('texte', '/')).toBe('"texte"');
  });

  it('tells one fault of a condition, not the condition', () => {
    const schema = { if: { required: ['a'] }, else: { required: ['b'] } };
    const layout = readLayout('avance', { ...files(1), schema });
    expect(layout.check({}).map(({ detail }) => detail)).toEqual(['il manque « b »']);
  });

  it('is replaced by one that shares nothing with ours, and its schema holds', async () => {
    const official = { status: 'official' };
    const [advance] = await play({ orders: [anOrder()], layout: layoutOf('avance', 'example', official) });
    const [balance] = await play({
      kind: 'solde',
      orders: [aDoneOrder()],
      layout: layoutOf('solde', 'example', official),
    });
    if (advance?.ok !== true || balance?.ok !== true) throw new Error('refused');
    expect(advance.prepared.json.name).toBe('avance.SGL-VA1.INST-1.json');
    expect(JSON.parse(advance.prepared.json.text)).toMatchObject({
      DOSSIERS: [
        {
          BDC: { DATE_SIGNATURE: '01/02/2022' },
          MONTANTS: { HT: '27450,00', TTC: '32940,00', TVA: '20', DEMANDE: '9882,00' },
          SITES: [{ RANG: 1, FINESS_ET: '990000028' }, { RANG: 2 }],
        },
      ],
    });
    expect(JSON.parse(balance.prepared.json.text)).toMatchObject({
      entete: { etabliLe: '20231213' },
      avance: { numero: 'ASP-77', centimes: 988_200 },
      aPayer: 2_305_800,
      pieces: ['INVOICE:facture.pdf', 'VA:va.pdf'],
    });
  });

  it('refuses the order whose file it does not foresee', async () => {
    const document = { a: { $value: 'order.number', $map: { autre: 1 } } };
    expect(await codes({ orders: [anOrder()], layout: readLayout('avance', files(document)) })).toEqual([
      ['ASP_LAYOUT_UNMAPPED'],
    ]);
    const schema = { type: 'object', required: ['b'], properties: { a: { type: 'integer' } } };
    const layout = readLayout('avance', { ...files({ a: 'x' }), schema });
    const [one] = await play({ orders: [anOrder()], layout });
    if (one?.ok !== false) throw new Error('made');
    expect(one.refused.reasons.map(({ code, where }) => `${code} ${where}`).toSorted()).toEqual([
      'ASP_LAYOUT_SCHEMA /',
      'ASP_LAYOUT_SCHEMA /a',
    ]);
  });

  it('takes its own limits of size', async () => {
    const layout = readLayout('avance', files(1, { limits: { pieceBytes: 10 } }));
    expect(await codes({ orders: [anOrder()], layout, requests: [anAdvance({ instance: 'X', sites: [] })] })).toEqual([
      ['ASP_PIECE_TOO_LARGE'],
    ]);
  });
});
