import { describe, expect, it } from 'vitest';
import { cents } from '#dsr/money/index.ts';
import { quoteVerdict } from './check.ts';
import { CLIENT_LINE, CONDITIONAL, judge, QUOTE, STATE_LINE, withLine, without } from './quote.fixture.ts';
import type { QuoteDocument } from './types.ts';

const found = (document: QuoteDocument): readonly string[] => judge(document).map(({ rule }) => rule);
const saying = (text: string): QuoteDocument => ({ ...QUOTE, conditions: [text] });
const stateLabel = (text: string): QuoteDocument =>
  withLine(without(QUOTE, 'couloir'), { label: `Montant pris en charge par l’État au titre du Ségur, ${text}` });

describe('Q1, a residual charge told in the text', () => {
  it.each([
    'Reste à charge du client : 500 € HT pour la formation',
    'Le client garde à sa charge la formation',
    'Maintenance Ségur facturée au client au-delà de la première année',
    'La formation n’est pas comprise et sera facturée en sus',
    'Formation non comprise, à la charge de l’établissement',
    'La maintenance du SGL est payée par le laboratoire',
    'Le client ne paie que le paramétrage',
    'L’installation reste à la charge exclusive du client',
    'La qualification est prise en charge par le client',
    'Participation financière du client à la formation : 10 %',
    'La documentation est refacturée au client. Payable à 30 jours.',
    'Sans supplément, le suivi de projet est à la charge du client',
    'Un reste à charge de 1 200,50 € HT est demandé',
    'Les établissements supportent la formation',
  ])('%s', (text) => {
    expect(found(saying(text))).toEqual(['QUOTE-CHARGE-TOLD']);
    expect(found({ ...QUOTE, mentions: [text] })).toEqual(['QUOTE-CHARGE-TOLD']);
    expect(found(withLine(QUOTE, { condition: text }))).toEqual(['QUOTE-CHARGE-TOLD']);
    // What the client buys apart is judged by its line.
    expect(found(withLine(QUOTE, { condition: text }, 1))).toEqual([]);
  });

  it.each([
    'Reste à charge selon l’annexe',
    'Les frais de déplacement, 300 € HT, sont facturés au client',
    'La formation au module Statistiques est à la charge du client',
  ])('is to be looked at: %s', (text) => {
    expect(found(saying(text))).toEqual(['QUOTE-CHARGE-UNCLEAR']);
    expect(quoteVerdict(judge(saying(text)))).toBe('a-verifier');
  });

  it.each([
    'Aucun reste à charge pour le client',
    'Sans reste à charge',
    'Reste à charge du client : 0 € HT',
    'Reste à charge : 0,00 €',
    'Le reste à charge est nul',
    'Reste à charge : néant',
    'La formation n’est pas facturée au client',
    'Aucune des prestations du Ségur n’est facturée au client',
    'Rien ne reste à la charge du client',
    'Le client ne paie pas la formation',
    'Boîtes aux lettres MSSanté à la charge du client',
    'Les prestations hors Ségur sont facturées au client',
    'Formation hors Ségur, à la charge du client',
    'La maintenance est prise en charge par l’État',
    'La facture de la prestation Ségur est adressée au client',
    'Pénalités de retard et indemnité de 40 € à la charge du client',
    'Le module Statistiques est facturé au client. La formation Ségur est comprise.',
    'Les frais bancaires sont à la charge du client',
  ])('not: %s', (text) => expect(found(saying(text))).toEqual([]));

  it('is told of all its words', () => {
    const [first] = judge(saying('La formation est à la charge du client ; la maintenance est facturée au client.'));
    expect(first?.received).toContain('« à la charge du client », « facturée au client » dans : La formation');
  });
});

describe('Q2, a State part that is not apart', () => {
  it.each([
    'et module Statistiques',
    'avec l’option Qualité',
    'options comprises',
    'et renouvellement du contrat',
    'module Hémato inclus',
    'reconduction comprise',
    'SGL, modules de paie et de stock',
    'avec un module',
  ])('%s', (text) =>
    expect(found(withLine(QUOTE, { label: `${STATE_LINE.label} ${text}` }))).toEqual(['QUOTE-STATE-LINES-APART']),
  );

  it.each([
    'sans module Statistiques',
    'hors option Qualité',
    'options non comprises',
    'module Hémato exclu',
    'et installation',
    'et formation',
    'suivi de projet',
    'documentation comprise',
  ])('not: %s', (text) => expect(found(withLine(QUOTE, { label: `${STATE_LINE.label}, ${text}` }))).toEqual([]));

  it('tells all that is wrong on the line', () => {
    const label = `${STATE_LINE.label}, Module Statistiques, option Qualité, boîtes MSSanté, hébergement, imprimante`;
    expect(judge(withLine(QUOTE, { label })).map(({ received }) => received)).toEqual([
      `« ${label} » à la charge de l’État : « Module », « option » dans le libellé`,
      `« ${label} » à la charge de l’État : « boîtes MSSanté » dans le libellé, « hébergement », « imprimante » dans le libellé`,
    ]);
  });
});

describe('Q3, several DSR on one line', () => {
  it.each([
    'prestation SGL et transcodage LOINC',
    'SGL ainsi que LOINC',
    'SGL avec LOINC',
    'SGL (y compris LOINC)',
    'SGL, LOINC',
    'SGL/LOINC',
    'SGL-VA1 + LOINC-VA1',
    'SGL dont transcodage LOINC',
    'logiciel SGL, prestation LOINC incluse, et RIS',
    'RIS et DPI',
  ])('%s', (text) => {
    expect(found(withLine(stateLabel(text), { dsr: ['SGL'] }))).toContain('QUOTE-ONE-DSR');
    expect(found(withLine(stateLabel(text), { dsr: [] }))).toContain('QUOTE-ONE-DSR');
  });

  it.each(['SGL LOINC', 'SGL pour le transcodage complet LOINC', 'logiciel SGL version 4 et LOINC'])(
    'is to be looked at: %s',
    (text) => {
      const findings = judge(withLine(stateLabel(text), { dsr: ['SGL'] }));
      expect(findings.map(({ rule }) => rule)).toEqual(['QUOTE-DSR-CLEAR']);
      expect(quoteVerdict(findings)).toBe('a-verifier');
    },
  );

  it.each([
    'SGL',
    'SGL, interface LOINC',
    'SGL interfacé avec le DPI',
    'SGL, compatible LOINC',
    'SGL, échanges avec le DPI et le RIS',
    'SGL hors LOINC',
    'SGL (sans transcodage LOINC)',
    'SGL, codes LOINC',
    'SGL, envoi des comptes rendus vers le DPI',
    'SGL et SGL',
    'SGL, LOINC non compris',
  ])('not: %s', (text) => {
    expect(found(withLine(stateLabel(text), { dsr: ['SGL'] }))).toEqual([]);
    expect(found(withLine(stateLabel(text), { dsr: [] }))).toEqual([]);
  });
});

describe('Q4, conditioned on a purchase', () => {
  it.each([
    'Sous condition d’achat de l’option Qualité',
    'Offre réservée aux clients qui renouvellent leur contrat',
    'Prix valable uniquement avec la souscription à notre abonnement',
    'Offre réservée aux clients sous contrat',
    'Prestation indissociable de l’option Qualité',
    'Le client s’engage à renouveler son contrat',
    'Cette offre n’est valable qu’avec la souscription d’un abonnement',
    'La prestation n’est accordée que si le client achète le module Paie',
    'À défaut de renouvellement, la prestation est facturée',
    'Gratuité accordée pour toute souscription d’un abonnement',
    'Dès lors que le client acquiert le module Paie',
    'Remise, puis prestation couplée à l’option Bactériologie',
    'Aucun frais, sous réserve de souscrire l’option Qualité',
    'N’est pas conditionnée à l’achat d’un module mais subordonnée au renouvellement',
  ])('%s', (text) => expect(found(saying(text))).toEqual(['QUOTE-CONDITIONED']));

  it.each([
    'Aucune condition d’achat',
    'Sans obligation d’achat',
    'La prestation n’est en aucun cas subordonnée à un achat',
    'L’achat du module n’est pas obligatoire',
    'La souscription de l’option est facultative, jamais obligatoire',
    'Elle n’implique aucun renouvellement',
    'La prestation ne suppose aucun achat',
    'Le client peut souscrire l’option Qualité par ailleurs',
    'En cas d’achat ultérieur d’un module, un devis distinct est établi',
    'Sous réserve de disponibilité. Les modules en option sont présentés en annexe.',
    'Le client s’engage à désigner un référent',
    'Offre réservée aux laboratoires',
    'À défaut de paiement à l’échéance, des intérêts sont dus',
    CONDITIONAL,
  ])('not: %s', (text) => expect(found(saying(text))).toEqual([]));
});

describe('Q5, SONS taken for SUN-ES', () => {
  it.each([
    'Financé par SUN-ES',
    'SUN ES',
    'programme SUNES',
    'Ségur usage numérique en établissements de santé',
    'SUN–ES, volet 2',
    'Financement à l’usage du Ségur',
    'Prestation SONS et SUN-ES',
    'Au titre du dispositif sun-es',
  ])('%s', (text) => expect(found(saying(text))).toEqual(['QUOTE-SUN-ES']));

  it.each([
    'SONS',
    'Sans lien avec SUN-ES',
    'Hors SUN-ES',
    'Au titre du SONS, non du SUN-ES',
    'Ségur du numérique en santé',
    'Financement de l’État au titre du Ségur',
    'Soleil (sun) et espace',
    'Aucun rapport avec SUN-ES',
  ])('not: %s', (text) => expect(found(saying(text))).toEqual([]));
});

it('the lines that the client pays keep their own words', () => {
  const line = { ...CLIENT_LINE, label: 'Automate, reste à charge du client : 100 € HT', ht: cents(10_000) };
  expect(found({ ...QUOTE, lines: [STATE_LINE, without(line, 'ttc')] })).toEqual([]);
});
