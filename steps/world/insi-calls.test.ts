import { describe, expect, it } from 'vitest';
import { httpExchange } from '#formats/exchange/exchange.fixture.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { insiOperations, isAboutScenario, isWrongCertificate } from './insi-calls.ts';

/** A call to INSi that was answered by this fault. */
function answered(code: string, outcome: string): HttpExchange {
  const body = `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang="fr">non</s:Text></s:Reason><s:Detail><e:Erreur xmlns:e="urn:siram:esante:erreur" code="${code}" severite="fatal">non</e:Erreur></s:Detail></s:Fault></s:Body></s:Envelope>`;
  return httpExchange({
    service: 'insi',
    operation: 'rechercherInsAvecTraitsIdentite',
    outcome,
    response: {
      status: 500,
      headers: [['Content-Type', 'application/soap+xml; charset=utf-8']],
      body: new TextEncoder().encode(body),
    },
  });
}

describe('a certificate that INSi refuses', () => {
  it('is the configuration of the vendor, but for what a situation plays', () => {
    expect(isWrongCertificate(answered('desir_560', 'refusé desir_560 : le CN du certificat client…'))).toBe(true);
    expect(isWrongCertificate(answered('desir_560', 'joué desir_560 : répondu desir_560'))).toBe(false);
    expect(isWrongCertificate(answered('desir_550', 'refusé desir_550 : sans numéro'))).toBe(false);
    expect(isWrongCertificate(undefined)).toBe(false);
  });
});

describe('a call to INSi', () => {
  const about = (attribution: HttpExchange['attribution']) =>
    isAboutScenario({ attribution }, ['nominal-3', 'homonymes-1']);

  it('is of the scenario when it names one of its patients, or nobody', () => {
    expect(about({ patient: 'nominal-3' })).toBe(true);
    expect(about({ patient: 'nominal-4', patients: ['nominal-4', 'nominal-3'] })).toBe(true);
    expect(about({ patient: 'homonymes-1-jumeau' })).toBe(true);
    expect(about({})).toBe(true);
    expect(about({ ins: '279035121518989' })).toBe(true);
  });

  it('is of nobody here when it names others only', () => {
    expect(about({ patient: 'nominal-4' })).toBe(false);
    expect(about({ patient: 'nominal-30' })).toBe(false);
    expect(about({ patient: 'nominal-4', patients: ['nominal-4', 'nominal-5'] })).toBe(false);
  });
});

describe('the operations of INSi', () => {
  it('are those of the bench, by the names that the vendor gave', () => {
    const names = { name: 'verifierIns', failure: 'insi_103', confirmed: true } as const;
    const unit = { ...names, kind: 'unit', action: 'urn:vraie', element: 'VRAI', namespace: 'urn:n' } as const;
    const operations = insiOperations({ mocks: { insi: { operations: [unit] } } });
    expect(operations).toEqual([{ kind: 'verification', action: 'urn:vraie', local: 'VRAI', namespace: 'urn:n' }]);
  });
});
