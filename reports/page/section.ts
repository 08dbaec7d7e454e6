import { html, type Html } from '../html/index.ts';
import { count } from '../words/index.ts';
import { sectionAnchor } from './anchor.ts';
import { badge } from './badge.ts';
import { slotBar } from './bar.ts';
import { idleRow, requirementItem } from './requirement.ts';
import { verdictsOfSection } from './summary.ts';
import type { ReportModel, SectionView } from './types.ts';

/** One section of the REM: requirements that were exercised in full, the others in a table. */
export function sectionPart(section: SectionView, model: ReportModel): Html {
  const { id, title, exercised, idle, states, slots } = section;
  return html`<section id="${sectionAnchor(id)}" aria-labelledby="t-${sectionAnchor(id)}" class="chapter">
    <h2 id="t-${sectionAnchor(id)}">${id} <span class="quiet">· ${title}</span></h2>
    <p class="chips">
      ${verdictsOfSection(exercised).map((word) => badge(word))}
      <span class="quiet"
        >${count(exercised.length, 'exigence exercée', 'exigences exercées')} sur
        ${exercised.length + idle.length}</span
      >
    </p>
    ${slotBar(states, slots)} ${exercised.map((view) => requirementItem(view, model))}
    ${
      idle.length > 0 &&
      html`<details class="card idlelist">
        <summary>
          <h3>${count(idle.length, 'exigence non exercée', 'exigences non exercées')} dans cette exécution</h3>
        </summary>
        <div class="scroll" role="region" aria-label="${id} : exigences non exercées" tabindex="0">
          <table>
            <caption>
              ${id} : aucun scénario joué ne répond de ces exigences
            </caption>
            <thead>
              <tr>
                <th scope="col">Exigence</th>
                <th scope="col">Objet</th>
                <th scope="col">Preuves demandées</th>
              </tr>
            </thead>
            <tbody>
              ${idle.map(idleRow)}
            </tbody>
          </table>
        </div>
      </details>`
    }
  </section>`;
}
