import { madeByPerson } from '#dsr/proof-kinds/index.ts';
import type { ScenarioResult } from '#tracker/types.ts';
import { html, join, type Html } from '../html/index.ts';
import {
  askedFor,
  CLASS_SOURCES,
  CLASSES,
  count,
  NATURES,
  OBSERVABLES,
  SCREEN_TO_ADD,
  SEVERITIES,
  SLOT_STATES,
  VERDICTS,
} from '../words/index.ts';
import { requirementAnchor } from './anchor.ts';
import { told } from './attention.ts';
import { badge } from './badge.ts';
import { isDone } from './bar.ts';
import { scenarioLinks } from './finding.ts';
import { pieceItem } from './piece.ts';
import type { ConformityView, Places, ReportModel, RequirementView, SlotView } from './types.ts';

const WITHOUT_PIECE = {
  bench: 'Aucune pièce dans cette exécution.',
  rehearsal: 'Aucune répétition dans cette exécution.',
  human: 'Une personne doit la fournir ; aucune pièce du banc dans cette exécution.',
} as const;

/** One requirement that was exercised: what it is, what is asked, what ran, what shows it. */
export function requirementItem(view: RequirementView, model: ReportModel): Html {
  const { requirement, verdict, scenarios, conformity, noticed } = view;
  const slots = conformity.flatMap((each) => each.slots);
  const done = slots.filter(({ state }) => isDone(state)).length;
  const pieces = slots.reduce((sum, slot) => sum + slot.pieces.length, 0);
  return html`<details
    class="card requirement"
    id="${requirementAnchor(requirement.id)}"
    ${verdict !== 'conforme' && html` open=""`}
  >
    <summary>
      <h3>
        <span class="mono id">${requirement.id}</span> ${requirement.title || requirement.function || 'sans titre'}
      </h3>
      <span class="chips"
        >${verdict !== undefined && badge(VERDICTS[verdict])}
        <span class="small quiet"
          >${count(scenarios.length, 'scénario')} ·
          ${count(pieces, 'pièce')}${slots.length > 0 && ` · ${done} / ${count(slots.length, 'preuve faite', 'preuves faites')}`}</span
        ></span
      >
    </summary>
    <div class="body">
      ${facts(view)}
      <h4>Preuves demandées</h4>
      ${conformity.length === 0 ? html`<p class="quiet">La REM ne demande ni scénario ni preuve pour cette exigence.</p>` : conformity.map((each) => conformityItem(each, model))}
      <h4>Scénarios joués</h4>
      ${scenarios.map((scenario) => playedItem(scenario, view, model))}
      ${noticed.length > 0 && noticedList(view, model.places)}
    </div>
  </details>`;
}

function facts({ requirement, references, state, conformity, scenarios }: RequirementView): Html {
  const {
    nature,
    profile,
    block,
    function: functionName,
    observable,
    observation,
    statement,
    rawId,
    id,
    previousIds,
  } = requirement;
  const exercised = conformity.filter(({ slots }) =>
    slots.some(({ slot }) => scenarios.some((scenario) => scenario.slots.includes(slot.id))),
  ).length;
  const asWritten = [...(rawId !== id ? [rawId] : []), ...previousIds];
  return html`<dl class="facts">
      <dt>Nature</dt>
      <dd>${NATURES[nature]} · profil ${profile || 'non précisé'}</dd>
      ${
        (block !== '' || functionName !== '') &&
        html`<dt>Dans la REM</dt>
          <dd>${[block, functionName].filter((part) => part !== '').join(' › ')}</dd>`
      }
      ${
        asWritten.length > 0 &&
        html`<dt>Autres numéros</dt>
          <dd class="mono">${asWritten.join(', ')}</dd>`
      }
      ${
        observable !== undefined &&
        observable.length > 0 &&
        html`<dt>Se voit dans</dt>
          <dd>
            ${observable.map((place) => OBSERVABLES[place]).join(', ')}${observation !== undefined && ` : ${observation}`}
          </dd>`
      }
      ${
        references.length > 0 &&
        html`<dt>Référentiels</dt>
          <dd>${references.join(' · ')}</dd>`
      }
      ${
        conformity.length > 0 &&
        html`<dt>Couverture</dt>
          <dd>
            ${exercised} sur ${count(conformity.length, 'scénario de conformité', 'scénarios de conformité')} de la REM
          </dd>
          <dt>Au dossier</dt>
          <dd>
            ${badge(SLOT_STATES[state])}
            <span class="small quiet">état de la preuve qui la retient le plus, toutes exécutions comprises</span>
          </dd>`
      }
    </dl>
    ${
      statement !== '' &&
      html`<blockquote>
        <p class="label">Texte officiel, lu dans la REM</p>
        ${paragraphs(statement)}
      </blockquote>`
    }`;
}

function conformityItem({ scenario, slots }: ConformityView, model: ReportModel): Html {
  return html`<div class="conformity">
    <p><span class="mono">${scenario.id}</span> ${scenario.title ?? scenario.text}</p>
    ${
      scenario.title !== undefined &&
      scenario.text !== scenario.title &&
      scenario.text !== '' &&
      html`<blockquote>
        <p class="label">Scénario de conformité, texte de la REM</p>
        ${paragraphs(scenario.text)}
      </blockquote>`
    }
    <ul class="slots">
      ${slots.map((slot) => slotItem(slot, model))}
    </ul>
  </div>`;
}

function slotItem({ slot, state, from, pieces }: SlotView, { places, run }: ReportModel): Html {
  const filling = run.scenarios.filter((scenario) => scenario.slots.includes(slot.id));
  return html`<li class="slot">
    <p class="head">
      <span class="mono id">${slot.id}</span> ${badge(SLOT_STATES[state])}
      <span class="class ${CLASSES[slot.evidenceClass].tone}"
        ><span aria-hidden="true">${CLASSES[slot.evidenceClass].sign}</span> ${CLASSES[slot.evidenceClass].label}</span
      >
    </p>
    <p>
      ${slot.title ?? slot.text}${slot.kinds.length > 0 && html` <span class="quiet small">(${askedFor(slot.kinds, slot.alternatives)})</span>`}
    </p>
    ${slot.condition !== undefined && html`<p class="small note">Due seulement dans ce cas : ${slot.condition}.</p>`}
    ${slot.classifiedReason !== undefined && html`<p class="small note">Classée par l’éditeur : « ${slot.classifiedReason} »</p>`}
    ${
      slot.title !== undefined &&
      slot.text !== slot.title &&
      slot.text !== '' &&
      html`<blockquote>
        <p class="label">Preuve, texte de la REM</p>
        ${paragraphs(slot.text)}
      </blockquote>`
    }
    ${
      (slot.evidenceClass === 'rehearsal' || (slot.evidenceClass === 'human' && pieces.length > 0)) &&
      html`<p class="small note">
        ${CLASSES[slot.evidenceClass].meaning}${slot.evidenceClass === 'rehearsal' && slot.kinds.length > 0 && html` À obtenir de l’outil officiel : ${askedFor(slot.kinds, slot.alternatives)}.`}
      </p>`
    }
    ${
      slot.evidenceClass === 'human' &&
      pieces.length > 0 &&
      madeByPerson(slot.kinds, slot.alternatives).some((kind) => kind === 'screenshot' || kind === 'video') &&
      html`<p class="small note">${SCREEN_TO_ADD}</p>`
    }
    ${from !== undefined && html`<p class="small note">Cet état vient d’une exécution antérieure (<span class="mono">${from}</span>) : sa pièce n’est pas dans ce dossier.</p>`}
    ${
      pieces.length > 0 &&
      html`<ul class="pieces">
        ${pieces.map((piece) => pieceItem(piece, places))}
      </ul>`
    }
    ${pieces.length === 0 && html`<p class="small quiet">${WITHOUT_PIECE[slot.evidenceClass]} ${whyEmpty(filling, places)}</p>`}
  </li>`;
}

function whyEmpty(filling: readonly ScenarioResult[], places: Places): Html {
  if (filling.length === 0) return html`Aucun scénario joué ne remplit ce numéro.`;
  return html`Joué sans la remplir :
  ${scenarioLinks(
    filling.map(({ id }) => id),
    places,
  )}.`;
}

/** A green scenario is told under the first of its requirements; elsewhere, and when it is red, a line leads to it. */
function playedItem(scenario: ScenarioResult, { requirement }: RequirementView, model: ReportModel): Html {
  const home = scenario.requirements.find((id) => model.places.requirements.has(id));
  if (scenario.verdict === 'conforme' && home === requirement.id) return told(scenario, model, false, 'h5');
  return html`<p class="played">
    ${badge(VERDICTS[scenario.verdict])} ${scenario.name}
    <span class="small quiet">raconté en entier : ${scenarioLinks([scenario.id], model.places)}</span>
  </p>`;
}

function noticedList({ noticed }: RequirementView, places: Places): Html {
  return html`<h4>Vu au passage sur cette exigence</h4>
    <ul class="noticed">
      ${noticed.map(
        ({ finding, scenario }) =>
          html`<li>
            ${badge(SEVERITIES[finding.severity])} <span class="mono">${finding.rule}</span>
            <span class="small quiet"
              >dans ${scenarioLinks([scenario.id], places)} ; voir <a href="#ailleurs">Vu au passage</a></span
            >
          </li>`,
      )}
    </ul>`;
}

/** A requirement that no scenario exercised: one row, every slot named, so that nothing is hidden. */
export function idleRow({ requirement, conformity, noticed }: RequirementView): Html {
  const slots = conformity.flatMap((each) => each.slots);
  return html`<tr id="${requirementAnchor(requirement.id)}">
    <th scope="row" class="nw"><span class="mono">${requirement.id}</span></th>
    <td>
      ${requirement.title || requirement.function || 'sans titre'}<br /><span class="small quiet"
        >${NATURES[requirement.nature]} · profil
        ${requirement.profile || 'non précisé'}${requirement.observable !== undefined && requirement.observable.length > 0 && ` · se voit dans : ${requirement.observable.map((place) => OBSERVABLES[place]).join(', ')}`}</span
      >${noticed.length > 0 && html`<br /><a class="small" href="#ailleurs">${count(noticed.length, 'constat vu au passage', 'constats vus au passage')}</a>`}
    </td>
    <td>
      ${
        slots.length === 0
          ? html`<span class="quiet small">aucune preuve demandée</span>`
          : html`<ul class="idle">
              ${slots.map(idleSlot)}
            </ul>`
      }
    </td>
  </tr>`;
}

function idleSlot({ slot, state, from }: SlotView): Html {
  return html`<li>
    <span class="mono">${slot.id}</span>
    <span class="small"
      >${SLOT_STATES[state].label.toLowerCase()},
      ${CLASS_SOURCES[slot.evidenceClass]}${slot.kinds.length > 0 && ` (${askedFor(slot.kinds, slot.alternatives)})`}${from !== undefined && html`, exécution <span class="mono">${from}</span>`}</span
    >
  </li>`;
}

function paragraphs(text: string): Html {
  return join(
    text
      .split(/\n+/)
      .filter((line) => line.trim() !== '')
      .map((line) => html`<p>${line}</p>`),
    '',
  );
}
