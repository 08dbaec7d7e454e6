import { exactEuros, cents, type Cents } from '#dsr/money/index.ts';
import { advanceOn, balanceAfter, expectedTtc } from '../amounts.ts';
import type { IdentifierKind, Regulation } from '../ports.ts';

/** One thing wrong in a file that follows its schema. */
export interface DocumentProblem {
  readonly code:
    | 'ASP-TTC'
    | 'ASP-REQUESTED'
    | 'ASP-CEILING'
    | 'ASP-BAND'
    | 'ASP-IDENTIFIER'
    | 'ASP-SITE-TWICE'
    | 'ASP-PIECE-TWICE';
  /** JSON pointer. */
  readonly where: string;
  readonly received: string;
  readonly expected: string;
  /** Whether it may be right all the same: the balance of an amended order. */
  readonly doubtful?: boolean;
}

interface Party {
  readonly siret: string;
  readonly finessJuridique?: string;
  readonly rpps?: string;
}

/** What the rules read of both proposed layouts. */
interface ProposedDocument {
  readonly layout: { readonly name: 'avance' | 'solde' };
  readonly programme: { readonly couloir: string; readonly wave: string };
  readonly supplier: Party;
  readonly client: Party;
  readonly instance: { readonly sites: readonly { readonly finessGeo: string }[] };
  readonly amounts: { readonly ht: number; readonly ttc: number; readonly vatRate: number };
  readonly requested?: { readonly ttc: number };
  readonly attachments: readonly { readonly fileName: string }[];
}

/** Euros with two decimals at most, as the schema demands. */
const centsOf = (euros: number): Cents => cents(Math.round(euros * 100));

/**
 * Judges what a schema cannot say of a file in a proposed layout: amounts against each other and against the ceiling,
 * keys of identifiers, things told twice.
 *
 * @param document follows the schema of its layout
 */
export function checkDocument(
  document: unknown,
  regulation: Pick<Regulation, 'ceiling' | 'advanceShare' | 'identifierProblem'>,
): readonly DocumentProblem[] {
  const given = document as ProposedDocument;
  return [
    ...checkAmounts(given, regulation),
    ...checkIdentifiers(given, regulation),
    ...twice(
      given.instance.sites.map(({ finessGeo }) => finessGeo),
      'ASP-SITE-TWICE',
      '/instance/sites',
    ),
    ...twice(
      given.attachments.map(({ fileName }) => fileName.toLowerCase()),
      'ASP-PIECE-TWICE',
      '/attachments',
    ),
  ];
}

function checkAmounts(
  { layout, programme, instance, amounts, requested }: ProposedDocument,
  regulation: Pick<Regulation, 'ceiling' | 'advanceShare'>,
): readonly DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  const { couloir, wave } = programme;
  const sites = instance.sites.length;
  const total = {
    ht: centsOf(amounts.ht),
    ttc: centsOf(amounts.ttc),
    vatRate: Math.round(amounts.vatRate * 10_000),
  };
  const ttc = expectedTtc(total);
  if (ttc !== total.ttc) {
    problems.push({
      code: 'ASP-TTC',
      where: '/amounts/ttc',
      received: exactEuros(total.ttc),
      expected: exactEuros(ttc),
    });
  }
  const ceiling = regulation.ceiling(couloir, wave, sites);
  if (ceiling.status === 'no-band') {
    const expected = `un nombre de sites pris par une tranche (${ceiling.scale})`;
    problems.push({ code: 'ASP-BAND', where: '/instance/sites', received: `${sites} site(s)`, expected });
  } else if (ceiling.status === 'known' && total.ht > ceiling.ceilingHt) {
    const expected = `${exactEuros(ceiling.ceilingHt)} HT au plus (${ceiling.scale})`;
    problems.push({ code: 'ASP-CEILING', where: '/amounts/ht', received: exactEuros(total.ht), expected });
  }
  if (requested !== undefined) {
    const share = regulation.advanceShare(couloir, wave, sites);
    const advance = advanceOn(total, share);
    const balance = layout.name === 'solde';
    const expected = balance ? balanceAfter(total, advance, share).ttc : advance.ttc;
    const received = centsOf(requested.ttc);
    if (received !== expected) {
      const said = { received: exactEuros(received), expected: exactEuros(expected) };
      problems.push({
        code: 'ASP-REQUESTED',
        where: '/requested/ttc',
        ...said,
        ...(balance ? { doubtful: true } : {}),
      });
    }
  }
  return problems;
}

function checkIdentifiers(
  { supplier, client, instance }: ProposedDocument,
  { identifierProblem }: Pick<Regulation, 'identifierProblem'>,
): readonly DocumentProblem[] {
  const all: readonly (readonly [IdentifierKind, string, string | undefined])[] = [
    ['siret', '/supplier/siret', supplier.siret],
    ['siret', '/client/siret', client.siret],
    ['finess', '/client/finessJuridique', client.finessJuridique],
    ['rpps', '/client/rpps', client.rpps],
    ...instance.sites.map(
      ({ finessGeo }, index) => ['finess', `/instance/sites/${index}/finessGeo`, finessGeo] as const,
    ),
  ];
  return all.flatMap(([kind, where, value]) => {
    const problem = value === undefined ? undefined : identifierProblem(kind, value);
    if (value === undefined || problem === undefined) return [];
    return [{ code: 'ASP-IDENTIFIER' as const, where, received: value, expected: problem }];
  });
}

function twice(values: readonly string[], code: DocumentProblem['code'], base: string): readonly DocumentProblem[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index
      ? [{ code, where: `${base}/${index}`, received: value, expected: 'une seule fois chacun' }]
      : [],
  );
}
