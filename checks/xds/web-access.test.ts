import { describe, expect, it } from 'vitest';
import { httpExchange } from '#formats/exchange/exchange.fixture.ts';
import { checkWebAccess, checkWebVisit, type WebRequest } from './index.ts';

const INS = '279035121518989';
const FILE = { page: 'DossierPatient', ins: INS };
const rules = (request: Partial<WebRequest>, expected = FILE): string[] =>
  checkWebAccess(
    { method: 'GET', url: `https://webps.test/AccesDirect/DossierPatient/${INS}`, ...request },
    expected,
  ).map(({ rule }) => rule);

describe('checkWebAccess', () => {
  it('takes the address of the guide, with the INS and nothing else', () => {
    expect(rules({})).toEqual([]);
    expect(
      checkWebAccess({ method: 'GET', url: 'https://webps.test/AccesDirect/TableauDeBord' }, { page: 'TableauDeBord' }),
    ).toEqual([]);
  });

  it.each([
    ['WEBPS-METHOD', { method: 'POST' }],
    ['WEBPS-METHOD', { body: 'ins=1' }],
    ['WEBPS-METHOD', { url: `http://webps.test/AccesDirect/DossierPatient/${INS}` }],
    ['WEBPS-METHOD', { url: 'nowhere' }],
    ['WEBPS-PATH', { url: `https://webps.test/accesdirect/dossierpatient/${INS}` }],
    ['WEBPS-PATH', { url: `https://webps.test/AccesDirect/DossierPatient/${INS}/x` }],
    ['WEBPS-INS', { url: `https://webps.test/AccesDirect/DossierPatient/${INS.slice(0, 13)}` }],
    ['WEBPS-INS', { url: 'https://webps.test/AccesDirect/DossierPatient' }],
    ['WEBPS-CONTEXT', { url: `https://webps.test/AccesDirect/DossierPatient/${INS}?nom=PAT` }],
    ['WEBPS-CONTEXT', { url: `https://webps.test/AccesDirect/DossierPatient/${INS}#nom` }],
  ] as const)('breaks %s alone with %j', (rule, request) => {
    expect(rules(request)).toEqual([rule]);
  });

  it('wants no patient on a page about nobody', () => {
    const found = checkWebAccess(
      { method: 'GET', url: `https://webps.test/AccesDirect/Parametrages/${INS}` },
      { page: 'Parametrages' },
    );
    expect(found.map(({ rule }) => rule)).toEqual(['WEBPS-INS']);
  });
});

describe('checkWebVisit', () => {
  const visit = (headers: readonly (readonly [string, string])[]): string[] =>
    checkWebVisit(
      httpExchange({
        service: 'dmp',
        operation: 'TD0.9',
        request: { method: 'GET', url: '/AccesDirect/TableauDeBord', headers, body: new Uint8Array() },
      }),
    ).map(({ rule }) => rule);
  const browser = ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64)'] as const;

  it('has nothing to say of a browser that tells nothing of the patient', () => {
    expect(visit([browser])).toEqual([]);
    expect(visit([browser, ['Referer', 'https://sgl.test/dossiers']])).toEqual([]);
  });

  it.each([
    ['WEBPS-REFERER', [browser, ['Referer', `https://sgl.test/dossier/${INS}`]]],
    ['WEBPS-REFERER', [browser, ['Referer', 'https://sgl.test/dossier?nom=PAT-TROIS']]],
    ['WEBPS-BROWSER', [['User-Agent', 'node']]],
    ['WEBPS-BROWSER', []],
  ] as const)('%s', (rule, headers) => {
    expect(visit(headers)).toEqual([rule]);
  });
});
