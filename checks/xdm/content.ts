import { createHash } from 'node:crypto';
import {
  classifications,
  DOCUMENT_ENTRY,
  externalIdentifier,
  parseCx,
  slotValues,
  SUBMISSION_SET,
} from '#formats/ebrim/index.ts';
import { ITI, MAILED } from './layout.ts';
import type { XdmDocument, XdmRule, XdmSubject } from './types.ts';

const METADATA = 'Métadonnées XDS (IHE ITI TF-3 4.2 ; CI-SIS, volet Partage de documents)';

export const CONTENT_RULES: readonly XdmRule[] = [
  {
    id: 'XDM-METADATA-WELLFORMED',
    layer: 'wellformed',
    severity: 'error',
    requirements: MAILED,
    source: ITI('METADATA.XML'),
    title: 'METADATA.XML est un document XML bien formé qui contient une RegistryObjectList.',
    expected: 'lcm:SubmitObjectsRequest / RegistryObjectList',
    remedy: 'Corrigez le XML des métadonnées : le destinataire ne peut pas intégrer l’envoi.',
    judge: ({ xdm }) =>
      xdm.submissions.flatMap((submission) => {
        if (submission.objects) return [];
        const received = submission.metadata.ok
          ? `racine ${submission.metadata.root.name.local} sans RegistryObjectList`
          : submission.metadata.fault.message;
        return [{ where: submission.metadataEntry.name, received }];
      }),
  },
  {
    id: 'XDM-METADATA-SET',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: METADATA,
    title: 'Les métadonnées décrivent un lot et au moins un document.',
    expected: 'un RegistryPackage de lot et un ExtrinsicObject par document',
    remedy: 'Ajoutez le lot de soumission et une entrée par document.',
    judge: ({ xdm }) =>
      xdm.submissions.flatMap(({ objects, metadataEntry }) =>
        !objects || (objects.submissionSet && objects.documents.length > 0)
          ? []
          : [
              {
                where: metadataEntry.name,
                received: `${objects.submissionSet ? 'un lot' : 'aucun lot'}, ${objects.documents.length} document(s)`,
              },
            ],
      ),
  },
  {
    id: 'XDM-URI',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: `${METADATA}, slot URI`,
    title: 'Chaque entrée désigne un fichier de l’archive.',
    expected: 'URI relatif au dossier de METADATA.XML (ou à IHE_XDM)',
    remedy: 'Écrivez dans URI le nom du fichier tel qu’il est dans l’archive.',
    judge: ({ documents }) =>
      documents
        .filter((one) => !one.file)
        .map((one) => ({ where: place(one), received: one.uri ?? 'slot URI absent' })),
  },
  {
    id: 'XDM-HASH',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: `${METADATA}, slot hash`,
    title: 'L’empreinte de chaque entrée est celle du fichier.',
    expected: 'SHA-1 hexadécimal des octets du fichier',
    remedy: 'Calculez l’empreinte sur le fichier tel qu’il est mis dans l’archive.',
    judge: ({ documents }) =>
      documents.flatMap((one) => {
        if (!one.file) return [];
        const real = createHash('sha1').update(one.file.bytes).digest('hex');
        const said = slotValues(one.entry, 'hash')[0];
        return said?.toLowerCase() === real
          ? []
          : [{ where: place(one), received: said ?? 'slot hash absent', expected: real }];
      }),
  },
  {
    id: 'XDM-SIZE',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: `${METADATA}, slot size`,
    title: 'La taille de chaque entrée est celle du fichier.',
    expected: 'le nombre d’octets du fichier',
    remedy: 'Écrivez la taille du fichier tel qu’il est mis dans l’archive.',
    judge: ({ documents }) =>
      documents.flatMap((one) => {
        const said = slotValues(one.entry, 'size')[0];
        return !one.file || said === String(one.file.bytes.length)
          ? []
          : [{ where: place(one), received: said ?? 'slot size absent', expected: String(one.file.bytes.length) }];
      }),
  },
  {
    id: 'XDM-ORPHAN',
    layer: 'business',
    severity: 'warning',
    requirements: MAILED,
    source: ITI('contenu d’un lot'),
    title: 'Chaque fichier d’un lot est décrit par ses métadonnées.',
    expected: 'une entrée de métadonnées par fichier (feuilles de style exceptées)',
    remedy: 'Décrivez ce fichier, ou retirez-le.',
    judge: ({ xdm, documents }) => {
      const described = new Set(documents.map((one) => one.file?.name));
      return xdm.submissions
        .filter((submission) => submission.objects)
        .flatMap((submission) => submission.documents)
        .filter((entry) => !described.has(entry.name) && !/\.XSL$/i.test(entry.name))
        .map((entry) => ({ where: entry.name, received: 'fichier non décrit' }));
    },
  },
  {
    id: 'XDM-CDA-READABLE',
    layer: 'wellformed',
    severity: 'error',
    requirements: MAILED,
    source: 'MSSanté #2 clients, ECO.2.1.1 : documents CDA',
    title: 'Chaque document CDA de l’archive est lisible.',
    expected: 'un document CDA R2 bien formé',
    remedy: 'Corrigez le document avant de l’archiver.',
    judge: ({ documents }) =>
      documents.flatMap((one) =>
        one.cdaFault === undefined ? [] : [{ where: one.file?.name ?? place(one), received: one.cdaFault }],
      ),
  },
  {
    id: 'XDM-CDA-METADATA',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: METADATA,
    title: 'Les métadonnées disent ce que dit le CDA.',
    expected: 'uniqueId = id du document, typeCode = code du document',
    remedy: 'Construisez les métadonnées à partir de l’en-tête du CDA.',
    judge: ({ documents }) =>
      documents.flatMap((one) => {
        if (!one.cda) return [];
        const uniqueId = externalIdentifier(one.entry, DOCUMENT_ENTRY.uniqueId)?.value;
        const typeCode = classifications(one.entry, DOCUMENT_ENTRY.typeCode)[0]?.nodeRepresentation;
        const pairs = [
          ['uniqueId', uniqueId, one.cda.id.root],
          ['typeCode', typeCode, one.cda.code.code],
        ] as const;
        return pairs
          .filter(([, said, real]) => said !== real)
          .map(([name, said, real]) => ({
            where: place(one),
            received: `${name} : ${said ?? 'absent'}`,
            expected: real ?? 'absent',
          }));
      }),
  },
  {
    id: 'XDM-ONE-PATIENT',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: 'MSSanté #2 clients, ECO.2.1.1 et ECO.2.1.2',
    title: 'Toute l’archive concerne un seul patient.',
    expected: 'le même identifiant de patient dans le lot, les entrées et les CDA',
    remedy: 'Envoyez une archive par patient, et alimentez patientId avec l’identifiant du CDA.',
    judge: (subject) => {
      const seen = patientsOf(subject);
      const first = seen[0];
      return seen
        .filter((one) => one.patient !== first?.patient)
        .map((one) => ({ where: one.where, received: one.patient, expected: first?.patient ?? '' }));
    },
  },
];

function place(one: XdmDocument): string {
  return `${one.submission.metadataEntry.name} ${one.entry.path}`;
}

/** Every patient that the archive names, as `matricule (OID)`; an absent patientId counts as another one. */
function patientsOf({ xdm, documents }: XdmSubject): readonly { where: string; patient: string }[] {
  const cx = (value: string | undefined): string => {
    const id = parseCx(value ?? '');
    return value === undefined ? 'absent' : `${id.id} (${id.authority.universalId})`;
  };
  const sets = xdm.submissions.flatMap(({ objects, metadataEntry }) =>
    objects?.submissionSet
      ? [
          {
            where: `${metadataEntry.name} ${objects.submissionSet.path}`,
            patient: cx(externalIdentifier(objects.submissionSet, SUBMISSION_SET.patientId)?.value),
          },
        ]
      : [],
  );
  const entries = documents.map((one) => ({
    where: place(one),
    patient: cx(externalIdentifier(one.entry, DOCUMENT_ENTRY.patientId)?.value),
  }));
  const documentPatients = documents.flatMap((one) => {
    const ins = one.cda?.patient.ins;
    return ins ? [{ where: one.file?.name ?? place(one), patient: `${ins.extension} (${ins.root})` }] : [];
  });
  return [...sets, ...entries, ...documentPatients];
}
