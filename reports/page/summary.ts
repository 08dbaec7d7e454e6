import type { Verdict } from '#dsr/verdict/index.ts';
import { html, type Html } from '../html/index.ts';
import { count, SLOT_STATES, VERDICTS } from '../words/index.ts';
import { sectionAnchor } from './anchor.ts';
import { badge } from './badge.ts';
import { presentStates, slotBar } from './bar.ts';
import type { ReportModel, SectionView } from './types.ts';

const ORDER: readonly Verdict[] = ['non-conforme', 'non-verifiable', 'a-verifier', 'conforme'];

/** Five figures, then one line a section. */
export function summary({ run, figures, sections }: ReportModel): Html {
  const { verdicts, findings } = figures;
  return html`<section id="resume" aria-labelledby="t-resume">
    <h2 id="t-resume">Résumé</h2>
    <div class="cards">
      <div class="card">
        <p class="label">Scénarios</p>
        <p class="kpi">${run.scenarios.length}</p>
        <p class="chips">
          ${ORDER.filter((verdict) => verdicts[verdict] > 0).map((verdict) => html`${badge({ ...VERDICTS[verdict], label: `${verdicts[verdict]} ${VERDICTS[verdict].label.toLowerCase()}` })} `)}${run.scenarios.length === 0 && 'Aucun scénario n’a été joué : rien n’est montré.'}
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
      <div class="card">
        <p class="label">Preuves</p>
        <p class="kpi">
          ${figures.slots - (figures.states.get('vide') ?? 0)} <span class="of">sur ${figures.slots} touchées</span>
        </p>
        <p class="chips">
          ${presentStates(figures.states).map(([state, value]) => html`${badge({ ...SLOT_STATES[state], label: `${value} ${SLOT_STATES[state].label.toLowerCase()}` })} `)}
        </p>
      </div>
      <div class="card">
        <p class="label">Pièces versées</p>
        <p class="kpi">${figures.pieces}</p>
        <p class="small quiet">chacune avec sa fiche de provenance et son empreinte</p>
      </div>
      <div class="card">
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
            <th scope="col" class="r">Touchées</th>
            <th scope="col" class="r">Exigences exercées</th>
            <th scope="col">Cette exécution</th>
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
    <td class="r num">${slots - (states.get('vide') ?? 0)} / ${slots}</td>
    <td class="r num">${exercised.length} / ${exercised.length + idle.length}</td>
    <td>${verdictOfSection(section)}</td>
  </tr>`;
}

/** Worst verdict of its requirements with how many have it. */
export function verdictOfSection({ exercised }: SectionView): Html {
  const worst = ORDER.find((verdict) => exercised.some((view) => view.verdict === verdict));
  if (worst === undefined) return badge({ tone: 'none', sign: '○', label: 'Non exercé' });
  const times = exercised.filter((view) => view.verdict === worst).length;
  return badge(VERDICTS[worst], ` · ${times}`);
}
