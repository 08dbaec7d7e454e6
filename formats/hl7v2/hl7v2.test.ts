import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildAck,
  component,
  escapeHl7,
  frameMllp,
  mllpReader,
  readHl7,
  repetitions,
  segment,
  unescapeHl7,
  type Hl7Message,
} from './index.ts';

const ORU = [
  'MSH|^~\\&|SIL-Y|labo|PFI-X|Organisation-X|20260105100000+0100||ORU^R01^ORU_R01|MSG1|P|2.5|||||FRA|UNICODE UTF-8|||2.1^CISIS_CDA_HL7_V2',
  'PID|||279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS~42^^^LABO&1.2.3&ISO^PI||PAT-TROIS^DOMINIQUE',
  'OBX|1|ST|X^Libell\\T\\é||a\\F\\b||||||F',
].join('\r');

function message(text: string): Hl7Message {
  const reading = readHl7(Buffer.from(text));
  if (!reading.ok) throw new Error(reading.fault.message);
  return reading.message;
}

describe('readHl7', () => {
  it('numbers fields as HL7 does, MSH included', () => {
    const read = message(ORU);
    expect(read.type).toEqual({ code: 'ORU', event: 'R01', structure: 'ORU_R01' });
    expect(read.controlId).toBe('MSG1');
    expect(segment(read, 'MSH')?.fields[12]).toBe('2.5');
    expect(segment(read, 'MSH')?.fields[21]).toBe('2.1^CISIS_CDA_HL7_V2');
  });

  it('gives repetitions, components and sub-components unescaped', () => {
    const read = message(ORU);
    const pid = segment(read, 'PID');
    if (pid === undefined) throw new Error('no PID');
    const [ins = '', local = ''] = repetitions(read, pid, 3);
    expect(component(read, ins, 4, 2)).toBe('1.2.250.1.213.1.4.10');
    expect(component(read, local, 5)).toBe('PI');
    const obx = segment(read, 'OBX');
    expect(component(read, obx?.fields[3] ?? '', 2)).toBe('Libell&é');
  });

  it.each(['\r\n', '\n'])('tolerates segments ended by %j', (end) => {
    expect(message(ORU.replaceAll('\r', end)).segments).toHaveLength(3);
  });

  it('follows separators that are not the usual ones', () => {
    const read = message('MSH#*!?%#A#B#C#D#2026##ACK*R01*ACK#ID1#P#2.5');
    expect(read.type.event).toBe('R01');
    expect(read.controlId).toBe('ID1');
  });

  it('decodes the character set of MSH-18', () => {
    const text = ORU.replace('UNICODE UTF-8', '8859/15').replace('DOMINIQUE', 'ZOÉ¤');
    const reading = readHl7(Buffer.from(text, 'latin1'));
    expect(reading.ok && reading.message.segments[1]?.raw).toContain('ZOÉ€');
  });

  it.each([
    ['PID|1', 'HL7_NO_MSH'],
    ['MSH|^^\\&|', 'HL7_DELIMITERS'],
    ['MSH|', 'HL7_DELIMITERS'],
    [ORU.replace('UNICODE UTF-8', 'KLINGON'), 'HL7_ENCODING'],
    [`${ORU}\rpas un segment`, 'HL7_BAD_SEGMENT'],
  ])('refuses %j', (text, code) => {
    expect(readHl7(Buffer.from(text))).toMatchObject({ ok: false, fault: { code } });
  });

  it('refuses bytes of another encoding and messages too large', () => {
    expect(readHl7(Buffer.from(`${ORU}é`, 'latin1'))).toMatchObject({ fault: { code: 'HL7_ENCODING' } });
    expect(readHl7(Buffer.from(ORU), 10)).toMatchObject({ fault: { code: 'HL7_TOO_LARGE' } });
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const input = Buffer.concat([Buffer.from('MSH|^~\\&|'), Buffer.from(bytes)]);
        expect(typeof readHl7(input).ok).toBe('boolean');
      }),
    );
  });
});

describe('escaping', () => {
  it('gives the same text back', () => {
    const { delimiters } = message(ORU);
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll('\r', '');
        const escaped = escapeHl7(plain, delimiters);
        expect(/[|^~&\n]/.test(escaped)).toBe(false);
        expect(unescapeHl7(escaped, delimiters)).toBe(plain);
      }),
    );
  });

  it('leaves unknown and unfinished sequences alone', () => {
    const { delimiters } = message(ORU);
    expect(unescapeHl7('a\\H\\b \\X41\\ c\\', delimiters)).toBe('a\\H\\b A c\\');
    expect(unescapeHl7('\\\\F\\F\\', delimiters)).toBe('\\|F\\');
  });
});

describe('mllpReader', () => {
  it('reassembles messages however they are cut', () => {
    const contents = fc.array(fc.stringMatching(/^[A-Z|]{0,20}$/), { maxLength: 4 });
    fc.assert(
      fc.property(contents, fc.integer({ min: 1, max: 7 }), (texts, size) => {
        const wire = Buffer.concat(texts.map((text) => frameMllp(Buffer.from(text))));
        const reader = mllpReader();
        const found: string[] = [];
        for (let at = 0; at < wire.length; at += size) {
          const { messages, fault } = reader.push(wire.subarray(at, at + size));
          expect(fault).toBeUndefined();
          found.push(...messages.map((bytes) => Buffer.from(bytes).toString()));
        }
        expect(found).toEqual(texts);
        expect(reader.pending).toBe(false);
      }),
    );
  });

  it('says when bytes come outside a block, and goes on', () => {
    const reader = mllpReader();
    const { messages, fault } = reader.push(Buffer.concat([Buffer.from('GET /'), frameMllp(Buffer.from('MSH'))]));
    expect(fault?.code).toBe('MLLP_FRAMING');
    expect(messages).toHaveLength(1);
  });

  it('drops a message above the limit and takes the next', () => {
    const reader = mllpReader(4);
    const { messages, fault } = reader.push(
      Buffer.concat([frameMllp(Buffer.from('123456')), frameMllp(Buffer.from('ok'))]),
    );
    expect(fault?.code).toBe('HL7_TOO_LARGE');
    expect(messages.map((bytes) => Buffer.from(bytes).toString())).toEqual(['ok']);
  });
});

describe('buildAck', () => {
  const at = new Date('2026-01-05T09:00:00Z');

  it('acknowledges with sender and receiver swapped', () => {
    const ack = Buffer.from(buildAck(message(ORU), { code: 'AA', controlId: 'A1', at })).toString();
    expect(ack).toBe(
      'MSH|^~\\&|PFI-X|Organisation-X|SIL-Y|labo|20260105090000+0000||ACK^R01^ACK|A1|P|2.5|||||FRA|UNICODE UTF-8\rMSA|AA|MSG1\r',
    );
  });

  it('says the error with its application code', () => {
    const ack = Buffer.from(
      buildAck(message(ORU), {
        code: 'AE',
        controlId: 'A2',
        at,
        error: { code: '207', text: 'Erreur & refus', application: { code: '902', text: 'Patient inconnu' } },
      }),
    ).toString();
    expect(ack).toContain(
      '\rMSA|AE|MSG1\rERR|||207^Erreur \\T\\ refus^messageErrorCondition|E|902^Patient inconnu^HL70533\r',
    );
  });
});

it('reads a field of escape characters that escape nothing in the time of any field of that size', () => {
  const delimiters = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' };
  const hostile = '\\'.repeat(30_000_000);
  // Of one size with it, and never looked into: what the machine does today.
  const tick = performance.now();
  expect(unescapeHl7(`${'a'.repeat(30_000_000)}\\`, delimiters)).toHaveLength(30_000_001);
  const usual = performance.now() - tick;
  expect(unescapeHl7(hostile, delimiters) === hostile).toBe(true);
  expect(performance.now() - tick).toBeLessThan(2000 + 50 * usual);
});
