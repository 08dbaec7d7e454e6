import type { ScenarioResult } from '#tracker/types.ts';
import { html, type Html } from '../html/index.ts';
import { CAUSES, count } from '../words/index.ts';
import { scenarioAnchor } from './anchor.ts';
import { findingCard, scenarioLinks } from './finding.ts';
import { scenarioBody, scenarioHead } from './scenario.ts';
import { guidePart, filmingSection } from './filming.ts';
import type { ElsewhereView, ReportModel } from './types.ts';

/** What is red, told first and in full; then what a person has to look at; then what was seen elsewhere. */
export function attention(model: ReportModel): Html {
  const { red, toReview, elsewhere, places } = model;
  return html`<section id="rouge" aria-labelledby="t-rouge">
      <h2 id="t-rouge">Ce qui ne va pas <span class="quiet num">${red.length}</span></h2>
      ${
        red.length === 0
          ? html`<p class="card">${nothingRed(model)}</p>`
          : html`<p class="quiet">${whoActs(red)} Un scénario rouge ne verse aucune pièce.</p>
              ${red.map((scenario) => told(scenario, model, true))}`
      }
    </section>
    ${
      toReview.length > 0 &&
      html`<section id="regarder" aria-labelledby="t-regarder">
        <h2 id="t-regarder">À regarder par une personne <span class="quiet num">${toReview.length}</span></h2>
        <p class="quiet">Le banc n’a vu aucun manquement, mais il ne conclut pas à votre place.</p>
        ${toReview.map((scenario) => told(scenario, model, true))}
      </section>`
    }
    ${filmingSection(model, (scenario) => told(scenario, model, false))}
    ${
      elsewhere.length > 0 &&
      html`<section id="ailleurs" aria-labelledby="t-ailleurs">
        <h2 id="t-ailleurs">Vu au passage <span class="quiet num">${elsewhere.length}</span></h2>
        <p class="quiet">
          Constats faits pendant un scénario qui répond d’une autre exigence : ils n’ont pas décidé de son verdict, mais
          ils sont vrais. Chaque règle est dite une fois.
        </p>
        ${elsewhere.map((view) => elsewhereItem(view, places))}
      </section>`
    }`;
}

/** A scenario told in full at the one place of the page where it is. */
export function told(
  scenario: ScenarioResult,
  model: Pick<ReportModel, 'places' | 'rem' | 'run'>,
  open: boolean,
  level: 'h3' | 'h5' = 'h3',
): Html {
  const head = scenarioHead(scenario);
  return html`<details
    class="card scenario ${scenario.verdict}"
    id="${scenarioAnchor(scenario.id)}"
    ${open && html` open=""`}
  >
    <summary>${level === 'h3' ? html`<h3>${head}</h3>` : html`<h5>${head}</h5>`}</summary>
    <div class="body">${guidePart(scenario, model)}${scenarioBody(scenario, model.places)}</div>
  </details>`;
}

function nothingRed({ run, toReview, toFilm }: ReportModel): string {
  if (run.scenarios.length === 0) return 'Aucun scénario n’a été joué : cette exécution ne montre rien.';
  return toReview.length + toFilm.length > 0
    ? 'Aucun scénario n’est rouge ; certains demandent un regard, ci-dessous.'
    : 'Aucun scénario n’est rouge.';
}

/** Four reds that are never merged: who has to act. */
function whoActs(red: readonly ScenarioResult[]): string {
  const parts: string[] = [];
  const wrong = red.filter(({ verdict }) => verdict === 'non-conforme').length;
  if (wrong > 0) parts.push(`${count(wrong, 'scénario')} où le produit fait autre chose que ce qui est demandé`);
  for (const cause of ['produit', 'configuration', 'banc', 'interrompu'] as const) {
    const times = red.filter((each) => each.verdict === 'non-verifiable' && (each.cause ?? 'banc') === cause).length;
    if (times > 0)
      parts.push(`${count(times, 'scénario')} sans jugement, cause « ${CAUSES[cause].label.toLowerCase()} »`);
  }
  return `${parts.join(' ; ')}.`;
}

function elsewhereItem(
  { rule, severity, example, times, scenarios }: ElsewhereView,
  places: ReportModel['places'],
): Html {
  return html`<details class="card" ${severity === 'error' && html` open=""`}>
    <summary>
      <h3><span class="mono">${rule}</span> <span class="quiet small">${count(times, 'fois', 'fois')}</span></h3>
    </summary>
    <div class="body">
      ${findingCard(
        example,
        places,
        html`<p class="small quiet">
          Vu dans
          ${scenarioLinks(
            scenarios.map(({ id }) => id),
            places,
          )}${times > 1 && '. Le premier constat est montré ; les autres sont dans run.json'}.
        </p>`,
      )}
    </div>
  </details>`;
}
