import type { Patient } from '../model/index.ts';
import type { ValidatedReport } from '../validation/index.ts';

interface Declared {
  name: string;
  format: string;
  location: string;
}

export interface History {
  files: { path: string; base64: string }[];
  documentation: Declared[];
}

const DOCUMENTATION: readonly Declared[] = [
  { name: 'Comptes rendus structurés', format: 'CDA R2 N3 (XML)', location: 'comptes-rendus/*/compte-rendu-n3.xml' },
  {
    name: 'Comptes rendus non structurés',
    format: 'CDA R2 N1 (XML)',
    location: 'comptes-rendus/*/compte-rendu-n1.xml',
  },
  { name: 'Comptes rendus imprimables', format: 'PDF/A-1', location: 'comptes-rendus/*/compte-rendu.pdf' },
  { name: 'Patients', format: 'CSV, point-virgule, UTF-8', location: 'patients.csv' },
];

/**
 * The history of the laboratory for another system: its reports in three forms, and its patients.
 *
 * @param years depth, from 1 to 20
 */
export function exportHistory(
  reports: readonly ValidatedReport[],
  years: number,
  now: Date,
  faults: ReadonlySet<string>,
): History {
  const from = new Date(now);
  const depth = faults.has('port-un-an-seulement') ? 1 : faults.has('port-profondeur-ignoree') ? 100 : years;
  from.setUTCFullYear(from.getUTCFullYear() - depth);
  const kept = reports.filter(({ report }) => report.validatedAt >= from);
  const files = kept.flatMap(({ report, documents: { n3, n1, pdf } }) => {
    const paper = faults.has('port-format-autre') ? Buffer.from('compte rendu en texte') : pdf.bytes;
    return [
      fileOf(`comptes-rendus/${report.id}/compte-rendu-n3.xml`, n3.bytes),
      fileOf(`comptes-rendus/${report.id}/compte-rendu-n1.xml`, n1.bytes),
      fileOf(`comptes-rendus/${report.id}/compte-rendu.pdf`, paper),
    ];
  });
  const patients = new Map(kept.map(({ report }) => [report.patient.id, report.patient]));
  if (!faults.has('port-donnee-absente')) files.push(fileOf('patients.csv', patientsFile([...patients.values()])));
  if (faults.has('port-fichier-non-decrit')) files.push(fileOf('base.dump', Buffer.from('x')));
  const documentation = DOCUMENTATION.map((one) =>
    faults.has('port-format-tu') ? { ...one, format: '' } : { ...one },
  );
  return { files, documentation };
}

function patientsFile(patients: readonly Patient[]): Uint8Array {
  const lines = patients.map(({ id, traits, status }) =>
    [id, traits.birthName, traits.firstNames.join(' '), traits.sex, traits.birthDate, traits.birthPlace, status]
      .map((cell = '') => cell.replaceAll(';', ' '))
      .join(';'),
  );
  const header = 'identifiant;nom de naissance;prénoms;sexe;date de naissance;lieu de naissance;statut';
  return Buffer.from(`${[header, ...lines].join('\r\n')}\r\n`, 'utf8');
}

function fileOf(path: string, bytes: Uint8Array): { path: string; base64: string } {
  return { path, base64: Buffer.from(bytes).toString('base64') };
}
