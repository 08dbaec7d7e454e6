/** Patient of the header of a CDA document. */
const PATIENT = /<recordTarget>.*?<\/recordTarget>/s;

/** Writes the patient of a document as the faults switched on say; the first `id` is the INS, when there is one. */
export function spoilPatient(document: string, kind: 'cda-n3' | 'cda-n1', faults: ReadonlySet<string>): string {
  const changes: readonly (readonly [boolean, RegExp, string | ((all: string, key: string) => string)])[] = [
    [faults.has('cda-ins-oid-faux'), /root="1\.2\.250\.1\.213\.1\.4\.\d+"/, 'root="1.2.250.1.213.1.4.99"'],
    [faults.has('cda-ins-cle-fausse'), /(?<=extension="\w{13})(\d\d)"/, (_all, key) => `${otherKey(key)}"`],
    [faults.has('cda-sans-nom-naissance'), /<family qualifier="BR">[^<]*<\/family>/, ''],
    [faults.has('cda-premier-prenom-autre'), /(?<=<given qualifier="BR">)[^<]*/, 'AUTRE'],
    [faults.has('cda-autre-naissance'), /<birthTime value="\d{8}"/, '<birthTime value="19010101"'],
    // The two documents of a report then differ.
    [kind === 'cda-n1' && faults.has('cda-n1-autre-patient'), /(?<=<family qualifier="BR">)[^<]*/, 'AUTRE'],
  ];
  return document.replace(PATIENT, (patient) =>
    changes.reduce(
      (text, [on, found, change]) => (on ? text.replace(found, change as (all: string, key: string) => string) : text),
      patient,
    ),
  );
}

/** Another key of two figures, from 01 to 97. */
function otherKey(key: string): string {
  return String((Number(key) % 97) + 1).padStart(2, '0');
}
