import { html, type TemplateResult } from 'lit';
import type { Word } from '../words/types.ts';

/** What a thing is, where a badge says how it stands: another shape, so that a class is never read as a state. */
export function tag({ tone, sign, label }: Word): TemplateResult {
  return html`<span class="tag ${tone}"><span class="sign" aria-hidden="true">${sign}</span>${label}</span>`;
}
