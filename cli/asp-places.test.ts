import { describe, expect, it } from 'vitest';
import { readOrderJson, readOrderTables, type Order } from '#tracker/orders/index.ts';
import { keepWrong } from './asp-inputs.ts';
import { placeIn, type OrderSource } from './asp-places.ts';

const HEADER = ['N° de bon de commande', 'BDC signé', 'Sites (FINESS géographiques)', 'Dernier avenant', 'Fichier VA'];
const COLUMNS = readOrderTables([{ name: '', rows: [{ row: 3, cells: HEADER }] }], keepWrong).columns!;
const TABLE: OrderSource = { kind: 'table', row: 7, columns: COLUMNS };
const JSON_LIST: OrderSource = { kind: 'json', path: '/orders/2' };
const ORDER = {
  attachments: [
    { kind: 'order', path: 'a', signed: false },
    { kind: 'mom', path: 'b', signed: false },
    { kind: 'invoice', path: 'c', signed: false },
  ],
} as unknown as Order;
const at = (where: string, source: OrderSource): string => placeIn(ORDER, where, source);

describe('a place of an order', () => {
  it.each([
    ['number', 'ligne 7, A, N° de bon de commande', '/orders/2/number', 'carnet, N° de bon de commande'],
    [
      'attachments[0].signed',
      'ligne 7, B, BDC signé',
      '/orders/2/files/orderSigned',
      'carnet, Bon de commande joint signé',
    ],
    ['sites', 'ligne 7, C, Sites (FINESS géographiques)', '/orders/2/sites', 'carnet, Sites (FINESS géographiques)'],
    [
      'sites[1].finess',
      'ligne 7, C, Sites (FINESS géographiques)',
      '/orders/2/sites/1',
      'carnet, Sites (FINESS géographiques)',
    ],
    ['amendments', 'ligne 7, D, Dernier avenant', '/orders/2/amendments', 'carnet, Dernier avenant'],
    [
      'amendments[0].signedOn',
      'ligne 7, Avenant signé le',
      '/orders/2/amendments/0/signedOn',
      'carnet, Avenant signé le',
    ],
    [
      'attachments[1].path',
      'ligne 7, E, Fichier VA',
      '/orders/2/files/acceptance',
      'carnet, Fichier de la VA ou de la MOM',
    ],
    ['attachments.va', 'ligne 7, E, Fichier VA', '/orders/2/files/acceptance', 'carnet, Fichier de la VA ou de la MOM'],
    [
      'attachments.invoice',
      'ligne 7, Fichier de la facture',
      '/orders/2/files/invoice',
      'carnet, Fichier de la facture',
    ],
    [
      'attachments[2].signed',
      'ligne 7, Fichier de la facture',
      '/orders/2/files/invoice',
      'carnet, Fichier de la facture',
    ],
    [
      'attachments',
      'ligne 7, Fichier du bon de commande',
      '/orders/2/files/order',
      'carnet, Fichier du bon de commande',
    ],
    [
      'stateMention',
      'ligne 7, Mention du financement par l’État',
      '/orders/2/stateMention',
      'carnet, Mention du financement par l’État',
    ],
    ['client.siret', 'ligne 7, SIRET du client', '/orders/2/client/siret', 'carnet, SIRET du client'],
    ['product', 'ligne 7, Produit', '/orders/2/product/name', 'carnet, Produit'],
    ['amounts', 'ligne 7, Montant HT', '/orders/2/amounts/ht', 'carnet, Montant HT'],
    ['invoice', 'ligne 7, N° de facture', '/orders/2/invoice/number', 'carnet, N° de facture'],
    ['invoice.amounts', 'ligne 7, Facture HT', '/orders/2/invoice/ht', 'carnet, Facture HT'],
    ['acceptance', 'ligne 7, VA ou MOM', '/orders/2/acceptance/kind', 'carnet, VA ou MOM'],
  ])('%s is told where the user sees it', (where, table, json, book) => {
    expect([at(where, TABLE), at(where, JSON_LIST), at(where, { kind: 'book' })]).toEqual([table, json, book]);
  });

  it('of another file is told as one', () => {
    expect(at('vendor.products[0].referencedOn', TABLE)).toBe('fichier de l’éditeur, /products/0/referencedOn');
    expect(at('vendor.siret', { kind: 'book' })).toBe('fichier de l’éditeur, /siret');
    expect(at('a/avance.mapping.json#/document', TABLE)).toBe('a/avance.mapping.json#/document');
    expect(at('/instance/sites', JSON_LIST)).toBe('/instance/sites');
  });

  it('in JSON is one that the reading of the list knows', () => {
    const element = {
      number: 'BC-1',
      amendments: [{ number: 'A', signedOn: 'x' }],
      files: { orderSigned: 'peut-être' },
    };
    const told = readOrderJson({ orders: [element] }, keepWrong).messages.map(({ column }) => column);
    const source: OrderSource = { kind: 'json', path: '/orders/0' };
    for (const where of ['amendments[0].signedOn', 'attachments[0].signed', 'stateMention']) {
      expect(told).toContain(at(where, source));
    }
  });
});
