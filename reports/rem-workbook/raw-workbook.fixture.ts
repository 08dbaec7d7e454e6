import fc from 'fast-check';
import { loadColumns } from '#dsr/rem/index.ts';
import type { Field } from '#dsr/rem/index.ts';
import type { XlsxTable } from '#formats/xlsx/index.ts';

/** REM workbooks as people make them: raw cells, before any reader has put order in them. */

/** Headers as the published workbooks and their cousins write them; each stands for one field. */
type Header = readonly [Field, string];

const HEADERS: readonly Header[] = [
  ['conditional', 'Exigence conditionnelle (OUI/NON)'],
  ['profile', 'Profil'],
  ['sectionId', 'ID Section'],
  ['section', 'Section'],
  ['block', 'Bloc'],
  ['function', 'Fonction'],
  ['nature', 'Nature de l’exigence'],
  ['statement', 'Énoncé'],
  ['scenario', 'Scénario de conformité'],
  ['perimeter', 'Périmètre'],
  ['comment', 'Commentaire'],
  ['publicationStatus', 'Statut publication'],
  ['previousId', 'VA N-1'],
  ['criticality', 'Criticité'],
  ['profileHistory', 'Profil historique'],
  ['order', 'Ordre'],
  ['version', 'Version'],
  ['readyForPublication', 'Bon pour publication'],
  ['requirementRef', 'Référence exigence'],
  ['testCaseRef', 'Référence cas de test'],
  ['baseRef', 'Référence exigence socle'],
  ['verificationPoints', 'Points de vérification'],
  ['internalNote', 'Note interne'],
  ['segurRem', 'REM Ségur'],
];

const vendorHeaders = (): readonly Header[] => {
  const { complement, vendor } = loadColumns();
  return vendor.columns.flatMap(({ field, label }) =>
    field === 'status' || field === 'pieces' || field === 'lastRun' || field === 'classification'
      ? []
      : [[field, complement.prefix + label] as const],
  );
};

/** What people type, and what spreadsheets and hostile hands make of it. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', '', 'Texte', 'Vidéo ou copies d’écran', 'Source SMTP du courriel') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '=1+1',
      '+33 1',
      '@nom',
      '-',
      'Ligne 1\nLigne 2',
      'Ligne\r\nDOS',
      '  bords  ',
      '\u00A0x\u00A0',
      'a\tb',
      '_x000D_',
      'a_x0041_b',
      '<b>&amp;]]>"\'',
      'Le système DOIT le faire',
      'Le système PEUT le faire',
      'INS_Identité',
      'A_B_C',
      'A_ b',
      'N° scénario',
      'Profil',
      '😀 é',
      '__proto__',
      'constructor',
      'é'.repeat(300),
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
);

const requirementId = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'INS/va1.01',
      'INS/va1.02',
      ' ins/VA1.01\u00A0',
      'DMP/UX.14',
      'DMP/UX.14 BIS',
      'SC.DMP/UX.14',
      'ORDN/CONF.01p',
      'apcv/va1.01',
      'SGL.INS.01',
    ),
  },
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom('INS/va1.01; INS/va1.02', 'voir plus haut', '08', 'a;b', 'INS/va1.01.01') },
  { weight: 2, arbitrary: fc.constant('') },
);

const scenarioId = fc.constantFrom(
  '',
  '',
  '01',
  '02',
  '01.01',
  'INS/va1.01.01',
  'INS/va1.01.02',
  'ins/va1.01.01',
  'INS/va1.02.01',
  'DMP/UX.14.01',
  'SCN_DB/CO.01',
  'scénario',
);

const proofId = fc.constantFrom(
  '',
  '',
  '01',
  '01.01',
  '01.01.01',
  'INS/va1.01.01.01',
  'INS/va1.01.01.02',
  'ins/va1.01.01.01 ',
  'INS/va1.02.01.01',
  'INS/va1.01.01.01-2',
  'SSI/IAM.80.01',
  'SCN_DB/CO.01.01',
  'preuve',
);

const previousIds = fc
  .array(fc.constantFrom('SGL.INS.32', 'SGL.INS.33', 'sgl.ins.34 ', ''), { maxLength: 4 })
  .chain((ids) => fc.constantFrom(';', ', ', '\n').map((separator) => ids.join(separator)));

const SPECIAL: Readonly<Partial<Record<Field, fc.Arbitrary<string>>>> = {
  profile: fc.oneof(fc.constantFrom('Général', 'Général', 'IAM', ''), text),
  section: fc.oneof(fc.constantFrom('', 'Identité', 'INS_Identité', 'DMP/UX_Alimentation'), text),
  sectionId: fc.oneof(fc.constantFrom('', 'INS', 'DMP', 'DMP/UX'), text),
  nature: fc.constantFrom('', 'EXIGENCE', 'PRECONISATION', 'DOIT', 'peut', 'SOUHAIT'),
  publicationStatus: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('', 'Inchangée', 'Modifiée') },
    { weight: 1, arbitrary: fc.constantFrom('Obsolète', 'OBSOLETE') },
  ),
  previousId: fc.oneof(previousIds, text),
  baseRef: fc.constantFrom('', 'SC.INS.01', 'SC.INS.01; SC.INS.02'),
  conditional: fc.constantFrom('', 'OUI', 'NON'),
};

interface Column {
  readonly header: string;
  readonly cell: fc.Arbitrary<string>;
}

/** Pairs of proof columns, numbered as in the REM or not numbered as in the Convergence feed. */
function pairColumns(pairs: number): readonly Column[] {
  return Array.from({ length: Math.max(pairs, 1) }, (_, index) => {
    const suffix = pairs === 0 ? '' : ` ${index + 1}`;
    return [
      { header: `N° preuve${suffix}`, cell: proofId },
      { header: `Preuve${suffix}`, cell: text },
    ];
  }).flat();
}

const REQUIRED: readonly Column[] = [
  { header: 'N° exigence', cell: requirementId },
  { header: 'N° scénario', cell: scenarioId },
];

/** A workbook of one sheet: any of the columns in any order, any rows. The first row names a requirement. */
export const rawWorkbook: fc.Arbitrary<readonly XlsxTable[]> = fc
  .record({
    fields: fc.oneof<fc.Arbitrary<readonly Header[]>[]>(
      fc.constant<readonly Header[]>([...HEADERS, ...vendorHeaders()]),
      fc.subarray<Header>([...HEADERS, ...vendorHeaders()]),
      fc.constant<readonly Header[]>(HEADERS.slice(0, 9)),
    ),
    pairs: fc.constantFrom(0, 1, 3, 10, 12),
  })
  .chain(({ fields, pairs }: { readonly fields: readonly Header[]; readonly pairs: number }) =>
    fc.shuffledSubarray(
      [
        ...REQUIRED,
        ...fields.map(([field, header]): Column => ({ header, cell: SPECIAL[field] ?? text })),
        ...pairColumns(pairs),
      ],
      { minLength: fields.length + REQUIRED.length + Math.max(pairs, 1) * 2 },
    ),
  )
  .chain((columns) =>
    fc
      .array(fc.tuple(...columns.map(({ cell }): fc.Arbitrary<string> => cell)), { minLength: 1, maxLength: 9 })
      .map((rows): readonly XlsxTable[] => {
        const at = columns.findIndex((column) => column.header === REQUIRED[0]?.header);
        const [first = [], ...others] = rows;
        const status = columns.findIndex((column) => column.header === 'Statut publication');
        const named = first.map((cell, index) => (index === at ? 'MSS/va1.12' : index === status ? '' : cell));
        return [{ name: 'Exigences', columns: columns.map(({ header }) => ({ header })), rows: [named, ...others] }];
      }),
  );
