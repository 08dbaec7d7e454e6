import { findSlot } from '#dsr/catalogue/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import type { GuidePatient, GuideStep, ScenarioResult } from '#tracker/types.ts';
import { html, type Html } from '../html/index.ts';
import { askedFor, count, date } from '../words/index.ts';
import { scenarioLinks } from './finding.ts';
import { filmingCount, type UnguidedSlot } from './to-film.ts';
import type { Places, ReportModel } from './types.ts';

type Picture = Extract<GuideStep, { kind: 'prise-de-vue' }>;

/**
 * What a person has to do and to film once the bench is done, scenario by scenario; nothing when nobody is asked for.
 *
 * @param told how a scenario is told in full, where it is told once
 */
export function filmingSection(model: ReportModel, told: (scenario: ScenarioResult) => Html): Html | false {
  const { toFilm, filming } = model;
  const { guided, others } = filming;
  return (
    guided.length + others.length > 0 &&
    html`<section id="filmer" aria-labelledby="t-filmer">
      <h2 id="t-filmer">À filmer <span class="quiet num">${filmingCount(filming)}</span></h2>
      <p class="quiet">
        ${count(guided.length + others.length, 'preuve attend', 'preuves attendent')} une vidéo ou une capture d’écran :
        le banc a joué et jugé ce qui passe par le réseau ou par le pilotage, il ne voit pas l’écran. Chaque scénario
        dit que faire et avec quel patient de test.
      </p>
      <p>
        Les services simulés se sont arrêtés avec l’exécution. Relancez-les pour filmer :
        <span class="mono">npm run jalon -- mocks --data &lt;dossier&gt;</span>, où &lt;dossier&gt; est le dossier de
        données de cette exécution (par défaut <span class="mono">.jalon</span>) : les mêmes patients de test y sont
        servis.
      </p>
      ${toFilm.map(told)} ${unguidedPart(model)}
    </section>`
  );
}

/** Proofs without a shot list, section by section, each scenario told once with all that it shows. */
function unguidedPart({ filming: { others }, run, places }: ReportModel): Html | false {
  return (
    others.length > 0 &&
    html`${Array.from(
      Map.groupBy(others, ({ section }) => section),
      ([section, slots]) =>
        html`<details class="card">
          <summary>
            <h3>
              ${section} : ${count(slots.length, 'autre preuve', 'autres preuves')} à filmer pendant la même séance
            </h3>
          </summary>
          <div class="body">
            ${Array.from(
              Map.groupBy(slots, ({ scenario }) => scenario),
              ([scenario, shown]) => repeatPart(scenario, shown, run.driver, places),
            )}
          </div>
        </details>`,
    )}`
  );
}

function repeatPart(
  { id, steps, patients = [] }: ScenarioResult,
  shown: readonly UnguidedSlot[],
  driver: string,
  places: Places,
): Html {
  const gestures = steps.filter(({ guided }) => guided !== true);
  return html`<div class="guide">
    <ul class="shots">
      ${shown.map(
        ({ slot }) =>
          html`<li>
            <span class="mono id">${slot.id}</span> ${slot.title ?? slot.text}
            <span class="quiet small">(${askedFor(slot.kinds, slot.alternatives)})</span>
          </li>`,
      )}
    </ul>
    <p class="small">Joué par ${scenarioLinks([id], places)}</p>
    ${patientsPart(patients, driver)}
    <details>
      <summary>${count(gestures.length, 'étape à refaire', 'étapes à refaire')} à l’écran</summary>
      <ol class="actions">
        ${gestures.map(({ text }) => html`<li>${text}</li>`)}
      </ol>
    </details>
  </div>`;
}

function patientsPart(patients: readonly GuidePatient[], driver: string): Html | false {
  return (
    patients.length > 0 &&
    html`<p class="label">${patients.length > 1 ? 'Patients de test' : 'Patient de test'}</p>
      <ul>
        ${patients.map((patient) => html`<li>${patientLine(patient, driver)}</li>`)}
      </ul>`
  );
}

/** The shot list of one scenario: patient, gestures, pictures by slot, what was judged already. */
export function guidePart(
  { guide = [], patients = [], steps, rulesHeld = [] }: ScenarioResult,
  { rem, run }: Pick<ReportModel, 'rem' | 'run'>,
): Html | false {
  if (guide.length === 0) return false;
  const actions = guide.flatMap((step) => (step.kind === 'action' ? [step.text] : []));
  const judged = steps.filter((step) => step.guided !== true && step.status === 'passed');
  return html`<div class="guide">
    ${patientsPart(patients, run.driver)}
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

function patientLine(patient: GuidePatient, driver: string): Html {
  const { birthName, firstNames, sex, birthDate, birthPlace, ins, oid, patientId } = patient;
  return html`<strong>${birthName} ${firstNames.join(' ')}</strong>, sexe ${sex}, ${sex === 'F' ? 'née' : 'né'} le
    ${date(birthDate)}, lieu ${birthPlace}, INS <span class="mono">${ins}</span> (OID
    <span class="mono">${oid}</span>)${
      // The bundled product forgets its patients with the run.
      patientId === undefined || driver === 'reference'
        ? ', à enregistrer'
        : html`, n° <span class="mono">${patientId}</span> dans le produit pendant l’exécution`
    }`;
}

function pictures(guide: readonly GuideStep[]): readonly Picture[] {
  return guide.filter((step) => step.kind === 'prise-de-vue');
}
