import { openReport } from '../report/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { Breach } from '../rule/index.ts';
import { compareFormat } from '../xds/cda.ts';
import { checkRegistry } from '../xds/registry.ts';
import { RULES as XDS_RULES, type XdsRule } from '../xds/rules.ts';
import { COHERENCE_RULES } from '../xds/coherence/index.ts';
import { MAILED } from './layout.ts';
import type { XdmRule, XdmSubject } from './types.ts';

const SHARED = 'CI-SIS, volet Partage de documents, métadonnées XDS ; METADATA.XML d’un envoi porte les mêmes';

/**
 * Rules of METADATA.XML by itself: those of a feeding of the DMP, whose functions say what is wrong (`checks/xds`). What
 * a feeding alone has (VIHF, one lot, instant of arrival) or what another rule of this folder says is left out.
 */
const TABLE: readonly (Pick<XdmRule, 'id' | 'title' | 'expected' | 'remedy'> & {
  readonly from: readonly XdsRule[];
})[] = [
  {
    id: 'XDM-METADATA-MANDATORY',
    from: ['XDS-METADATA'],
    title: 'Les métadonnées obligatoires du lot et des documents sont présentes et remplies.',
    expected: 'les métadonnées obligatoires du volet Partage de documents',
    remedy: 'Renseignez cette métadonnée dans METADATA.XML.',
  },
  {
    id: 'XDM-METADATA-TIME',
    from: ['XDS-TIME'],
    title: 'Les dates des métadonnées sont sur 14 chiffres, en UTC.',
    expected: 'AAAAMMJJhhmmss, en UTC',
    remedy: 'Convertissez la date en UTC et écrivez-la sur 14 chiffres.',
  },
  {
    id: 'XDM-METADATA-TITLE',
    from: ['XDS-TITLE'],
    title: 'Le titre du document tient en 128 caractères.',
    expected: '128 caractères au plus',
    remedy: 'Raccourcissez le titre du document.',
  },
  {
    id: 'XDM-METADATA-PATIENT',
    from: ['XDS-PATIENT-ID', 'XDS-SOURCE-PATIENT'],
    title: 'patientId, sourcePatientId et sourcePatientInfo sont bien formés.',
    expected: 'des identifiants au format CX, des lignes PID-5, PID-7 et PID-8',
    remedy: 'Écrivez l’identifiant au format CX, et les traits dans les lignes PID.',
  },
  {
    id: 'XDM-METADATA-AUTHOR',
    from: ['XDS-AUTHOR', 'XDS-LEGAL-AUTHENTICATOR'],
    title: 'Les auteurs et le responsable sont complets (XCN, XON, spécialité).',
    expected: 'XCN, XON et CE complets',
    remedy: 'Renseignez les composants attendus de l’auteur ou du responsable.',
  },
  {
    id: 'XDM-METADATA-ID',
    from: ['XDS-UNIQUE-ID', 'XDS-SOURCE-ID', 'XDS-REFERENCE-ID'],
    title: 'uniqueId et sourceId sont des OID, et les références au format CXi.',
    expected: 'un OID de 64 caractères au plus',
    remedy: 'Tirez un OID par document et par lot.',
  },
  {
    id: 'XDM-METADATA-CODE',
    from: ['XDS-CODE', 'XDS-CODE-VALUE', 'XDS-CLASS-OF-TYPE'],
    title: 'Chaque métadonnée codée porte un code, un libellé et le bon système.',
    expected: 'un code, un libellé et un système du jeu de valeurs',
    remedy: 'Renseignez nodeRepresentation, le Slot codingScheme et Name.',
  },
  {
    id: 'XDM-FORMAT-CODE',
    from: ['XDS-FORMAT-CODE'],
    title: 'formatCode correspond au niveau et au modèle du document.',
    expected: 'le format du volet du document (ASS_A11)',
    remedy: 'Déduisez formatCode du niveau et du modèle du document.',
  },
];

export const METADATA_RULES: readonly XdmRule[] = TABLE.map(({ from, ...rule }) => ({
  ...rule,
  layer: 'business',
  severity: 'error',
  requirements: MAILED,
  source: SHARED,
  judge: (subject) =>
    findingsOf(subject)
      .filter(({ finding }) => (from as readonly string[]).includes(finding.rule))
      .flatMap(({ file, finding }) => breachOf(file, finding, subject)),
}));

interface Told {
  /** Name of METADATA.XML in the archive. */
  readonly file: string;
  readonly finding: Finding;
}

const known = new WeakMap<XdmSubject, readonly Told[]>();

/** What `checks/xds` says of every METADATA.XML of the archive; asked by each rule, worked out once. */
function findingsOf(subject: XdmSubject): readonly Told[] {
  const before = known.get(subject);
  if (before !== undefined) return before;
  const { xdm, documents, options } = subject;
  const told = xdm.submissions.flatMap((submission) => {
    const { objects, metadataEntry } = submission;
    if (!objects) return [];
    const report = openReport([...XDS_RULES, ...COHERENCE_RULES]);
    const { codes } = options;
    checkRegistry({ report, objects, vihf: undefined, request: {}, options: codes === undefined ? {} : { codes } });
    for (const one of documents) {
      if (one.submission === submission && one.cda) compareFormat({ report }, one.entry, one.cda);
    }
    return report.findings.map((finding) => ({ file: metadataEntry.name, finding }));
  });
  known.set(subject, told);
  return told;
}

const LOCAL_CX = /^[^^]+\^\^\^&[\d.]+&ISO\^PI$/;
/** IHE lets an identifier be in two parts; the CI-SIS writes it in one, and the DMP takes no other. */
const TWO_PARTS = /^[0-2](?:\.(?:0|[1-9]\d*))+\^[^^]+$/;

/** A mail is freer than the DMP in two places. */
function breachOf(file: string, finding: Finding, { documents }: XdmSubject): readonly Breach[] {
  const { rule, where, received, expected, remedy, severity } = finding;
  // A patient without INS may be written about to a professional (X-MSS-INS: N): the local number then names him.
  const withIns = documents.some(({ cda }) => cda?.patient.ins !== undefined);
  if (rule === 'XDS-PATIENT-ID' && !withIns && LOCAL_CX.test(received)) return [];
  const breach = { where: `${file} ${where}`, received, expected, remedy, severity };
  return rule === 'XDS-UNIQUE-ID' && TWO_PARTS.test(received) ? [{ ...breach, severity: 'warning' }] : [breach];
}
