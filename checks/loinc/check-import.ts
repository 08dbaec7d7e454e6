import { parisDay } from '#dsr/dates/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../report/index.ts';
import { RULES } from './rules.ts';
import type { Catalogue, Given, ImportAnomaly, ImportReport, LoincAssignment } from './types.ts';

const WORDS: Readonly<Record<Given['kind'], string>> = {
  chapter: 'le chapitre',
  subChapter: 'le sous-chapitre',
  test: 'l’examen',
  analysis: 'l’analyse',
};
const TOLD = 10;

/** Codes that an element of the catalogue has; undefined when the product does not show the element. */
export function assignmentsOf(
  catalogue: Catalogue,
  { kind, item }: Pick<Given, 'kind' | 'item'>,
): readonly LoincAssignment[] | undefined {
  const called = (one: { readonly code?: string; readonly label: string }): boolean => (one.code ?? one.label) === item;
  const found =
    kind === 'chapter'
      ? catalogue.chapters.find(called)
      : kind === 'subChapter'
        ? catalogue.chapters.flatMap(({ subChapters }) => subChapters).find(called)
        : kind === 'test'
          ? catalogue.tests.find(called)
          : catalogue.analyses.find(called);
  return found === undefined ? undefined : (found.loinc ?? []);
}

/** What an imported file gave is what the catalogue shows, and nothing of it is said to be wrong. */
export function checkRightImport(
  given: readonly Given[],
  report: ImportReport,
  catalogue: Catalogue,
): readonly Finding[] {
  const findings = openReport(RULES);
  for (const one of missed(given, catalogue)) findings.add('LOI-IMPORT', one);
  for (const { blocking, message, loinc } of report.anomalies.slice(0, TOLD)) {
    findings.add('LOI-IMPORT-QUIET', {
      where: 'rapport d’import',
      received: `${blocking ? 'erreur bloquante' : 'erreur non bloquante'} : ${message}`,
      expected: 'aucune erreur : le fichier est juste',
      remedy:
        'Ne signalez que les codes absents du jeu de valeurs « circuit de la biologie », et les analyses à plusieurs codes.',
      // The value set of the product may be more recent than the list of the bench.
      ...(!blocking && loinc !== undefined ? { severity: 'warning' } : {}),
    });
  }
  return findings.findings;
}

/** Codes outside the value set enter, and the report says each, without blocking. */
export function checkOutsideImport(
  given: readonly Given[],
  outside: ReadonlySet<string>,
  report: ImportReport,
  catalogue: Catalogue,
): readonly Finding[] {
  const findings = openReport(RULES);
  for (const { kind, item, codes } of given) {
    for (const code of codes.filter((one) => outside.has(one))) {
      const told = report.anomalies.filter((anomaly) => isAbout(anomaly, code, item));
      if (told.length === 0 || told.some(({ blocking }) => blocking)) {
        findings.add('LOI-IMPORT-OUTSIDE', {
          where: `rapport d’import, ${WORDS[kind]} ${item}`,
          received:
            told.length === 0 ? `le code ${code} n’est pas signalé` : `le code ${code} est signalé comme bloquant`,
          expected: `une erreur non bloquante pour ${code}, hors du circuit de la biologie`,
          remedy: 'Comparez chaque code au jeu de valeurs, signalez-le sans refuser la ligne.',
        });
      }
    }
  }
  for (const one of missed(given, catalogue)) {
    findings.add('LOI-IMPORT-OUTSIDE', {
      ...one,
      remedy: 'Une erreur non bloquante laisse entrer le code : à une personne de le corriger ensuite.',
    });
  }
  return findings.findings;
}

/**
 * An analysis that the file gives several codes to takes none of them, and the report says that it blocks.
 *
 * @param before the catalogue before the import: what an analysis had already is not taken from the file
 */
export function checkSeveralImport(
  given: readonly Given[],
  report: ImportReport,
  catalogue: Catalogue,
  before: Catalogue,
): readonly Finding[] {
  const findings = openReport(RULES);
  for (const { kind, item, codes } of given.filter((one) => one.codes.length > 1)) {
    const told = report.anomalies.filter(
      (anomaly) => anomaly.item === item || codes.some((code) => anomaly.loinc?.includes(code) === true),
    );
    if (!told.some(({ blocking }) => blocking)) {
      findings.add('LOI-IMPORT-SEVERAL', {
        where: `rapport d’import, ${WORDS[kind]} ${item}`,
        received:
          told.length === 0 ? `les codes ${codes.join(' et ')} ne sont pas signalés` : 'signalés comme non bloquants',
        expected: 'une erreur bloquante',
        remedy: 'Refusez une analyse à qui le fichier donne plusieurs codes, et dites-le dans le rapport.',
      });
    }
    const had = new Set((assignmentsOf(before, { kind, item }) ?? []).map(({ code }) => code));
    const kept = (assignmentsOf(catalogue, { kind, item }) ?? []).filter(
      ({ code }) => codes.includes(code) && !had.has(code),
    );
    if (kept.length > 0) {
      findings.add('LOI-IMPORT-SEVERAL', {
        where: `catalogue, ${WORDS[kind]} ${item}`,
        received: `le code ${kept.map(({ code }) => code).join(' et ')}, pris dans le fichier`,
        expected: 'aucun des codes du fichier',
        remedy: 'Laissez l’analyse comme elle était tant que le transcodage n’a pas choisi.',
      });
    }
  }
  return findings.findings;
}

/**
 * A code that a person changed is shown in the place of the former, with a date of the day.
 *
 * @param at moments around the change, ISO 8601 UTC
 */
export function checkManualChange(
  given: Given,
  former: readonly LoincAssignment[],
  catalogue: Catalogue,
  at: { readonly before: string; readonly after: string },
): readonly Finding[] {
  const findings = openReport(RULES);
  const { kind, item, codes } = given;
  const where = `catalogue, ${WORDS[kind]} ${item}`;
  const now = assignmentsOf(catalogue, given) ?? [];
  const [wanted = ''] = codes;
  const assigned = now.find(({ code }) => code === wanted);
  const stays = former.filter(({ code }) => code !== wanted && now.some((one) => one.code === code));
  if (assigned === undefined || stays.length > 0) {
    findings.add('LOI-MODIFY', {
      where,
      received: now.length === 0 ? 'aucun code LOINC' : now.map(({ code }) => code).join(', '),
      expected: wanted,
      remedy: 'Remplacez le code par celui que la personne a saisi.',
    });
    return findings.findings;
  }
  if (!isWithin(assigned.since, at)) {
    findings.add('LOI-MODIFY-DATE', {
      where,
      received: assigned.since === undefined ? 'aucune date' : assigned.since,
      expected: `la date de la modification, entre ${at.before} et ${at.after}`,
      remedy: 'Gardez avec chaque code la date à laquelle il a été donné, ou changé pour la dernière fois.',
    });
  }
  return findings.findings;
}

/** A product may keep the day alone: that of France, or of the clock of the product, is then enough. */
function isWithin(
  since: string | undefined,
  { before, after }: { readonly before: string; readonly after: string },
): boolean {
  if (since === undefined) return false;
  if (/^\d{4}-\d{2}-\d{2}$/u.test(since))
    return [before, after].some((moment) => dayOf(moment) === since || moment.startsWith(since));
  const at = Date.parse(since);
  // Clocks of two machines differ, and a product may round to the minute.
  const slack = 120_000;
  return at >= Date.parse(before) - slack && at <= Date.parse(after) + slack;
}

function dayOf(moment: string): string {
  return parisDay(new Date(moment));
}

function isAbout({ loinc, item, message }: ImportAnomaly, code: string, of: string): boolean {
  if (loinc !== undefined) return loinc === code;
  return item === of || message.includes(code);
}

function missed(
  given: readonly Given[],
  catalogue: Catalogue,
): readonly {
  readonly where: string;
  readonly received: string;
  readonly expected: string;
  readonly remedy: string;
}[] {
  const all = given.flatMap((one) => {
    const now = assignmentsOf(catalogue, one);
    const absent = one.codes.filter((code) => now?.some((each) => each.code === code) !== true);
    if (absent.length === 0) return [];
    const shown = now === undefined ? 'l’élément n’est pas montré' : now.map(({ code }) => code).join(', ');
    return [
      {
        where: `catalogue, ${WORDS[one.kind]} ${one.item}`,
        received: shown === '' ? 'aucun code LOINC' : shown,
        expected: absent.join(', '),
        remedy: 'Donnez à chaque élément le code que le fichier porte sur sa ligne.',
      },
    ];
  });
  if (all.length <= TOLD) return all;
  return [
    ...all.slice(0, TOLD),
    {
      where: 'catalogue',
      received: `${all.length} éléments sans leur code en tout`,
      expected: `les codes des ${given.length} éléments du fichier`,
      remedy: 'Donnez à chaque élément le code que le fichier porte sur sa ligne.',
    },
  ];
}
