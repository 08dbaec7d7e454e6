import { html } from 'hono/html';
import type { Mailbox } from '../directory/index.ts';
import { displayName } from '../accounts/index.ts';
import { dateTime, field, form, table } from './layout.ts';
import type { PageContext, PageContent } from './view.ts';
import { PROFILE, STATE } from './words.ts';

export function homePage(page: PageContext): PageContent {
  const { lab } = page;
  const lines = lab.outbox.list();
  const count = (state: keyof typeof STATE): number => lines.filter((line) => line.state === state).length;
  return {
    title: 'Accueil',
    main: html`<p>Laboratoire ${lab.config.laboratory.name}, FINESS ${lab.config.laboratory.finess}.</p>
      <dl>
        <dt>Patients</dt>
        <dd>${lab.patients.list().length}</dd>
        <dt>Liste de travail</dt>
        <dd>${lab.worklist.list().length}</dd>
        <dt>Comptes rendus validés</dt>
        <dd>${lab.reports.list().length}</dd>
        ${(['transmis', 'en-attente', 'refuse', 'bloque'] as const).map(
          (state) =>
            html`<dt>Envois : ${STATE[state].toLowerCase()}</dt>
              <dd>${count(state)}</dd>`,
        )}
      </dl>`,
  };
}

export function directoryPage(page: PageContext, found?: readonly Mailbox[]): PageContent {
  const { directory } = page.lab;
  const last = directory.lastImport;
  return {
    title: 'Annuaire',
    main: html`<section aria-labelledby="import">
        <h2 id="import">Extraction publique</h2>
        <p>${directory.correspondents.size} correspondants connus.</p>
        <p>Prochain chargement automatique : ${dateTime(page.lab.directorySchedule.nextImport)}.</p>
        ${last ? html`<p class="avis">Dernier import, ${dateTime(last.at)} : ${last.report}</p>` : ''}
        ${form(page, '/annuaire/import', "Importer l'extraction")}
      </section>
      <section aria-labelledby="boites">
        <h2 id="boites">Chercher une boîte MSSanté</h2>
        <form method="get" action="/annuaire">
          ${field('rpps', 'Numéro RPPS', { max: 12, pattern: String.raw`8?\d{11}` })} ${field('nom', 'Nom')}
          <button type="submit">Chercher</button>
        </form>
        ${
          found
            ? table(
                'Boîtes trouvées',
                ['Adresse', 'Type', 'Titulaire'],
                found.map((mailbox) => [mailbox.address, mailbox.kind, mailbox.owner]),
              )
            : ''
        }
      </section>`,
  };
}

export function accountPage(page: PageContext): PageContent {
  const { account, means, since, profile } = page.session;
  return {
    title: 'Connexion',
    main: html`<p>
        ${displayName(account)} (${account.nationalId}), connecté depuis le ${dateTime(since)} par
        ${means === 'psc' ? 'Pro Santé Connect' : 'le poste local'}, profil ${PROFILE[profile]}.
      </p>
      ${form(page, '/deconnexion', 'Se déconnecter')}`,
  };
}
