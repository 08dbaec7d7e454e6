import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { readXml, type XmlElement } from '#formats/xml/index.ts';
import { faultTable } from '../faults.ts';
import type { IdentityAnswer } from '../identity.ts';
import { BULK_VERIFICATION, TRAITS_SEARCH, UNIT_VERIFICATION, vocabularyOf } from '../operations.ts';
import { DRESSES, PUBLISHED } from './dresses.ts';
import { type Dress, dressOf, writeFault, writeSearchAnswer, writeVerificationAnswer } from './index.ts';

const IDENTITY: IdentityAnswer = {
  active: { number: '1090763220834', key: '89', oid: '1.2.250.1.213.1.4.8' },
  history: [{ number: '2090763220834', key: '39', oid: '1.2.250.1.213.1.4.8', from: '2009-07-14', to: '2015-01-01' }],
  traits: {
    birthName: "D'ARTAGNAN & <FILS>",
    firstName: 'PIERRE-ALAIN',
    firstNames: 'PIERRE-ALAIN MURIEL',
    sex: '',
    birthDate: '2009-07-14',
    birthPlace: '63220',
  },
};

type Write = (dress: Dress) => string;
const search =
  (identity: IdentityAnswer, messageId = 'uuid:1'): Write =>
  (dress) =>
    writeSearchAnswer({ operation: TRAITS_SEARCH, code: '00', identity, messageId }, dress);

/** What a namespace-aware reader keeps: names, attributes, texts; never prefixes nor what is between elements. */
type Tree = readonly [name: string, attributes: readonly string[], content: string | readonly Tree[]];

function libxmlTree(xml: string): Tree {
  const reading = readXml(xml);
  if (!reading.ok) throw new Error(`${reading.fault.message}\n${xml}`);
  const visit = (element: XmlElement): Tree => {
    const elements = element.children.filter((one) => one.kind === 'element');
    return [
      `{${element.name.namespace}}${element.name.local}`,
      element.attributes.map(({ name, value }) => `{${name.namespace}}${name.local}=${value}`).toSorted(),
      elements.length > 0 ? elements.map(visit) : element.text,
    ];
  };
  return visit(reading.root);
}

/** The same by another parser, which shares nothing with libxml2. */
function saxesTree(xml: string): Tree {
  type Open = { name: string; attributes: string[]; children: Tree[]; text: string };
  const parser = new SaxesParser({ xmlns: true });
  const stack: Open[] = [{ name: '', attributes: [], children: [], text: '' }];
  const push = (text: string): void => {
    const top = stack.at(-1);
    if (top) top.text += text;
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.values(tag.attributes)
      .filter((one) => one.prefix !== 'xmlns' && one.name !== 'xmlns')
      .map((one) => `{${one.uri}}${one.local}=${one.value}`)
      .toSorted();
    stack.push({ name: `{${tag.uri}}${tag.local}`, attributes, children: [], text: '' });
  });
  parser.on('text', push);
  parser.on('cdata', push);
  parser.on('closetag', () => {
    const done = stack.pop();
    if (done)
      stack.at(-1)?.children.push([done.name, done.attributes, done.children.length > 0 ? done.children : done.text]);
  });
  parser.write(xml).close();
  const [root] = stack[0]?.children ?? [];
  if (!root) throw new Error('no root');
  return root;
}

/** Body only: the header blocks are optional, recorded answers have none. */
function bodyOf([, , content]: Tree): Tree | undefined {
  return typeof content === 'string' ? undefined : content.find(([name]) => name.endsWith('}Body'));
}

const NAMES = vocabularyOf();
const WRITERS: readonly (readonly [string, Write])[] = [
  ['a person', search(IDENTITY)],
  ['nobody', (dress) => writeSearchAnswer({ operation: TRAITS_SEARCH, code: '01', messageId: undefined }, dress)],
  [
    'a verification',
    (dress) =>
      writeVerificationAnswer(
        { operation: UNIT_VERIFICATION, results: [{ reference: '', verdict: 'KO' }], messageId: 'uuid:2' },
        NAMES,
        dress,
      ),
  ],
  [
    'a bulk verification',
    (dress) =>
      writeVerificationAnswer(
        {
          operation: BULK_VERIFICATION,
          results: [
            { reference: `a "1" & 'b'`, verdict: 'OK' },
            { reference: '2', verdict: 'KO' },
          ],
          messageId: 'uuid:3',
        },
        NAMES,
        dress,
      ),
  ],
];

describe('the dresses of an answer', () => {
  it('are all different texts, and follow one another by rank', () => {
    const texts = DRESSES.map((dress) => search(IDENTITY)(dress));
    expect(new Set(texts).size).toBe(DRESSES.length);
    expect(DRESSES.length).toBeGreaterThanOrEqual(7);
    expect(Array.from({ length: DRESSES.length * 2 }, (_, turn) => dressOf(turn, false))).toEqual([
      ...DRESSES,
      ...DRESSES,
    ]);
    expect(dressOf(3, true)).toBe(PUBLISHED);
  });

  it('differ in all that a regular expression relies on', () => {
    const texts = DRESSES.map((dress) => search(IDENTITY)(dress));
    const some = (pattern: RegExp): readonly boolean[] => texts.map((text) => pattern.test(text));
    for (const pattern of [
      /<RESULTAT /,
      /<CodeCR>00</,
      /<!\[CDATA\[/,
      /&#\d+;/,
      /\r\n/,
      /<!--/,
      /^<\?xml/,
      /<Sexe\/>/,
      /<soap:Envelope/,
      /<env:Body/,
      /xmlns:ns2=/,
      /='/,
    ]) {
      expect(some(pattern), String(pattern)).toContain(true);
      expect(some(pattern), String(pattern)).toContain(false);
    }
  });

  it.each(WRITERS)('say the same of %s to two namespace-aware readers', (_, write) => {
    const published = bodyOf(libxmlTree(write(PUBLISHED)));
    expect(published).toBeDefined();
    for (const dress of DRESSES) {
      const xml = write(dress);
      expect(bodyOf(libxmlTree(xml)), dress.name).toEqual(published);
      expect(bodyOf(saxesTree(xml)), dress.name).toEqual(published);
    }
  });

  it('carry the addressing blocks, or none', () => {
    const headers = DRESSES.map((dress) => {
      const [, , content] = libxmlTree(search(IDENTITY, 'uuid:<écho>')(dress));
      const header = typeof content === 'string' ? undefined : content.find(([name]) => name.endsWith('}Header'));
      return header?.[2];
    });
    for (const header of headers) {
      if (typeof header !== 'object') continue;
      expect(header).toEqual([
        ['{http://www.w3.org/2005/08/addressing}Action', [], `${TRAITS_SEARCH.action}Response`],
        ['{http://www.w3.org/2005/08/addressing}RelatesTo', [], 'uuid:<écho>'],
      ]);
    }
    expect(headers.filter((header) => typeof header === 'object').length).toBeGreaterThan(3);
    expect(headers).toContain(undefined);
  });

  it('carry any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...DRESSES), (text, dress) => {
        const traits = { ...IDENTITY.traits, birthName: text };
        const tree = libxmlTree(search({ ...IDENTITY, traits })(dress));
        const plain = libxmlTree(search({ ...IDENTITY, traits })(PUBLISHED));
        expect(bodyOf(tree)).toEqual(bodyOf(plain));
      }),
    );
  });
});

describe('the dresses of a fault', () => {
  const fault = faultTable().insi_102;
  const SOAP = 'http://www.w3.org/2003/05/soap-envelope';

  it.each(DRESSES.map((dress) => [dress.name, dress] as const))('%s', (_, dress) => {
    const xml = writeFault(fault, 'uuid:1', dress);
    const reading = readXml(xml);
    if (!reading.ok) throw new Error(reading.fault.message);
    const { soap, siram } = dress.prefixes;
    const value = soap === '' ? 'Receiver' : `${soap}:Receiver`;
    const tree = saxesTree(xml);
    expect(libxmlTree(xml)).toEqual(tree);
    expect(bodyOf(tree)?.[2]).toEqual([
      [
        `{${SOAP}}Fault`,
        [],
        [
          [
            `{${SOAP}}Code`,
            [],
            [
              [`{${SOAP}}Value`, [], value],
              [`{${SOAP}}Subcode`, [], [[`{${SOAP}}Value`, [], `${siram}:siram_40`]]],
            ],
          ],
          [`{${SOAP}}Reason`, [], [[`{${SOAP}}Text`, ['{http://www.w3.org/XML/1998/namespace}lang=fr'], fault.text]]],
          [
            `{${SOAP}}Detail`,
            [],
            [['{urn:siram}Erreur', ['{}code=insi_102', '{}messageID=uuid:1', '{}severite=fatal'], fault.text]],
          ],
        ],
      ],
    ]);
    // The names in values must be in scope where they are.
    expect(xml).toMatch(new RegExp(`xmlns:${siram}=["']urn:siram["']`));
  });
});
