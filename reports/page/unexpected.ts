import { html, type Html } from '../html/index.ts';
import { moment } from '../words/index.ts';
import type { ReportModel } from './types.ts';

/** Operations that no scenario expected, or that could not be attributed: shown, never dropped. */
export function unexpectedPart({ run }: ReportModel): Html {
  return html`<section id="imprevus" aria-labelledby="t-imprevus">
    <h2 id="t-imprevus">Opérations imprévues <span class="quiet num">${run.unexpected.length}</span></h2>
    ${
      run.unexpected.length === 0
        ? html`<p class="card">Tout ce que le produit a envoyé a été reconnu.</p>`
        : html`<p class="quiet">
              Le produit les a envoyées ; aucun service simulé ne les a reconnues, ou rien ne les rattache à un
              scénario.
            </p>
            <div class="scroll" role="region" aria-label="Opérations imprévues" tabindex="0">
              <table>
                <caption>
                  Dans l’ordre d’arrivée (heure de Paris)
                </caption>
                <thead>
                  <tr>
                    <th scope="col">Quand</th>
                    <th scope="col">Service</th>
                    <th scope="col">Opération</th>
                    <th scope="col">Ce que le banc a fait</th>
                  </tr>
                </thead>
                <tbody>
                  ${run.unexpected.map(
                    ({ at, service, operation, outcome }) =>
                      html`<tr>
                        <td class="nw num">${moment(at)}</td>
                        <td>${service}</td>
                        <td class="mono">${operation}</td>
                        <td>${outcome}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
    }
  </section>`;
}
