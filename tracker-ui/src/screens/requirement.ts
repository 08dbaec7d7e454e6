import { html, nothing, type TemplateResult } from 'lit';
import type { ConformityScenarioView, PlayedView, RequirementView, SlotView } from '#tracker/api/index.ts';
import { Loader } from '../call/loader.ts';
import { count, moment, number } from '../format/format.ts';
import { badge } from '../parts/badge.ts';
import { finding } from '../parts/finding.ts';
import { LightElement } from '../parts/light.ts';
import { listLink, requirementLink, runLink } from '../parts/links.ts';
import { whenReady } from '../parts/notice.ts';
import { pieceItem } from '../parts/piece.ts';
import { tag } from '../parts/tag.ts';
import { askedFor, CLASSES, NATURES, OBSERVABLES } from '../words/nouns.ts';
import { CAUSES, NO_PROOF, NOT_PLAYED, SLOT_STATES, VERDICTS } from '../words/states.ts';

/**
 * One requirement: what it asks, its proof slots with their pieces, what the checks found.
 *
 * Property `requirement`: its id.
 */
class RequirementElement extends LightElement {
  static override readonly properties = { requirement: { attribute: false } };
  declare requirement: string;
  readonly #view = new Loader<RequirementView>(
    this,
    () => `/api/campaigns/current/requirements/${encodeURIComponent(this.requirement)}`,
  );

  protected override render(): TemplateResult {
    return whenReady(this.#view.state, requirementPage);
  }
}

customElements.define('jalon-requirement', RequirementElement);

function requirementPage(view: RequirementView): TemplateResult {
  const { id, title, state, verdict, findings } = view;
  return html`<nav aria-label="Fil d’Ariane" class="crumbs small">
      <a href="/exigences">Exigences</a> ›
      ${listLink({ section: view.section }, `${view.section} · ${view.sectionTitle}`)} ›
      <span aria-current="page" class="mono">${id}</span>
    </nav>
    <h1><span class="mono">${id}</span> ${title}</h1>
    <p class="line">
      <span class="small quiet">Preuves</span> ${badge(state ? SLOT_STATES[state] : NO_PROOF)}
      <span class="small quiet">Dernier résultat</span> ${badge(verdict ? VERDICTS[verdict] : NOT_PLAYED)}
      ${view.applicable ? nothing : badge({ tone: 'none', sign: '—', label: 'Profil non déclaré' })}
    </p>
    <p class="quiet">${facts(view).join(' · ')}</p>
    ${
      view.statement && view.statement !== title
        ? html`<details class="card">
            <summary>Texte officiel, tel que votre REM l’écrit</summary>
            <p class="prose">${view.statement}</p>
          </details>`
        : nothing
    }
    <div class="grid">
      <section class="wide" aria-labelledby="preuves">
        <h2 id="preuves">Preuves demandées</h2>
        ${
          view.scenarios.length === 0
            ? html`<p class="quiet">Aucun scénario ni preuve : il n’y a rien à recueillir.</p>`
            : view.scenarios.map(scenario)
        }
      </section>
      <section aria-labelledby="constats">
        <h2 id="constats">Constats <span class="quiet num">${number(findings.length)}</span></h2>
        ${
          findings.length === 0
            ? html`<p class="quiet">
                ${view.played.length === 0 ? 'Aucun scénario du banc ne l’a encore exercée.' : 'Aucun constat aux derniers résultats.'}
              </p>`
            : findings.map((each) =>
                finding(
                  each,
                  html`<p class="small quiet">${runLink(each.run, each.scenario)} : ${each.scenarioName}</p>`,
                ),
              )
        }
        <h2>Derniers résultats</h2>
        ${
          view.played.length === 0
            ? html`<p class="quiet">Aucun. Pour la jouer seule :</p>
                <pre>npm run jalon -- run --tags @exigence:${id}</pre>`
            : html`<ul class="plain spaced">
                ${view.played.map(played)}
              </ul>`
        }
      </section>
    </div>
    ${neighbours(view)}`;
}

function facts(view: RequirementView): readonly string[] {
  const { nature, profile, block, function: area, observable, observation, references, previousIds, rawId, id } = view;
  return [
    NATURES[nature],
    `profil ${profile || 'non précisé'}`,
    [block, area].filter((part) => part !== '').join(', '),
    observable.length > 0
      ? `le banc peut voir : ${observable.map((each) => OBSERVABLES[each]).join(', ')}${observation ? ` (${observation})` : ''}`
      : '',
    references.length > 0 ? `référentiels : ${references.join(' ; ')}` : '',
    previousIds.length > 0 ? `anciens numéros : ${previousIds.join(', ')}` : '',
    rawId !== id ? `écrit « ${rawId} » dans la REM` : '',
  ].filter((fact) => fact !== '');
}

function scenario({ id, title, text, slots }: ConformityScenarioView): TemplateResult {
  return html`<article class="card">
    <h3><span class="mono">${id}</span> ${title}</h3>
    ${text && text !== title ? html`<p class="prose small">${text}</p>` : nothing} ${slots.map(slot)}
  </article>`;
}

/** The official proof is where it must be: nothing more is asked for. */
const SENT: ReadonlySet<SlotView['state']> = new Set(['recueillie', 'validee-interne', 'deposee', 'acceptee']);

function slot(given: SlotView): TemplateResult {
  const { id, title, text, kinds, alternatives, condition, evidenceClass, classifiedReason } = given;
  const { state, reason, updatedAt, run, pieces } = given;
  const latest = pieces.filter((piece) => piece.run === pieces[0]?.run);
  const earlier = pieces.slice(latest.length);
  return html`<div class="slot">
    <h4><span class="mono">${id}</span> ${title}</h4>
    <p class="line">
      ${badge(SLOT_STATES[state])} ${tag(CLASSES[evidenceClass])}
      <span class="small quiet">${CLASSES[evidenceClass].meaning}</span>
    </p>
    ${evidenceClass === 'rehearsal' && !SENT.has(state) ? html`<p>À obtenir de l’outil officiel : ${askedFor(kinds, alternatives)}.</p>` : nothing}
    ${reason ? html`<p>${reason}</p>` : nothing}
    ${condition ? html`<p class="small">Due seulement dans ce cas : ${condition}.</p>` : nothing}
    ${classifiedReason ? html`<p class="small">Classée par l’éditeur : « ${classifiedReason} »</p>` : nothing}
    ${text && text !== title ? html`<p class="prose small">${text}</p>` : nothing}
    <p class="small quiet">
      ${kinds.length > 0 ? html`Attendu : ${askedFor(kinds, alternatives)}.` : nothing}
      ${updatedAt && run ? html`Mise à jour le ${moment(updatedAt)} par ${runLink(run, `l’exécution ${run}`)}.` : nothing}
    </p>
    ${latest.map((piece) => pieceItem(piece, run ?? undefined))}
    ${
      earlier.length > 0
        ? html`<details>
            <summary>${count(earlier.length, 'pièce')} d’exécutions précédentes</summary>
            ${earlier.map((piece) => pieceItem(piece))}
          </details>`
        : nothing
    }
    ${pieces.length === 0 ? html`<p class="small quiet">Aucune pièce.</p>` : nothing}
  </div>`;
}

function played({ id, name, run, startedAt, verdict, cause, reason }: PlayedView): TemplateResult {
  return html`<li>
    ${badge(VERDICTS[verdict])} ${cause ? badge(CAUSES[cause]) : nothing} ${name}
    ${reason ? html`<span class="block">${reason}</span>` : nothing}
    <span class="small quiet block"
      ><span class="mono">${id}</span> · ${runLink(run, `exécution du ${moment(startedAt)}`)}</span
    >
  </li>`;
}

function neighbours({ previous, next }: RequirementView): TemplateResult {
  return html`<nav aria-label="Exigences voisines" class="neighbours">
    ${previous ? requirementLink(previous, html`← <span class="mono">${previous}</span>`) : html`<span></span>`}
    ${next ? requirementLink(next, html`<span class="mono">${next}</span> →`) : nothing}
  </nav>`;
}
