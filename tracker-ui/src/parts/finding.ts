import { html, nothing, type TemplateResult } from 'lit';
import type { Finding } from '#tracker/api/index.ts';
import { number } from '../format/format.ts';
import { LAYERS } from '../words/nouns.ts';
import { SEVERITIES } from '../words/states.ts';
import { badge } from './badge.ts';
import { requirementLinks } from './links.ts';

/** A check may quote a whole document: the page keeps what a person can read, the piece has the rest. */
const LONGEST = 2000;

/**
 * One finding in full: rule, place, received against expected, what to do, where the rule comes from.
 *
 * @param origin what follows, such as the scenario that made it
 */
export function finding(given: Finding, origin: TemplateResult | typeof nothing = nothing): TemplateResult {
  const { rule, layer, severity, where, received, expected, remedy, requirements, source } = given;
  return html`<article class="finding ${SEVERITIES[severity].tone}">
    <p class="line">${badge(SEVERITIES[severity])} <strong class="mono">${rule}</strong></p>
    <p class="small"><span class="quiet">Où :</span> <span class="mono">${where || 'non précisé'}</span></p>
    <div class="versus">
      <div>
        <p class="label">Reçu</p>
        <pre class="got">${cut(received)}</pre>
      </div>
      <div>
        <p class="label">Attendu</p>
        <pre class="want">${cut(expected)}</pre>
      </div>
    </div>
    <p><strong>Que faire :</strong> ${remedy || 'non précisé'}</p>
    <p class="small quiet">
      ${source || 'Source non précisée'}
      (${LAYERS[layer]})${requirements.length > 0 ? html` · ${requirementLinks(requirements)}` : nothing}
    </p>
    ${origin}
  </article>`;
}

function cut(text: string): string | TemplateResult {
  if (text === '') return html`<span class="quiet">(vide)</span>`;
  if (text.length <= LONGEST) return text;
  // Well-formed again: the cut may fall between the two halves of a character.
  return `${text.slice(0, LONGEST).toWellFormed()}… (${number(text.length - LONGEST)} caractères de plus)`;
}
