import type { Segment, WordingEntry } from '#dsr/rem-diff/index.ts';
import { html, type Html } from '../html/index.ts';
import { LEVELS } from './words.ts';

/** Before and after side by side; what left is struck out on the left, what came is underlined on the right. */
export function wordingItem(entry: WordingEntry): Html {
  const { level, target, from, segments, coarse } = entry;
  return html`<article class="change">
    <h4>
      ${LEVELS[level]} <span class="mono">${target}</span>${
        from !== target && html` <span class="quiet">(avant : <span class="mono">${from}</span>)</span>`
      }
    </h4>
    ${coarse && html`<p class="small quiet">Texte trop long ou trop différent pour une comparaison mot à mot.</p>`}
    <div class="two">
      <div>
        <p class="label">Avant</p>
        ${side(segments, 'removed')}
      </div>
      <div>
        <p class="label">Après</p>
        ${side(segments, 'added')}
      </div>
    </div>
  </article>`;
}

function side(segments: readonly Segment[], own: 'removed' | 'added'): Html {
  const parts = segments
    .filter(({ kind }) => kind === 'same' || kind === own)
    .map(({ kind, text }) =>
      kind === 'same' ? text : own === 'removed' ? html`<del>${text}</del>` : html`<ins>${text}</ins>`,
    );
  return parts.length === 0 ? html`<p class="quiet">(aucun texte)</p>` : html`<p class="text">${parts}</p>`;
}
