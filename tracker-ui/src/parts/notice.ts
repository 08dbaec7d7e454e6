import { html, type TemplateResult } from 'lit';
import type { CallError } from '../call/get.ts';
import type { Loaded } from '../call/loader.ts';

/** Before the first run: what to type. */
export function nothingYet(): TemplateResult {
  return html`<div class="card notice">
    <h1>Rien n’a encore été joué</h1>
    <p>
      Ce dossier de travail n’a aucune exécution. Pour jouer la suite sur le SGL de référence et recueillir les
      premières preuves, tapez dans un terminal :
    </p>
    <pre>npm start</pre>
    <p>Pour votre produit :</p>
    <pre>npm run jalon -- run --sut http:ADRESSE</pre>
    <p class="quiet">Cette page se met à jour quand vous y revenez.</p>
  </div>`;
}

export function failed(error: CallError): TemplateResult {
  if (error.code === 'AUCUNE_CAMPAGNE') return nothingYet();
  return html`<div class="card notice" role="alert">
    <h1>${error.message}</h1>
    <p>${error.remedy}</p>
    <p class="small quiet mono">${error.code}</p>
    <p><a href="/">Revenir au tableau de bord</a></p>
  </div>`;
}

/** The three named states of a view that is being read. */
export function whenReady<View>(state: Loaded<View>, show: (view: View) => TemplateResult): TemplateResult {
  switch (state.status) {
    case 'loading':
      return html`<p class="quiet" role="status">Lecture…</p>`;
    case 'failed':
      return failed(state.error);
    case 'ready':
      return show(state.view);
  }
}

export function unknownPage(path: string): TemplateResult {
  return html`<div class="card notice">
    <h1>Cette page n’existe pas</h1>
    <p>Rien à l’adresse <span class="mono">${path}</span>.</p>
    <p><a href="/">Revenir au tableau de bord</a></p>
  </div>`;
}
