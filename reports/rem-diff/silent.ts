import type { RemDiff } from '#dsr/rem-diff/index.ts';
import { html, join, type Html } from '../html/index.ts';
import { count } from '../words/index.ts';
import { isAlarming, listWords } from './words.ts';

/** Numbers named in the box; the section below has them all. */
const NAMED = 12;

/**
 * What the reader must see first: requirements that the new list does not even mention, or that nothing relates the two
 * lists. Nothing when there is none.
 */
export function silentBox(diff: RemDiff): Html | false {
  const gone = diff.silentlyRemoved;
  if (gone.length === 0) return false;
  const { one, many, meaning } = listWords('silentlyRemoved', diff);
  const alarming = isAlarming('silentlyRemoved', diff);
  const rest = gone.length - NAMED;
  const named = gone.slice(0, NAMED).map(({ id }) => html`<span class="mono id">${id}</span>`);
  return html`<div class="band ${alarming ? 'alert' : 'info'}">
    <p>
      <strong>${alarming && html`<span aria-hidden="true">⚠</span> `}${count(gone.length, one, many)}.</strong>
      ${meaning}
    </p>
    <p class="small">
      ${join(named, ', ')}${rest > 0 && html` et ${count(rest, 'autre')}`} ·
      <a href="#silentlyRemoved">${gone.length < 2 ? 'La lire' : 'Les lire'}</a>
    </p>
  </div>`;
}
