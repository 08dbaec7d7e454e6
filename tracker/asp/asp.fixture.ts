import { readFileSync } from 'node:fs';
import { loadCalendar } from '#dsr/calendar/index.ts';
import { parseCivilDate, type CivilDate } from '#dsr/dates/index.ts';
import { cents, withVat } from '#dsr/money/index.ts';
import { loadScales, type Scales } from '#dsr/scales/index.ts';
import type { Order, Vendor } from '../orders/types.ts';
import {
  prepareRequests,
  readLayout,
  regulationOf,
  type Layout,
  type PaymentRequest,
  type Prepared,
  type Regulation,
  type RequestKind,
} from './index.ts';

export const day = (text: string): CivilDate => parseCivilDate(text)!;

/** A healthy order of band B, and what makes another one. */
export function anOrder(changes: Partial<Order> = {}): Order {
  return {
    number: 'BC-1',
    client: { name: 'Laboratoire Pommeverte', siret: '00000000000117' },
    couloir: 'SGL',
    wave: '1',
    instance: 'INST-1',
    sites: [{ finess: '990000028' }, { finess: '990000036', name: 'Site du Verger' }],
    product: { name: 'LaboExemple', version: '7.2' },
    amounts: withVat(cents(2_745_000), 2000),
    signedOn: day('2022-02-01'),
    signature: 'manuscrite',
    conditionalMention: true,
    stateMention: true,
    amendments: [],
    attachments: [{ kind: 'order', path: 'pieces/bon.pdf', signed: true }],
    ...changes,
  };
}

/** The same once the service is done. */
export function aDoneOrder(changes: Partial<Order> = {}): Order {
  return anOrder({
    acceptance: {
      kind: 'VA',
      signedOn: day('2023-01-05'),
      serviceDoneOn: day('2023-01-04'),
      reserves: 'aucune',
      mssanteAddress: 'labo@pommeverte.mssante.fr',
    },
    invoice: {
      number: 'F-1',
      issuedOn: day('2023-01-10'),
      amounts: withVat(cents(2_745_000), 2000),
      stateMention: true,
    },
    completionNotifiedOn: day('2023-01-06'),
    attachments: [
      { kind: 'order', path: 'pieces/bon.pdf', signed: true },
      { kind: 'invoice', path: 'pieces/facture.pdf', signed: false },
      { kind: 'va', path: 'pieces/va.pdf', signed: true },
    ],
    ...changes,
  });
}

export const VENDOR: Vendor = {
  name: 'Éditeur Pommeverte',
  siret: '00000000000208',
  products: [
    {
      name: 'LaboExemple',
      version: '7.2',
      couloir: 'SGL',
      wave: '1',
      dsrCode: 'SGL-VA1',
      ansReference: 'REF-0000',
      sentOn: day('2022-05-10'),
      deemedCompleteOn: day('2022-06-01'),
      referencedOn: day('2022-07-01'),
      advancePeriodEndsOn: day('2022-11-30'),
    },
    {
      name: 'LaboExemple',
      version: '7.2',
      couloir: 'LOINC',
      wave: '1',
      dsrCode: 'LOINC-VA1',
      ansReference: 'REF-0001',
      deemedCompleteOn: day('2022-06-01'),
      referencedOn: day('2022-07-01'),
    },
  ],
};

/** The regulation shipped; every identifier that says « faux » is wrong. */
export function regulation(now: string, scales = loadScales()): Regulation {
  return regulationOf({
    now: new Date(now),
    calendar: loadCalendar(),
    scales,
    identifierProblem: (_, value) => (value.startsWith('faux') ? 'fausse clé' : undefined),
  });
}

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as unknown;

export function layoutOf(kind: RequestKind, folder = 'proposed-0.1.0', changes: object = {}): Layout {
  return readLayout(kind, {
    mappingFile: `${kind}.mapping.json`,
    mapping: { ...(json(`./layouts/${folder}/${kind}.mapping.json`) as object), ...changes },
    schemaFile: `${kind}.schema.json`,
    schema: json(`./layouts/${folder}/${kind}.schema.json`),
  });
}

/** Layout of a draft. */
export const DRAFT = { name: 'proposition-avance', version: '0.1.0', proposed: true } as const;

/** An advance as the ASP left it. */
export function anAdvance(changes: Partial<PaymentRequest> = {}): PaymentRequest {
  const history = (['preparee', 'deposee', 'validee', 'decidee-et-payee'] as const).map((status) => ({
    status,
    at: '2022-11-30T09:00:00.000Z',
    by: 'test',
  }));
  return {
    id: 'avance.SGL-VA1.INST-1',
    kind: 'avance',
    order: 'BC-1',
    requested: cents(988_200),
    requestedHt: cents(823_500),
    layout: { name: 'asp-avance', version: '2022-09', proposed: false },
    json: { file: 'a.json', sha256: 'a', history },
    zip: { file: 'a.zip', sha256: 'z', history },
    aspReference: 'ASP-77',
    rank: 1,
    instance: 'INST-1',
    dsrCode: 'SGL-VA1',
    couloir: 'SGL',
    wave: '1',
    sites: ['990000028', '990000036'],
    ...changes,
  };
}

/** Stands for a file that is not among the pieces. */
export const OUTSIDE = '\0ailleurs';

export interface Play {
  readonly kind?: RequestKind;
  readonly orders: readonly Order[];
  readonly vendor?: Vendor;
  readonly now?: string;
  readonly requests?: readonly PaymentRequest[];
  readonly layout?: Layout;
  readonly scales?: Scales;
  /** Content by path; a short text when absent, no file when null, elsewhere when OUTSIDE. */
  readonly files?: Readonly<Record<string, string | number | null>>;
}

/** Prepares the requests of a batch; 29 November 2022 or the eve of the last day of balances unless said otherwise. */
export async function play({ kind = 'avance', orders, files = {}, ...given }: Play): Promise<readonly Prepared[]> {
  const now = given.now ?? (kind === 'avance' ? '2022-11-29T09:00:00Z' : '2023-12-13T09:00:00Z');
  const all: Prepared[] = [];
  const preparation = prepareRequests(
    {
      kind,
      vendor: given.vendor ?? VENDOR,
      regulation: regulation(now, given.scales),
      layout: given.layout ?? layoutOf(kind),
      requests: given.requests ?? (kind === 'solde' ? [anAdvance()] : []),
      by: 'test',
      readPiece: async ({ path }, maxBytes) => {
        const content = files[path] === undefined ? `%PDF ${path}` : files[path];
        if (content === OUTSIDE) return { ok: false, detail: '', outside: true };
        if (content === null) return { ok: false, detail: 'aucun fichier à ce chemin' };
        if (typeof content === 'string') return { ok: true, content: new TextEncoder().encode(content) };
        if (content > maxBytes) return { ok: true, content: undefined, bytes: content };
        return { ok: true, content: new Uint8Array(content) };
      },
    },
    orders,
  );
  for await (const one of preparation) all.push(one);
  return all;
}

/** Codes of the reasons of each order; empty for one that has its files. */
export async function codes(given: Play): Promise<readonly (readonly string[])[]> {
  return (await play(given)).map((one) => (one.ok ? [] : one.refused.reasons.map(({ code }) => code)));
}
