import type { DueSlot } from '#tracker/domain/index.ts';
import { html, htmlDocument, PLAIN_STYLE, type Html } from '../html/index.ts';
import { CLASS_SOURCES, count, moment, SLOT_STATES } from '../words/index.ts';
import { badge } from './badge.ts';
import { relativeTo } from './piece.ts';
import type { Places } from './places.ts';
import { anchorOf } from './requirement-page.ts';
import type { DossierChapter, DossierInput, DossierRequirement } from './types.ts';

export const INDEX = 'index.html';

/** The first page of a dossier: what it is, whether it is complete, and every requirement in the order of the list. */
export function indexPage(input: DossierInput, places: Places): string {
  const { campaign, rem, chapters, readiness, partial, asOf, benchVersion } = input;
  const { product } = campaign;
  return htmlDocument({
    title: `Dossier de preuves, ${product.name} ${product.version}`,
    style: PLAIN_STYLE,
    contents: html`<nav aria-label="Chapitres">
      <ul>
        ${chapters.map(({ section }) => html`<li><a href="#${chapterAnchor(section)}">${section}</a></li>`)}
        <li><a href="#verifier">Vérifier ce dossier</a></li>
      </ul>
    </nav>`,
    main: html`<h1>Dossier de preuves : ${product.name} ${product.version}</h1>
      ${standing(input)}
      <dl class="card">
        <dt>Liste</dt>
        <dd>REM ${rem.category} ${rem.wave}, « ${rem.source} », SHA-256 <span class="mono">${rem.sha256}</span></dd>
        <dt>Profils déclarés</dt>
        <dd>${campaign.profiles.join(', ')}</dd>
        <dt>Campagne</dt>
        <dd><span class="mono">${campaign.id}</span></dd>
        <dt>État du suivi au</dt>
        <dd>${moment(asOf)}</dd>
        <dt>Liste remplie</dt>
        <dd><a href="${relativeTo(INDEX, places.workbook)}">${places.workbook}</a></dd>
      </dl>
      ${chapterTable(input)} ${partial && lacks(readiness, places)}
      ${chapters.map((chapter) => chapterPart(chapter, places))}
      <section aria-labelledby="verifier">
        <h2 id="verifier">Vérifier ce dossier</h2>
        <p>
          Chaque fichier a son empreinte dans <a href="MANIFESTE.json">MANIFESTE.json</a>, que l’éditeur a signé.
          <a href="VERIFIER.txt">VERIFIER.txt</a> donne les commandes à taper, sans installer Jalon. L’origine de chaque
          pièce est aussi dans <a href="PROVENANCE.json">PROVENANCE.json</a>, pour les programmes.
        </p>
      </section>
      <footer class="small quiet">
        Écrit par Jalon ${benchVersion}. Un verdict du banc ne vaut pas acceptation : elle appartient à l’ANS.
      </footer>`,
  });
}

function standing({ readiness, partial, sections }: DossierInput): Html {
  const { ready, total } = readiness;
  const scope = sections === undefined ? '' : ` des chapitres ${sections.join(', ')}`;
  if (!partial) {
    return html`<p class="band done">
      <strong>Complet${scope} :</strong> ${count(total, 'preuve due', 'preuves dues')}, toutes présentes.
    </p>`;
  }
  return html`<p class="band">
    <strong>Partiel${scope} :</strong> ${count(ready.length, 'preuve prête', 'preuves prêtes')} sur ${total}. Ce dossier
    ne peut pas être déposé tel quel ; ce qui manque est dit plus bas.
  </p>`;
}

/** Where each chapter stands: they are deposited one by one. */
function chapterTable({ chapters, readiness }: DossierInput): Html {
  const { ready, missing, stale, rehearsalOnly, toReview } = readiness;
  const lacking = [...missing, ...stale, ...rehearsalOnly, ...toReview];
  return html`<h2 id="chapitres">Chapitres</h2>
    <div class="scroll" role="region" aria-labelledby="chapitres" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Chapitre</th>
            <th scope="col" class="r">Preuves prêtes</th>
            <th scope="col">Il reste</th>
          </tr>
        </thead>
        <tbody>
          ${chapters.map(({ section, title }) => {
            const done = ready.filter((slot) => slot.section === section).length;
            const left = lacking.filter((slot) => slot.section === section).length;
            return html`<tr>
              <th scope="row"><a href="#${chapterAnchor(section)}">${section}</a> ${title}</th>
              <td class="r">${done} / ${done + left}</td>
              <td>
                ${left > 0 ? count(left, 'preuve') : done > 0 ? badge(DONE) : html`<span class="quiet">aucune preuve due</span>`}
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
}

const DONE = { tone: 'ok', sign: '✓', label: 'Complet' } as const;

const LACKS = [
  ['missing', 'Manquantes'],
  ['stale', 'Périmées'],
  ['rehearsalOnly', 'Seulement rejouées'],
  ['toReview', 'À revoir'],
] as const;

function lacks(readiness: DossierInput['readiness'], places: Places): Html {
  return html`<section aria-labelledby="manque">
    <h2 id="manque">Ce qui manque</h2>
    ${LACKS.map(
      ([list, title]) =>
        readiness[list].length > 0 &&
        html`<h3>${title} (${readiness[list].length})</h3>
          <ul class="card list">
            ${readiness[list].map((slot) => lackItem(slot, places))}
          </ul>`,
    )}
  </section>`;
}

function lackItem(
  { slot, requirement, section, title, evidenceClass, reason, condition }: DueSlot,
  places: Places,
): Html {
  const page = relativeTo(INDEX, places.pageOf(section, requirement));
  return html`<li>
    <a href="${page}#${anchorOf(slot)}"><span class="mono">${slot}</span></a> ${title}
    <span class="quiet small"
      >${CLASS_SOURCES[evidenceClass]}${condition !== undefined && ` ; due seulement dans ce cas : ${condition}`}</span
    >
    ${reason !== '' && html`<span class="small">${reason}</span>`}
  </li>`;
}

function chapterPart(chapter: DossierChapter, places: Places): Html {
  const { section, title, requirements, leftOut } = chapter;
  return html`<section aria-labelledby="${chapterAnchor(section)}">
    <h2 id="${chapterAnchor(section)}">${section} · ${title}</h2>
    <div class="scroll" role="region" aria-label="Exigences du chapitre ${section}" tabindex="0">
      <table>
        <caption>
          ${count(requirements.length, 'exigence')} du chapitre ${section}
        </caption>
        <thead>
          <tr>
            <th scope="col">Exigence</th>
            <th scope="col">Preuve</th>
            <th scope="col">État</th>
            <th scope="col" class="r">Pièces</th>
          </tr>
        </thead>
        <tbody>
          ${requirements.map((one) => requirementRows(one, section, places))}
        </tbody>
      </table>
    </div>
    ${
      leftOut.length > 0 &&
      html`<h3>Ne s’appliquent pas</h3>
        <ul class="card list">
          ${leftOut.map(({ requirement, sentence }) => html`<li><span class="mono">${requirement.id}</span> ${sentence}</li>`)}
        </ul>`
    }
  </section>`;
}

function requirementRows(
  { requirement, conformity }: DossierRequirement,
  section: string,
  places: Places,
): readonly Html[] {
  const page = relativeTo(INDEX, places.pageOf(section, requirement.id));
  const slots = conformity.flatMap((each) => each.slots);
  const head = html`<th scope="rowgroup" rowspan="${Math.max(slots.length, 1)}">
    <a href="${page}"><span class="mono">${requirement.id}</span></a
    ><br />${requirement.title || requirement.function}
  </th>`;
  if (slots.length === 0)
    return [
      html`<tr>
        ${head}
        <td colspan="3" class="quiet">aucune preuve demandée</td>
      </tr>`,
    ];
  return slots.map(
    ({ slot, status, pieces, references }, rank) =>
      html`<tr>
        ${rank === 0 && head}
        <td>
          <a href="${page}#${anchorOf(slot.id)}"><span class="mono">${slot.id}</span></a>
        </td>
        <td>${badge(SLOT_STATES[status.state])}</td>
        <td class="r">${pieces.length + references.length}</td>
      </tr>`,
  );
}

function chapterAnchor(section: string): string {
  return `chapitre-${section.replaceAll(/[^A-Za-z0-9.-]/gu, '_')}`;
}
