import { html, svg, type TemplateResult } from 'lit';
import type { SlotCounts } from '#tracker/api/index.ts';
import { barLabel, segments } from './segments.ts';

/** Proofs of a chapter by tone. Each tone has its pattern, so that the bar reads without colours. */
export function bar({ byState, total }: SlotCounts): TemplateResult {
  return html`<svg class="bar" role="img" aria-label=${barLabel(byState)} width="100%" height="14">
    ${segments(byState, total).map(
      ({ tone, from, length }) =>
        svg`<rect class="ground ${tone}" x="${from}%" width="${length}%" height="14" /><rect class="hatch ${tone}" x="${from}%" width="${length}%" height="14" />`,
    )}
  </svg>`;
}

/** Patterns that `bar` refers to: once in the page. */
export const BAR_PATTERNS = html`<svg class="patterns" aria-hidden="true" focusable="false" width="0" height="0">
  <defs>
    <pattern id="hatch-warn" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="ink warn" width="4" height="8" />
    </pattern>
    <pattern id="hatch-bench" width="6" height="6" patternUnits="userSpaceOnUse">
      <circle class="ink bench" cx="3" cy="3" r="1.8" />
    </pattern>
    <pattern id="hatch-bad" width="6" height="6" patternUnits="userSpaceOnUse">
      <path class="ink bad" d="M0 0h6v3H0z" />
    </pattern>
  </defs>
</svg>`;
