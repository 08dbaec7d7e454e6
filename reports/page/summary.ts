import type { Verdict } from '#dsr/verdict/index.ts';
import { html, type Html } from '../html/index.ts';
import { count, counted, SLOT_STATES, VERDICTS, type Word } from '../words/index.ts';
import { sectionAnchor } from './anchor.ts';
import { badge } from './badge.ts';
import { presentStates, slotBar, slotsDone } from './bar.ts';
import type { ReportModel, SectionView } from './types.ts';

const NOT_EXERCISED = { tone: 'none', sign: '○', label: 'Non exercé' } as const;

const ORDER: readonly Verdict[] = ['non-conforme', 'non-verifiable', 'a-verifier', 'conforme'];

/** Five figures, then one line a section. */
export function summary({ run, figures, sections }: ReportModel): Html {
  const { verdicts, findings } = figures;
  return html`<section id="resume" aria-labelledby="t-resume">
    <h2 id="t-resume">Résumé</h2>
    <div class="cards">
      <div class="card whole">
        <p class="label">Scénarios</p>
        <p class="kpi">${run.scenarios.length}</p>
        <p class="chips">
          ${ORDER.filter((verdict) => verdicts[verdict] > 0).map((verdict) => html`${badge(counted(VERDICTS[verdict], verdicts[verdict]))} `)}${run.scenarios.length === 0 && 'Aucun scénario n’a été joué : rien n’est montré.'}
        </p>
      </div>
      <div class="card">
        <p class="label">Exigences exercées</p>
        <p class="kpi">${figures.exercised} <span class="of">sur ${figures.applicable}</span></p>
        <p class="small quiet">
          ${count(figures.applicable - figures.exercised, 'exigence applicable', 'exigences applicables')} sans scénario
          dans cette exécution, listées dans chaque chapitre
        </p>
      </div>
      <div class="card whole">
        <p class="label">Preuves</p>
        <p class="kpi">${slotsDone(figures.states)} <span class="of">faites sur ${figures.slots}</span></p>
        <p class="chips">
          ${presentStates(figures.states).map(([state, value]) => html`${badge(counted(SLOT_STATES[state], value))} `)}
        </p>
      </div>
      <div class="card">
        <p class="label">Pièces versées</p>
        <p class="kpi">${figures.pieces}</p>
        <p class="small quiet">chacune avec sa fiche de provenance et son empreinte</p>
      </div>
      <div class="card whole">
        <p class="label">Constats</p>
        <p class="kpi">${findings.error + findings.warning + findings.info}</p>
        <p class="small quiet">
          ${count(findings.error, 'erreur')}, ${count(findings.warning, 'avertissement')},
          ${count(findings.info, 'information')}${run.unexpected.length > 0 && html` · <a href="#imprevus">${count(run.unexpected.length, 'opération imprévue', 'opérations imprévues')}</a>`}
        </p>
      </div>
    </div>
    <div class="scroll" role="region" aria-label="Avancement par chapitre" tabindex="0">
      <table>
        <caption>
          Par chapitre de la REM
        </caption>
        <thead>
          <tr>
            <th scope="col">Chapitre</th>
            <th scope="col" class="barcol">Preuves</th>
            <th scope="col" class="r">Preuves faites</th>
            <th scope="col" class="r">Exigences exercées</th>
            <th scope="col">Cette exécution, en exigences</th>
          </tr>
        </thead>
        <tbody>
          ${sections.map(line)}
        </tbody>
      </table>
    </div>
  </section>`;
}

function line(section: SectionView): Html {
  const { id, title, exercised, idle, states, slots } = section;
  return html`<tr>
    <th scope="row"><a href="#${sectionAnchor(id)}">${id}</a> <span class="quiet">· ${title}</span></th>
    <td>${slotBar(states, slots)}</td>
    <td class="r num">${slotsDone(states)} / ${slots}</td>
    <td class="r num">${exercised.length} / ${exercised.length + idle.length}</td>
    <td>${verdictOfSection(section)}</td>
  </tr>`;
}

/** Worst verdict of its requirements, with how many have it. */
function verdictOfSection({ exercised }: SectionView): Html {
  const [worst] = verdictsOfSection(exercised);
  return worst ? badge(worst) : badge(NOT_EXERCISED);
}

/** Verdicts of its requirements, worst first, each with how many have it. */
export function verdictsOfSection(exercised: SectionView['exercised']): readonly Word[] {
  return ORDER.flatMap((verdict) => {
    const times = exercised.filter((view) => view.verdict === verdict).length;
    return times > 0 ? [counted(VERDICTS[verdict], times)] : [];
  });
}
