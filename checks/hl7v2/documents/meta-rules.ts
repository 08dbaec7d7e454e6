import { META_SYSTEM, placeOf, type Hl7Meta } from '#formats/hl7v2/index.ts';
import codes from './codes.json' with { type: 'json' };
import { HOSPITAL, VOLET } from './structure-rules.ts';
import { metaValue } from './subject.ts';
import type { AskedDelivery, DocumentRule, DocumentSubject } from './types.ts';

const common = { requirements: HOSPITAL, layer: 'business', severity: 'error', source: VOLET } as const;
const TYPES: Readonly<Record<string, string>> = codes.metaTypes;
const NAMES: readonly string[] = codes.metas.flatMap(({ code, older = [] }) => [code, ...older]);
const COMBINED = [
  'MASQUE_PS',
  'INVISIBLE_PATIENT',
  'INVISIBLE_REP_LEGAUX',
  'CONNEXION_SECRETE',
  'DESTDMP',
  'DESTMSSANTEPS',
  'DESTMSSANTEPAT',
] as const;
type Combined = (typeof COMBINED)[number];
type Combination = { readonly [Code in Combined]?: string };

function holds(subject: DocumentSubject, combination: Combination): boolean {
  return COMBINED.every((code) => combination[code] === undefined || metaValue(subject, code) === combination[code]);
}

/** What is wrong in the form of one meta observation. */
function formOf(
  meta: Hl7Meta,
  type: string | undefined,
): readonly { where: string; received: string; expected: string }[] {
  const { segment } = meta;
  const isText = codes.texts.includes(meta.code);
  const wrong: readonly (readonly [boolean, string, string, string])[] = [
    [!isText && !NAMES.includes(meta.code), placeOf(segment, 3, { component: 1 }), meta.code, NAMES.join(', ')],
    [meta.system !== META_SYSTEM, placeOf(segment, 3, { component: 3 }), meta.system, META_SYSTEM],
    [isText ? meta.type !== 'ED' : meta.type !== type, placeOf(segment, 2), meta.type, isText ? 'ED' : (type ?? 'CE')],
    [isText && (meta.text ?? '') === '', placeOf(segment, 5), 'aucun texte', '^TEXT^^Base64^ et le texte en base64'],
    [!isText && !/^[YN]$/.test(meta.value), placeOf(segment, 5, { component: 1 }), meta.value, 'Y ou N'],
    [!isText && meta.table !== codes.yesNoTable, placeOf(segment, 5, { component: 3 }), meta.table, codes.yesNoTable],
    [meta.status !== 'F', placeOf(segment, 11), meta.status, 'F'],
  ];
  return wrong
    .filter(([is]) => is)
    .map(([, where, received, expected]) => ({ where, received: received || 'vide', expected }));
}

/** Rules on the observations that say who may see the documents and where they go (protocols.md §7.2, §7.3, §7.7 H5). */
export const META_RULES: readonly DocumentRule[] = [
  {
    ...common,
    id: 'HL7-META-FORM',
    layer: 'wire',
    title: 'Un OBX de métadonnée a le type, le code, le système et la valeur du volet.',
    expected: 'OBX|n|CE|CODE^libellé^MetaDMPMSS||Y ou N^^expandedYes-NoIndicator||||||F (CWE dans un MDM)',
    remedy: 'Écrivez les OBX de métadonnées comme le volet les montre.',
    judge: ({ message, metas }) => metas.flatMap((meta) => formOf(meta, TYPES[message.type.code])),
  },
  {
    ...common,
    id: 'HL7-META-COMPLETE',
    title: 'Le message dit toute la visibilité du document et toutes ses destinations, même par la négative.',
    expected: 'un OBX par métadonnée, à N quand elle ne s’applique pas',
    remedy: 'Ajoutez les OBX de métadonnées manquants : une plateforme ne devine pas ce qui n’est pas dit.',
    judge: (subject) =>
      subject.toLps || (subject.act === 'suppression' && subject.documents.length === 0)
        ? []
        : codes.metas
            .filter(({ code }) => metaValue(subject, code) === undefined)
            .map(({ code, presence }) => ({
              where: 'OBX',
              received: `${code} absent`,
              expected: `un OBX ${code}`,
              ...(presence === 'warning' ? { severity: 'warning' as const } : {}),
            })),
  },
  {
    ...common,
    id: 'HL7-META-ONCE',
    title: 'Une métadonnée n’est dite qu’une fois.',
    expected: 'un seul OBX par métadonnée',
    remedy: 'Gardez un seul OBX : deux valeurs ne se lisent pas.',
    judge: ({ metas }) =>
      metas
        .filter((meta, index) => metas.findIndex(({ code }) => code === meta.code) < index)
        .map(({ segment, code }) => ({ where: placeOf(segment, 3), received: `${code}, déjà dit` })),
  },
  {
    ...common,
    id: 'HL7-META-ORDER',
    layer: 'wire',
    title: 'Les documents viennent avant les métadonnées.',
    expected: 'les OBX des documents, puis ceux des métadonnées',
    remedy: 'Placez les OBX des documents en premier.',
    judge: ({ documents, metas }) => {
      const first = metas[0]?.segment;
      return documents
        .filter(({ segment }) => first !== undefined && first.rank < segment.rank)
        .map(({ segment }) => ({ where: placeOf(segment), received: `document après ${metas[0]?.code ?? ''}` }));
    },
  },
  {
    ...common,
    id: 'HL7-META-COMBINATION',
    source: `${VOLET}, combinaisons de métadonnées pour MSSanté`,
    title: 'La visibilité et les destinations MSSanté vont ensemble.',
    expected: codes.combinations.map(({ to }) => to).join(', '),
    remedy:
      'Un document invisible au patient ne lui est pas envoyé ; un document masqué aux professionnels, pas à eux.',
    judge: (subject) => {
      const said = COMBINED.map((code) => `${code}=${metaValue(subject, code) ?? '?'}`).join(' ');
      const [hidden, invisible] = ['MASQUE_PS', 'INVISIBLE_PATIENT'].map((code) => metaValue(subject, code));
      if (hidden === 'Y' && invisible === 'Y') {
        return [{ where: 'OBX', received: said, expected: 'MASQUE_PS ou INVISIBLE_PATIENT, pas les deux' }];
      }
      const mailed = ['DESTMSSANTEPS', 'DESTMSSANTEPAT'].some((code) => metaValue(subject, code) === 'Y');
      if (!mailed || codes.combinations.some((one) => holds(subject, one))) return [];
      const { why: _, ...tolerated } = codes.tolerated;
      return [
        {
          where: 'OBX',
          received: said,
          expected: `une combinaison du volet : ${codes.combinations.map(({ to }) => to).join(', ')}`,
          ...(holds(subject, tolerated) ? { severity: 'warning' as const } : {}),
        },
      ];
    },
  },
  {
    ...common,
    id: 'HL7-META-NOTE',
    title: 'Le commentaire FIN suit DESTMSSANTEPAT à Y, et aucune autre métadonnée.',
    expected: 'NTE|1|||FIN après DESTMSSANTEPAT à Y, ou aucun',
    remedy: 'FIN ferme la conversation avec le patient (X-MSS-MES) : ne l’écrivez qu’après sa destination.',
    judge: ({ metas }) =>
      metas.flatMap(({ segment, code, value, notes }) =>
        notes
          // Any other comment is allowed, and read by nobody.
          .filter((note) => note === 'FIN' && !(code === 'DESTMSSANTEPAT' && value === 'Y'))
          .map((note) => ({ where: `NTE après ${placeOf(segment)}`, received: `${note} après ${code} à ${value}` })),
      ),
  },
  {
    ...common,
    id: 'HL7-META-ASKED',
    requirements: ['DOC/va1.20', 'DOC/va1.21'],
    title: 'Les métadonnées disent ce qui a été choisi dans le produit.',
    expected: 'la visibilité choisie, et aucune destination qui n’ait été demandée',
    remedy: 'Écrivez dans chaque message la visibilité du document telle que l’utilisateur l’a réglée.',
    judge: (subject) => {
      const { asked } = subject.options;
      if (asked === undefined) return [];
      return wantedOf(asked).flatMap(([code, wanted]) => {
        const said = metaValue(subject, code);
        return said === undefined || wanted.includes(said)
          ? []
          : [{ where: `OBX ${code}`, received: said, expected: wanted.join(' ou ') }];
      });
    },
  },
];

/** Values that a message may have: a destination that was asked for may be that of another message of the same report. */
function wantedOf(asked: AskedDelivery): readonly (readonly [Combined, readonly string[]])[] {
  const exactly = (on: boolean): readonly string[] => [on ? 'Y' : 'N'];
  const atMost = (on: boolean): readonly string[] => (on ? ['Y', 'N'] : ['N']);
  return [
    ['MASQUE_PS', exactly(asked.hiddenFromProfessionals)],
    ['INVISIBLE_PATIENT', exactly(asked.hiddenFromPatient)],
    ['INVISIBLE_REP_LEGAUX', exactly(asked.hiddenFromLegalRepresentatives)],
    ['CONNEXION_SECRETE', exactly(asked.secretConnection)],
    ['DESTDMP', atMost(asked.toDmp)],
    ['DESTMSSANTEPS', atMost(asked.professionals.length > 0)],
    ['DESTMSSANTEPAT', atMost(asked.toPatient)],
  ];
}
