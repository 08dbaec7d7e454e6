import { html, htmlDocument, join, PLAIN_STYLE, type Html } from '../html/index.ts';
import { askedFor, CLASSES, moment, NATURES, SLOT_STATES } from '../words/index.ts';
import { badge } from './badge.ts';
import { pieceItems, relativeTo } from './piece.ts';
import type { Places } from './places.ts';
import type { DossierChapter, DossierInput, DossierRequirement, DossierSlot } from './types.ts';

/** The page of a requirement: what is asked, what shows it, proof by proof. */
export function requirementPage(
  input: DossierInput,
  chapter: DossierChapter,
  rank: number,
  places: Places,
): { readonly path: string; readonly text: string } {
  const view = chapter.requirements[rank];
  if (view === undefined) throw new RangeError(`aucune exigence de rang ${rank} dans ${chapter.section}`);
  const { requirement, documents, carriedBy } = view;
  const path = places.pageOf(chapter.section, requirement.id);
  const name = requirement.title || requirement.function || requirement.id;
  const text = htmlDocument({
    title: `${requirement.id}, ${input.campaign.product.name} ${input.campaign.product.version}`,
    style: PLAIN_STYLE,
    contents: navigation(chapter, rank, places, path),
    main: html`<h1><span class="mono">${requirement.id}</span> ${name}</h1>
      <dl class="card">
        <dt>Chapitre</dt>
        <dd>${chapter.title} (<span class="mono">${chapter.section}</span>)</dd>
        <dt>Nature</dt>
        <dd>${NATURES[requirement.nature]}, profil ${requirement.profile || 'Général'}</dd>
        ${
          documents.length > 0 &&
          html`<dt>Référentiels</dt>
            <dd>${documents.join(' · ')}</dd>`
        }
        ${
          carriedBy !== undefined &&
          html`<dt>Portée par</dt>
            <dd>${carriedBy}</dd>`
        }
      </dl>
      ${
        requirement.statement !== '' &&
        html`<h2>Énoncé</h2>
          <blockquote>${paragraphs(requirement.statement)}</blockquote>`
      }
      <h2>Preuves</h2>
      ${view.conformity.length === 0 && html`<p class="quiet">La liste ne demande aucune preuve.</p>`}
      ${conformityParts(view, places, path)}`,
  });
  return { path, text };
}

function navigation(chapter: DossierChapter, rank: number, places: Places, from: string): Html {
  const link = (other: DossierRequirement | undefined, word: string): Html | false =>
    other !== undefined &&
    html`<li>
      <a href="${relativeTo(from, places.pageOf(chapter.section, other.requirement.id))}"
        >${word} : ${other.requirement.id}</a
      >
    </li>`;
  return html`<nav aria-label="Dossier">
    <ul>
      <li><a href="${relativeTo(from, 'index.html')}">Sommaire du dossier</a></li>
      ${link(chapter.requirements[rank - 1], 'Précédente')} ${link(chapter.requirements[rank + 1], 'Suivante')}
    </ul>
  </nav>`;
}

function conformityParts({ conformity }: DossierRequirement, places: Places, from: string): readonly Html[] {
  return conformity.map(
    ({ scenario, slots }) =>
      html`<h3>Scénario <span class="mono">${scenario.id}</span></h3>
        ${scenario.text !== '' ? html`<blockquote>${paragraphs(scenario.text)}</blockquote>` : html`<p>${scenario.title}</p>`}
        ${slots.map((slot) => slotPart(slot, places, from))}`,
  );
}

function slotPart(view: DossierSlot, places: Places, from: string): Html {
  const { slot, status, references } = view;
  const files = places.filesOf(view);
  return html`<section aria-labelledby="${anchorOf(slot.id)}">
    <h4 id="${anchorOf(slot.id)}">
      Preuve <span class="mono">${slot.id}</span> ${badge(SLOT_STATES[status.state])}
      ${badge(CLASSES[slot.evidenceClass])}
    </h4>
    <p>
      ${slot.text || slot.title}
      ${slot.kinds.length > 0 && html`<span class="quiet small">(${askedFor(slot.kinds, slot.alternatives)})</span>`}
    </p>
    ${slot.condition !== undefined && html`<p class="small quiet">Due seulement dans ce cas : ${slot.condition}.</p>`}
    ${status.reason !== undefined && html`<p class="small">${status.reason}</p>`}
    ${slot.evidenceClass === 'rehearsal' && references.length === 0 && html`<p class="small quiet">${CLASSES.rehearsal.meaning}</p>`}
    ${
      references.length > 0 &&
      html`<ul>
        ${references.map(
          ({ title, value, author, at }) =>
            html`<li class="card">
              <p>${title} : <span class="mono">${value}</span></p>
              <p class="small quiet">entré par ${author}, le ${moment(at)}</p>
            </li>`,
        )}
      </ul>`
    }
    ${
      files.length > 0 &&
      html`<ul>
        ${pieceItems(files, from)}
      </ul>`
    }
    ${files.length === 0 && references.length === 0 && html`<p class="quiet">Aucune pièce.</p>`}
  </section>`;
}

/** Place of a slot in the page of its requirement. */
export function anchorOf(slot: string): string {
  return `preuve-${slot.replaceAll(/[^A-Za-z0-9.-]/gu, '_')}`;
}

function paragraphs(text: string): Html {
  return join(
    text
      .split(/\n+/u)
      .filter((line) => line.trim() !== '')
      .map((line) => html`<p>${line}</p>`),
    '',
  );
}
