import type { CdaDocument } from '#formats/cda/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { applyRules } from '../rule/index.ts';
import type { JudgedRule } from '../rule/index.ts';
import { ABSENT, shown, unless } from './breach.ts';
import { plain } from './rules/patient.ts';
import { N1 } from './vocabulary.ts';

export interface CdaPair {
  readonly n3: CdaDocument;
  readonly n1: CdaDocument;
}

const SOURCE = 'Le compte rendu produit en niveau 3 et en niveau 1 (DOC/va1.30, DOC/va1.27)';

export const PAIR_RULES: readonly JudgedRule<CdaPair>[] = [
  {
    id: 'CDA-PAIR-LEVELS',
    layer: 'business',
    severity: 'error',
    requirements: [N1],
    source: SOURCE,
    title: 'Les deux documents d’un compte rendu sont l’un de niveau 3, l’autre de niveau 1.',
    expected: 'un document N3 et un document N1',
    remedy: 'Produisez le compte rendu dans les deux niveaux.',
    judge: ({ n3, n1 }) =>
      unless(n3.level === 'N3' && n1.level === 'N1', { where: n1.root.path, received: shown(n3.level, n1.level) }),
  },
  {
    id: 'CDA-PAIR-PATIENT',
    layer: 'business',
    severity: 'error',
    requirements: [N1, 'INS/va1.59'],
    source: SOURCE,
    title: 'Les deux documents portent la même identité.',
    expected: 'le matricule et les traits du document de niveau 3',
    remedy: 'Alimentez les deux en-têtes à partir de la même identité.',
    judge: ({ n3, n1 }) =>
      identityOf(n3).flatMap(([trait, wanted], index) => {
        const received = identityOf(n1)[index]?.[1];
        return unless(received === wanted, {
          where: n1.patient.patientPath ?? n1.patient.path,
          received: `${trait} : ${received || ABSENT}`,
          expected: wanted || ABSENT,
        });
      }),
  },
  {
    id: 'CDA-PAIR-IDS',
    layer: 'business',
    severity: 'error',
    requirements: [N1],
    source: 'Règle de consommation : même setId et même versionNumber, document refusé',
    title: 'Les deux documents sont deux documents : identifiants et lots de versions distincts, même version.',
    expected: 'id et setId différents, versionNumber égal',
    remedy: 'Donnez à chaque niveau son propre id et son propre setId ; faites avancer les versions ensemble.',
    judge: ({ n3, n1 }) => [
      ...unless(n3.id.root !== n1.id.root, { where: n1.id.path, received: `id identique : ${n1.id.root}` }),
      ...unless(n3.setId?.root !== n1.setId?.root || n3.setId?.extension !== n1.setId?.extension, {
        where: n1.setId?.path ?? n1.root.path,
        received: `setId identique : ${n1.setId?.root ?? ABSENT}`,
      }),
      ...unless(n3.versionNumber === n1.versionNumber, {
        where: `${n1.root.path}/versionNumber`,
        received: `${n1.versionNumber ?? ABSENT} au lieu de ${n3.versionNumber ?? ABSENT}`,
      }),
    ],
  },
  {
    id: 'CDA-PAIR-CONTENT',
    layer: 'business',
    severity: 'error',
    requirements: [N1],
    source: SOURCE,
    title: 'Les deux documents rendent compte du même acte, à la même date.',
    expected: 'même type de document, même demande, même date d’acte ; même PDF, ou même date de document',
    remedy: 'Produisez les deux niveaux à partir du même compte rendu validé.',
    judge: ({ n3, n1 }) => {
      const facts: readonly (readonly [string, string | undefined, string | undefined])[] = [
        ['type de document', n3.code.code, n1.code.code],
        ['demande', n3.orders[0]?.extension ?? n3.orders[0]?.root, n1.orders[0]?.extension ?? n1.orders[0]?.root],
        ['date de l’acte', n3.mainServiceEvent?.low?.value, n1.mainServiceEvent?.low?.value],
      ];
      const differing = facts.filter(([, wanted, received]) => wanted !== received);
      const samePdf = n3.pdf !== undefined && n1.pdf !== undefined && Buffer.from(n3.pdf).equals(n1.pdf);
      return [
        ...differing.map(([fact, wanted, received]) => ({
          where: n1.root.path,
          received: `${fact} : ${received ?? ABSENT}`,
          expected: wanted ?? ABSENT,
        })),
        ...unless(samePdf || n3.effectiveTime === n1.effectiveTime, {
          where: `${n1.root.path}/effectiveTime`,
          received: `PDF différents et dates différentes : ${n3.effectiveTime} et ${n1.effectiveTime}`,
        }),
      ];
    },
  },
];

/** Compares the two forms of one report. */
export function checkCdaPair(n3: CdaDocument, n1: CdaDocument): readonly Finding[] {
  return applyRules(PAIR_RULES, { n3, n1 });
}

function identityOf({ patient }: CdaDocument): readonly (readonly [string, string])[] {
  return [
    ['matricule', patient.ins?.extension ?? ''],
    ['OID', patient.ins?.root ?? ''],
    ['nom de naissance', plain(patient.birthName ?? '')],
    ['prénoms', plain(patient.firstNames ?? patient.firstFirstName ?? '')],
    ['sexe', patient.sex ?? ''],
    ['date de naissance', patient.birthDate ?? ''],
  ];
}
