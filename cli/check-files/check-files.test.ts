import { mkdirSync, mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exchange, FOUND, message, NONE, reply } from '#checks/ins/call.fixture.ts';
import { readCapture } from './capture.ts';
import { gather } from './findings.ts';
import { KINDS } from './index.ts';
import { checkedText } from './text.ts';
import type { Outcome } from './types.ts';

const folder = mkdtempSync(join(tmpdir(), 'jalon-check-'));
let count = 0;
function file(content: string | Uint8Array, extension = '.txt'): string {
  count += 1;
  const path = join(folder, `${count}${extension}`);
  writeFileSync(path, content);
  return path;
}
async function judge(kind: string, ...files: readonly string[]): Promise<readonly Outcome[]> {
  const found = KINDS.find(({ name }) => name === kind);
  if (found === undefined) throw new Error(kind);
  return found.judge(files, {});
}
const rules = (outcomes: readonly Outcome[]): string[][] =>
  outcomes.map(({ findings }) => [...new Set(findings.map(({ rule }) => rule))]);

const wire = (start: string, headers: readonly (readonly [string, string])[], body: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from([start, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n')),
    body,
  ]);
const request = (body: string): Buffer =>
  wire('POST /lps HTTP/1.1', exchange(1, body).request.headers, Buffer.from(body));
const response = (content: string, status = 200): Buffer => {
  const { headers, body } = reply(content);
  return wire(`HTTP/1.1 ${status}`, headers, body);
};

describe('insi', () => {
  it('judges requests and answers, captured or bare', async () => {
    const outcomes = await judge(
      'insi',
      file(request(message(1)), '.http'),
      file(response(NONE), '.http'),
      file(message(2), '.xml'),
      file(reply(FOUND).body, '.xml'),
    );
    expect(rules(outcomes)).toEqual([[], [], [], []]);
    expect(outcomes.every(({ readable }) => readable)).toBe(true);
  });

  it('judges a sequence together, and puts each finding on its own file', async () => {
    const outcomes = await judge('insi', file(message(1)), file(reply(FOUND).body), file(message(1)));
    expect(rules(outcomes)).toEqual([[], [], ['INSI-MESSAGE-ID-UNIQUE', 'INSI-CONTEXT-ID-UNIQUE', 'INSI-NO-RETRY']]);
    expect(outcomes[2]?.findings[0]?.where).toBe('/Envelope/Header[1]/MessageID[1]');
  });

  it('judges the content type of a capture, and not that of a bare message', async () => {
    const wrong = request(message(1)).toString().replace('application/soap+xml', 'text/xml');
    expect(rules(await judge('insi', file(wrong)))).toEqual([['INSI-CONTENT-TYPE']]);
    expect(rules(await judge('insi', file(message(1))))).toEqual([[]]);
  });

  it('is never green for an answer to reject, nor for what is no answer', async () => {
    const outcomes = await judge(
      'insi',
      file(reply(FOUND.replace('<Cle>78', '<Cle>77')).body),
      file(response(FOUND, 503)),
      file('<html></html>'),
      file('<html>'),
    );
    expect(rules(outcomes)).toEqual([
      ['INSI-ANSWER-KEY'],
      ['INSI-ANSWER-READABLE'],
      ['INSI-SOAP-READABLE'],
      ['INSI-SOAP-READABLE'],
    ]);
    expect(outcomes.map(({ readable }) => readable)).toEqual([true, false, false, false]);
  });

  it('bounds what is hostile', async () => {
    const bomb = `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(50)}">]><a>${'&b;'.repeat(50)}</a>`;
    const deep = '<a>'.repeat(100_000);
    const large = file('', '.xml');
    truncateSync(large, 9 * 1024 * 1024);
    const outcomes = await judge('insi', file(bomb), file(deep), large);
    expect(rules(outcomes)).toEqual([['INSI-SOAP-READABLE'], ['INSI-SOAP-READABLE'], ['FILE-READABLE']]);
    expect(outcomes[2]?.findings[0]?.expected).toContain('8');
  });
});

const LIST = 'Matricule;OID;Nom de naissance;Prénom(s);Sexe;Date de naissance;Lieu de naissance\n';
const ROW = '279035121518989;1.2.250.1.213.1.4.10;PAT-TROIS;DOMINIQUE MARIE;F;1979-03-28;63220\n';
const PID =
  'PID|1||42^^^LABO&1.2.250.1.999.1&ISO^PI~279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS||PAT-TROIS^DOMINIQUE^DOMINIQUE^^^^L||19790328|F|||^^^^^^BDL^^63220|||||||||||||||||||||VALI';
const MSH =
  'MSH|^~\\&|SIL|LABO|DPI|HOPITAL|20260105100000||ADT^A31^ADT_A05|M1|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM';
const MESSAGE = `${MSH}\rEVN||20260105100000\r${PID}\r`;

describe('ins', () => {
  it('cannot judge a list in Latin-1, and tells the encoding and what to do', async () => {
    const list = 'matricule;nom;prenoms\n279035121518989;PAT-TROIS;DOMINIQUE\n279035121518989;HÉLÈNE;ZOÉ\n';
    const [latin, utf8] = await judge('ins', file(Buffer.from(list, 'latin1'), '.csv'), file(list, '.csv'));
    expect(latin).toMatchObject({
      readable: false,
      findings: [{ rule: 'INS-LIST-READABLE', where: 'fichier, encodage' }],
    });
    expect(latin?.findings[0]?.received).toContain('Latin-1');
    expect(latin?.findings[0]?.remedy).toContain('UTF-8');
    expect(utf8?.readable).toBe(true);
  });

  it('takes CSV, JSON, PID segments and messages', async () => {
    const outcomes = await judge(
      'ins',
      file(`\uFEFF${LIST}${ROW}`),
      file('matricule,clé\n2790351215189,89\n'),
      file(
        JSON.stringify([
          { ins: '279035121518989', oid: '1.2.250.1.213.1.4.10', traits: { firstNames: ['ZOE', 'MARIE'] } },
        ]),
      ),
      file(`${PID}\r\n${PID}\r\n`),
      file(MESSAGE),
      file(`\u000b${MESSAGE}\u001c\r`),
    );
    expect(rules(outcomes)).toEqual([[], [], [], [], [], []]);
    expect(outcomes.every(({ readable }) => readable)).toBe(true);
  });

  it('names the line, the element or the message', async () => {
    const wrong = (text: string): string => text.replaceAll('518989', '518988');
    const outcomes = await judge(
      'ins',
      file(LIST + ROW + wrong(ROW)),
      file('[{"ins":"279035121518989"},{"ins":"279035121518988"}]'),
      file(`${PID}\r${wrong(PID)}`),
      file(MESSAGE + wrong(MESSAGE)),
    );
    expect(outcomes.map(({ findings }) => findings.map(({ rule, where }) => `${rule} ${where}`))).toEqual([
      ['INS-KEY ligne 3, matricule'],
      ['INS-KEY élément 2, matricule'],
      ['HL7-PID3-INS-KEY ligne 2, PID-3 (2)'],
      ['HL7-PID3-INS-KEY message 2, PID-3 (2)'],
    ]);
  });

  it('is never green for nothing, nor for what it cannot read', async () => {
    const outcomes = await judge(
      'ins',
      file(''),
      file('   \n'),
      file(LIST),
      file('a;b\n1;2\n'),
      file('[]'),
      file('{"a":'),
      file(`${LIST}"279\n`),
      file('MSH|bad'),
      file(Buffer.from([0xff, 0xfe, 0x00])),
    );
    expect(outcomes.map(({ readable, findings }) => readable || findings.length === 0)).toEqual(
      Array.from({ length: 9 }, () => false),
    );
  });

  it('says that nothing in the file is a list of identities', async () => {
    const nothing = await judge('ins', file(''), file('a;b\n1;2\n'), file('[]'));
    expect(rules(nothing)).toEqual([['FILE-READABLE'], ['INS-LIST-READABLE'], ['INS-LIST-READABLE']]);
    expect(rules(await judge('ins', file(`${LIST}${ROW}`)))).toEqual([[]]);
  });

  it('reports rows that it cannot read among those that it can', async () => {
    const outcomes = await judge('ins', file(`${LIST}${ROW}279035121518989;x\n`), file('[42, {"nom":"A"}]'));
    expect(rules(outcomes)).toEqual([['INS-LIST-ROW'], ['INS-LIST-ROW']]);
    expect(outcomes.map(({ findings }) => findings.length)).toEqual([1, 2]);
  });

  it('judges a list of 100 000 identities and keeps a bounded number of findings', async () => {
    const path = file(LIST + ROW.repeat(50_000) + ROW.replace('518989', '518988').repeat(50_000));
    const [outcome] = await judge('ins', path);
    expect(outcome?.findings).toHaveLength(10_001);
    expect(outcome?.findings.at(-1)).toMatchObject({ rule: 'INS-KEY', severity: 'error' });
    expect(outcome?.findings.at(-1)?.received).toContain('40000');
  });
});

describe('hl7v2', () => {
  it('judges every message of a file, and identifiers over all the files', async () => {
    const other = MESSAGE.replace('A31^ADT_A05', 'A28^ADT_A05');
    const outcomes = await judge(
      'hl7v2',
      file(MESSAGE),
      file(MESSAGE.replace('|M1|', '|M2|') + other.replace('|P|', '|Q|')),
    );
    expect(rules(outcomes)).toEqual([[], ['HL7-MSH-PROCESSING', 'HL7-CONTROL-ID-UNIQUE']]);
    expect(outcomes[1]?.findings[0]?.where).toBe('message 2, MSH-11');
    expect(outcomes[1]?.findings[1]?.received).toContain('déjà employé par');
  });

  it('leaves batch segments out', async () => {
    const batch = `FHS|^~\\&|A\rBHS|^~\\&|A\r${MESSAGE}${MESSAGE.replace('|M1|', '|M2|')}BTS|2\rFTS|1\r`;
    expect(rules(await judge('hl7v2', file(batch)))).toEqual([[]]);
  });

  it('says what is no message', async () => {
    const [outcome] = await judge('hl7v2', file('PID|1'));
    expect(outcome).toMatchObject({ readable: false, findings: [{ rule: 'HL7-READABLE' }] });
  });
});

describe('documents', () => {
  it.each(['cda', 'xds', 'vihf', 'xdm', 'mail', 'pdf'])('%s: what cannot be read is never green', async (kind) => {
    for (const outcome of await judge(
      kind,
      file(Buffer.from([0, 1, 2, 0xff])),
      file(''),
      join(folder, 'absent'),
      folder,
    )) {
      expect(outcome.readable).toBe(false);
      expect(outcome.findings).toHaveLength(1);
    }
  });

  it.each([
    ['cda', '<ClinicalDocument xmlns="urn:hl7-org:v3"/>'],
    ['xds', request('<x/>').toString()],
    ['vihf', message(1)],
    ['mail', 'From: a@b\r\nTo: c@d\r\nSubject: x\r\n\r\ny'],
    ['pdf', '%PDF-1.4\n%%EOF'],
  ])('%s: what can be read is judged by the rules of its kind', async (kind, content) => {
    const [outcome] = await judge(kind, file(content));
    expect(outcome?.findings.length).toBeGreaterThan(0);
    expect(outcome?.findings.every(({ rule }) => rule !== 'FILE-READABLE')).toBe(true);
  });
});

describe('files that cannot be had', () => {
  it('are findings, with the exit code of what the user must mend', async () => {
    mkdirSync(join(folder, 'dossier'), { recursive: true });
    const outcomes = await judge('insi', join(folder, 'absent'), join(folder, 'dossier'), 'a\u0000b', '/dev/zero');
    expect(outcomes.map(({ readable, exitCode }) => [readable, exitCode])).toEqual(
      Array.from({ length: 4 }, () => [false, 2]),
    );
  });
});

describe('readCapture', () => {
  it('undoes chunks when there are some', () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
    const body = (text: string): string => Buffer.from(readCapture(Buffer.from(head + text))?.body ?? []).toString();
    expect(body('3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n')).toBe('abcde');
    expect(body('<xml/>')).toBe('<xml/>');
  });

  it('knows what is no capture, and takes one without a body', () => {
    expect(readCapture(Buffer.from('<xml/>'))).toBeUndefined();
    expect(readCapture(Buffer.from('GET / HTTP/1.1\nHost: a'))).toMatchObject({
      headers: [['Host', 'a']],
      body: new Uint8Array(),
    });
  });
});

describe('checkedText', () => {
  it('shows every value, within the width, and counts what it leaves out', () => {
    const gathered = gather();
    const finding = {
      rule: 'INS-KEY',
      layer: 'business',
      severity: 'error',
      where: 'ligne 3',
      received: 'a\u001B[31mb',
      expected: 'clé 89',
      remedy: 'Contrôlez la clé à réception de la réponse d’INSi, avant toute autre chose, puis rejetez.',
      requirements: [],
      source: 'S',
    } as const;
    gathered.add(Array.from({ length: 60 }, () => finding));
    const text = checkedText(
      [{ file: 'l.csv', kind: 'ins', verdict: 'non-conforme', durationMs: 3, findings: gathered.findings }],
      60,
    );
    for (const part of [
      'l.csv : non conforme',
      '60 erreurs',
      'INS-KEY (erreur)',
      'ligne 3',
      'clé 89',
      '10 constat(s) de plus',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('\u001B');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });
});

describe('hl7v2 with documents', () => {
  const line = (code: string, value: string) =>
    `OBX|2|CE|${code}^x^MetaDMPMSS||${value}^^expandedYes-NoIndicator||||||F`;
  const cda = (text: string) =>
    `OBX|1|ED|11502-2^CR^LN||^TEXT^XML^Base64^${Buffer.from(text).toString('base64')}||||||F`;
  const message = (...lines: string[]) =>
    [
      'MSH|^~\\&|SGL|LABO|DPI|CH|20260105110000+0100||ORU^R01^ORU_R01|M9|P|2.5|||||FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2',
      'PID|||42^^^LABO&1.2.250.1.999.1&ISO^PI||PAT-TROIS^DOMINIQUE^DOMINIQUE^^^^L||19790328|F',
      'PV1|1|N',
      'ORC|NW||1',
      'OBR|1||1|11502-2^CR^LN',
      ...lines,
      '',
    ].join('\r');

  it('judges what is said of the document, and the document', async () => {
    const [outcome] = await judge(
      'hl7v2',
      file(message(cda('<ClinicalDocument xmlns="urn:hl7-org:v3"/>'), line('MASQUE_PS', 'O'))),
    );
    const said = new Set(outcome?.findings.map(({ rule }) => rule));
    for (const rule of ['HL7-META-FORM', 'HL7-META-COMPLETE', 'HL7-PRT-SENDER', 'CDA-HDR-CODE'])
      expect(said).toContain(rule);
    const carried = outcome?.findings.find(({ rule }) => rule.startsWith('CDA-'));
    expect(carried?.where).toMatch(/^CDA de OBX \(segment 6\), /);
  });

  it('a document that cannot be read is never green', async () => {
    const [outcome] = await judge('hl7v2', file(message(cda('bonjour'))));
    expect(outcome?.findings.some(({ rule, severity }) => rule === 'HL7-DOC-CONTENT' && severity === 'error')).toBe(
      true,
    );
  });
});
