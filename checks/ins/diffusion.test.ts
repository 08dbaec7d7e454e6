import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkDiffusion,
  checkInsiFailure,
  checkNotTransmitted,
  heldTraitsOf,
  readInsiResponse,
  type CarriedIdentity,
  type FailureCase,
} from './index.ts';
import { FOUND, fault, NONE, reply } from './call.fixture.ts';
import { idsOf, INS, NIA, NIR, PROVISIONAL, RETRIEVED, TRAITS } from './life.fixture.ts';

const PAST = '209076322083439';
const base64 = (text: string): string => Buffer.from(text.padEnd(60, ' ')).toString('base64');
/** A zip of one deflated entry, as far as a reader of local headers goes. */
function zip(text: string): Buffer {
  const data = deflateRawSync(Buffer.from(text));
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt16LE(1, 26);
  return Buffer.concat([header, Buffer.from('a'), data]);
}

describe('checkNotTransmitted (rule 28)', () => {
  const judge = (bytes: Uint8Array | string, status: 'recuperee' | 'qualifiee' = 'recuperee'): string[] =>
    idsOf(checkNotTransmitted({ status, numbers: [INS, PAST], messages: [{ where: 'f', bytes: Buffer.from(bytes) }] }));

  it('finds the number and the OID wherever they hide', () => {
    for (const hide of [
      `x${INS}x`,
      INS.slice(0, 13),
      PAST,
      base64(`CDA ${INS}`),
      `--b\r\n${base64(`CDA ${INS}`).replaceAll(/.{20}/g, '$&\r\n')}`,
      base64(base64(`CDA ${INS} et la suite`)),
      zip(`<id extension="${INS}"/>`),
      zip(base64(`CDA ${INS}`)),
      Buffer.from(INS, 'utf16le'),
      `${INS.slice(0, 5)}=\r\n${INS.slice(5)}`,
    ]) {
      expect(judge(hide), String(hide)).toEqual(['INS-NOT-SENT-NUMBER']);
    }
    expect(judge(`<id root="${NIR}"/>`)).toEqual(['INS-NOT-SENT-OID']);
    expect(judge(`&${NIA}&ISO`)).toEqual(['INS-NOT-SENT-OID']);
    expect(judge(`${INS}^^^&${NIR}&ISO`)).toEqual(['INS-NOT-SENT-NUMBER', 'INS-NOT-SENT-OID']);
  });

  it('has nothing to say about a qualified identity, other numbers and longer OIDs', () => {
    expect(judge(`${INS}^^^&${NIR}&ISO`, 'qualifiee')).toEqual([]);
    expect(judge('PID|||42^^^LABO&1.2.250.1.999.1&ISO^PI||ECETINSI^PIERRE-ALAIN')).toEqual([]);
    expect(judge(`${NIR}.1 1.${NIR} ${NIR}0`)).toEqual([]);
  });

  it('never throws and stays bounded, whatever the bytes', () => {
    const bomb = zip('\0'.repeat(40_000_000));
    expect(judge(Buffer.concat(Array.from({ length: 20 }, () => bomb)))).toEqual([]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(judge(Buffer.concat([Buffer.from('PK\u0003\u0004'), bytes]))).toBeInstanceOf(Array);
      }),
    );
  });
});

describe('checkDiffusion (A7, A8)', () => {
  const judge = (carried: Omit<CarriedIdentity, 'where'>, oid = NIR): string[] =>
    idsOf(
      checkDiffusion({
        active: { ins: INS, oid },
        traits: TRAITS,
        history: [{ ins: PAST, oid: NIR }],
        carried: [{ where: 'CDA', ...carried }],
      }),
    );

  it('has nothing to say about what INSi returned', () => {
    expect(judge({ ins: INS, oid: NIR, traits: TRAITS })).toEqual([]);
    expect(judge({ ins: INS, traits: { birthName: 'ECETINSI' } })).toEqual([]);
    expect(judge({ ins: INS, oid: NIA }, NIA)).toEqual([]);
  });

  it.each([
    ['INS-SENT-NUMBER', { ins: INS.slice(0, 13), oid: NIR }, NIR],
    ['INS-SENT-NUMBER', { oid: NIR }, NIR],
    ['INS-SENT-HISTORY', { ins: PAST, oid: NIR }, NIR],
    ['INS-SENT-OID', { ins: INS, oid: NIA }, NIR],
    ['INS-SENT-NIA', { ins: INS, oid: NIR }, NIA],
    ['INS-SENT-TRAITS', { ins: INS, oid: NIR, traits: { firstNames: ['PIERRE-ALAIN'] } }, NIR],
    ['INS-SENT-TRAITS', { ins: INS, oid: NIR, traits: { birthPlace: '63000' } }, NIR],
  ] as const)('%s (%#)', (rule, carried, oid) => {
    expect(judge(carried, oid)).toEqual([rule]);
  });

  it('takes the traits of an answer', () => {
    const answer = readInsiResponse(reply(FOUND));
    expect(answer.kind === 'found' && heldTraitsOf(answer.traits)).toEqual({
      birthName: 'ADRTROIS',
      firstNames: ['DOMINIQUE'],
      sex: 'F',
      birthDate: '1997-02-26',
      birthPlace: '2A020',
    });
  });
});

describe('readInsiResponse (A10)', () => {
  it('takes for an answer only what is one', () => {
    expect(readInsiResponse(reply(NONE))).toEqual({ kind: 'none', code: '01' });
    expect(readInsiResponse(reply(fault('insi_102')))).toEqual({ kind: 'fault', code: 'insi_102' });
    for (const response of [
      undefined,
      { ...reply(FOUND), status: 503 },
      { ...reply(FOUND), headers: [['Content-Type', 'text/html']] as const },
      { ...reply(FOUND), headers: [] },
      { ...reply(FOUND), body: reply(FOUND).body.subarray(0, 200) },
      { ...reply(FOUND), body: Buffer.from('<html></html>') },
    ]) {
      expect(readInsiResponse(response).kind).toBe('unreadable');
    }
  });

  it('reads verifications', () => {
    const cr = (label: string): string => `<CR><CodeCR>0</CodeCR><LibelleCR>${label}</LibelleCR></CR>`;
    const wrap = (content: string) =>
      readInsiResponse(
        reply(`<RESULTATVERIF xmlns="http://www.cnamts.fr/INSiResultatVerif">${content}</RESULTATVERIF>`),
      );
    const one = (ref: string, label: string): string => `<Verification ref="${ref}">${cr(label)}</Verification>`;
    expect(wrap(cr('OK'))).toEqual({ kind: 'verified', code: 'OK', results: [{ returned: 'OK' }] });
    expect(wrap(one('a', 'OK') + one('b', 'KO'))).toEqual({
      kind: 'verified',
      code: 'KO',
      results: [
        { ref: 'a', returned: 'OK' },
        { ref: 'b', returned: 'KO' },
      ],
    });
    for (const content of ['', cr('PEUT-ETRE'), one('a', 'OK') + one('b', '')]) {
      expect(wrap(content).kind).toBe('unreadable');
    }
  });
});

describe('checkInsiFailure (A9, A10)', () => {
  const trace = { at: '2026-01-05T10:00:00Z', user: 'u', operation: 'o', returned: 'insi_102' };
  const told: FailureCase = {
    answer: { kind: 'fault', code: 'insi_102' },
    before: PROVISIONAL,
    after: PROVISIONAL,
    message: 'INSi est en panne.',
    traces: [trace],
    localFlow: true,
  };
  it.each([
    [[], told],
    [[], { ...told, answer: { kind: 'unreadable', code: '' }, returnCode: 'delai-depasse' }],
    [[], { ...told, answer: { kind: 'none', code: '01' }, message: '', after: RETRIEVED }],
    [['INS-FAILURE-TOLD'], { ...told, message: ' ' }],
    [['INS-FAILURE-CODE'], { ...told, returnCode: '00' }],
    [['INS-FAILURE-UNCHANGED'], { ...told, after: RETRIEVED }],
    [['INS-FAILURE-TRACED'], { ...told, traces: [] }],
    [['INS-FAILURE-TRACED'], { ...told, traces: [{ ...trace, returned: '01' }] }],
    [['INS-FAILURE-LOCAL'], { ...told, localFlow: false }],
  ] as readonly (readonly [string[], FailureCase])[])('%j (%#)', (rules, story) => {
    expect(idsOf(checkInsiFailure(story))).toEqual(rules);
  });
});
