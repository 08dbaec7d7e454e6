import type { Finding } from '#dsr/verdict/index.ts';
import { html, join, type Html } from '../html/index.ts';
import { LAYERS, SEVERITIES } from '../words/index.ts';
import { requirementAnchor, scenarioAnchor } from './anchor.ts';
import { badge } from './badge.ts';
import type { Places } from './types.ts';

/** A check may quote a whole document: the page keeps what a person can read, the piece has the rest. */
const LONGEST = 2000;

/** One finding in full: rule, place, received against expected, what to do, where the rule comes from. */
export function findingCard(finding: Finding, places: Places, after?: Html): Html {
  const { rule, layer, severity, where, received, expected, remedy, requirements, source } = finding;
  return html`<article class="finding ${SEVERITIES[severity].tone}">
    <p class="head">${badge(SEVERITIES[severity])} <strong class="mono">${rule}</strong></p>
    <dl class="facts">
      <dt>Où</dt>
      <dd class="mono">${where || 'non précisé'}</dd>
    </dl>
    <div class="two">
      <div>
        <p class="label">Reçu</p>
        <pre class="got">${cut(received)}</pre>
      </div>
      <div>
        <p class="label">Attendu</p>
        <pre class="want">${cut(expected)}</pre>
      </div>
    </div>
    <dl class="facts">
      <dt>Que faire</dt>
      <dd>${remedy || 'non précisé'}</dd>
      <dt>Source</dt>
      <dd>${source || 'non précisée'} <span class="quiet">(${LAYERS[layer]})</span></dd>
      ${
        requirements.length > 0 &&
        html`<dt>Exigences</dt>
          <dd>${requirementLinks(requirements, places)}</dd>`
      }
    </dl>
    ${after}
  </article>`;
}

/** Ids of requirements, each a link to its place in the page when it has one. */
export function requirementLinks(ids: readonly string[], places: Places): Html {
  return join(
    ids.map((id) =>
      places.requirements.has(id)
        ? html`<a class="mono" href="#${requirementAnchor(id)}">${id}</a>`
        : html`<span class="mono">${id}</span>`,
    ),
    ', ',
  );
}

/** Ids of scenarios, each a link to where it is told in full. */
export function scenarioLinks(ids: readonly string[], places: Places): Html {
  return join(
    ids.map((id) =>
      places.scenarios.has(id)
        ? html`<a class="mono" href="#${scenarioAnchor(id)}">${id}</a>`
        : html`<span class="mono">${id}</span>`,
    ),
    ', ',
  );
}

function cut(text: string): Html {
  if (text === '') return html`<span class="quiet">(vide)</span>`;
  if (text.length <= LONGEST) return html`${text}`;
  return html`${text.slice(0, LONGEST)}<span class="quiet">… (coupé : ${text.length} caractères en tout)</span>`;
}
