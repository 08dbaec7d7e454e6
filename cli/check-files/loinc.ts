import { basename } from 'node:path';
import { checkLoincFile, checkLoincSet, openLoincFile, type LoincSubject } from '#checks/loinc/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { gather, notJudged } from './findings.ts';
import { readWhole } from './read-file.ts';
import type { Kind, Outcome } from './types.ts';

const MAX_BYTES = 32 * 1024 * 1024;

interface Read {
  readonly subject?: LoincSubject;
  readonly outcome: Outcome;
}

/** Files between a laboratory system and its transcoder: one by one, then together. */
export const LOINC: Kind = {
  name: 'loinc',
  title: 'fichiers LOINC_1 à LOINC_6 d’un SGL et de son transcodeur (.csv) ; jugés ensemble',
  uses: ['valueSet'],
  async judge(files, { valueSet }) {
    const read: Read[] = [];
    for (const file of files) read.push(await readOne(file));
    const subjects = read.flatMap(({ subject }) => subject ?? []);
    const together = checkLoincSet(subjects);
    return read.map(({ subject, outcome }): Outcome => {
      if (subject === undefined) return outcome;
      const own = checkLoincFile(subject, valueSet === undefined ? {} : { valueSet });
      const gathered = gather();
      gathered.add([...own, ...(together.get(subject.fileName) ?? []), ...scopeOf(subject, subjects, valueSet)]);
      return { findings: gathered.findings, readable: !own.some(({ rule }) => rule === 'LOI-READABLE') };
    });
  },
};

async function readOne(file: string): Promise<Read> {
  const reading = await readWhole(file, MAX_BYTES);
  if (!reading.ok) return { outcome: reading.outcome };
  const opening = openLoincFile(basename(file), reading.bytes);
  if (opening.ok) return { subject: opening.subject, outcome: { findings: [], readable: true } };
  return { outcome: { findings: opening.findings, readable: false } };
}

/** What these files alone could not tell. */
function scopeOf(
  { file: { layout } }: LoincSubject,
  subjects: readonly LoincSubject[],
  valueSet?: ReadonlySet<string>,
): readonly Finding[] {
  if (layout.from === undefined) return [];
  const beside = subjects.some((one) => one.file.layout.rank === layout.from);
  return [
    ...(valueSet === undefined
      ? [
          notJudged(
            'codes LOINC',
            'seuls la forme et le chiffre de contrôle sont jugés',
            'le jeu de valeurs « circuit de la biologie » (bioloinc.fr)',
            'Donnez-le par --value-set pour que chaque code y soit cherché.',
          ),
        ]
      : []),
    ...(beside
      ? []
      : [
          notJudged(
            'lignes',
            'les lignes ne sont pas comparées à celles de l’export',
            `le fichier LOINC_${layout.from} dont celui-ci est le transcodage`,
            'Donnez les deux fichiers à la même commande.',
          ),
        ]),
  ];
}
