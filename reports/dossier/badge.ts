import { html, type Html } from '../html/index.ts';
import type { Word } from '../words/index.ts';

/** Sign, word and colour of a state. */
export function badge({ tone, sign, label }: Pick<Word, 'tone' | 'sign' | 'label'>): Html {
  return html`<span class="st ${tone}"><span aria-hidden="true">${sign}</span> ${label}</span>`;
}
