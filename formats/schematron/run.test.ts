import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { filesOf, schemaOf } from './files.fixture.ts';
import { interpret, loadSchema, openLibrary, parseXml } from './index.ts';

const SET = `<svs:RetrieveValueSetResponse xmlns:svs="urn:ihe:iti:svs:2008"><svs:Concept code="A"/><svs:Concept code="B"/></svs:RetrieveValueSetResponse>`;
/** Above the size from which texts are looked for without a tree. */
const LARGE = `<terms>${Array.from({ length: 9000 }, (_, index) => `<notation>T${index}</notation>`).join('\n')}</terms>`;
const NESTED = `<terms><notation>N<part>1</part></notation>${LARGE.slice('<terms>'.length)}`;

const DOCUMENT = `<ClinicalDocument xmlns="urn:hl7-org:v3"><code code="A"/><code code="Z"/><b v="1"/><t>T7</t></ClinicalDocument>`;

interface Given {
  readonly document?: string;
  readonly texts?: Readonly<Record<string, string>>;
  /** fontoxpath evaluates variables before they are read, and a context as a whole. */
  readonly ours?: true;
}

function run(patterns: string, { document = DOCUMENT, texts = {}, ours }: Given = {}) {
  const files = filesOf({
    'schemas/main.sch': schemaOf(patterns),
    'sets/set.xml': SET,
    'sets/large.rdf': LARGE,
    'sets/nested.rdf': NESTED,
    ...texts,
  });
  const { schema, problems } = loadSchema(files, 'schemas/main.sch');
  if (schema === undefined) throw new Error(problems[0]?.message);
  const documents = openLibrary(files).from('schemas/main.sch');
  const [both, alone] = (['both', 'fontoxpath'] as const).map((engine) =>
    interpret(schema, documents, { engine }).judge(parseXml(document)),
  );
  // Whatever the engine of the expressions, the schema says the same.
  const plain = (failures: typeof both) => failures?.map((failure) => ({ ...failure, text: '' }));
  if (ours !== true) expect(plain(alone)).toEqual(plain(both));
  return both ?? [];
}
const rule = (context: string, content: string): string =>
  `<pattern><rule context="${context}">${content}</rule></pattern>`;
const said = (failures: ReturnType<typeof run>): readonly string[] =>
  failures.map(({ where, text }) => `${where} ${text}`);

describe('a schematron, on a document', () => {
  it('tells what is not true, and what is reported, with its place, its message and where it comes from', () => {
    const failures = run(
      rule(
        'cda:code',
        '<assert id="A1" role="warning" test="@code = \'A\'">code <value-of select="@code"/> de <name/>\n  inattendu</assert><report test="@code = \'A\'">A</report>',
      ),
    );
    expect(failures).toMatchObject([
      { kind: 'report', where: '/ClinicalDocument/code[1]', text: 'A', element: 1 },
      {
        kind: 'assert',
        where: '/ClinicalDocument/code[2]',
        text: 'code Z de code inattendu',
        element: 2,
        id: 'A1',
        role: 'warning',
        file: 'schemas/main.sch',
        context: 'cda:code',
      },
    ]);
  });

  it('fires the first rule of a pattern that matches a node, and one of each pattern', () => {
    const failures = run(
      `<pattern><rule context="cda:code[@code = 'A']"><assert test="false()">premier</assert></rule><rule context="cda:code"><assert test="false()">second</assert></rule></pattern>${rule('cda:code', '<assert test="false()">autre</assert>')}`,
    );
    expect(said(failures)).toEqual([
      '/ClinicalDocument/code[1] premier',
      '/ClinicalDocument/code[1] autre',
      '/ClinicalDocument/code[2] second',
      '/ClinicalDocument/code[2] autre',
    ]);
  });

  it('reads variables of the schema, of the rule, and a variable made from another', () => {
    const failures = run(
      `<let name="codes" value="('A', 'B')"/><let name="all" value="count(//cda:code)"/>${rule(
        'cda:code',
        '<let name="own" value="@code"/><let name="in" value="$own = $codes"/><assert test="$in">hors de <value-of select="$all"/></assert>',
      )}`,
    );
    expect(said(failures)).toEqual(['/ClinicalDocument/code[2] hors de 2']);
  });

  it.each([
    ['/', '/'],
    ['cda:ClinicalDocument', '/ClinicalDocument'],
    ['/cda:ClinicalDocument/cda:b', '/ClinicalDocument/b[1]'],
    ['cda:ClinicalDocument//cda:b', '/ClinicalDocument/b[1]'],
    ['*[@v]', '/ClinicalDocument/b[1]'],
    ['cda:b/@v', '/ClinicalDocument/b[1]/@v'],
    ["cda:ClinicalDocument[cda:code/@code='Z']", '/ClinicalDocument'],
    ['cda:b | cda:b[@v]', '/ClinicalDocument/b[1]'],
    ['cda:code[2]', '/ClinicalDocument/code[2]'],
    ['cda:b[preceding-sibling::cda:code]', '/ClinicalDocument/b[1]'],
  ])('finds the nodes of the context %s', (context, where) => {
    expect(run(rule(context, '<assert test="false()">x</assert>')).map((failure) => failure.where)).toEqual([where]);
  });

  it('reads a value set, relative to the main schema', () => {
    const failures = run(
      rule('cda:code', `<assert test="@code = document('../sets/set.xml')//svs:Concept/@code">hors jeu</assert>`),
    );
    expect(said(failures)).toEqual(['/ClinicalDocument/code[2] hors jeu']);
  });

  it.each(['large', 'nested'])('looks for a code in a large terminology: %s', (name) => {
    const failures = run(
      `<let name="dir" value="'../sets/'"/>${rule(
        'cda:t',
        `<let name="v" value="string(.)"/><assert test="exists(doc(concat($dir, '${name}.rdf'))//notation[text() = $v])">absent</assert><assert test="exists(doc(concat($dir, '${name}.rdf'))//notation[text() = 'N1'])">pas N1</assert>`,
      )}`,
    );
    // The text of an element is not the text of what it holds.
    expect(said(failures)).toEqual(['/ClinicalDocument/t[1] pas N1']);
  });
});

describe('what cannot be evaluated', () => {
  it.each([
    ["doc('../sets/absent.xml')//x", 'absent.xml'],
    ["doc('../../outside.xml')", 'outside.xml'],
    ["doc('/etc/passwd')", 'etc/passwd'],
    ["doc('../sets/bad.xml')//x", 'bad.xml'],
    ['nothing(.)', 'nothing'],
    ['$absent', 'absent'],
    ['@code[', ''],
    [`${'('.repeat(20_000)}1${')'.repeat(20_000)}`, ''],
    ["string-length((//cda:code, 'a')) = 1", ''],
  ])('is told alone, and the rest is judged: %s', (test, part) => {
    const escaped = test.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const failures = run(
      rule('cda:b', `<assert test="${escaped}">jamais</assert><assert test="false()">ensuite</assert>`),
      { texts: { 'sets/bad.xml': '<x' } },
    );
    expect(failures.map(({ kind, where }) => [kind, where])).toEqual([
      ['error', '/ClinicalDocument/b[1]'],
      ['assert', '/ClinicalDocument/b[1]'],
    ]);
    expect(failures[0]?.text).toContain(part);
  });

  it('is not read is no error: variables are lazy', () => {
    const lazy = '<let name="bad" value="doc(\'absent.xml\')"/><assert test="true() or $bad">x</assert>';
    expect(run(rule('cda:b', lazy), { ours: true })).toEqual([]);
  });

  it('in a context is told once; nodes on which it can be evaluated are judged', () => {
    const failures = run(
      rule("cda:code[if (@code = 'A') then doc('absent.xml') else true()]", '<assert test="false()">oui</assert>'),
      { ours: true },
    );
    expect(failures.map(({ kind, where }) => [kind, where])).toEqual([
      ['error', '/'],
      ['assert', '/ClinicalDocument/code[2]'],
    ]);
  });

  it('a variable defined by itself is unknown to itself', () => {
    const failures = run(rule('cda:b', '<let name="x" value="$x + 1"/><assert test="$x = 1">x</assert>'));
    expect(failures.map(({ kind }) => kind)).toEqual(['error']);
  });

  it('a message that cannot be made says so in its place', () => {
    const failures = run(rule('cda:b', '<assert test="false()">valeur <value-of select="doc(\'no.xml\')"/></assert>'));
    expect(failures[0]?.text).toMatch(/^valeur \[FODC0002/u);
  });
});

describe('a schema that judges many documents', () => {
  it('keeps none of them, whichever rule spoke of it last', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `e${index}`);
    const rules = names.map((name) =>
      rule(`cda:${name}[../cda:code[@code]]`, '<assert test="cda:a[@x][1]/cda:b[@y = 1]/string(.) = \'z\'">x</assert>'),
    );
    const files = filesOf({ 'main.sch': schemaOf(rules.join('')) });
    const { schema } = loadSchema(files, 'main.sch');
    if (schema === undefined) throw new Error('no schema');
    const { judge } = interpret(schema, openLibrary(files).from('main.sch'));
    const judged = names.map((name) => {
      const document = parseXml(
        `<r xmlns="urn:hl7-org:v3"><code code="A"/><${name}><a x="1"><b y="1">w</b></a></${name}></r>`,
      );
      expect(judge(document)).toHaveLength(1);
      return new WeakRef(document);
    });
    // A reference that was read in this turn lives until its end.
    await setImmediate();
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    expect(judged.filter((one) => one.deref() !== undefined).length).toBeLessThan(3);
  });
});
