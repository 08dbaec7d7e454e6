import type { XmlElement } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import type { AskingRule } from './asking-rules.ts';
import { utc } from './metadata.ts';
import data from './requests.json' with { type: 'json' };

interface Parameter {
  readonly name: string;
  readonly required?: boolean;
  readonly values?: readonly string[];
  /** No public source gives every value: another one is only told. */
  readonly incomplete?: boolean;
  /** `yyyyMMddHHmmss` UTC, not in the future. */
  readonly instant?: boolean;
}

const OPERATIONS: Readonly<
  Record<'TD0.3' | 'TD0.4' | 'TD1.6', { rule: AskingRule; parameters: readonly Parameter[] }>
> = {
  'TD0.3': { rule: 'TD03-CONTENT', parameters: data.operations['TD0.3'] },
  'TD0.4': { rule: 'TD04-CONTENT', parameters: data.operations['TD0.4'] },
  'TD1.6': { rule: 'TD16-CONTENT', parameters: data.operations['TD1.6'] },
};

/** Clocks differ a little: how far ahead of the arrival a date may be. */
const AHEAD_MS = 300_000;

/**
 * Parameters of an operation that is the DMP's own (protocols.md §2.4).
 *
 * @param at instant of arrival; absent, a date is judged for its form only
 */
export function checkOperation(
  report: Report<AskingRule>,
  name: keyof typeof OPERATIONS,
  payload: XmlElement,
  at: Date | undefined,
): void {
  const { rule, parameters } = OPERATIONS[name];
  const add = (where: string, received: string, expected: string, remedy: string, weak = false): void =>
    report.add(rule, { where, received, expected, remedy, ...(weak ? { severity: 'warning' as const } : {}) });
  const names = parameters.map((one) => one.name).join(', ');
  const elements = payload.children.filter((node) => node.kind === 'element');
  for (const one of elements) {
    const { local, namespace } = one.name;
    if (namespace === payload.name.namespace && parameters.some((known) => known.name === local)) continue;
    const expected = `${names}, dans l’espace de noms ${payload.name.namespace}`;
    add(one.path, `${local} (${namespace || 'sans espace de noms'})`, expected, `Retirez ${local} de ${name}.`);
  }
  for (const parameter of parameters) {
    const given = elements.filter(
      (one) => one.name.local === parameter.name && one.name.namespace === payload.name.namespace,
    );
    const [first, second] = given;
    const value = first?.text.trim() ?? '';
    const expected = parameter.instant ? 'AAAAMMJJhhmmss, en UTC, un instant passé' : parameter.values?.join(', ');
    const remedy = `Renseignez ${parameter.name} comme le prévoit ${name}.`;
    if (second !== undefined) {
      add(second.path, `${given.length} fois ${parameter.name}`, `un seul ${parameter.name}`, remedy);
    }
    if (value === '') {
      if (parameter.required === true || first !== undefined) {
        add(first?.path ?? `${payload.path}/${parameter.name}`, first ? 'vide' : 'absent', expected ?? '', remedy);
      }
      continue;
    }
    const time = parameter.instant ? utc(value) : 0;
    const wrong = Number.isNaN(time) || (at !== undefined && time > at.getTime() + AHEAD_MS);
    if (wrong || parameter.values?.includes(value) === false) {
      add(first?.path ?? payload.path, value, expected ?? '', remedy, parameter.incomplete);
    }
  }
}
