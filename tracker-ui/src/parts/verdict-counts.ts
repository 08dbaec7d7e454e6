import { html, nothing, type TemplateResult } from 'lit';
import type { Verdict, VerdictCounts } from '#tracker/api/index.ts';
import { VERDICTS } from '../words/states.ts';
import { badge } from './badge.ts';
import { number } from '../format/format.ts';

/** How many scenarios of each verdict; those that none has are left out. */
export function verdictCounts(counts: VerdictCounts): TemplateResult {
  const verdicts = Object.keys(VERDICTS) as Verdict[];
  return html`<ul class="plain legend">
    ${verdicts.map((verdict) =>
      counts[verdict] > 0
        ? html`<li>${badge(VERDICTS[verdict])} <span class="num">${number(counts[verdict])}</span></li>`
        : nothing,
    )}
  </ul>`;
}
