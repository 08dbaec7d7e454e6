import { describe, expect, it } from 'vitest';
import { FOUND, fault, NONE, reply } from './call.fixture.ts';
import {
  checkInsiAnswer,
  checkListedIdentity,
  readInsiAnswer,
  readInsiResponse,
  type ListedIdentity,
} from './index.ts';
import { idsOf } from './life.fixture.ts';

const ROW: ListedIdentity = {
  ins: '279035121518989',
  oid: '1.2.250.1.213.1.4.10',
  birthName: 'PAT-TROIS',
  firstNames: 'DOMINIQUE MARIE',
  sex: 'F',
  birthDate: '1979-03-28',
  birthPlace: '63220',
};

describe('checkListedIdentity', () => {
  it.each([
    [[], {}],
    [[], { birthDate: '28/03/1979', birthPlace: '2A004' }],
    [[], { birthDate: '19790328' }],
    [['INS-KEY'], { ins: '279035121518988' }],
    [['INS-SHAPE'], { ins: '' }],
    [['INS-OID'], { oid: '1.2' }],
    [['INS-LIST-NAME'], { birthName: 'Pat-Trois' }],
    [['INS-LIST-NAME'], { firstNames: '' }],
    [['INS-LIST-SEX'], { sex: 'I' }],
    [['INS-LIST-DATE'], { birthDate: '1979-00-28' }],
    [['INS-LIST-DATE'], { birthDate: '00/03/1979' }],
    [['INS-LIST-DATE'], { birthDate: '' }],
    [['INS-LIST-PLACE'], { birthPlace: 'AJACCIO' }],
  ] as readonly (readonly [string[], Partial<ListedIdentity>])[])('%j %j', (rules, change) => {
    expect(idsOf(checkListedIdentity({ ...ROW, ...change }, 'ligne 2'))).toEqual(rules);
  });

  it('judges what the list has', () => {
    expect(checkListedIdentity({ ins: ROW.ins }, 'ligne 2')).toEqual([]);
  });
});

describe('checkInsiAnswer', () => {
  const judge = (content: string): string[] => idsOf(checkInsiAnswer(readInsiAnswer(reply(content).body)));
  it.each([
    [[], FOUND],
    [[], NONE],
    [[], fault('insi_102')],
    [['INSI-ANSWER-READABLE'], '<x/>'],
    [['INSI-ANSWER-KEY'], FOUND.replace('<Cle>78', '<Cle>77')],
    [['INSI-ANSWER-KEY'], FOUND.replace('1.4.8<', '1.4.2<')],
    [['INSI-ANSWER-DATE'], FOUND.replace('1997-02-26', '1997-02-00')],
    [['INSI-ANSWER-DATE'], FOUND.replace('1997-02-26', '1997-00-00')],
    [['INSI-ANSWER-EMPTY'], FOUND.replace('<Sexe>F</Sexe>', '')],
    [['INSI-ANSWER-EMPTY'], FOUND.replace('>ADRTROIS<', '><')],
  ])('%j (%#)', (rules, content) => {
    expect(judge(content)).toEqual(rules);
  });

  it('refuses what is not SOAP by its content type', () => {
    const html = { ...reply(FOUND), headers: [['content-type', 'text/html']] as const };
    expect(idsOf(checkInsiAnswer(readInsiResponse(html)))).toEqual(['INSI-ANSWER-READABLE']);
  });
});
