import data from './consultation.json' with { type: 'json' };
import type { SentQuery } from './query.ts';
import type { SearchCriteria } from './types.ts';

type CodeCriterion = keyof typeof data.codes;
type DayCriterion = keyof typeof data.days;

const CODES = Object.entries(data.codes) as [CodeCriterion, string][];
const DAYS = Object.entries(data.days) as [DayCriterion, string][];
const HOUR = 3_600_000;

/**
 * What the user asked and no search carried. A search by date of submission goes through FindSubmissionSets, which knows
 * nothing of documents: its other criteria are applied by the product (protocols.md §2.6).
 */
export function missingCriteria(
  criteria: SearchCriteria,
  queries: readonly SentQuery[],
): readonly { readonly asked: string; readonly sent: string }[] {
  const bySubmission = criteria.submittedFrom !== undefined || criteria.submittedTo !== undefined;
  const valuesOf = (name: string): readonly string[] => queries.flatMap(({ parameters }) => parameters.get(name) ?? []);
  const missing: { asked: string; sent: string }[] = [];
  const want = (name: string, wanted: string, holds: (values: readonly string[]) => boolean): void => {
    const values = valuesOf(name);
    if (holds(values)) return;
    missing.push({
      asked: `${name} = ${wanted}`,
      sent: values.length === 0 ? `${name} absent` : `${name} = ${values.join(', ')}`,
    });
  };
  for (const [criterion, name] of DAYS) {
    const day = criteria[criterion];
    if (day === undefined || (bySubmission && !criterion.startsWith('submitted'))) continue;
    want(
      name,
      day,
      (values) => values.length === 1 && values.every((value) => isOnDay(value, day, criterion.endsWith('To'))),
    );
  }
  if (bySubmission) return missing;
  for (const [criterion, name] of CODES) {
    for (const code of criteria[criterion] ?? []) {
      const [wanted] = code.split('^');
      want(name, code, (values) => values.some((value) => value.split('^')[0] === wanted));
    }
  }
  const { author } = criteria;
  if (author !== undefined) {
    want(data.author, author, (values) => values.some((value) => value.toUpperCase().includes(author.toUpperCase())));
  }
  return missing;
}

/** Whether a bound in UTC is one of that French civil day: its first instants, or its last ones. */
function isOnDay(value: string, day: string, last: boolean): boolean {
  const digits = value.padEnd(14, '0');
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits);
  if (!parts) return false;
  const [, year, month, date, hour, minute, second] = parts.map(Number);
  const at = Date.UTC(year ?? 0, (month ?? 1) - 1, date ?? 1, hour ?? 0, minute ?? 0, second ?? 0);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Paris is one or two hours ahead; a bound written with the day alone is taken too.
  return last ? at >= midnight && at <= midnight + 24 * HOUR : at >= midnight - 2 * HOUR && at <= midnight;
}
