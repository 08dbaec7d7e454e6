import { ABSENT, shown, unless } from '../breach.ts';
import type { CdaRule } from '../types.ts';
import { BIO, BIOLOGY_REPORT, BOTH, N3, OID, STRUCT, TEMPLATE, isOid } from '../vocabulary.ts';

export const IDENTIFIER_RULES: readonly CdaRule[] = [
  {
    id: 'CDA-HDR-ID-OID',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('id'),
    title: 'L’identifiant du document est un OID.',
    expected: 'root = OID d’au plus 64 caractères',
    remedy: 'Générez un OID sous votre racine ; un UUID n’est pas accepté par le DMP.',
    judge: ({ document }) =>
      unless(isOid(document.id.root), { where: document.id.path, received: document.id.root || ABSENT }),
  },
  {
    id: 'CDA-HDR-ID-EXTENSION',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('id ; le DMP ne prend pas en charge OID^extension'),
    title: 'L’identifiant d’un document destiné au DMP n’a pas d’extension.',
    expected: 'root seul',
    remedy: 'Portez tout l’identifiant dans root.',
    judge: ({ document, options }) =>
      unless(options.forDmp === false || document.id.extension === undefined, {
        where: `${document.id.path}/@extension`,
        received: document.id.extension ?? ABSENT,
      }),
  },
  {
    id: 'CDA-HDR-CODE',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('code (JDV_J07)'),
    title: 'Le type de document est un triplet code, libellé, système.',
    expected: 'code, displayName et codeSystem',
    remedy: 'Complétez le code du document avec son libellé et l’OID de sa terminologie.',
    judge: ({ document: { code } }) =>
      unless(Boolean(code.code && code.displayName && code.codeSystem), {
        where: code.path,
        received: shown(code.code, code.displayName, code.codeSystem),
      }),
  },
  {
    id: 'CDA-BIO-CODE',
    layer: 'business',
    severity: 'error',
    requirements: [N3],
    source: BIO('code et titre du document'),
    title: 'Le compte rendu de biologie porte le code et le titre fixés par son modèle.',
    expected: '11502-2 « CR d’examens biologiques » (LOINC), titre « Compte rendu d’examens biologiques »',
    remedy: 'Reprenez à l’identique le code, le libellé et le titre du modèle CR-BIO 2024.01.',
    judge: ({ document }) => {
      const model = document.templateIds.find((one) => one.root === TEMPLATE.crBio);
      if (document.level !== 'N3' || !model) return [];
      const { code } = document;
      const codeRight = code.code === BIOLOGY_REPORT && code.codeSystem === OID.loinc;
      // Label and title are only fixed since model 2024.01.
      const fixed = model.extension !== '2024.01' || isFixedWording(code.displayName, document.title);
      return unless(codeRight && fixed, {
        where: code.path,
        received: shown(code.code, code.displayName, code.codeSystem, document.title),
      });
    },
  },
  {
    id: 'CDA-HDR-TITLE',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('title'),
    title: 'Le document a un titre d’au plus 128 caractères.',
    expected: 'de 1 à 128 caractères',
    remedy: 'Renseignez title, en moins de 128 caractères.',
    judge: ({ document }) =>
      unless(document.title.length >= 1 && document.title.length <= 128, {
        where: `${document.root.path}/title`,
        received: document.title === '' ? ABSENT : `${document.title.length} caractères`,
      }),
  },
  {
    id: 'CDA-HDR-LANGUAGE',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('languageCode'),
    title: 'La langue du document est fr-FR, casse comprise.',
    expected: 'fr-FR',
    remedy: 'Écrivez <languageCode code="fr-FR"/>.',
    judge: ({ document }) =>
      unless(document.languageCode === 'fr-FR', {
        where: `${document.root.path}/languageCode`,
        received: document.languageCode ?? ABSENT,
      }),
  },
  {
    id: 'CDA-HDR-CONFIDENTIALITY',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('confidentialityCode'),
    title: 'La confidentialité du document est N (R et V sont signalés).',
    expected: `N (${OID.confidentiality})`,
    remedy: 'Écrivez le code N ; le masquage se porte dans les métadonnées de partage, pas dans le document.',
    judge: ({ document }) => {
      const code = document.confidentialityCode;
      if (code?.codeSystem === OID.confidentiality && code.code === 'N') return [];
      const known = code?.codeSystem === OID.confidentiality && (code.code === 'R' || code.code === 'V');
      return [
        {
          where: code?.path ?? `${document.root.path}/confidentialityCode`,
          received: shown(code?.code, code?.codeSystem),
          ...(known ? { severity: 'warning' as const } : {}),
        },
      ];
    },
  },
  {
    id: 'CDA-HDR-SETID',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('setId et versionNumber'),
    title: 'Le document a un identifiant de lot de versions et un numéro de version.',
    expected: 'setId/@root = OID, versionNumber/@value = entier à partir de 1',
    remedy: 'Donnez le même setId à toutes les versions, et numérotez-les à partir de 1.',
    judge: ({ document }) => {
      const { setId, versionNumber } = document;
      if (setId && isOid(setId.root) && versionNumber !== undefined && versionNumber >= 1) return [];
      return [
        {
          where: setId?.path ?? `${document.root.path}/setId`,
          received: shown(setId?.root, versionNumber === undefined ? 'version absente' : `version ${versionNumber}`),
        },
      ];
    },
  },
  {
    id: 'CDA-HDR-RPLC',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('relatedDocument'),
    title: 'Une version suivante remplace la précédente, et une première version ne remplace rien.',
    expected: 'relatedDocument RPLC avec l’id de la version remplacée si, et seulement si, versionNumber > 1',
    remedy: 'Ajoutez relatedDocument typeCode="RPLC" avec l’identifiant de la version remplacée.',
    judge: ({ document }) => {
      const replaced = document.relatedDocuments.filter((one) => one.typeCode === 'RPLC');
      const version = document.versionNumber ?? 1;
      if (version > 1) {
        return unless(
          replaced.some((one) => one.parentIds.some((id) => id.root !== '' && id.root !== document.id.root)),
          {
            where: replaced[0]?.path ?? `${document.root.path}/relatedDocument`,
            received: `version ${version} sans RPLC`,
          },
        );
      }
      return unless(replaced.length === 0, {
        where: replaced[0]?.path ?? document.root.path,
        received: `version ${version} avec RPLC`,
      });
    },
  },
];

function isFixedWording(label: string | undefined, title: string): boolean {
  const plain = (text: string | undefined): string => (text ?? '').replaceAll('’', "'");
  return plain(label) === "CR d'examens biologiques" && plain(title) === "Compte rendu d'examens biologiques";
}
