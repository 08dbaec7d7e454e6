import { children, descendants } from '#formats/xml/index.ts';
import { INS_OID, isValidIns } from '#formats/nir/index.ts';
import { ABSENT, headerElements, shown, unless } from '../breach.ts';
import { readTimestamp } from '../time.ts';
import type { CdaRule } from '../types.ts';
import { BOTH, IDENTITY, OID, STRUCT } from '../vocabulary.ts';

const TEST_OIDS = new Set<string>([INS_OID.nirTest, INS_OID.niaTest]);
const FORBIDDEN = new Set(['religiousAffiliationCode', 'raceCode', 'ethnicGroupCode']);
const ID_PATH = '/recordTarget[1]/patientRole[1]/id[1]';

export const PATIENT_RULES: readonly CdaRule[] = [
  {
    id: 'CDA-HDR-RECORDTARGET-INS',
    layer: 'business',
    severity: 'error',
    requirements: IDENTITY,
    source: STRUCT('recordTarget : matricule INS'),
    title: 'Le premier identifiant du patient est son matricule INS.',
    expected: 'recordTarget/patientRole/id[1] = matricule INS (15 caractères) sous une autorité INS',
    remedy: 'Placez le matricule INS de l’identité qualifiée en premier identifiant du patient.',
    judge: ({ document, options }) => {
      if (options.identityQualified === false) return [];
      const first = document.patient.ids[0];
      return unless(document.patient.ins !== undefined && first === document.patient.ins, {
        where: first?.path ?? `${document.root.path}${ID_PATH}`,
        received: shown(first?.extension, first?.root),
      });
    },
  },
  {
    id: 'CDA-HDR-INS-NOT-QUALIFIED',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.59'],
    source: 'Guide d’implémentation de l’INS, règle 28',
    title: 'Le matricule INS n’est pas transmis quand l’identité n’est pas qualifiée.',
    expected: 'aucun identifiant sous une autorité INS',
    remedy: 'Ne transmettez matricule et OID que pour une identité au statut « qualifiée ».',
    judge: ({ document, options }) =>
      options.identityQualified === false && document.patient.ins
        ? [{ where: document.patient.ins.path, received: document.patient.ins.root }]
        : [],
  },
  {
    id: 'CDA-HDR-INS-OID',
    layer: 'business',
    severity: 'error',
    requirements: IDENTITY,
    source: STRUCT('recordTarget : OID des autorités INS'),
    title: 'L’autorité du matricule est une autorité INS admise.',
    expected: 'INS-NIR …4.8 ou INS-NIA …4.9 (…4.10 et …4.11 en test)',
    remedy: 'Utilisez l’OID rendu par INSi avec le matricule.',
    judge: ({ document, options }) =>
      document.patient.ids.flatMap((id) => {
        const test = TEST_OIDS.has(id.root) && options.allowTestOids === false;
        const oldCalculated = id.root === OID.insC;
        // A matricule under an authority that nobody knows would be read as a local number.
        const misplaced = !isInsRoot(id.root) && isValidIns(id.extension ?? '');
        return test || oldCalculated || misplaced ? [{ where: `${id.path}/@root`, received: id.root || ABSENT }] : [];
      }),
  },
  {
    id: 'CDA-HDR-INS-KEY',
    layer: 'business',
    severity: 'error',
    requirements: IDENTITY,
    source: 'Référentiel INS : clé de contrôle 97 du NIR et du NIA',
    title: 'Le matricule INS a 15 caractères et une clé juste.',
    expected: '13 caractères suivis de la clé 97 − (N mod 97)',
    remedy: 'Reprenez le matricule et sa clé tels qu’INSi les rend.',
    judge: ({ document: { patient } }) =>
      patient.ins
        ? unless(isValidIns(patient.ins.extension), {
            where: `${patient.ins.path}/@extension`,
            received: patient.ins.extension,
          })
        : [],
  },
  {
    id: 'CDA-HDR-INS-TRAITS',
    layer: 'business',
    severity: 'error',
    requirements: IDENTITY,
    source: STRUCT('recordTarget : traits obligatoires avec l’INS'),
    title: 'Avec le matricule, tous les traits de l’INS sont présents.',
    expected: 'nom BR, liste des prénoms, premier prénom BR, sexe, date AAAAMMJJ, lieu de naissance (COG)',
    remedy: 'Recopiez les traits rendus par INSi avec le matricule.',
    judge: ({ document: { patient } }) => {
      if (!patient.ins) return [];
      const day = readTimestamp(patient.birthDate ?? '');
      const missing = [
        ['nom de naissance (family BR)', patient.birthName !== undefined],
        ['liste des prénoms (given sans qualifier)', patient.firstNames !== undefined],
        ['premier prénom (given BR)', patient.firstFirstName !== undefined],
        ['sexe (F, M ou U)', ['F', 'M', 'U', 'UN'].includes(patient.sex ?? '')],
        ['date de naissance (AAAAMMJJ)', day?.precision === 8],
        ['lieu de naissance (code COG)', /^(\d{5}|2[AB]\d{3})$/.test(patient.birthPlace ?? '')],
      ] as const;
      return missing
        .filter(([, present]) => !present)
        .map(([trait]) => ({ where: patient.patientPath ?? patient.path, received: `${trait} : absent ou mal formé` }));
    },
  },
  {
    id: 'CDA-HDR-PATIENT-QUALIFIER',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('recordTarget : nom du patient'),
    title: 'Les noms du patient sont de naissance (BR) ou utilisés (CL).',
    expected: 'qualifier BR ou CL ; un nom de famille est toujours qualifié',
    remedy: 'Qualifiez le nom : BR pour la naissance, CL pour le nom utilisé.',
    judge: ({ document }) =>
      document.patient.nameParts
        .filter((part) => part.part === 'family' || part.part === 'given')
        .flatMap((part) => {
          if (part.qualifier === 'BR' || part.qualifier === 'CL') return [];
          if (part.qualifier === undefined && part.part === 'given') return [];
          // SP was the qualifier of the used name in older models.
          const severity = part.qualifier === 'SP' ? ('warning' as const) : ('error' as const);
          return [{ where: part.path, received: part.qualifier ?? 'sans qualifier', severity }];
        }),
  },
  {
    id: 'CDA-HDR-PATIENT-FIRST-NAME',
    layer: 'business',
    severity: 'warning',
    requirements: IDENTITY,
    source: STRUCT('recordTarget : prénoms'),
    title: 'Le premier prénom de naissance ouvre la liste des prénoms.',
    expected: 'la liste commence par le premier prénom',
    remedy: 'Reprenez la liste des prénoms et le premier prénom de la même réponse INSi.',
    judge: ({ document: { patient } }) => {
      const list = plain(patient.firstNames ?? '');
      const first = plain(patient.firstFirstName ?? '');
      return unless(list === '' || first === '' || list === first || list.startsWith(`${first} `), {
        where: patient.patientPath ?? patient.path,
        received: shown(patient.firstNames, patient.firstFirstName),
      });
    },
  },
  {
    id: 'CDA-HDR-PATIENT-FORBIDDEN',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('recordTarget : éléments interdits'),
    title: 'Le document ne dit ni la religion, ni l’origine du patient.',
    expected: 'aucun de ces éléments',
    remedy: 'Retirez cet élément.',
    judge: ({ document }) =>
      headerElements(document.root)
        .filter((e) => FORBIDDEN.has(e.name.local))
        .map((e) => ({ where: e.path, received: e.name.local })),
  },
  {
    id: 'CDA-HDR-INS-NIR-TRAITS',
    layer: 'business',
    severity: 'warning',
    requirements: IDENTITY,
    source: 'Structure du NIR (sexe, année et mois de naissance)',
    title: 'Le matricule d’un NIR de production s’accorde avec le sexe et la date de naissance.',
    expected: '1 pour un homme, 2 pour une femme, puis AAMM de naissance',
    remedy: 'Vérifiez que le matricule et les traits sont ceux de la même personne.',
    judge: ({ document: { patient } }) => {
      // Test numbers are not asserted: published test identities have digits that do not match their traits.
      if (patient.ins?.root !== INS_OID.nir) return [];
      const sex = { M: '1', F: '2' }[patient.sex ?? ''];
      const born = patient.birthDate?.slice(2, 4);
      const matches =
        (sex === undefined || patient.ins.extension[0] === sex) &&
        (born === undefined || patient.ins.extension.slice(1, 3) === born);
      return unless(matches, { where: patient.ins.path, received: shown(patient.sex, patient.birthDate) });
    },
  },
  {
    id: 'CDA-HDR-PATIENT-EXPECTED',
    layer: 'business',
    severity: 'error',
    requirements: IDENTITY,
    source: 'Assertion C5 : traits égaux à ceux rendus par INSi',
    title: 'Le document porte l’identité du patient attendu.',
    expected: 'les traits de l’identité attendue',
    remedy: 'Alimentez l’en-tête avec les traits de l’identité, sans les transformer.',
    judge: ({ document: { patient }, options }) => {
      const wanted = options.patient;
      if (!wanted) return [];
      const pairs: readonly (readonly [string, string | undefined, string | undefined])[] = [
        ['matricule', patient.ins?.extension, options.identityQualified === false ? undefined : wanted.ins],
        ['OID', patient.ins?.root, options.identityQualified === false ? undefined : wanted.oid],
        ['nom de naissance', plain(patient.birthName ?? ''), plain(wanted.birthName)],
        ['prénoms', plain(patient.firstNames ?? ''), plain(wanted.firstNames.join(' '))],
        ['sexe', patient.sex, wanted.sex],
        ['date de naissance', patient.birthDate, wanted.birthDate.replaceAll('-', '')],
        ['lieu de naissance', patient.birthPlace, wanted.birthPlace],
      ];
      return pairs
        .filter(([, received, expected]) => expected !== undefined && received !== expected)
        .map(([trait, received, expected]) => ({
          where: patient.patientPath ?? patient.path,
          received: `${trait} : ${received || ABSENT}`,
          expected: expected ?? '',
        }));
    },
  },
  {
    id: 'CDA-HDR-PATIENT-ADDRESS',
    layer: 'business',
    severity: 'warning',
    requirements: BOTH,
    source: STRUCT('recordTarget : telecom mssante du patient'),
    title: 'L’adresse de Mon espace santé du patient est celle de son matricule.',
    expected: 'mailto:<matricule>@patient.mssante.fr',
    remedy: 'Construisez cette adresse avec le matricule de l’identité qualifiée.',
    judge: ({ document: { patient } }) =>
      patient.telecoms.flatMap((telecom) => {
        const local = /^mailto:([^@]*)@patient\.mssante\.fr$/i.exec(telecom.value ?? '')?.[1];
        return local === undefined || local === patient.ins?.extension
          ? []
          : [{ where: telecom.path, received: telecom.value ?? ABSENT }];
      }),
  },
  {
    id: 'CDA-HDR-PATIENT-SINGLE',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('recordTarget'),
    title: 'Le document concerne un seul patient.',
    expected: 'un patientRole, un patient, un matricule INS',
    remedy: 'Produisez un document par patient.',
    judge: ({ document }) => {
      const roles = children(document.root, 'recordTarget').flatMap((one) => descendants(one, 'patientRole'));
      const matricules = new Set(document.patient.ids.filter((id) => isInsRoot(id.root)).map((id) => id.extension));
      return unless(roles.length <= 1 && matricules.size <= 1, {
        where: document.patient.path,
        received: `${roles.length} patientRole, ${matricules.size} matricule(s)`,
      });
    },
  },
];

function isInsRoot(root: string): boolean {
  return Object.values<string>(INS_OID).includes(root);
}

/** Comparison form of a name: upper case, no accents, single blanks. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toUpperCase();
}
