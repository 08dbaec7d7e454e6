import type { ScenarioResult } from '#tracker/types.ts';
import { html, type Html } from '../html/index.ts';
import { CAUSES, count, duration, STEP_STATES, VERDICTS, type Word } from '../words/index.ts';
import { badge } from './badge.ts';
import { fileLink } from './file-link.ts';
import { findingCard, requirementLinks } from './finding.ts';
import type { Places } from './types.ts';

/** Heading line of a scenario: verdict, cause, name, id, time. */
export function scenarioHead(scenario: ScenarioResult): Html {
  return html`${badge(VERDICTS[scenario.verdict])}${scenario.cause && html` ${badge(CAUSES[scenario.cause])}`}
    <strong>${scenario.name}</strong>
    <span class="quiet small"
      >${scenario.feature} · <span class="mono">${scenario.id}</span> · ${duration(scenario.durationMs)}</span
    >${scenario.guide !== undefined && html` <span class="quiet small">Preuves <span class="mono">${scenario.slots.join(', ')}</span></span>`}`;
}

/** Everything about a scenario but its heading: why, steps, findings of its own requirements. */
export function scenarioBody(scenario: ScenarioResult, places: Places): Html {
  const reason = ownReason(scenario);
  return html`<p class="small">
      Répond de
      ${scenario.requirements.length > 0 ? requirementLinks(scenario.requirements, places) : 'aucune exigence'}${scenario.slots.length > 0 && html` · preuves <span class="mono">${scenario.slots.join(', ')}</span>`}
    </p>
    ${reason.length > 0 && html`<div class="reason">${reason.map((line) => html`<p>${line}</p>`)}</div>`}
    ${scenario.verdict === 'conforme' && html`<p>${whyGreen(scenario)}</p>`} ${steps(scenario)}
    ${
      scenario.findings.length > 0 &&
      html`<p class="label">${count(scenario.findings.length, 'constat')} sur ses exigences</p>
        ${scenario.findings.map((finding) => findingCard(finding, places))}`
    }${rulesHeld(scenario)}${exhibits(scenario)}`;
}

/** The rules behind a verdict, by name: a reader with only this page can see what was looked at. */
function rulesHeld({ rulesHeld: held = [] }: ScenarioResult): Html | false {
  return (
    held.length > 0 &&
    html`<details>
      <summary>${count(held.length, 'règle appliquée sans constat', 'règles appliquées sans constat')}</summary>
      <ul class="small">
        ${held.map(({ id, title }) => html`<li><span class="mono">${id}</span> · ${title}</li>`)}
      </ul>
    </details>`
  );
}

/** What a failed scenario had captured before it ended. */
function exhibits({ exhibits: kept = [] }: ScenarioResult): Html | false {
  return (
    kept.length > 0 &&
    html`<p class="label">Pour comprendre l’échec</p>
      <ul class="small">
        ${kept.map(({ path, caption }) => html`<li>${fileLink(path, path.split('/').at(-1) ?? path)} · ${caption}</li>`)}
      </ul>`
  );
}

const TESTER: Pick<Word, 'tone' | 'sign' | 'label'> = { tone: 'warn', sign: '?', label: 'au testeur' };

/** The steps as they were played, with what stopped them. */
function steps(scenario: ScenarioResult): Html {
  if (scenario.steps.length === 0) return html`<p class="quiet">Aucune étape n’a été jouée.</p>`;
  const told = new Set([scenario.reason, ...scenario.reason.split('\n')]);
  return html`<p class="label">Étapes</p>
    <ol class="steps">
      ${scenario.steps.map((step) => {
        // A step of the tester is shown, not played: it never reads as passed.
        const state = step.guided === true && step.status === 'passed' ? TESTER : STEP_STATES[step.status];
        return html`<li class="${state.tone}-step">
          <span class="sign ${state.tone}" aria-hidden="true">${state.sign}</span> ${step.text}
          <span class="${state !== TESTER && step.status === 'passed' ? 'unseen' : 'small quiet'}"
            >(${state.label})</span
          >${
            // The message of the failed step is the reason, already told above.
            step.message !== undefined && !told.has(step.message) && html`<p class="small reason">${step.message}</p>`
          }
        </li>`;
      })}
    </ol>`;
}

/**
 * Lines of the reason that the findings do not tell already: the reason of a refused product repeats each decisive
 * finding as one line that starts with its rule.
 */
function ownReason({ reason, findings }: ScenarioResult): readonly string[] {
  return reason.split('\n').filter((line) => line !== '' && !findings.some(({ rule }) => line.startsWith(`${rule} (`)));
}

/** What makes a conforming scenario conforming, in one sentence that a reviewer can check. */
function whyGreen({ steps: played, findings, pieces }: ScenarioResult): string {
  const passed = count(played.filter((step) => step.status === 'passed').length, 'étape passée', 'étapes passées');
  const remarks =
    findings.length === 0
      ? 'les contrôles de ces étapes n’ont rien relevé sur ses exigences'
      : `les contrôles n’ont relevé aucune erreur sur ses exigences, mais ${count(findings.length, 'remarque')} ci-dessous`;
  const shown =
    pieces.length === 0
      ? 'il ne remplit pas de preuve : il établit le comportement'
      : `${count(pieces.length, 'pièce versée', 'pièces versées')} le montrent`.replace(
          /^1 pièce versée le montrent$/,
          '1 pièce versée le montre',
        );
  return `Pourquoi c’est vert : ${passed} ; ${remarks} ; ${shown}.`;
}
