import { escapeHtml } from './escape.ts';

const SAFE = Symbol('safe html');

/** Markup that went through `html`; no plain string is one. */
export interface Html {
  readonly [SAFE]: string;
  toString(): string;
}

/** What may stand in a template: strings and numbers are escaped; nothing comes out of `undefined` and `false`. */
export type Insertable = Html | string | number | undefined | false | readonly Insertable[];

function make(text: string): Html {
  return { [SAFE]: text, toString: () => text };
}

function textOf(value: Insertable): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if (SAFE in value) return value[SAFE];
  return value.map(textOf).join('');
}

/**
 * Markup from a template; every value is escaped unless it is markup itself. Values may stand in element content and in
 * quoted attributes, nowhere else.
 *
 * @example html`<p title="${name}">${list.map((item) => html`<b>${item}</b>`)}</p>`
 */
export function html(strings: TemplateStringsArray, ...values: readonly Insertable[]): Html {
  return make(strings.reduce((sum, part, index) => sum + textOf(values[index - 1]) + part));
}

/** Our own constant text that must not be escaped (the style sheet). Never for anything that came from outside. */
export function raw(text: string): Html {
  return make(text);
}

/** Markup with a separator between the parts. */
export function join(parts: readonly Insertable[], separator: Insertable): Html {
  return make(parts.map(textOf).join(textOf(separator)));
}
