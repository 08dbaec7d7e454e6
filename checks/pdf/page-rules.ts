import type { DrawnPage, DrawnPages } from '#formats/pdf-pages/index.ts';
import type { Breach, JudgedRule } from '../rule/index.ts';
import { dateOf, isInsMessage, readInsMessage, shown, type DatamatrixLayout, type Trait } from './datamatrix.ts';
import type { PrintedIdentity } from './identity.ts';
import type { ExpectedMention } from './mentions.ts';

export interface PagesSubject {
  readonly drawn: DrawnPages;
  readonly identity?: PrintedIdentity;
  readonly layout: DatamatrixLayout;
  readonly mentions: readonly ExpectedMention[];
}

export type PagesRule = JudgedRule<PagesSubject>;

const GUIDE = (rule: string): string => `Guide d’implémentation de l’INS, ${rule}`;
const LAYOUT_SOURCE = 'Référentiel du datamatrix de l’INS (ANS) : structure à confirmer, voir ins-datamatrix.json';

interface InsSymbol {
  readonly page: number;
  readonly message: string;
}

/** Messages of the INS datamatrix of the pages, each once per page. */
export function insSymbols({ drawn, layout }: PagesSubject): readonly InsSymbol[] {
  return drawn.pages.flatMap(({ number, symbols }) =>
    [...new Set(symbols.map((bytes) => Buffer.from(bytes).toString('latin1')))]
      .filter((message) => isInsMessage(message, layout))
      .map((message) => ({ page: number, message })),
  );
}

/** Why no INS datamatrix may be said to be absent, French; undefined when the bench saw all that there is to see. */
export function unseen({ drawn: { pages, pageCount } }: PagesSubject): string | undefined {
  const partial = pages.filter((page) => page.partial).map(({ number }) => number);
  if (partial.length > 0) return `la page ${partial[0]} ne se dessine pas en entier`;
  if (pages.length < pageCount) return `seules les ${pages.length} premières pages sur ${pageCount} sont dessinées`;
  const blurred = pages.find(({ unreadableSymbols }) => unreadableSymbols > 0);
  return blurred && `page ${blurred.number}, un symbole est là, dont le banc ne lit pas le message`;
}

export const INS_RULES: readonly PagesRule[] = [
  {
    id: 'PDF-INS-DATAMATRIX',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.03'],
    source: GUIDE('règle 32'),
    title: 'Le document d’une identité qualifiée porte un datamatrix INS qui se lit.',
    expected: 'un datamatrix INS, lisible par un lecteur',
    remedy:
      'Imprimez le datamatrix de l’identité qualifiée ; s’il y est, agrandissez-le et laissez une marge blanche autour : le banc l’a cherché à 200, 300 et 450 points par pouce.',
    judge: (subject) => {
      if (subject.identity?.qualified !== true || insSymbols(subject).length > 0 || unseen(subject)) return [];
      const others = subject.drawn.pages.flatMap(({ number, symbols }) =>
        symbols.map((bytes) => `page ${number}, « ${shown(Buffer.from(bytes).toString('latin1').slice(0, 12))}… »`),
      );
      const received =
        others.length === 0 ? 'aucun datamatrix' : `d’autres datamatrix : ${others.slice(0, 5).join(' ; ')}`;
      return [{ where: `les ${subject.drawn.pages.length} page(s) du document`, received }];
    },
  },
  {
    id: 'PDF-INS-DATAMATRIX-FORM',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.03'],
    source: LAYOUT_SOURCE,
    title: 'Le message du datamatrix INS suit sa structure.',
    expected: 'un en-tête puis un champ par trait, chacun une fois et de sa longueur',
    remedy:
      'Composez le message selon le référentiel du datamatrix de l’INS ; s’il le suit, donnez sa structure au banc (--datamatrix).',
    judge: (subject) =>
      insSymbols(subject).flatMap(({ page, message }) =>
        readInsMessage(message, subject.layout).faults.map((fault): Breach => ({
          where: `page ${page}, datamatrix INS`,
          received: fault,
          // Nobody may be refused for a structure that no source read here confirms.
          ...(subject.layout.confirmed ? {} : { severity: 'warning' }),
        })),
      ),
  },
  {
    id: 'PDF-INS-DATAMATRIX-IDENTITY',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.03'],
    source: GUIDE('règle 32'),
    title: 'Le datamatrix INS dit la même identité que le document.',
    expected: 'le matricule, l’OID et les traits de l’identité qualifiée',
    remedy: 'Composez le datamatrix avec l’INS et les traits rendus par INSi, ceux du document.',
    judge: (subject) => {
      const { identity } = subject;
      if (identity?.qualified !== true) return [];
      return insSymbols(subject).flatMap(({ page, message }) =>
        differences(message, identity, subject.layout).map((received) => ({
          where: `page ${page}, datamatrix INS`,
          received,
        })),
      );
    },
  },
  {
    id: 'PDF-INS-NOT-QUALIFIED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.59'],
    source: GUIDE('règle 28'),
    title: 'Rien de l’INS n’est imprimé quand l’identité n’est pas qualifiée.',
    expected: 'ni matricule INS, ni datamatrix INS',
    remedy: 'N’imprimez matricule et datamatrix que pour une identité au statut « qualifiée ».',
    judge: (subject) => {
      const { identity, drawn } = subject;
      if (identity?.qualified !== false) return [];
      return [
        ...insSymbols(subject).map(({ page }) => ({ where: `page ${page}`, received: 'un datamatrix INS' })),
        ...drawn.pages
          .filter((page) => shows(page, identity.ins))
          .map(({ number }) => ({ where: `page ${number}, texte`, received: 'le matricule INS' })),
      ];
    },
  },
];

/** The matricule, or its thirteen first characters, however its digits are grouped. */
function shows({ text }: DrawnPage, ins: string | undefined): boolean {
  return ins !== undefined && ins.length >= 13 && text.replace(/\s+/g, '').includes(ins.slice(0, 13));
}

/** French: what a message says otherwise than the identity; what could not be read of it is told by its form. */
function differences(message: string, identity: PrintedIdentity, layout: DatamatrixLayout): readonly string[] {
  const { traits } = readInsMessage(message, layout);
  // Whatever the structure, the matricule is written as it is.
  if (!traits.has('ins') && identity.ins !== undefined && !message.includes(identity.ins)) {
    return [`matricule INS : n’y est pas (attendu ${identity.ins})`];
  }
  const expected: Readonly<Record<Trait, string | undefined>> = {
    ins: identity.ins,
    oid: identity.oid,
    firstNames: identity.firstNames?.join(' '),
    birthName: identity.birthName,
    sex: identity.sex,
    birthDate: identity.birthDate,
    birthPlace: identity.birthPlace,
  };
  return layout.fields.flatMap(({ trait, label }) => {
    const said = traits.get(trait);
    const wanted = expected[trait];
    if (said === undefined || wanted === undefined || same(trait, said, wanted, layout)) return [];
    return [`${label} : ${shown(said)} (attendu ${wanted})`];
  });
}

function same(trait: Trait, said: string, wanted: string, layout: DatamatrixLayout): boolean {
  if (trait === 'birthDate') return dateOf(said, layout.dateFormats) === wanted;
  if (trait === 'firstNames' || trait === 'birthName') return nameKey(said) === nameKey(wanted);
  return said.toUpperCase() === wanted.toUpperCase();
}

/** The characters that a symbol may lack (accents, apostrophe) do not count. */
function nameKey(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim();
}
