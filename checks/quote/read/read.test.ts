import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTables } from '#formats/table/index.ts';
import { writeWorkbook } from '#formats/xlsx/index.ts';
import { checkQuotes } from '../check.ts';
import { BALANCE, CONFORMING, ENROLMENT, places, WINDOW } from '../quote.fixture.ts';
import type { QuoteReading } from '../types.ts';
import { readQuoteFile } from './file.ts';
import { quoteTemplate } from './template.ts';

const read = (text: string): Promise<QuoteReading> => readQuoteFile(new TextEncoder().encode(text));
const said = ({ findings }: QuoteReading): readonly string[] =>
  findings.map(({ rule, where, received, expected }) => `${rule} ${where} : ${received} / ${expected}`);
const documents = (reading: QuoteReading): readonly unknown[] =>
  reading.ok ? reading.subjects.map(({ document }) => document) : [];

const CSV = `Devis du laboratoire
Type de document;Devis
N° :;D-42
Couloir;SGL
Vague;Vague 1
Nombre de sites *;22
Mention;Payable à 30 jours
Mention;Franco
Version déclarée obsolète;Oui

Désignation;DSR;Nature;Montant HT;Taux de TVA;TTC;À la charge de;Reste à charge;Remarque
Montant pris en charge par l'Etat au titre du Ségur;SGL;prestation segur;30 744,00;20 %;36 892,80 €;Etat;;
Automate;;;100;0,2;120;Client;0;Livré en juin

Total HT;;;30844,00;;37012,80;;;
`;

describe('a CSV', () => {
  it('holds the fields of the document above its lines', async () => {
    const reading = await read(CSV);
    expect(said(reading)).toEqual([]);
    expect(documents(reading)).toEqual([
      {
        kind: 'quote',
        number: 'D-42',
        couloir: 'SGL',
        wave: '1',
        siteCount: 22,
        mentions: ['Payable à 30 jours', 'Franco'],
        obsoleteVersionDeclared: true,
        lines: [
          {
            label: "Montant pris en charge par l'Etat au titre du Ségur",
            dsr: ['SGL'],
            category: 'prestation-segur',
            ht: 3_074_400,
            vatRate: 2000,
            ttc: 3_689_280,
            payer: 'state',
          },
          {
            label: 'Automate',
            ht: 10_000,
            vatRate: 2000,
            ttc: 12_000,
            payer: 'client',
            residualHt: 0,
            condition: 'Livré en juin',
          },
        ],
      },
    ]);
  });

  it('is located by row and column, down to the nearest that it has', async () => {
    const reading = await read(CSV);
    const { locate = String } = reading.ok ? reading.subjects[0]! : {};
    expect(
      [
        '/lines/1/ht',
        '/lines/0/payer',
        '/lines/1',
        '/mentions/1',
        '/siteCount',
        '/signedOn',
        '/lines',
        '/acceptance',
        '',
      ].map((path) => locate(path)),
    ).toEqual([
      'ligne 13, colonne D « Montant HT »',
      'ligne 12, colonne G « À la charge de »',
      'ligne 13',
      'ligne 8, colonne B « Mention »',
      'ligne 6, colonne B « Nombre de sites * »',
      'document, Date de signature du client',
      'document, lignes',
      'document, VA ou MOM',
      'document',
    ]);
    const short = await read('Libellé;HT\nPrestation;100\n');
    const { locate: place = String } = short.ok ? short.subjects[0]! : {};
    expect([place('/lines/0/dsr'), place('/acceptance/signedOn')]).toEqual([
      'ligne 2, DSR',
      'document, VA ou MOM signée le',
    ]);
  });

  it('is judged with every value that does not read, in its place', async () => {
    const reading = await read(
      'Type;Livret\nDate de signature;31/02/2022\nNombre de sites;0\nVague;3\nVersion déclarée obsolète;peut-être\n' +
        'Libellé;Montant HT;TVA;Payeur;Nature;Couleur\nA;12,345;cent;Mairie;Rien;bleu\n',
    );
    expect(said(reading).map((text) => text.split(' / ')[0])).toEqual([
      'QUOTE-VALUE ligne 1, colonne B « Type » : Livret',
      'QUOTE-VALUE ligne 2, colonne B « Date de signature » : 31/02/2022',
      'QUOTE-VALUE ligne 3, colonne B « Nombre de sites » : 0',
      'QUOTE-VALUE ligne 4, colonne B « Vague » : 3',
      'QUOTE-VALUE ligne 5, colonne B « Version déclarée obsolète » : peut-être',
      'QUOTE-COLUMN ligne 6, colonne F : Couleur',
      'QUOTE-VALUE ligne 7, colonne B « Montant HT » : 12,345',
      'QUOTE-VALUE ligne 7, colonne C « TVA » : cent',
      'QUOTE-VALUE ligne 7, colonne D « Payeur » : Mairie',
      'QUOTE-VALUE ligne 7, colonne E « Nature » : Rien',
    ]);
    expect(documents(reading)).toEqual([{ kind: 'quote', lines: [{ label: 'A' }] }]);
    expect(reading.findings.map(({ expected }) => expected.slice(0, 60))).toEqual([
      'Type de document : l’un de : Devis, Bon de commande, Facture',
      'Date de signature du client : une date, JJ/MM/AAAA ou AAAA-M',
      'Nombre de sites : un nombre entier, 1 au moins',
      'Vague : 1 ou 2',
      'Version déclarée obsolète : oui ou non',
      'un titre du modèle',
      'Montant HT : un montant en euros, deux décimales au plus',
      'TVA : un taux, par exemple 20 %',
      'À la charge de : l’un de : L’État (Ségur), Le client, Les de',
      'Nature : l’une de : Prestation Ségur, Droit d’usage, Install',
    ]);
  });

  it('reads the rates that people type', async () => {
    const rate = async (text: string): Promise<unknown> => {
      const [document] = documents(await read(`Libellé;TVA\nA;${text}\n`)) as { lines: { vatRate?: number }[] }[];
      return document?.lines[0]?.vatRate;
    };
    expect(await Promise.all(['20', '20 %', '8,5%', '0,2', '0.055', '0', '0,5 %', '5.5', '120'].map(rate))).toEqual([
      2000,
      2000,
      850,
      2000,
      undefined,
      0,
      50,
      550,
      undefined,
    ]);
  });

  it('is refused when nothing in it is a line, or it stops', async () => {
    expect(said(await read('a;b\n1;2\n'))).toEqual([
      expect.stringContaining('QUOTE-READABLE ligne de titres : aucun titre du modèle : a, b /'),
    ]);
    expect(said(await read('\n\nLibellé\nA\n'))).toEqual([
      expect.stringContaining('QUOTE-READABLE ligne 3 : des titres sans « Montant HT » : Libellé /'),
    ]);
    // The row of titles is the one that has the most of them, wherever it stands.
    expect(said(await read('Type de document;Devis\nTTC;x\n\nLibéllés;DSR;;Montant TTC\nA;SGL;;12\n'))).toEqual([
      expect.stringContaining(
        'QUOTE-READABLE ligne 4 : des titres sans « Libellé » ni « Montant HT » : Libéllés, DSR, Montant TTC /',
      ),
    ]);
    expect(said(await read(`Libellés;Montant HT;${'x'.repeat(300)}\n`))).toEqual([
      expect.stringMatching(/ : des titres sans « Libellé » : Libellés, Montant HT, x{178} \//u),
    ]);
    expect(said(await read(';;\n'))).toEqual([expect.stringContaining(' : des titres absents /')]);
    const stopped = await read('Libellé;HT\nA;1\n"B;2\n');
    expect(stopped.ok).toBe(false);
    expect(said(stopped)).toEqual([expect.stringMatching(/^QUOTE-READABLE ligne 3 : La ligne 3 ne finit pas/)]);
    expect((await read('')).ok).toBe(false);
    expect(said(await read(`Libellé;HT\n${'x'.repeat(2001)};1\n`))).toEqual([
      expect.stringContaining('QUOTE-VALUE ligne 2, colonne A'),
    ]);
  });

  it('leaves out the totals, wherever their word stands, and nothing that only resembles one', async () => {
    const labels = async (...rows: readonly string[]): Promise<readonly unknown[]> => {
      const [document] = documents(await read(`Libellé;HT;Remarque\n${rows.join('\n')}\n`)) as {
        lines: { label: string }[];
      }[];
      return document?.lines.map(({ label }) => label) ?? [];
    };
    expect(await labels('Total;1', ' total HT;1', 'Sous-total;1', '  SOUS-TOTAUX;1', 'Totaux;1', ';1;Total')).toEqual(
      [],
    );
    const kept = ['Le total des droits', 'Totalisateur', 'Un sous-total', 'x Total'];
    expect(await labels(...kept.map((label) => `${label};1`))).toEqual(kept);
    // An amount without a label is a line, of which the rules then say what it lacks.
    expect(await labels(';1')).toEqual(['']);
  });

  it('is found under a hundred rows of letterhead, no more; blank titles are none', async () => {
    const under = (rows: number): Promise<QuoteReading> =>
      read(`${'Rue des Tests\n'.repeat(rows)}Libellé;;HT\nA;x;1\n`);
    const found = await under(99);
    expect(said(found)).toEqual([]);
    expect(documents(found)).toEqual([{ kind: 'quote', lines: [{ label: 'A', ht: 100 }] }]);
    expect((await under(100)).ok).toBe(false);
  });

  it('takes titles and values with blanks around, and the first of two columns of one name', async () => {
    const reading = await read(' Couloir ; SGL \n Libellé ; HT ;HT; Couleur \n A ; 1 ;2;x\n B ;;3;\n');
    expect(documents(reading)).toEqual([
      {
        kind: 'quote',
        couloir: 'SGL',
        lines: [
          { label: 'A', ht: 100 },
          { label: 'B', ht: 300 },
        ],
      },
    ]);
    expect(said(reading)).toEqual([expect.stringMatching(/^QUOTE-COLUMN ligne 2, colonne D : Couleur \//)]);
    const { locate = String } = reading.ok ? reading.subjects[0]! : {};
    expect(locate('/couloir')).toBe('ligne 1, colonne B « Couloir »');
    expect(['/lines/0/ht', '/lines/1/ht'].map((path) => locate(path))).toEqual([
      'ligne 3, colonne B « HT »',
      'ligne 4, colonne C « HT »',
    ]);
  });

  it('adds up the lists that repeat, each item where it was typed', async () => {
    const reading = await read('Pièces;x\nSites FINESS;a, b\nSites FINESS;c\nLibellé;HT\nA;1\n');
    expect(documents(reading)).toMatchObject([{ sites: ['a', 'b', 'c'] }]);
    const { locate = String } = reading.ok ? reading.subjects[0]! : {};
    expect(['/sites/0', '/sites/1', '/sites/2', '/sites/7'].map((path) => locate(path))).toEqual([
      'ligne 2, colonne B « Sites FINESS »',
      'ligne 2, colonne B « Sites FINESS »',
      'ligne 3, colonne B « Sites FINESS »',
      'ligne 3, colonne B « Sites FINESS »',
    ]);
  });

  it('holds the pieces of an enrolment, which has no line', async () => {
    const reading = await read(
      'Type de document;Enrôlement\nDate de référencement;20/07/2022\nDate d’enrôlement;2022-07-20\nPièces d’enrôlement;certificat de référencement de l’ANS, identite-representant | mandat ou contrat, RIB, attestation-tva\n',
    );
    expect(documents(reading)).toEqual([{ ...ENROLMENT, lines: [] }]);
  });

  it('holds what a balance needs', async () => {
    const reading = await read(
      'Type;solde\nVA ou MOM;VA\nVA ou MOM signée le;01/10/2022\nAdresse MSSanté;secretariat@labo-demo.mssante.fr\nRéserves;Non bloquantes\nIndicateur MSS de la VA;Cas 1\nIndicateur de déploiement MSS;Cas 1\nProgramme ASP;MS1\nStatut du dernier avenant;Décidé et payé\nLibellé;HT\nA;1\n',
    );
    expect(said(reading)).toEqual([]);
    expect(documents(reading)).toMatchObject([
      {
        kind: 'balance',
        acceptance: BALANCE.acceptance,
        programme: 'MS1',
        amendments: [{ status: 'decidee-et-payee' }],
      },
    ]);
  });
});

describe('a workbook', () => {
  it('may hold the fields on a sheet of their own, as the template does', async () => {
    const bytes = await quoteTemplate();
    const reading = await readQuoteFile(bytes);
    expect(said(reading)).toEqual([]);
    const subjects = reading.ok ? reading.subjects : [];
    expect(subjects[0]?.document).toMatchObject({ kind: 'quote', number: 'D-2022-001', siteCount: 3, wave: '1' });
    expect(checkQuotes(subjects)).toEqual([[]]);
    const locate = subjects[0]?.locate ?? String;
    expect([locate('/lines/0/ht'), locate('/number'), locate('/lines/0'), locate('')]).toEqual([
      'feuille « Lignes », cellule D2 « Montant HT »',
      'feuille « Document », cellule B3 « Numéro »',
      'feuille « Lignes », ligne 2',
      'feuille « Lignes »',
    ]);
    const tables = await readTables(bytes);
    expect(tables.ok && tables.tables.map(({ name }) => name)).toEqual(['Lignes', 'Document']);
  });

  it('names columns beyond Z', async () => {
    const columns = Array.from({ length: 28 }, (_, index) => ({
      header: index === 0 ? 'Libellé' : index === 27 ? 'HT' : `x${index}`,
    }));
    const row = columns.map((_, index) => (index === 0 ? 'A' : index === 27 ? 'un' : ''));
    const reading = await readQuoteFile(await writeWorkbook([{ name: 'Devis', columns, rows: [row] }]));
    expect(said(reading).at(-1)).toMatch(/^QUOTE-VALUE feuille « Devis », cellule AB2 « HT » : un /);
    expect(reading.findings).toHaveLength(27);
    expect(reading.findings[25]?.where).toBe('feuille « Devis », cellule AA1');
  });
});

describe('a JSON', () => {
  it('gives back each conforming document', async () => {
    const euros = (text: string): string => text.replaceAll(/"(ht|ttc|residualHt)":(\d+)(\d\d)\b/g, '"$1":"$2.$3"');
    for (const document of CONFORMING) {
      const reading = await read(`\uFEFF ${euros(JSON.stringify(document))}`);
      expect(said(reading)).toEqual([]);
      expect(documents(reading)).toEqual([document]);
    }
    const several = await read(`\n ${euros(JSON.stringify(CONFORMING))}`);
    expect(documents(several)).toEqual(CONFORMING);
    const subjects = several.ok ? several.subjects : [];
    expect(subjects[1]?.locate?.('/lines/0/ht')).toBe('/1/lines/0/ht');
    expect(checkQuotes(subjects.map((subject) => ({ ...subject, window: WINDOW }))).flatMap(places)).toEqual([]);
  });

  it('is located by its own paths', async () => {
    const reading = await read('{"kind":"quote","lines":[{"label":"A","ht":1.5}]}');
    expect(reading.ok && reading.subjects[0]?.locate?.('/lines/0/ht')).toBe('/lines/0/ht');
    expect(documents(reading)).toEqual([{ kind: 'quote', lines: [{ label: 'A', ht: 150 }] }]);
  });

  it('is judged with every value that does not read, in its place', async () => {
    const reading = await read(
      '[{"kind":"quote","signedOn":"2022-02-30","lines":[{"label":"A","ht":"12,345","ttc":1e30},{"label":"B","ht":0.001}]}]',
    );
    expect(said(reading)).toEqual([
      'QUOTE-VALUE /0/signedOn : 2022-02-30 / une date du calendrier, AAAA-MM-JJ',
      'QUOTE-VALUE /0/lines/0/ht : 12,345 / un montant en euros, deux décimales au plus',
      'QUOTE-VALUE /0/lines/0/ttc : 1e+30 / un montant en euros, deux décimales au plus',
      'QUOTE-VALUE /0/lines/1/ht : 0.001 / un montant en euros, deux décimales au plus',
    ]);
    expect(documents(reading)).toEqual([{ kind: 'quote', lines: [{ label: 'A' }, { label: 'B' }] }]);
  });

  it.each(['signedOn', 'referencedOn', 'sentOn', 'deemedCompleteOn', 'advancePeriodEndsOn', 'enrolledOn'])(
    'takes no day that does not exist: %s',
    async (field) => {
      const reading = await read(`{"kind":"order","${field}":"2022-02-30","lines":[]}`);
      expect(reading.findings).toMatchObject([
        { rule: 'QUOTE-VALUE', where: `/${field}`, expected: 'une date du calendrier, AAAA-MM-JJ' },
      ]);
    },
  );

  it.each(['ht', 'ttc', 'residualHt'])('takes no tenth of a cent: %s', async (field) => {
    const reading = await read(`{"kind":"quote","lines":[{"label":"A","${field}":"1.001"}]}`);
    expect(reading.findings).toMatchObject([{ rule: 'QUOTE-VALUE', where: `/lines/0/${field}` }]);
  });

  it('says of a wrong type once what helps most', async () => {
    const reading = await read('{"kind":"quote","lines":[{"label":"A","ht":[]}]}');
    expect(reading.findings).toMatchObject([
      { where: '/lines/0/ht', expected: 'un document du schéma checks/quote/read/quote.schema.json' },
    ]);
  });

  it('is refused with all that is wrong in it', async () => {
    const reading = await read('{"kind":"devis","lines":[{"ht":[]}],"x":1}');
    expect(reading.ok).toBe(false);
    expect(reading.findings.map(({ rule, where }) => `${rule} ${where}`).toSorted()).toEqual([
      'QUOTE-READABLE /kind',
      'QUOTE-READABLE /lines/0',
      'QUOTE-READABLE /lines/0/ht',
      'QUOTE-READABLE fichier',
    ]);
    const [cut] = (await read('{"kind":')).findings;
    expect(cut).toMatchObject({ rule: 'QUOTE-READABLE', where: 'fichier' });
    expect((await read('[]')).ok).toBe(false);
  });
});

describe('a JSON that its schema refuses', () => {
  it('tells at once the values that do not read, each place once', async () => {
    const text = JSON.stringify({
      kind: 'quote',
      colour: 'red',
      signedOn: '2022-02-30',
      enrolledOn: 'hier',
      acceptance: { kind: 'VA', signedOn: '2022-02-31' },
      lines: [{ label: 'A', ht: '12 000,555' }, { ht: '12,00' }],
    });
    const reading = await read(`\uFEFF${text}`);
    expect(reading.ok).toBe(false);
    const found = reading.findings.map(({ rule, where }) => `${rule} ${where}`);
    expect(found.toSorted()).toEqual([
      'QUOTE-READABLE /enrolledOn',
      'QUOTE-READABLE /lines/1',
      'QUOTE-READABLE fichier',
      'QUOTE-VALUE /acceptance/signedOn',
      'QUOTE-VALUE /lines/0/ht',
      'QUOTE-VALUE /signedOn',
    ]);
    expect(reading.findings.find(({ where }) => where === '/lines/0/ht')?.received).toBe('12 000,555');
  });

  it('is told to be no JSON once, and the values of a long one up to a bound', async () => {
    expect((await read('{"kind": ')).findings.map(({ rule }) => rule)).toEqual(['QUOTE-READABLE']);
    const many = JSON.stringify([
      { kind: 'x', lines: Array.from({ length: 300 }, () => ({ label: 'A', ht: '1,999' })) },
    ]);
    const values = (await read(many)).findings.filter(({ rule }) => rule === 'QUOTE-VALUE');
    expect(values).toHaveLength(100);
    expect(values[0]?.where).toBe('/0/lines/0/ht');
  });
});

describe('whatever the bytes', () => {
  it('never throws, and never gives nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.json().map((text) => new TextEncoder().encode(text)),
        ),
        async (bytes) => {
          const reading = await readQuoteFile(bytes);
          expect(reading.ok ? reading.subjects.length : reading.findings.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
