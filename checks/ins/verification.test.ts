import { describe, expect, it } from 'vitest';
import { ACTION, HEADER, message, request, TRAITS, VITALE } from './call.fixture.ts';
import { checkInsiRequest, readInsiAnswer, type InsiOptions } from './index.ts';
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

  describe('of which the vendor gave the names inside', () => {
    const verification = { entry: 'Controle', reference: 'rang', number: 'Nir', birthName: 'Nom', matricule: 'Mat' };
    const renamed = (xml: string): string =>
      [
        ['Verification', 'Controle'],
        [' ref=', ' rang='],
        ['NumIdentifiant', 'Nir'],
        ['NomNaissance', 'Nom'],
        ['MatriculeINS', 'Mat'],
      ].reduce((text, [from = '', to = '']) => text.replaceAll(from, to), xml);
    const entries = (...refs: readonly string[]): string =>
      refs.map((ref) => renamed(`<Verification ref="${ref}">${entry}</Verification>`)).join('');
    const many = (content: string) => call(`${PREFIX}verifierInsEnMasse`, body(content));
    const judged = (input: ReturnType<typeof unit>) =>
      checkInsiRequest(input, { verification, identities: [IDENTITY] }).map(
        ({ rule, where }) => [rule, where] as const,
      );

    it('is read with them, and with no other', () => {
      expect(judged(unit(renamed(entry)))).toEqual([]);
      expect(judged(many(entries('1', '2')))).toEqual([]);
      expect(judged(unit(entry)).map(([rule]) => rule)).toContain('INSI-TRAITS-REQUIRED');
      expect(idsOf(checkInsiRequest(unit(renamed(entry))))).toContain('INSI-VERIF-CONTENT');
    });

    it('is told by the places of the message', () => {
      expect(judged(many(entries('1', '1')))).toEqual([
        ['INSI-VERIF-REF', '/Envelope/Body[1]/VERIFINS[1]/Controle[2]/@rang'],
      ]);
      expect(judged(unit(renamed(entry).replace('<Cle>89', '<Cle>88')))[0]).toEqual([
        'INSI-VERIF-CONTENT',
        '/Envelope/Body[1]/VERIFINS[1]/Mat[1]',
      ]);
      const [nameless] = checkInsiRequest(many(''), { verification });
      expect(nameless).toMatchObject({
        received: '0 élément(s) Controle',
        expected: 'un élément Controle par identité',
      });
    });

    it('has its answer read with them', () => {
      const names = { ...verification, okLabel: 'VALIDE', koLabel: 'INVALIDE' };
      const result = (label: string): string => `<CR><LibelleCR>${label}</LibelleCR></CR>`;
      const answer = (content: string) =>
        readInsiAnswer(
          Buffer.from(
            `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><R xmlns="urn:r">${content}</R></e:Body></e:Envelope>`,
          ),
          names,
        );
      expect(answer(result('VALIDE'))).toMatchObject({ kind: 'verified', code: 'OK' });
      expect(answer(`<Controle rang="7">${result('INVALIDE')}</Controle>`)).toEqual({
        kind: 'verified',
        code: 'KO',
        results: [{ returned: 'KO', ref: '7' }],
      });
      expect(answer(result('OK'))).toEqual({ kind: 'unreadable', code: '' });
    });
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
