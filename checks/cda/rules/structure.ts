import { HL7_V3 } from '#formats/cda/index.ts';
import { attribute } from '#formats/xml/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import { ABSENT, headerElements, shown, unless } from '../breach.ts';
import type { CdaRule } from '../types.ts';
import { BIO, BIOLOGY_REPORT, BOTH, N1, N3, STRUCT, TEMPLATE } from '../vocabulary.ts';

/** Order of CDA.xsd, with how many times the CI-SIS wants each element. */
const SEQUENCE: readonly (readonly [name: string, min: number, max: number])[] = [
  ['realmCode', 1, 1],
  ['typeId', 1, 1],
  ['templateId', 3, Infinity],
  ['id', 1, 1],
  ['code', 1, 1],
  ['title', 1, 1],
  ['effectiveTime', 1, 1],
  ['confidentialityCode', 1, 1],
  ['languageCode', 1, 1],
  ['setId', 1, 1],
  ['versionNumber', 1, 1],
  ['copyTime', 0, 0],
  ['recordTarget', 1, 1],
  ['author', 1, Infinity],
  ['dataEnterer', 0, 1],
  ['informant', 0, Infinity],
  ['custodian', 1, 1],
  ['informationRecipient', 0, Infinity],
  ['legalAuthenticator', 1, 1],
  ['authenticator', 0, Infinity],
  ['participant', 0, Infinity],
  ['inFulfillmentOf', 0, Infinity],
  ['documentationOf', 1, Infinity],
  ['relatedDocument', 0, 1],
  ['authorization', 0, Infinity],
  ['componentOf', 1, 1],
  ['component', 1, 1],
];

const ALLOWED_NULL_FLAVORS = ['UNK', 'NASK', 'ASKU', 'NAV', 'MSK'];

/** Local names, from the root. */
const NO_NULL_FLAVOR = new Set([
  'id',
  'code',
  'title',
  'effectiveTime',
  'confidentialityCode',
  'languageCode',
  'setId',
  'versionNumber',
  'recordTarget',
  'recordTarget/patientRole',
  'recordTarget/patientRole/id',
  'recordTarget/patientRole/patient',
  'recordTarget/patientRole/patient/name',
  'author',
  'author/assignedAuthor',
  'author/assignedAuthor/id',
  'custodian',
  'custodian/assignedCustodian',
  'custodian/assignedCustodian/representedCustodianOrganization',
  'custodian/assignedCustodian/representedCustodianOrganization/id',
  'legalAuthenticator',
  'legalAuthenticator/assignedEntity',
  'legalAuthenticator/assignedEntity/id',
  'documentationOf/serviceEvent',
  'documentationOf/serviceEvent/effectiveTime',
  'documentationOf/serviceEvent/performer',
  'documentationOf/serviceEvent/performer/assignedEntity/representedOrganization/standardIndustryClassCode',
  'relatedDocument/parentDocument',
  'relatedDocument/parentDocument/id',
  'componentOf',
  'componentOf/encompassingEncounter',
  'componentOf/encompassingEncounter/location',
  'componentOf/encompassingEncounter/location/healthCareFacility',
  'componentOf/encompassingEncounter/location/healthCareFacility/code',
]);

const RANK = new Map(SEQUENCE.map(([name], index) => [name, index]));

function topElements(document: XmlElement): readonly XmlElement[] {
  return document.children.filter(
    (node): node is XmlElement => node.kind === 'element' && node.name.namespace === HL7_V3,
  );
}

/** `/ClinicalDocument/a[1]/b[2]` (or deeper, under a style sheet) as `a/b`. */
function localPath(document: XmlElement, e: XmlElement): string {
  return e.path.slice(document.path.length + 1).replace(/\[\d+\]/g, '');
}

export const STRUCTURE_RULES: readonly CdaRule[] = [
  {
    id: 'CDA-ENCODING',
    layer: 'wellformed',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('prologue'),
    title: 'Le document est encodé en UTF-8.',
    expected: 'encoding="UTF-8"',
    remedy: 'Écrivez le document en UTF-8 et déclarez-le dans le prologue XML.',
    judge: ({ declaredEncoding }) =>
      unless(declaredEncoding === undefined || declaredEncoding === 'UTF-8', {
        where: 'prologue XML',
        received: declaredEncoding ?? ABSENT,
      }),
  },
  {
    id: 'CDA-HDR-ORDER',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('ordre des éléments de l’en-tête'),
    title: 'Les éléments de l’en-tête suivent l’ordre du schéma CDA.',
    expected: 'l’ordre du schéma CDA R2',
    remedy: 'Déplacez cet élément à sa place dans la séquence de ClinicalDocument.',
    judge: ({ document }) => {
      let highest = -1;
      let before = '';
      return topElements(document.root).flatMap((e) => {
        const rank = RANK.get(e.name.local);
        if (rank === undefined) {
          return [{ where: e.path, received: `élément inconnu ${e.name.local}`, remedy: 'Retirez cet élément.' }];
        }
        if (rank < highest) return [{ where: e.path, received: `${e.name.local} après ${before}` }];
        highest = rank;
        before = e.name.local;
        return [];
      });
    },
  },
  {
    id: 'CDA-HDR-CARDINALITY',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('éléments obligatoires de l’en-tête'),
    title: 'Chaque élément obligatoire de l’en-tête est présent, et autant de fois qu’il le faut.',
    expected: 'le nombre d’occurrences de la structuration minimale',
    remedy: 'Ajoutez l’élément manquant, ou retirez celui qui est en trop.',
    judge: ({ document }) => {
      const counts = new Map<string, number>();
      for (const e of topElements(document.root)) counts.set(e.name.local, (counts.get(e.name.local) ?? 0) + 1);
      return SEQUENCE.flatMap(([name, min, max]) => {
        const count = counts.get(name) ?? 0;
        // Templates are counted by their own rule, which says which one is missing.
        if (name === 'templateId' || (count >= min && count <= max)) return [];
        return [
          {
            where: `${document.root.path}/${name}`,
            received: `${count} occurrence(s)`,
            expected: max === Infinity ? `au moins ${min}` : min === max ? String(min) : `de ${min} à ${max}`,
          },
        ];
      });
    },
  },
  {
    id: 'CDA-HDR-REALM',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('realmCode et typeId'),
    title: 'Le document déclare le périmètre France et le type CDA R2.',
    expected: 'realmCode FR et typeId 2.16.840.1.113883.1.3 / POCD_HD000040',
    remedy: 'Écrivez realmCode code="FR" et le typeId fixe de CDA R2.',
    judge: ({ document }) =>
      unless(
        document.realmCode === 'FR' &&
          document.typeId?.root === '2.16.840.1.113883.1.3' &&
          document.typeId.extension === 'POCD_HD000040',
        {
          where: document.typeId?.path ?? document.root.path,
          received: shown(document.realmCode, document.typeId?.root, document.typeId?.extension),
        },
      ),
  },
  {
    id: 'CDA-HDR-TEMPLATES',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('déclarations de conformité (templateId)'),
    title: 'Le document déclare d’abord HL7 France, puis le CI-SIS, puis son modèle.',
    expected: `${TEMPLATE.hl7France}, puis ${TEMPLATE.ciSis}, puis le modèle du document`,
    remedy: 'Déclarez les templateId dans cet ordre en tête du document.',
    judge: ({ document }) => {
      const roots = document.templateIds.map((one) => one.root);
      const ciSis = roots.indexOf(TEMPLATE.ciSis);
      // A French model (…1.1.1.n) is only meaningful after the CI-SIS declaration; IHE ones are seen between the two.
      const model = roots.findIndex((root) => root !== TEMPLATE.ciSis && root.startsWith('1.2.250.1.213.1.1.1.'));
      const right =
        roots[0] === TEMPLATE.hl7France && ciSis > 0 && roots.length >= 3 && (model === -1 || model > ciSis);
      return unless(right, { where: `${document.root.path}/templateId[1]`, received: roots.join(', ') || ABSENT });
    },
  },
  {
    id: 'CDA-N1-TEMPLATE',
    layer: 'business',
    severity: 'error',
    requirements: [N1],
    source: STRUCT('documents de niveau 1'),
    title: 'Un document de niveau 1 déclare le modèle IHE XDS-SD.',
    expected: TEMPLATE.xdsSd,
    remedy: `Ajoutez <templateId root="${TEMPLATE.xdsSd}"/> en troisième position.`,
    judge: ({ document }) =>
      document.level === 'N1'
        ? unless(
            document.templateIds.some((one) => one.root === TEMPLATE.xdsSd),
            {
              where: `${document.root.path}/templateId`,
              received: document.templateIds.map((one) => one.root).join(', '),
            },
          )
        : [],
  },
  {
    id: 'CDA-BIO-TEMPLATES',
    layer: 'business',
    severity: 'error',
    requirements: [N3],
    source: BIO('déclarations de conformité'),
    title: 'Un compte rendu de biologie de niveau 3 déclare les modèles IHE PALM et CR-BIO.',
    expected: `${TEMPLATE.ihePalm} et ${TEMPLATE.crBio}`,
    remedy: 'Déclarez les deux modèles du compte rendu de biologie après celui du CI-SIS.',
    judge: ({ document }) => {
      if (document.level !== 'N3' || document.code.code !== BIOLOGY_REPORT) return [];
      const roots = document.templateIds.map((one) => one.root);
      return unless(roots.includes(TEMPLATE.ihePalm) && roots.includes(TEMPLATE.crBio), {
        where: `${document.root.path}/templateId`,
        received: roots.join(', ') || ABSENT,
      });
    },
  },
  {
    id: 'CDA-HDR-NULLFLAVOR-VALUE',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('valeurs de nullFlavor'),
    title: 'Dans l’en-tête, nullFlavor ne prend que cinq valeurs.',
    expected: ALLOWED_NULL_FLAVORS.join(', '),
    remedy: 'Choisissez la valeur admise qui dit pourquoi l’information manque.',
    judge: ({ document }) =>
      headerElements(document.root).flatMap((e) => {
        const value = attribute(e, 'nullFlavor', '');
        if (value === undefined || ALLOWED_NULL_FLAVORS.includes(value)) return [];
        // The published CR-BIO examples say NA for the date of a participation that has none (attending doctor).
        if (value === 'NA' && localPath(document.root, e) === 'participant/time') return [];
        return [{ where: `${e.path}/@nullFlavor`, received: value }];
      }),
  },
  {
    id: 'CDA-HDR-NULLFLAVOR-PLACE',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('éléments où nullFlavor est interdit'),
    title: 'Les éléments essentiels de l’en-tête ont une vraie valeur.',
    expected: 'une valeur, sans nullFlavor',
    remedy: 'Renseignez cet élément : le document ne peut pas être partagé sans lui.',
    judge: ({ document }) =>
      headerElements(document.root).flatMap((e) => {
        const value = attribute(e, 'nullFlavor', '');
        if (value === undefined || !NO_NULL_FLAVOR.has(localPath(document.root, e))) return [];
        return [{ where: `${e.path}/@nullFlavor`, received: value }];
      }),
  },
];
