import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { existenceTest } from '#checks/xds/existence.fixture.ts';
import { feeding } from '#checks/xds/feeding.fixture.ts';
import { envelopeWithVihf, signAssertion } from '#checks/vihf/message.fixture.ts';
import { verdictOf } from '#dsr/verdict/index.ts';
import { readMtom, type MimePart } from '#formats/mime/index.ts';
import { makeCredential, type TestCredential } from '#formats/xmldsig/credential.fixture.ts';
import { readCodeFiles } from './code-files.ts';
import { VIHF, XDS } from './dmp.ts';
import type { CheckOptions, Outcome } from './types.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-dmp-'));
let count = 0;
let seal: TestCredential;
/** Root, document and signature of a conforming feeding: as the schema wants it, and with slots after classifications. */
let shapes: readonly (readonly MimePart[])[];

beforeAll(async () => {
  seal = await makeCredential('CN=labo.test, OU=10B0152872, O=LABO TEST, C=FR', 'signature');
  const late = (text: string): string =>
    text.replaceAll(/<ExtrinsicObject [^]*?<\/ExtrinsicObject>/g, (entry) => {
      // Slots of the entry itself come before its first Classification.
      const at = entry.indexOf('<Classification ');
      const slots = [...entry.slice(0, at).matchAll(/<Slot [^]*?<\/Slot>/g)].map(([slot]) => slot);
      const others = slots.reduce((rest, slot) => rest.replace(slot, ''), entry);
      return others.replace('</ExtrinsicObject>', `${slots.join('')}</ExtrinsicObject>`);
    });
  shapes = [feeding(seal), feeding(seal, { envelope: late })].map(({ contentType, body }) => {
    const mtom = readMtom(contentType, body);
    if (!mtom.ok) throw new Error(mtom.fault.message);
    return [mtom.root, ...mtom.attachments.values()];
  });
});

function file(content: string | Uint8Array): string {
  count += 1;
  const path = join(folder, `${count}.bin`);
  writeFileSync(path, content);
  return path;
}
async function judge(kind: typeof XDS, content: string | Uint8Array, options: CheckOptions = {}): Promise<Outcome> {
  const [outcome] = await kind.judge([file(content)], options);
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
}
/** What is said of the product: a scope is what the command itself does not judge. */
const rules = ({ findings }: Outcome): string[] => [
  ...new Set(findings.map(({ rule }) => rule).filter((rule) => rule !== 'FILE-SCOPE')),
];

type Encoding = 'binary' | 'BASE64' | 'quoted-printable';
interface Shape {
  readonly lateSlots: boolean;
  readonly order: readonly number[];
  readonly encodings: readonly Encoding[];
  readonly percent: boolean;
  readonly prefix: string;
  readonly head: 'http' | 'mime' | 'none';
  readonly lineEnd: '\r\n' | '\n';
}

function encoded(bytes: Uint8Array, encoding: Encoding): Buffer {
  if (encoding === 'binary') return Buffer.from(bytes);
  if (encoding === 'BASE64') return Buffer.from(Buffer.from(bytes).toString('base64').replaceAll(/.{76}/g, '$&\r\n'));
  const lines = [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`);
  return Buffer.from(lines.map((text, index) => (index % 25 === 24 ? `${text}=\r\n` : text)).join(''));
}

/** The same feeding as another client would have written it. */
function written(shape: Shape): Buffer {
  const parts = shapes[shape.lateSlots ? 1 : 0] ?? [];
  const { lineEnd } = shape;
  const escape = (id: string): string => (shape.percent ? id.replaceAll('@', '%40').replaceAll('d', '%64') : id);
  const blocks = shape.order.flatMap((index) => {
    const part = parts[index];
    if (part === undefined) return [];
    let content: Uint8Array = part.content;
    if (index === 0) {
      const text = Buffer.from(content)
        .toString()
        .replaceAll(/(<\/?)x:/g, `$1${shape.prefix}:`)
        .replaceAll('xmlns:x=', `xmlns:${shape.prefix}=`)
        .replaceAll(/(<\/?)soap:/g, `$1${shape.prefix}-env:`)
        .replaceAll('xmlns:soap=', `xmlns:${shape.prefix}-env=`)
        .replaceAll(/href="cid:([^"]*)"/g, (_, id: string) => `href="cid:${escape(decodeURIComponent(id))}"`);
      content = Buffer.from(text);
    }
    const type = index === 0 ? 'application/xop+xml; charset=UTF-8; type="application/soap+xml"' : 'text/xml';
    const head = [
      `--limite de ${count}`,
      `Content-ID: <${part.contentId}>`,
      `content-type: ${type}`,
      `Content-Transfer-Encoding: ${shape.encodings[index]}`,
      '',
      '',
    ];
    return [
      Buffer.from(head.join(lineEnd)),
      encoded(content, shape.encodings[index] ?? 'binary'),
      Buffer.from(lineEnd),
    ];
  });
  const body = Buffer.concat([...blocks, Buffer.from(`--limite de ${count}--${lineEnd}`)]);
  const start = `<${parts[0]?.contentId}>`;
  const header = `multipart/related; start="${start}"; type="application/xop+xml"; boundary="limite de ${count}"; action="urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b"`;
  const heads = {
    http: ['POST /si-dmp-server/v2/services/repository HTTP/1.1', 'Host: a', `Content-Type: ${header}`, '', ''],
    mime: ['MIME-Version: 1.0', `Content-Type: ${header.replace('; type', ';\r\n  type')}`, '', ''],
    none: [],
  }[shape.head];
  return Buffer.concat([Buffer.from(heads.join('\r\n')), body]);
}

const PLAIN: Shape = {
  lateSlots: false,
  order: [0, 1, 2],
  encodings: ['binary', 'binary', 'binary'],
  percent: false,
  prefix: 'x',
  head: 'http',
  lineEnd: '\r\n',
};

describe('jalon check xds', () => {
  it('reads a feeding however it was written and saved', async () => {
    const encoding = fc.constantFrom<Encoding>('binary', 'BASE64', 'quoted-printable');
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          lateSlots: fc.boolean(),
          order: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
          encodings: fc.tuple(encoding, encoding, encoding),
          percent: fc.boolean(),
          prefix: fc.constantFrom('xdsb', 'ns2', 'a.b', 'É'),
          head: fc.constantFrom<Shape['head']>('http', 'mime', 'none'),
          lineEnd: fc.constantFrom<Shape['lineEnd']>('\r\n', '\n'),
        }),
        async (shape) => {
          const outcome = await judge(XDS, written(shape));
          expect(rules(outcome)).toEqual([]);
          expect(outcome.readable).toBe(true);
          expect(outcome.toVerify).toBeUndefined();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('reads a package saved alone after a preamble, and an envelope in UTF-16', async () => {
    const preamble = Buffer.from('This is a multi-part message in MIME format.\r\n--not a boundary\r\n\r\n');
    const saved = await judge(XDS, Buffer.concat([preamble, written({ ...PLAIN, head: 'none' })]));
    expect(rules(saved)).toEqual([]);
    expect(saved.readable).toBe(true);
    const text = Buffer.from(shapes[0]?.[0]?.content ?? '').toString();
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    for (const wide of [little, Buffer.from(little).swap16()]) {
      const outcome = await judge(XDS, wide);
      expect(rules(outcome)).toEqual([]);
      expect(outcome).toMatchObject({ readable: true, toVerify: true });
    }
  });

  it('finds the same fault whatever the capture, at the place of the vendor’s own message', async () => {
    for (const head of ['http', 'mime', 'none'] as const) {
      const message = written({ ...PLAIN, head })
        .toString('latin1')
        .replace('<Value>art</Value>', '<Value>fr-FR</Value>');
      const outcome = await judge(XDS, Buffer.from(message, 'latin1'));
      expect(rules(outcome)).toEqual(['XDS-SIGNATURE-METADATA']);
      expect(outcome.findings[0]).toMatchObject({ received: 'fr-FR', expected: 'art' });
      expect(outcome.findings[0]?.where).toMatch(/ExtrinsicObject\[2\]/);
    }
  });

  it('judges a bare envelope, and is never plainly green without its documents', async () => {
    const bare = await judge(XDS, shapes[0]?.[0]?.content ?? '');
    expect(rules(bare)).toEqual([]);
    expect(bare).toMatchObject({ readable: true, toVerify: true });
    const test = await judge(XDS, signAssertion(existenceTest(), { credential: seal }));
    expect(rules(test)).toEqual([]);
    expect(test).toMatchObject({ readable: true, toVerify: true });
    const wrong = await judge(XDS, signAssertion(existenceTest('urn:x'), { credential: seal }));
    expect(rules(wrong)).toEqual(['TD02-ACTION']);
  });

  it('takes the lists of the user: a file or a folder', async () => {
    const list = (code: string): string =>
      JSON.stringify({
        lists: [
          {
            metadata: 'practiceSettingCode',
            name: 'Cadres',
            complete: true,
            codes: [{ code, system: '1.2.250.1.213.1.1.4.9' }],
          },
        ],
      });
    const { lists: right } = await readCodeFiles(file(list('AMBULATOIRE')));
    expect(rules(await judge(XDS, written(PLAIN), { codes: right }))).toEqual([]);
    const own = join(folder, 'listes');
    mkdirSync(own);
    writeFileSync(join(own, 'a.json'), list('AMBULATOIRE'));
    writeFileSync(join(own, 'b.json'), list('ETABLISSEMENT'));
    writeFileSync(join(own, 'notes.txt'), 'x');
    const wrong = await judge(XDS, written(PLAIN), { codes: (await readCodeFiles(own)).lists });
    expect(rules(wrong)).toEqual(['XDS-CODE-VALUE']);
    expect(wrong.findings[0]?.expected).toContain('Cadres');
  });

  it('refuses lists that it cannot read, saying which and why', async () => {
    const empty = join(folder, 'vide');
    mkdirSync(empty);
    for (const [path, exitCode] of [
      [join(folder, 'absent.json'), 2],
      [file('{'), 3],
      [file('{}'), 3],
      [empty, 3],
    ] as const) {
      await expect(readCodeFiles(path)).rejects.toMatchObject({ code: 'CHECK_CODES_INVALID', exitCode });
    }
  });
});

describe('what a file does not tell', () => {
  const dated = (date: string): Buffer =>
    Buffer.from(written(PLAIN).toString('latin1').replace('\r\nHost: a', `\r\nDate: ${date}\r\nHost: a`), 'latin1');

  it('a VIHF is not judged by « check xds », which gives the command', async () => {
    const path = file(written(PLAIN));
    const [outcome] = await XDS.judge([path], {});
    expect(outcome?.findings).toMatchObject([{ rule: 'FILE-SCOPE', severity: 'info' }]);
    expect(outcome?.findings[0]?.remedy).toContain(`check vihf ${path}`);
    expect(verdictOf(outcome?.findings ?? [])).toBe('conforme');
    const without = written(PLAIN)
      .toString('latin1')
      .replaceAll(/<o:Security[^]*<\/o:Security>/g, '');
    const none = await judge(XDS, Buffer.from(without, 'latin1'));
    expect(none.findings.map(({ rule }) => rule)).not.toContain('FILE-SCOPE');
  });

  it('freshness is judged against the Date header, and said not to be without it', async () => {
    const undated = await judge(VIHF, written(PLAIN));
    expect(undated.findings).toMatchObject([
      { rule: 'FILE-SCOPE', received: expect.stringContaining('Date') as string },
    ]);
    expect((await judge(VIHF, dated('Mon, 05 Jan 2026 10:00:02 GMT'))).findings).toEqual([]);
    expect(rules(await judge(VIHF, dated('Mon, 05 Jan 2026 10:30:00 GMT')))).toEqual(['VIHF-FRESH']);
    expect(rules(await judge(XDS, dated('Mon, 05 Jan 2026 10:30:00 GMT')))).toEqual(['XDS-SUBMISSION-TIME']);
    const mime = Buffer.concat([
      Buffer.from('Date: Mon, 05 Jan 2026 11:30:00 +0100\r\n'),
      written({ ...PLAIN, head: 'mime' }),
    ]);
    expect(rules(await judge(VIHF, mime))).toEqual(['VIHF-FRESH']);
    for (const date of ['hier', '05/01/2026 10:30', '']) {
      expect((await judge(VIHF, dated(date))).findings.map(({ rule }) => rule)).toEqual(['FILE-SCOPE']);
    }
  });
});

describe('hostile files', () => {
  const bomb = (): Buffer =>
    Buffer.from(
      `Content-Type: multipart/related; type="application/xop+xml"; boundary=b\r\n\r\n${'--b\r\nContent-ID: <a>\r\n\r\n\r\n'.repeat(5000)}--b--\r\n`,
    );
  const nested = Buffer.from(
    'Content-Type: multipart/related; type="application/xop+xml"; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/related; boundary=c\r\n\r\n--c\r\n\r\n--c--\r\n--b--\r\n',
  );
  const entities = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>`;
  const deep = '<a>'.repeat(100_000);

  it.each([
    ['a MIME bomb', bomb(), /plus de 1000 parties/],
    ['a multipart in a multipart', nested, /elle-même un multipart/],
    ['entities', entities, /DOCTYPE|DTD|entit/i],
    ['depth', deep, /profond|imbriqu|niveaux/i],
    [
      'a package cut short',
      'Content-Type: multipart/related; type="application/xop+xml"; boundary=b\r\n\r\n--b\r\n\r\n',
      /tronqué/,
    ],
  ])('%s is refused with a clear message', async (_, content, message) => {
    for (const kind of [XDS, VIHF]) {
      const outcome = await judge(kind, content);
      expect(outcome.findings).toHaveLength(1);
      expect(outcome.readable && verdictOf(outcome.findings) === 'conforme').toBe(false);
      expect(outcome.findings[0]?.received).toMatch(message);
    }
  });

  it('an answer, or what is neither MIME nor XML, is told as such', async () => {
    const answer = await judge(XDS, 'HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n\r\n<a/>');
    expect(answer).toMatchObject({ readable: false, findings: [{ received: 'une réponse HTTP' }] });
    for (const content of ['hello', 'Subject: x\r\n\r\nhello', 'POST /a HTTP/1.1\r\nHost: a\r\n\r\nhello', '--']) {
      expect(await judge(XDS, content)).toMatchObject({ readable: false, findings: [{ rule: 'FILE-READABLE' }] });
    }
  });

  it('never throws, whatever bytes are given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        for (const kind of [XDS, VIHF]) expect((await judge(kind, bytes)).findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });
});

describe('jalon check vihf', () => {
  it.each([
    ['TD0.4', '<patientList xmlns="urn:si-dmp-patients"/>', []],
    ['TD0.5', '<PRPA_IN201305UV02 xmlns="urn:hl7-org:v3"/>', []],
    ['TD0.3', '<setAuthorization xmlns="urn:si-dmp-habilitations"/>', ['VIHF-RESOURCE-ID']],
  ])('%s: whether the VIHF needs a patient', async (_name, body, expected) => {
    const resource = /<s:Attribute Name="[^"]*resource-id">.*?<\/s:Attribute>/;
    const plain = envelopeWithVihf(body).replace(resource, '');
    const message = Buffer.from(signAssertion(plain, { credential: seal }));
    expect(rules(await judge(VIHF, message))).toEqual(expected);
  });

  it('reads the VIHF of any capture, and finds it broken', async () => {
    for (const head of ['http', 'mime', 'none'] as const) {
      const message = written({ ...PLAIN, head, order: [2, 0, 1] });
      expect(rules(await judge(VIHF, message))).toEqual([]);
      const broken = message.toString('latin1').replace('>BLUE EVA<', '>RED EVA<');
      expect(rules(await judge(VIHF, Buffer.from(broken, 'latin1')))).toEqual(['VIHF-SIGNATURE']);
    }
    expect(rules(await judge(VIHF, shapes[0]?.[0]?.content ?? ''))).toEqual([]);
  });
});
