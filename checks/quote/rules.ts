import type { Layer, Severity } from '#dsr/verdict/index.ts';
import controls from './controls.json' with { type: 'json' };
import data from './rules.json' with { type: 'json' };
import type { DocumentKind, QuoteControl, QuoteRule } from './types.ts';

interface RuleEntry {
  readonly controls: readonly string[];
  readonly documents: readonly string[];
  readonly title: string;
  readonly expected: string;
  readonly remedy: string;
  readonly layer?: string;
  readonly severity?: string;
  readonly unjudged?: boolean;
}

export type RuleId = keyof typeof data.rules;

/** The twenty checks, in their order. */
export const CONTROLS = controls.controls as readonly QuoteControl[];

const OWN_SOURCE = 'Jalon, lecture des fichiers';

/** Every rule of this folder, as data. */
export const RULES: readonly QuoteRule[] = Object.entries(data.rules).map(([id, entry]: [string, RuleEntry]) => {
  const own = CONTROLS.filter((control) => entry.controls.includes(control.id));
  return {
    id,
    layer: (entry.layer ?? 'business') as Layer,
    // Severity follows the check, unless the rule only says that something could not be judged.
    severity: (entry.severity ?? own[0]?.severity ?? 'error') as Severity,
    requirements: entry.controls,
    source: own.length === 0 ? OWN_SOURCE : own.map(({ id, source }) => `${id} : ${source}`).join(' ; '),
    title: entry.title,
    documents: entry.documents as readonly DocumentKind[],
    expected: entry.expected,
    remedy: entry.remedy,
    unjudged: entry.unjudged === true,
  };
});

/** @throws {RangeError} for an id that no rule has */
export function ruleOf(id: string): QuoteRule {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) throw new RangeError(`No rule ${id}`);
  return rule;
}
