import { shownRunState } from '#tracker/domain/index.ts';
import { html, htmlDocument, type Html } from '../html/index.ts';
import type { ReportInput } from '../types.ts';
import { count } from '../words/index.ts';
import { sectionAnchor } from './anchor.ts';
import { apartPart } from './apart.ts';
import { attention } from './attention.ts';
import { identity } from './identity.ts';
import { legend } from './legend.ts';
import { buildModel } from './model.ts';
import { sectionPart } from './section.ts';
import { STYLE } from './style.ts';
import { summary } from './summary.ts';
import type { ReportModel } from './types.ts';
import { unexpectedPart } from './unexpected.ts';

/**
 * The report of a run as one HTML document (UTF-8): no script, no request, links only to files beside it. The same
 * input gives the same bytes.
 */
export function renderPage(input: ReportInput): string {
  const model = buildModel(input);
  const { run, sections } = model;
  const title = `${run.product.name} ${run.product.version}, ${shownRunState(run.lifecycle, run.verdict).label} · Jalon`;
  return htmlDocument({
    title: title,
    style: STYLE,
    contents: contents(model),
    main: html`
      ${identity(model)} ${summary(model)} ${attention(model)}
      <p class="intro">
        Suit chaque chapitre de la REM. Une exigence se déplie : ce qui est demandé, les pièces avec leur empreinte et
        leur fiche de provenance, puis les scénarios joués, étape par étape.
      </p>
      ${sections.map((section) => sectionPart(section, model))} ${apartPart(model)} ${unexpectedPart(model)} ${legend()}
      <footer class="small quiet">
        Jalon ${run.benchVersion} · exécution <span class="mono">${run.id}</span> · le dossier
        <span class="mono">prive/</span> de cette exécution ne se transmet pas
      </footer>
    `,
  });
}

function contents({ sections, red, toReview, filming, elsewhere, run }: ReportModel): Html {
  return html`<nav aria-label="Sommaire">
    <p class="logo"><i aria-hidden="true"></i> <span>Jalon</span></p>
    <ul>
      <li><a href="#produit">Produit</a></li>
      <li><a href="#resume">Résumé</a></li>
      <li>
        <a href="#rouge">Ce qui ne va pas <span class="num">${red.length}</span></a>
      </li>
      ${
        toReview.length > 0 &&
        html`<li>
          <a href="#regarder">À regarder <span class="num">${toReview.length}</span></a>
        </li>`
      }
      ${
        filming.guided.length + filming.others.length > 0 &&
        html`<li>
          <a href="#filmer"
            >À filmer <span class="num">${count(filming.guided.length + filming.others.length, 'preuve')}</span></a
          >
        </li>`
      }
      ${
        elsewhere.length > 0 &&
        html`<li>
          <a href="#ailleurs">Vu au passage <span class="num">${elsewhere.length}</span></a>
        </li>`
      }
    </ul>
    <ul>
      ${sections.map(
        ({ id, exercised, idle }) =>
          html`<li>
            <a href="#${sectionAnchor(id)}"
              >${id} <span class="num">${exercised.length}/${exercised.length + idle.length}</span></a
            >
          </li>`,
      )}
    </ul>
    <ul>
      <li>
        <a href="#imprevus">Imprévus <span class="num">${run.unexpected.length}</span></a>
      </li>
      <li><a href="#legende">Légende</a></li>
    </ul>
  </nav>`;
}
