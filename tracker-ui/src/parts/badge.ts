import { html, type TemplateResult } from 'lit';
import type { Word } from '../words/types.ts';

/** Sign, word and colour of a state. The sign is for the eye only: the word says it all. */
export function badge({ tone, sign, label }: Word, suffix = ''): TemplateResult {
  return html`<span class="badge ${tone}"><span class="sign" aria-hidden="true">${sign}</span>${label}${suffix}</span>`;
}
