import { html, type Html } from '../html/index.ts';
import { told } from './attention.ts';
import { pieceItem } from './piece.ts';
import type { ReportModel } from './types.ts';

/** Scenarios and pieces that no applicable requirement holds: rare, and told all the same. */
export function apartPart(model: ReportModel): Html {
  // Rows of requirements that were not exercised show no piece.
  const shown = new Set(
    model.sections
      .flatMap((section) => section.exercised.flatMap((view) => view.conformity))
      .flatMap(({ slots }) => slots.flatMap((slot) => slot.pieces)),
  );
  const pieces = model.run.scenarios.flatMap((scenario) => scenario.pieces).filter((piece) => !shown.has(piece));
  const scenarios = model.apart.filter(({ verdict }) => verdict === 'conforme');
  if (pieces.length === 0 && scenarios.length === 0) return html``;
  return html`<section id="apart" aria-labelledby="t-apart">
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
