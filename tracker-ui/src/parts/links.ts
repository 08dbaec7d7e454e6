import { html, type TemplateResult } from 'lit';
import { pathTo } from '../app/route.ts';

export function requirementLink(id: string, text: unknown = id): TemplateResult {
  return html`<a class=${text === id ? 'mono' : ''} href=${pathTo({ name: 'requirement', id })}>${text}</a>`;
}

export function requirementLinks(ids: readonly string[]): TemplateResult {
  return html`${ids.map((id, rank) => html`${rank > 0 ? ', ' : ''}${requirementLink(id)}`)}`;
}

export function runLink(id: string, text: unknown): TemplateResult {
  return html`<a href=${pathTo({ name: 'run', id })}>${text}</a>`;
}

/** The list of requirements under some filters. */
export function listLink(filters: Readonly<Record<string, string>>, text: unknown): TemplateResult {
  return html`<a href=${pathTo({ name: 'requirements', query: new URLSearchParams(filters).toString() })}>${text}</a>`;
}
