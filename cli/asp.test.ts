import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadLayout } from './asp-layout.ts';
import { vendorTemplate } from '#tracker/orders/index.ts';
import { start, workFolder, type Ended } from './testing.ts';

const EXAMPLE = fileURLToPath(new URL('../tracker/asp/layouts/example', import.meta.url));

interface Refused {
  readonly order: string;
  readonly reasons: readonly { readonly code: string; readonly where: string; readonly remedy: string }[];
}
/** What the commands of requests print, each some of it. */
interface Document {
  readonly files: readonly string[];
  readonly zips: readonly string[];
  readonly draft: boolean;
  readonly refused: readonly Refused[];
  readonly warnings: readonly { readonly order: string; readonly code: string }[];
  readonly request: object | null;
  readonly requests: readonly { readonly id: string; readonly status: string }[];
}
type Checked = readonly { readonly verdict: string; readonly findings: readonly { readonly rule: string }[] }[];

/** A working folder with the vendor, the pieces, and what starts Jalon there. */
function desk() {
  const cwd = workFolder();
  const path = (...names: readonly string[]): string => join(cwd, ...names);
  const play = (...args: readonly string[]): Promise<Ended> => start(args, { cwd }).ended;
  mkdirSync(path('pieces'));
  mkdirSync(path('.jalon'));
  for (const name of ['bon', 'facture', 'va']) writeFileSync(path('pieces', `${name}.pdf`), `%PDF-1.4 ${name}\n`);
  writeFileSync(path('.jalon', 'editeur.json'), vendorTemplate());
  return {
    path,
    play,
    json: async (...args: readonly string[]) => {
      const { code, out } = await play(...args, '--json');
      return { code, document: JSON.parse(out) as Document };
    },
    check: async (...args: readonly string[]) => {
      const { code, out } = await play(...args, '--json');
      return { code, document: JSON.parse(out) as Checked };
    },
    list: (name: string, orders: readonly object[]): void => writeFileSync(path(name), JSON.stringify({ orders })),
  };
}

/** A healthy order of band A, at an instance and a site of its own. */
const order = (number: string, site: string, changes: object = {}): object => ({
  number,
  client: { name: 'Laboratoire Mirabelle', siret: '00000000000109' },
  couloir: 'SGL',
  wave: '1',
  instance: `INST-${number}`,
  sites: [site],
  product: { name: 'LaboExemple', version: '7.2' },
  amounts: { ht: '22500.00', vatRate: '20', ttc: '27000.00' },
  signedOn: '2022-02-01',
  signature: 'manuscrite',
  conditionalMention: true,
  stateMention: true,
  files: { order: 'pieces/bon.pdf', orderSigned: true },
  ...changes,
});
const DONE = {
  acceptance: {
    kind: 'VA',
    signedOn: '2023-01-05',
    serviceDoneOn: '2023-01-04',
    reserves: 'aucune',
    mssanteAddress: 'labo@mirabelle.mssante.fr',
  },
  invoice: { number: 'F-1', issuedOn: '2023-01-10', ht: '22500.00', ttc: '27000.00', stateMention: true },
  files: {
    order: 'pieces/bon.pdf',
    orderSigned: true,
    invoice: 'pieces/facture.pdf',
    acceptance: 'pieces/va.pdf',
    acceptanceSigned: true,
  },
};
const HEALTHY = [order('BC-1', '990000028'), order('BC-2', '990000036')];
const SPOILT = order('BC-3', '990000044', { stateMention: false, signedOn: '2021-12-01', files: {} });
const ADVANCE = ['asp', 'avance', '--at', '2022-11-29'] as const;

/** Each step starts the program, one after the other, as a user does. */
const STEPS = { timeout: 120_000 };

describe('jalon asp', STEPS, () => {
  it('leads an order from the list to the balance', async () => {
    const { path, play, json, check, list } = desk();
    list('bons.json', [...HEALTHY, SPOILT]);
    expect((await play('orders', 'import', 'bons.json')).code).toBe(0);

    const advance = await json(...ADVANCE, '--out', 'avances');
    expect(advance.code).toBe(1);
    expect(Object.keys(advance.document).slice(0, 3)).toEqual(['files', 'draft', 'refused']);
    const name = 'avance.SGL-VA1.INST-BC-1.BROUILLON';
    expect(advance.document).toMatchObject({ draft: true, refused: [{ order: 'BC-3' }], warnings: [] });
    expect(advance.document.files[0]).toBe(path('avances', `${name}.json`));
    expect(advance.document.refused[0]?.reasons.map(({ code, where }) => [code, where])).toEqual([
      ['ASP_STATE_MENTION', 'carnet, Mention du financement par l’État'],
      ['ASP_WINDOW', 'carnet, Signé par le client le'],
      ['ASP_PIECE_ABSENT', 'carnet, Fichier du bon de commande'],
    ]);
    expect(advance.document).toMatchObject({
      calendar: [{ version: expect.stringMatching(/^jalon-/u) }],
      scales: [{ version: expect.stringMatching(/^jalon-/u) }],
    });
    expect(readdirSync(path('avances')).filter((one) => one.startsWith(name))).toEqual([
      `${name}.json`,
      `${name}.pieces.zip`,
    ]);
    expect(readdirSync(path('avances'))).toHaveLength(4);
    const told = await play(...ADVANCE, '--out', 'avances');
    expect(told.out).toContain('BROUILLON');
    expect(told.out).toContain('Refusé, BC-3 : 3 raisons');
    expect(told.out).toMatch(/Calendrier : jalon-[\s\S]+Barème : jalon-/u);

    const id = 'avance.SGL-VA1.INST-BC-1';
    const early = await json('asp', 'solde', '--at', '2023-12-13', '--out', 'soldes');
    expect(
      early.document.refused.map(({ reasons }) => reasons.some(({ code }) => code === 'ASP_ADVANCE_UNDECIDED')),
    ).toEqual([true, true, false]);
    const jump = await json('asp', 'status', id, '--set', 'validee');
    expect(jump).toMatchObject({ code: 2, document: { error: { code: 'ASP_STATUS_TRANSITION' } } });
    const moments = [['2022-01-01'], ['2999-01-01']].map((at) => [...at, '--set', 'deposee']);
    for (const moment of [...moments, ['2022-01-01']]) {
      const refused = await json('asp', 'status', id, '--at', ...moment);
      expect([moment, refused.document]).toMatchObject([moment, { error: { code: 'ASP_STATUS_MOMENT' } }]);
    }
    for (const status of ['deposee', 'validee', 'decidee-et-payee']) {
      const { code, document } = await json('asp', 'status', id, '--set', status, '--reference', 'ASP-1');
      const warnings = status === 'deposee' ? [expect.objectContaining({ code: 'ASP_DRAFT_DEPOSITED' })] : [];
      const expected = { status, aspReference: 'ASP-1', draft: true, warnings };
      expect([code, document]).toEqual([0, expect.objectContaining(expected)]);
    }
    const history = (await play('asp', 'status', id)).out;
    expect(history).toContain('décidée et payée, brouillon');
    expect(history).toContain('29/11/2022 à 12:00  préparée');

    list('faits.json', [order('BC-1', '990000028', DONE)]);
    expect((await play('orders', 'import', 'faits.json')).code).toBe(0);
    const balance = await json('asp', 'solde', '--at', '2023-12-13', '--orders', 'faits.json', '--out', 'soldes');
    expect([balance.code, balance.document.refused]).toEqual([0, []]);
    const [file = ''] = balance.document.files;
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ requested: { ttc: 18_900 } });

    const checked = await check('asp', 'check', ...balance.document.files, ...balance.document.zips);
    expect([checked.code, checked.document.map(({ verdict }) => verdict)]).toEqual([0, ['conforme', 'conforme']]);
    expect(checked.document[0]?.findings.map(({ rule }) => rule)).toEqual(['ASP-DRAFT']);
    cpSync(balance.document.zips[0] ?? '', path('seul.zip'));
    const alone = await check('asp', 'check', 'seul.zip');
    expect([alone.code, alone.document[0]?.verdict, alone.document[0]?.findings.map(({ rule }) => rule)]).toEqual([
      0,
      'a-verifier',
      ['ASP-JSON-BESIDE'],
    ]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('27000', '27000.01'));
    const spoilt = await check('check', 'asp', file);
    expect(spoilt.code).toBe(1);
    expect(spoilt.document[0]?.findings.map(({ rule }) => rule)).toContain('ASP-TTC');
    expect((await play('check', 'asp', file)).out).toMatch(/^Barème : jalon-/mu);

    const listed = await json('asp', 'list');
    expect(new Map(listed.document.requests.map((one) => [one.id, one.status]))).toEqual(
      new Map([
        [id, 'decidee-et-payee'],
        ['avance.SGL-VA1.INST-BC-2', 'preparee'],
        ['solde.SGL-VA1.INST-BC-1', 'preparee'],
      ]),
    );
    expect((await play('asp', 'list', '--order', 'BC-2')).out).not.toContain('BC-1');
    const money = await json('orders', 'money');
    expect(money.document).toMatchObject({ totals: { paid: '8100.00' } });
  });

  it('makes with another layout no draft, and files that its schema takes', async () => {
    const { json, check, list, path, play } = desk();
    list('bons.json', HEALTHY);
    // The example is invented, and says so: a draft too, until it is what the ASP hands out.
    const layoutDir = path('officielle');
    cpSync(EXAMPLE, layoutDir, { recursive: true });
    const drafts = await json(...ADVANCE, '--orders', 'bons.json', '--layout', layoutDir, '--out', 'essai');
    expect(drafts.document.draft).toBe(true);
    const told = await play(...ADVANCE, '--orders', 'bons.json', '--layout', layoutDir, '--out', 'essai');
    expect(told.out).toContain('BROUILLON : votre disposition');
    expect(told.out).not.toContain('proposition de Jalon');
    const mapping = path('officielle', 'avance.mapping.json');
    writeFileSync(mapping, readFileSync(mapping, 'utf8').replace('"status": "proposed"', '"status": "official"'));
    const made = await json(...ADVANCE, '--orders', 'bons.json', '--layout', layoutDir, '--out', 'sortie');
    expect([made.code, made.document.draft, made.document.files.length]).toEqual([0, false, 2]);
    expect(made.document.files.join()).not.toContain('BROUILLON');
    const layout = await loadLayout('avance', layoutDir);
    for (const file of made.document.files) expect(layout.check(JSON.parse(readFileSync(file, 'utf8')))).toEqual([]);
    const checked = await check('asp', 'check', ...made.document.files, '--layout', layoutDir);
    expect([checked.code, checked.document.map(({ findings }) => findings)]).toEqual([0, [[], []]]);
    // By the proposed layout it is another document.
    expect((await json('check', 'asp', ...made.document.files)).code).toBe(1);
  });

  it('refuses what cannot be read with all that can be judged of it', async () => {
    const { json, list } = desk();
    const wrong = { amounts: { ht: '99000', vatRate: '20', ttc: '27000.01' }, stateMention: false };
    list('bons.json', [
      order('BC-1', '990000028', wrong),
      order('BC-2', '990000036', { amounts: { ht: -1, vatRate: 20, ttc: -1 }, signature: 'autre' }),
      order('BC-3', '990000044', { couloir: '?', wave: '9' }),
      order('BC-4', '990000028', { instance: 'INST-BC-4' }),
    ]);
    const { code, document } = await json(...ADVANCE, '--orders', 'bons.json', '--out', 'sortie');
    expect(code).toBe(1);
    expect(document.refused.map((one) => [one.order, one.reasons.map((reason) => reason.code)])).toEqual([
      ['BC-3', ['ORDER_COULOIR', 'ORDER_CHOICE']],
      ['BC-1', ['ORDER_TTC', 'ASP_STATE_MENTION', 'ASP_CEILING']],
      ['BC-2', ['ORDER_NEGATIVE', 'ORDER_NEGATIVE', 'ASP_SIGNATURE_KIND']],
    ]);
    // What is refused holds no site.
    expect(document.files).toHaveLength(1);
  });

  it('takes in an advance that was handed in without it', async () => {
    const { play, json, list } = desk();
    list('bons.json', [order('BC-1', '990000028', DONE)]);
    expect((await play('orders', 'import', 'bons.json')).code).toBe(0);
    const enter = [
      'asp',
      'enter',
      'BC-1',
      '--status',
      'decidee-et-payee',
      '--at',
      '2022-12-05',
      '--reference',
      'ASP-9',
    ];
    const far = await json(...enter, '--amount', '27000,01', '--deposited', '2021-01-01');
    expect([far.code, far.document.request]).toEqual([2, null]);
    expect(far.document.refused[0]?.reasons.map(({ code, where }) => [code, where])).toEqual([
      ['ASP_ENTERED_AMOUNT_TOTAL', '--amount'],
      ['ASP_ENTERED_EARLY', '--deposited'],
    ]);
    const near = await play(...enter, '--amount', '8 000,00');
    expect([near.code, near.out.replaceAll(/\s+/gu, ' ')]).toEqual([
      0,
      expect.stringContaining('et non de 8 100,00 €'),
    ]);
    expect((await play('asp', 'list')).out).toContain('avance.SGL-VA1.INST-BC-1 (saisie)');

    const balance = await json('asp', 'solde', '--at', '2023-12-13', '--orders', 'bons.json', '--out', 'soldes');
    expect(balance.document.warnings).toEqual([
      expect.objectContaining({ order: 'BC-1', code: 'ASP_ADVANCE_UNUSUAL' }),
      expect.objectContaining({ order: 'BC-1', code: 'ASP_NOTICE_MISSING' }),
    ]);
    expect(JSON.parse(readFileSync(balance.document.files[0] ?? '', 'utf8'))).toMatchObject({
      requested: { ttc: 19_000 },
    });
    const again = await json(...enter, '--amount', '8100', '--correct');
    expect(again).toMatchObject({
      code: 0,
      document: { request: { requested: 810_000 }, warnings: [{ code: 'ASP_BALANCE_OUT_OF_STEP' }] },
    });
    const unknown = await json(...enter.with(2, 'BC-9'), '--amount', '1');
    expect(unknown.document.refused[0]?.reasons.map(({ code }) => code)).toEqual(['ASP_ENTERED_ORDER_UNKNOWN']);
    expect((await play(...enter, '--amount', 'dix')).code).toBe(2);
  });

  it('names its kinds of files in the help of the check', async () => {
    const { out } = await desk().play('check', '--help');
    expect(out).toMatch(/asp\s+ou\s+quote/u);
  });
});
