import { compareSections } from '#dsr/catalogue/index.ts';
import type { EvidenceClass, Rem, Requirement } from '#dsr/rem/index.ts';
import { oneLine, tableLines, type TableColumn } from './table.ts';

const COLUMNS: readonly TableColumn[] = [
  { header: 'Exigence', least: 12, worth: 2 },
  { header: 'Nature' },
  { header: 'Profil', least: 10 },
  { header: 'Preuves', align: 'right' },
  { header: 'Intitulé', least: 14, worth: 1 },
];

/** The JSON document of `jalon rem list`. */
export function requirementDocument(
  rem: Rem,
  requirements: readonly Requirement[],
  only?: EvidenceClass,
): Readonly<Record<string, unknown>> {
  const listed = inOrder(requirements);
  return {
    category: rem.category,
    wave: rem.wave,
    layout: rem.layout,
    source: rem.source,
    total: rem.requirements.length,
    requirements: listed.map((requirement) => ({
      id: requirement.id,
      rawId: requirement.rawId,
      previousIds: requirement.previousIds,
      nature: requirement.nature,
      profile: requirement.profile,
      section: requirement.section,
      block: requirement.block,
      function: requirement.function,
      title: requirement.title,
      statement: requirement.statement,
      ...(requirement.observable === undefined ? {} : { observable: requirement.observable }),
      ...(requirement.observation === undefined ? {} : { observation: requirement.observation }),
      ...(requirement.references === undefined ? {} : { references: requirement.references }),
      slots: slotsOf(requirement, only).map(
        ({
          id,
          rawId,
          evidenceClass,
          kinds,
          alternatives,
          condition,
          title,
          text,
          classifiedBy,
          classifiedReason,
        }) => ({
          id,
          rawId,
          class: evidenceClass,
          kinds,
          ...(alternatives === undefined ? {} : { alternatives }),
          ...(condition === undefined ? {} : { condition }),
          ...(classifiedBy === undefined ? {} : { classifiedBy }),
          ...(classifiedReason === undefined ? {} : { classifiedReason }),
          title: title ?? '',
          text,
        }),
      ),
    })),
  };
}

/** The requirements of a REM, one line each, under the title of their section. */
export function requirementText(
  rem: Rem,
  requirements: readonly Requirement[],
  width: number,
  only?: EvidenceClass,
): string {
  const listed = inOrder(requirements);
  const title = `REM ${rem.category} vague ${rem.wave.slice(2)} · ${rem.source} · ${listed.length} exigence${listed.length > 1 ? 's' : ''} sur ${rem.requirements.length}`;
  if (listed.length === 0) return `${title}\nAucune exigence ne répond à ces filtres.\n`;
  // One table for all, so that columns stand under one another from section to section.
  const [header = '', ...lines] = tableLines(
    COLUMNS,
    listed.map((requirement) => [
      requirement.id,
      requirement.nature,
      requirement.profile,
      String(slotsOf(requirement, only).length),
      requirement.title || requirement.statement,
    ]),
    width,
  );
  const rows = listed.map((requirement, index) => ({ requirement, line: lines[index] ?? '' }));
  const sections = Array.from(
    Map.groupBy(rows, ({ requirement }) => requirement.section),
    ([section, own]) => {
      const name = own[0]?.requirement.sectionTitle ?? section;
      const heading = oneLine(name === section || name === '' ? section : `${section} · ${name}`);
      return [`── ${heading || 'sans section'} (${own.length})`, ...own.map(({ line }) => line)].join('\n');
    },
  );
  return `${[title, '', header, ...sections].join('\n')}\n`;
}

function inOrder(requirements: readonly Requirement[]): readonly Requirement[] {
  return requirements.toSorted((left, right) => compareSections(left.section, right.section));
}

function slotsOf(
  { scenarios }: Requirement,
  only?: EvidenceClass,
): readonly Requirement['scenarios'][number]['proofs'][number][] {
  return scenarios.flatMap(({ proofs }) => proofs.filter((slot) => only === undefined || slot.evidenceClass === only));
}
