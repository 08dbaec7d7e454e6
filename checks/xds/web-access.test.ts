import { describe, expect, it } from 'vitest';
import { checkWebAccess, type WebRequest } from './index.ts';

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
