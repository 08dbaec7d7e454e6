import type { RemDiff, RemSide } from '#dsr/rem-diff/index.ts';
import { html, htmlDocument, type Html } from '../html/index.ts';
import { STYLE } from '../page/style.ts';
import { count } from '../words/index.ts';
import { listBody } from './lists.ts';
import { DIFF_STYLE } from './style.ts';
import { silentBox } from './silent.ts';
import { isAlarming, layoutWords, LISTS, listWords, notComparedSentence, sideName } from './words.ts';

const NAMES = Object.keys(LISTS) as (keyof typeof LISTS)[];

/**
 * The comparison of two REMs as one HTML document (UTF-8): no script, no request, every text escaped. The same input
 * gives the same bytes.
 *
 * @param version of Jalon, shown at the foot
 */
export function renderRemDiff(diff: RemDiff, version: string): string {
  const shown = NAMES.filter((list) => diff[list].length > 0);
  return htmlDocument({
    title: `REM ${sideName(diff.from)} → ${sideName(diff.to)} · Jalon`,
    style: STYLE + DIFF_STYLE,
    contents: contents(diff, shown),
    main: html`
      ${head(diff)} ${shown.map((list) => section(diff, list))}
      <footer class="small quiet">
        <p>Jalon ${version} · comparaison de deux REM, sans valeur officielle</p>
        <p>
          Empreintes SHA-256 : avant <span class="mono">${diff.from.sha256}</span>, après
          <span class="mono">${diff.to.sha256}</span>
        </p>
      </footer>
    `,
  });
}

function contents(diff: RemDiff, shown: readonly (keyof typeof LISTS)[]): Html {
  return html`<nav aria-label="Sommaire">
    <p class="logo"><i aria-hidden="true"></i> <span>Jalon</span></p>
    <ul>
      <li><a href="#resume">Résumé</a></li>
      ${shown.map(
        (list) =>
          html`<li class="${isAlarming(list, diff) ? 'alert' : 'other'}">
            <a href="#${list}"
              ><span>${alertSign(diff, list)}${listWords(list, diff).title}</span>
              <span class="num">${diff[list].length}</span></a
            >
          </li>`,
      )}
    </ul>
  </nav>`;
}

function head(diff: RemDiff): Html {
  const { from, to, summary, notCompared } = diff;
  return html`<header class="top">
      <p class="logo"><i aria-hidden="true"></i> <span>Jalon</span></p>
      <h1>Ce qui change d’une REM à l’autre</h1>
      <div class="sides">${sideCard('Avant', from)} ${sideCard('Après', to)}</div>
      ${silentBox(diff)}
    </header>
    <section id="resume" aria-labelledby="t-resume">
      <h2 id="t-resume">Résumé</h2>
      ${
        diff.identical
          ? html`<p>Rien ne change : ${count(summary.unchanged, 'exigence identique', 'exigences identiques')}.</p>`
          : html`<div class="cards">${NAMES.map((list) => card(diff, list))}</div>
              <p class="quiet">
                ${count(summary.unchanged, 'exigence sans changement', 'exigences sans changement')}.
              </p>`
      }
      ${notCompared.length > 0 && html`<p class="band partial">${notComparedSentence(notCompared)}</p>`}
    </section>`;
}

function sideCard(label: string, side: RemSide): Html {
  return html`<div class="card">
    <p class="label">${label}</p>
    <p>${sideName(side)}</p>
    <p class="small quiet">
      ${count(side.requirements, 'exigence')}, ${count(side.slots, 'preuve')} · ${layoutWords(side.layout)}
    </p>
    <p class="hash quiet">SHA-256 <span class="mono" title="${side.sha256}">${side.sha256.slice(0, 12)}</span></p>
  </div>`;
}

function card(diff: RemDiff, list: keyof typeof LISTS): Html | false {
  const number = diff[list].length;
  return (
    number > 0 &&
    html`<div class="card${isAlarming(list, diff) ? ' alert' : ''}">
      <p class="kpi">${alertSign(diff, list)}${number}</p>
      <p><a href="#${list}">${listWords(list, diff).title}</a></p>
    </div>`
  );
}

/** A colour alone says nothing to who does not see it. */
function alertSign(diff: RemDiff, list: keyof typeof LISTS): Html | false {
  return isAlarming(list, diff) && html`<span aria-hidden="true">⚠</span> `;
}

function section(diff: RemDiff, list: keyof typeof LISTS): Html {
  const { title, meaning } = listWords(list, diff);
  return html`<section id="${list}" aria-labelledby="t-${list}">
    <h2 id="t-${list}">${alertSign(diff, list)}${title} <span class="quiet num">${diff[list].length}</span></h2>
    <p class="quiet">${meaning}</p>
    ${listBody(diff, list)}
  </section>`;
}
