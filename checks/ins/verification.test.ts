import { describe, expect, it } from 'vitest';
import { ACTION, HEADER, message, request, TRAITS, VITALE } from './call.fixture.ts';
import { checkInsiRequest, type InsiOptions } from './index.ts';
import { idsOf } from './life.fixture.ts';

const PREFIX = 'urn:ServiceIdentiteCertifiee:1.0.0:';
const NUMBER = '2790351215189';
const CARD = { holder: `${NUMBER}89`, birthName: 'PAT-TROIS', birthDate: '1979-03-28', birthRank: 1 };
const IDENTITY = {
  traits: { birthName: 'PAT-TROIS', firstNames: ['DOMINIQUE'], sex: 'F', birthDate: '1979-03-28', birthPlace: '63220' },
  ins: `${NUMBER}89`,
  oid: '1.2.250.1.213.1.4.10',
};

const call = (action: string, body: string, change: (xml: string) => string = (xml) => xml) =>
  request(change(message().replace(ACTION, action).replace(TRAITS, body)), {
    contentType: HEADER.replace(ACTION, action),
  });

describe('a verification', () => {
  const entry = `<MatriculeINS><NumIdentifiant>${NUMBER}</NumIdentifiant><Cle>89</Cle><OID>1.2.250.1.213.1.4.10</OID></MatriculeINS><NomNaissance>PAT-TROIS</NomNaissance><Prenom>DOMINIQUE</Prenom><Sexe>F</Sexe><DateNaissance>1979-03-28</DateNaissance><LieuNaissance>63220</LieuNaissance>`;
  const body = (content: string): string => `<VERIFINS xmlns="http://www.cnamts.fr/INSiVerif">${content}</VERIFINS>`;
  const unit = (content = entry) => call(`${PREFIX}verifierIns`, body(content));
  const bulk = (...refs: readonly string[]) =>
    call(
      `${PREFIX}verifierInsEnMasse`,
      body(refs.map((ref) => `<Verification ref="${ref}">${entry}</Verification>`).join('')),
    );

  it('has nothing to say about a conforming one', () => {
    expect(checkInsiRequest(unit(), { identities: [IDENTITY] })).toEqual([]);
    expect(checkInsiRequest(bulk('1', '2'), { identities: [IDENTITY] })).toEqual([]);
  });

  it('takes other names of the operations', () => {
    const other = call('urn:autre:verifier', body(entry).replace('INSiVerif', 'Autre'));
    expect(idsOf(checkInsiRequest(other))).toContain('INSI-WSA-ACTION');
    const operations = [
      {
        kind: 'verification',
        action: 'urn:autre:verifier',
        local: 'VERIFINS',
        namespace: 'http://www.cnamts.fr/Autre',
      },
    ] as const;
    expect(checkInsiRequest(other, { operations, identities: [IDENTITY] })).toEqual([]);
    // The real names stand in the place of those of the bench.
    expect(idsOf(checkInsiRequest(unit(), { operations }))).toContain('INSI-WSA-ACTION');
    expect(idsOf(checkInsiRequest(bulk('1'), { operations }))).not.toContain('INSI-WSA-ACTION');
  });

  it.each([
    ['INSI-VERIF-CONTENT', unit(entry.replace('<Cle>89', '<Cle>88')), {}],
    ['INSI-VERIF-CONTENT', unit(entry.replace('4.10<', '4.2<')), {}],
    ['INSI-VERIF-CONTENT', unit(`<Verification>${entry}</Verification>`), {}],
    ['INSI-VERIF-CONTENT', bulk(), {}],
    ['INSI-VERIF-REF', bulk('1', '1'), {}],
    ['INSI-VERIF-REF', bulk(''), {}],
    ['INSI-VERIF-IDENTITY', unit(), { identities: [{ ...IDENTITY, oid: '1.2.250.1.213.1.4.8' }] }],
    ['INSI-VERIF-IDENTITY', unit(), { identities: [{ ...IDENTITY, ins: '109076322083489' }] }],
    ['INSI-SENT-TRAITS', unit(entry.replace('>F<', '>M<')), { identities: [IDENTITY] }],
    ['INSI-TRAITS-REQUIRED', unit(entry.replace('<Sexe>F</Sexe>', '')), {}],
  ] as readonly (readonly [string, ReturnType<typeof unit>, InsiOptions])[])('%s (%#)', (rule, input, options) => {
    expect([...new Set(idsOf(checkInsiRequest(input, options)))]).toEqual([rule]);
  });
});

describe('a search by Vitale card', () => {
  const holder = `<MatriculeOD><NumIdentifiant>${NUMBER}</NumIdentifiant><Cle>89</Cle></MatriculeOD>`;
  const rest =
    '<NomNaissance>PAT-TROIS</NomNaissance><DateNaissance>1979-03-28</DateNaissance><RangNaissance>1</RangNaissance>';
  const search = (content: string, change?: (xml: string) => string) =>
    call(VITALE, `<RECVITALE xmlns="http://www.cnamts.fr/INSiRecVit">${content}</RECVITALE>`, change);
  const coverage =
    (number: string) =>
    (xml: string): string =>
      xml.replace(
        '<b:COUVERTURE/>',
        `<b:COUVERTURE><b:ASSURE><b:Id><b:Num>${number}</b:Num><b:Cle>89</b:Cle></b:Id></b:ASSURE></b:COUVERTURE>`,
      );

  it('has nothing to say about what the card says', () => {
    expect(checkInsiRequest(search(holder + rest), { card: CARD })).toEqual([]);
    expect(checkInsiRequest(search(holder), { card: CARD })).toEqual([]);
    expect(checkInsiRequest(search(holder + rest, coverage(NUMBER)), { card: CARD })).toEqual([]);
    const individual = holder.replaceAll('MatriculeOD', 'MatriculeIndividu');
    expect(checkInsiRequest(search(individual + holder), { card: { ...CARD, bearer: CARD.holder } })).toEqual([]);
  });

  it.each([
    ['INSI-VITALE-REQUIRED', search(rest), {}],
    ['INSI-VITALE-CARD', search(holder + rest.replace('1979-03-28', '1979-03-29')), { card: CARD }],
    ['INSI-VITALE-CARD', search(holder + rest.replace('>1<', '>2<')), { card: CARD }],
    ['INSI-VITALE-CARD', search(holder), { card: { ...CARD, bearer: '109076322083489' } }],
    ['INSI-VITALE-COVERAGE', search(holder, coverage('1090763220834')), {}],
  ] as readonly (readonly [string, ReturnType<typeof search>, InsiOptions])[])('%s (%#)', (rule, input, options) => {
    expect(idsOf(checkInsiRequest(input, options))).toEqual([rule]);
  });
});
