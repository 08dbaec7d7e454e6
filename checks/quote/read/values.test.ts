import { describe, expect, it } from 'vitest';
import type { Form } from './columns.ts';
import { READERS } from './values.ts';

describe('a cell is read as its form', () => {
  it.each<readonly [Form, string, unknown]>([
    ['text', 'x'.repeat(2000), 'x'.repeat(2000)],
    ['text', 'x'.repeat(2001), undefined],
    ['texts', 'Franco', ['Franco']],
    ['texts', 'x'.repeat(2001), undefined],
    ['list', ' a ;b|c,, d\n;', ['a', 'b', 'c', 'd']],
    ['list', ' ; ', []],
    ['dsr', 'SGL et LOINC', ['SGL', 'LOINC']],
    ['kind', 'Bon de commande', 'order'],
    ['kind', 'ticket', undefined],
    ['payer', "L'État", 'state'],
    ['category', 'Licence', 'droit-usage'],
    ['signature', 'À la main', 'manuscrite'],
    ['signature', 'PSC', 'pro-sante-connect'],
    ['signature', 'cire', undefined],
    ['date', '14/06/2026', '2026-06-14'],
    ['date', '31/06/2026', undefined],
    ['euros', '1 234,56 €', 123_456],
    ['euros', '1,234', undefined],
    ['rate', '20 %', 2000],
    ['rate', '20', 2000],
    ['rate', '8,5 %', 850],
    ['rate', '5.55', 555],
    ['rate', '0,2', 2000],
    ['rate', '0,055', undefined],
    ['rate', '0,5 %', 50],
    ['rate', '0', 0],
    ['rate', '1', 100],
    ['rate', '200', undefined],
    ['rate', 'vingt', undefined],
    ['count', '12', 12],
    ['count', '0', undefined],
    ['count', '012', undefined],
    ['count', '12 sites', undefined],
    ['count', 'x12', undefined],
    ['count', '1234567', undefined],
    ['wave', 'Vague 2', '2'],
    ['wave', '1', '1'],
    ['wave', '3', undefined],
    ['acceptance', 'Vérification d’aptitude', 'VA'],
    ['reserves', 'Sans réserve', 'aucune'],
    ['amendment', 'Décidé et payé', [{ number: '(dernier)', status: 'decidee-et-payee' }]],
    ['amendment', 'perdu', undefined],
    ['flag', 'Oui', true],
    ['flag', 'non', false],
    ['flag', 'peut-être', undefined],
  ])('%s: %j', (form, text, value) => {
    expect(READERS[form].read(text)).toEqual(value);
  });

  it.each<readonly [Form, string]>([
    ['text', '2000 caractères'],
    ['texts', '2000 caractères'],
    ['list', 'séparée par des virgules'],
    ['dsr', 'par exemple SGL'],
    ['kind', 'Bon de commande'],
    ['payer', 'Le client'],
    ['category', 'Droit d’usage'],
    ['signature', 'Manuscrite, Électronique, certificat CPx'],
    ['date', 'JJ/MM/AAAA'],
    ['euros', 'deux décimales'],
    ['rate', '20 %'],
    ['count', '1 au moins'],
    ['wave', '1 ou 2'],
    ['acceptance', 'VA, MOM'],
    ['reserves', 'Non bloquantes, Bloquantes'],
    ['amendment', 'Déposé, Décidé et payé'],
    ['flag', 'oui ou non'],
  ])('%s is told to who wrote another', (form, expected) => {
    expect(READERS[form].expected).toContain(expected);
  });
});
