import { html, type TemplateResult } from 'lit';
import type { QuoteFindingView, QuoteReportView, Severity } from '#tracker/api/index.ts';
import { count } from '../format/format.ts';
import { VERDICTS } from '../words/states.ts';
import { badge } from './badge.ts';
import { finding } from './finding.ts';

const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/** Verdict of a document, then what to correct, worst first, each with the check that asks for it. */
export function quoteReport(
  { verdict, documents, findings, scales, calendar }: QuoteReportView,
  about: string,
): TemplateResult {
  return html`<section aria-labelledby="resultat">
    <h2 id="resultat" tabindex="-1" class="verdict">${about} ${badge(VERDICTS[verdict])}</h2>
    <p role="status">
      ${documents.length > 1 ? `${count(documents.length, 'document')} : ` : ''}${
        findings.length === 0 ? 'Rien à corriger.' : `${count(findings.length, 'point')} à corriger ou à vérifier.`
      }
    </p>
    ${ORDER.flatMap((severity) => findings.filter((one) => one.severity === severity)).map(one)}
    <p class="small quiet">Barème : ${scales}. Calendrier : ${calendar}.</p>
  </section>`;
}

function one(given: QuoteFindingView): TemplateResult {
  const { controls, title } = given;
  // They are no requirements of the REM: no page to go to, their titles follow.
  return finding(
    { ...given, requirements: [] },
    controls.length === 0
      ? html`<p class="small quiet">${title}</p>`
      : html`<p class="small">
          ${controls.map(({ id, title }) => html`<span class="block"><strong>${id}</strong> ${title}</span>`)}
        </p>`,
  );
}
