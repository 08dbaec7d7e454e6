import { DOCUMENT_ENTRY, externalIdentifier, slotValues } from '#formats/ebrim/index.ts';
import { openReport } from '../report/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { Breach } from '../rule/index.ts';
import { SHIPPED_CODES } from '../xds/code-lists.ts';
import { checkConfidentiality } from '../xds/codes.ts';
import { checkPair, COHERENCE_RULES } from '../xds/coherence/index.ts';
import { RULES as XDS_RULES } from '../xds/rules.ts';
import { utcOf } from '../xds/utc.ts';
import { MAILED } from './layout.ts';
import type { XdmDocument, XdmRule } from './types.ts';

const METADATA = 'Métadonnées XDS (IHE ITI TF-3 4.2 ; CI-SIS, volet Partage de documents)';

/** Rules that XDM shares with the feeding of the DMP: the functions are those of `checks/xds`, the findings are ours. */
export const COHERENCE: readonly XdmRule[] = [
  {
    id: 'XDM-CDA-COHERENCE',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: METADATA,
    title: 'Auteurs, patient, dates, titre et type de la fiche sont ceux du CDA.',
    expected: 'les valeurs du CDA',
    remedy: 'Construisez les métadonnées à partir de l’en-tête du CDA.',
    judge: ({ documents }) =>
      documents.flatMap((one) => {
        const { cda, entry, file } = one;
        if (!cda || !file) return [];
        const report = openReport(COHERENCE_RULES);
        checkPair({ report, entry, cda, bytes: file.bytes });
        return [...timesOf(one), ...report.findings.map((finding) => breachOf(finding, one))];
      }),
  },
  {
    id: 'XDM-CONFIDENTIALITY',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: `${METADATA}, confidentialityCode (JDV_J58)`,
    title: 'La confidentialité d’une fiche commence par N, et ses masques sont de la liste.',
    expected: 'N, puis au plus les codes de masquage permis ensemble',
    remedy: 'Écrivez N d’abord, puis le masque choisi par l’utilisateur, avec son système.',
    judge: ({ documents, options }) =>
      documents.flatMap((one) => {
        const report = openReport(XDS_RULES);
        checkConfidentiality(report, one.entry, options.codes ?? SHIPPED_CODES);
        return report.findings.map((finding) => breachOf(finding, one));
      }),
  },
  {
    id: 'XDM-DOCUMENT-DUPLICATE',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: METADATA,
    title: 'Chaque document est décrit une fois.',
    expected: 'un uniqueId et un fichier propres à chaque entrée',
    remedy: 'Retirez la fiche en double, ou donnez à chaque document son identifiant et son fichier.',
    judge: ({ documents }) => {
      const seen = new Set<string>();
      return documents.flatMap((one) => {
        const keys = [
          ['uniqueId', externalIdentifier(one.entry, DOCUMENT_ENTRY.uniqueId)?.value],
          ['URI', one.file?.name],
        ] as const;
        return keys.flatMap(([name, value]) => {
          const key = `${name} ${value ?? ''}`;
          const again = value !== undefined && seen.has(key);
          seen.add(key);
          return again ? [{ where: place(one), received: `${key} déjà décrit` }] : [];
        });
      });
    },
  },
  {
    id: 'XDM-REPLACE-LINK',
    layer: 'business',
    severity: 'error',
    requirements: ['MSS/va1.35'],
    source: `${METADATA}, association RPLC ; un CDA seul la remplace : l’entryUUID d’un autre envoi n’est pas toujours connu`,
    title: 'Un remplacement que disent les métadonnées est aussi dans le CDA.',
    expected: 'relatedDocument RPLC dans le CDA dont la fiche porte une association RPLC',
    remedy: 'Écrivez dans le CDA le document qu’il remplace, comme dans les métadonnées.',
    judge: ({ documents }) =>
      documents.flatMap((one) => {
        const said = one.cda?.relatedDocuments.some(({ typeCode }) => typeCode === 'RPLC') ?? true;
        const linked = (one.submission.objects?.associations ?? []).some(
          ({ associationType, sourceObject }) =>
            associationType?.endsWith(':RPLC') === true && sourceObject === one.entry.id,
        );
        return linked && !said ? [{ where: place(one), received: 'association RPLC, sans relatedDocument' }] : [];
      }),
  },
];

/** creationTime and languageCode, that the feeding of the DMP compares with more context. */
function timesOf(one: XdmDocument): readonly Breach[] {
  const { cda, entry } = one;
  const rows = [
    ['creationTime', utcOf(cda?.effectiveTime)],
    ['languageCode', cda?.languageCode],
  ] as const;
  return rows.flatMap(([name, expected]) => {
    const received = slotValues(entry, name)[0];
    return received === undefined || received === '' || expected === undefined || received === expected
      ? []
      : [{ where: `${place(one)}, ${name}`, received, expected: `${expected} (lu dans le CDA)` }];
  });
}

function breachOf({ where, received, expected, remedy, severity }: Finding, one: XdmDocument): Breach {
  return { where: `${one.submission.metadataEntry.name} ${where}`, received, expected, remedy, severity };
}

function place(one: XdmDocument): string {
  return `${one.submission.metadataEntry.name} ${one.entry.path}`;
}
