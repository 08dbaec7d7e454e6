import { findSlot } from '#dsr/catalogue/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import type { GuidePatient, GuideStep, ScenarioResult } from '#tracker/types.ts';
import { html, type Html } from '../html/index.ts';
import { count, date } from '../words/index.ts';
import type { ReportModel } from './types.ts';

type Picture = Extract<GuideStep, { kind: 'prise-de-vue' }>;

/**
 * What a person has to do and to film once the bench is done, scenario by scenario; nothing when nobody is asked for.
 *
 * @param told how a scenario is told in full, where it is told once
 */
export function filmingSection({ toFilm }: ReportModel, told: (scenario: ScenarioResult) => Html): Html | false {
  const slots = new Set(toFilm.flatMap(({ guide = [] }) => pictures(guide).map(({ slot }) => slot)));
  return (
    toFilm.length > 0 &&
    html`<section id="filmer" aria-labelledby="t-filmer">
      <h2 id="t-filmer">À filmer <span class="quiet num">${toFilm.length}</span></h2>
      <p class="quiet">
        ${count(slots.size, 'preuve attend', 'preuves attendent')} une vidéo ou une capture d’écran : le banc a joué et
        jugé ce qui passe par le réseau ou par le pilotage, il ne voit pas l’écran. Chaque scénario dit que faire, avec
        quel patient de test, et ce que l’image doit montrer.
      </p>
      ${toFilm.map(told)}
    </section>`
  );
}

/** The shot list of one scenario: patient, gestures, pictures by slot, what was judged already. */
export function guidePart(
  { guide = [], patients = [], steps, rulesHeld = [] }: ScenarioResult,
  rem: Rem,
): Html | false {
  if (guide.length === 0) return false;
  const actions = guide.flatMap((step) => (step.kind === 'action' ? [step.text] : []));
  const judged = steps.filter((step) => step.guided !== true && step.status === 'passed');
  return html`<div class="guide">
    ${
      patients.length > 0 &&
      html`<p class="label">${patients.length > 1 ? 'Patients de test' : 'Patient de test'}</p>
        <ul>
          ${patients.map((patient) => html`<li>${patientLine(patient)}</li>`)}
        </ul>`
    }
    ${
      actions.length > 0 &&
      html`<p class="label">À faire dans le produit</p>
        <ol class="actions">
          ${actions.map((text) => html`<li>${text}</li>`)}
        </ol>`
    }
    ${Array.from(
      Map.groupBy(pictures(guide), ({ slot }) => slot),
      ([slot, shots]) => slotPart(slot, shots, rem),
    )}
    <p class="label">Déjà jugé par le banc</p>
    ${
      judged.length === 0
        ? html`<p class="small quiet">Rien : tout se voit à l’écran seulement.</p>`
        : html`<ul class="small">
            ${judged.map(({ text }) => html`<li>${text}</li>`)}
            ${rulesHeld.length > 0 && html`<li>${count(rulesHeld.length, 'règle appliquée sans constat', 'règles appliquées sans constat')}</li>`}
          </ul>`
    }
  </div>`;
}

function slotPart(slot: string, shots: readonly Picture[], rem: Rem): Html {
  const title = findSlot(rem, slot)?.slot.title;
  return html`<p class="label">
      L’image pour <span class="mono id">${slot}</span>${title !== undefined && html` <span>(${title})</span>`} montre
    </p>
    <ul class="shots">
      ${shots.flatMap((picture) => picture.shots).map((shot) => html`<li>${shot}</li>`)}
    </ul>`;
}

function patientLine({ birthName, firstNames, sex, birthDate, birthPlace, ins, oid, patientId }: GuidePatient): Html {
  return html`<strong>${birthName} ${firstNames.join(' ')}</strong>, sexe ${sex}, ${sex === 'F' ? 'née' : 'né'} le
    ${date(birthDate)}, lieu ${birthPlace}, INS <span class="mono">${ins}</span> (OID
    <span class="mono">${oid}</span>)${
      patientId === undefined ? ', à enregistrer' : html`, n° <span class="mono">${patientId}</span> dans le produit`
    }`;
}

function pictures(guide: readonly GuideStep[]): readonly Picture[] {
  return guide.filter((step) => step.kind === 'prise-de-vue');
}
