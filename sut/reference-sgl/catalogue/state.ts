import type { CatalogueEntries } from './catalogue.ts';
import type { Coded } from './types.ts';

/** The catalogue as a user sees it. */
export function catalogueState({ chapters, tests, analyses }: CatalogueEntries): object {
  return {
    chapters: chapters.map(({ subChapters, ...chapter }) => ({
      ...shown(chapter),
      subChapters: subChapters.map(shown),
    })),
    tests: tests.map((test) => ({
      ...shown(test),
      chapterCode: test.chapterCode,
      subChapterCode: test.subChapterCode,
      analyses: test.analyses,
    })),
    analyses: analyses.map((analysis) => ({
      ...shown(analysis),
      unitLabel: analysis.unitLabel,
      specimenLabel: analysis.specimenLabel,
    })),
  };
}

function shown({ code, label, loinc }: Coded): object {
  return {
    code,
    label,
    ...(loinc && { loinc: [{ code: loinc.code, label: loinc.label, since: loinc.since.toISOString() }] }),
  };
}
