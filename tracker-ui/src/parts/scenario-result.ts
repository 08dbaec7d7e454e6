import { html, nothing, type TemplateResult } from 'lit';
import type { Finding, ScenarioResultView, StepResult } from '#tracker/api/index.ts';
import { count, duration } from '../format/format.ts';
import { CAUSES, STEPS, VERDICTS } from '../words/states.ts';
import { badge } from './badge.ts';
import { finding } from './finding.ts';
import { requirementLinks } from './links.ts';
import { pieceItem } from './piece.ts';

/** One scenario of a run, folded: its verdict and name; unfolded: why, its steps, its findings, its pieces. */
export function scenarioResult(result: ScenarioResultView, open: boolean): TemplateResult {
  const { id, feature, name, requirements, verdict, cause, reason, durationMs, findings, otherFindings, pieces } =
    result;
  return html`<details class="card scenario" ?open=${open}>
    <summary>
      <span class="line"
        >${badge(VERDICTS[verdict])} ${cause ? badge(CAUSES[cause]) : nothing}
        <span class="mono small quiet">${id}</span></span
      >
      <span class="block"><span class="quiet">${feature} :</span> ${name}</span>
    </summary>
    ${reason && findings.length === 0 ? html`<p><strong>${reason}</strong></p>` : nothing}
    <p class="small quiet">
      ${duration(durationMs)}${requirements.length > 0 ? html` · exerce ${requirementLinks(requirements)}` : nothing}
    </p>
    <ol class="plain steps">
      ${result.steps.map((each) => step(each, findings.length > 0))}
    </ol>
    ${group('Constats', findings)} ${group('Constats sur d’autres exigences', otherFindings)}
    ${
      pieces.length > 0
        ? html`<h3>${count(pieces.length, 'pièce')}</h3>
            ${pieces.map((piece) => pieceItem(piece, piece.run))}`
        : nothing
    }
  </details>`;
}

/** @param told whether findings say the same better: the message is then folded */
function step({ text, status, message }: StepResult, told: boolean): TemplateResult {
  const { tone, sign, label } = STEPS[status];
  return html`<li class=${tone}>
    <span class="sign" aria-hidden="true">${sign}</span>
    <span>${text}<span class=${status === 'passed' ? 'hidden' : 'quiet'}> (${label})</span></span>
    ${
      message
        ? html`<details class="small" ?open=${!told}>
            <summary>Message de l’étape</summary>
            <pre>${message}</pre>
          </details>`
        : nothing
    }
  </li>`;
}

function group(title: string, findings: readonly Finding[]): TemplateResult | typeof nothing {
  if (findings.length === 0) return nothing;
  return html`<h3>${title} <span class="quiet num">${findings.length}</span></h3>
    ${findings.map((each) => finding(each))}`;
}
