import { parseCx, slot } from '#formats/ebrim/index.ts';
import { differ, folded, inDocument, type Pair } from './types.ts';

/** Traits that an entry repeats, against the patient of its document (lines of `sourcePatientInfo`, protocols.md §2.5). */
export function checkSourceTraits(pair: Pair): void {
  const { report, entry, cda } = pair;
  const { patient } = cda;
  const add = (where: string, received: string, expected: string): void =>
    report.add('XDS-CDA-PATIENT', {
      where,
      received,
      expected: `${expected} (${inDocument(pair, patient.path)})`,
      remedy: 'Construisez la fiche et le document à partir de la même fiche patient.',
    });
  const id = slot(entry, 'sourcePatientId');
  const cx = parseCx(id?.values[0] ?? '');
  // A document that names its patient by the INS alone says nothing of the local number.
  const known = patient.ids.length > 1 || cx.identifierType === 'NH' ? patient.ids : [];
  const right = known.some((one) => one.extension === cx.id && one.root === cx.authority.universalId);
  if (id !== undefined && cx.id !== '' && known.length > 0 && !right) {
    add(
      id.path,
      `${cx.id} (${cx.authority.universalId})`,
      known.map((one) => `${one.extension} (${one.root})`).join(' ou '),
    );
  }
  const info = slot(entry, 'sourcePatientInfo');
  for (const line of info?.values ?? []) {
    const [name = '', value = ''] = line.split('|');
    const wrong = compare(name, value.split('^'), patient);
    if (wrong !== undefined) add(info?.path ?? entry.path, line, wrong);
  }
}

/** What a line should say; undefined when it is right, badly formed, or about something the document does not tell. */
function compare(name: string, c: readonly string[], patient: Pair['cda']['patient']): string | undefined {
  const [first = ''] = c;
  switch (name) {
    case 'PID-5': {
      const legal = c[6] === 'L';
      if (!legal && c[6] !== 'D') return undefined;
      const family = legal ? patient.birthName : patient.usedName;
      const given = legal ? [patient.firstFirstName, patient.firstNames] : [patient.usedFirstName];
      const told = given.filter((one) => one !== undefined);
      const rightGiven =
        told.length === 0 || (c[1] ?? '') === '' || told.some((one) => folded(one) === folded(c[1] ?? ''));
      if (!differ(first, family) && rightGiven) return undefined;
      return `PID-5|${family ?? first}^${told[0] ?? c[1] ?? ''}^^^^^${c[6]}`;
    }
    case 'PID-7':
      return /^\d{8}$/.test(first) && differ(first, patient.birthDate) ? `PID-7|${patient.birthDate}` : undefined;
    case 'PID-8':
      return /^[MFUO]$/.test(first) && differ(first, patient.sex) ? `PID-8|${patient.sex}` : undefined;
    case 'PID-11':
      return c[6] === 'BDL' && differ(c[8], patient.birthPlace) ? `PID-11|^^^^^^BDL^^${patient.birthPlace}` : undefined;
    default:
      return undefined;
  }
}
