import { html, type Html } from '../html/index.ts';
import { told } from './attention.ts';
import { pieceItem } from './piece.ts';
import type { ReportModel } from './types.ts';

/** Scenarios and pieces that no applicable requirement holds, scenarios not played: rare, and told all the same. */
export function apartPart(model: ReportModel): Html {
  // Rows of requirements that were not exercised show no piece.
  const shown = new Set(
    model.sections
      .flatMap((section) => section.exercised.flatMap((view) => view.conformity))
      .flatMap(({ slots }) => slots.flatMap((slot) => slot.pieces)),
  );
  const pieces = model.run.scenarios.flatMap((scenario) => scenario.pieces).filter((piece) => !shown.has(piece));
  const scenarios = model.apart.filter(({ verdict }) => verdict === 'conforme');
  const leftOut = model.run.leftOut ?? [];
  if (pieces.length === 0 && scenarios.length === 0) return leftOutPart(leftOut);
  return html`${leftOutPart(leftOut)}
    <section id="apart" aria-labelledby="t-apart">
      <h2 id="t-apart">Hors des exigences de ces profils</h2>
      ${scenarios.map((scenario) => told(scenario, model, false))}
      ${
        pieces.length > 0 &&
        html`<ul class="pieces card">
          ${pieces.map((piece) => pieceItem(piece, model.places))}
        </ul>`
      }
    </section>`;
}

/** Scenarios that were not played: the reader must know what this run does not speak of. */
function leftOutPart(leftOut: NonNullable<ReportModel['run']['leftOut']>): Html {
  if (leftOut.length === 0) return html``;
  return html`<section id="ecartes" aria-labelledby="t-ecartes">
    <h2 id="t-ecartes">Scénarios écartés</h2>
    <p>
      La REM en usage n’a pas les exigences de ces scénarios du banc, ou donne leur numéro à autre chose : ils n’ont pas
      été joués.
    </p>
    <ul class="card">
      ${leftOut.map(
        ({ id, name, requirements }) =>
          html`<li>${name} <span class="small quiet mono">${id} · ${requirements.join(', ')}</span></li>`,
      )}
    </ul>
  </section>`;
}
