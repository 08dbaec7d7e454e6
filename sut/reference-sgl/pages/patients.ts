import { html } from 'hono/html';
import type { Patient } from '../model/index.ts';
import { choice, dateTime, field, form, table } from './layout.ts';
import type { Html, PageContext, PageContent } from './view.ts';
import { DOCUMENT, STATUS, TRACE } from './words.ts';

/** List, search by birth date and start of name (rule 17), and the form of a new identity. */
export function patientsPage(page: PageContext, query: URLSearchParams): PageContent {
  const [birthDate, nameStart, matricule] = ['naissance', 'nom', 'matricule'].map((name) => query.get(name)?.trim());
  const found = page.lab.patients.search({
    ...(birthDate && { birthDate }),
    ...(nameStart && { nameStart }),
    ...(matricule && { matricule }),
  });
  return {
    title: 'Patients',
    main: html`<section aria-labelledby="chercher">
        <h2 id="chercher">Chercher</h2>
        <form method="get" action="/patients">
          ${field('naissance', 'Date de naissance', { value: birthDate ?? '', hint: 'AAAA-MM-JJ' })}
          ${field('nom', 'Début du nom de naissance', { value: nameStart ?? '' })}
          ${field('matricule', 'Matricule INS', { value: matricule ?? '' })}
          <button type="submit">Chercher</button>
        </form>
        ${table(
          'Patients',
          ['IPP', 'Nom de naissance', 'Prénoms', 'Naissance', 'Statut'],
          found.map((patient) => [
            html`<a href="/patients/${patient.id}">${patient.localId}</a>`,
            patient.traits.birthName,
            patient.traits.firstNames.join(' '),
            patient.traits.birthDate,
            STATUS[patient.status],
          ]),
        )}
      </section>
      <section aria-labelledby="creer">
        <h2 id="creer">Créer une identité</h2>
        ${form(page, '/patients', 'Créer', traitFields())}
      </section>`,
  };
}

function traitFields(): Html {
  return html`${field('birthName', 'Nom de naissance', { required: true })}
  ${field('firstNames', 'Prénoms de naissance', { required: true, hint: "Dans l'ordre, séparés par des virgules" })}
  ${choice('sex', 'Sexe', [
    ['F', 'Féminin'],
    ['M', 'Masculin'],
  ])}
  ${field('birthDate', 'Date de naissance', {
    required: true,
    pattern: String.raw`\d{4}-\d{2}-\d{2}`,
    hint: 'AAAA-MM-JJ',
  })}
  ${field('birthPlace', 'Lieu de naissance', { pattern: '[0-9A-Za-z]{5}', hint: 'Code officiel géographique', max: 5 })}
  ${field('usedName', 'Nom utilisé')}`;
}

/** One patient: traits, status, INS, the two actions on the identity, and its journal. */
export function patientPage(page: PageContext, patient: Patient): PageContent {
  const { lab, session } = page;
  const { traits } = patient;
  const at = lab.now();
  const user = session.account.nationalId;
  lab.traces.add({ at, user, patientId: patient.id, kind: 'consultation', detail: 'affichage de la fiche' });
  const locked = patient.ins !== undefined;
  const webPs = lab.config.dmp.webPs.replace(/\/$/, '');
  return {
    title: `Patient ${patient.localId}`,
    main: html`<dl>
        <dt>Statut</dt>
        <dd>${STATUS[patient.status]}</dd>
        <dt>Matricule INS</dt>
        <dd>${patient.ins ? `${patient.ins.matricule} (OID ${patient.ins.oid})` : 'Aucun'}</dd>
        <dt>Nom de naissance</dt>
        <dd>${traits.birthName}</dd>
        <dt>Prénoms de naissance</dt>
        <dd>${traits.firstNames.join(' ')}</dd>
        <dt>Sexe</dt>
        <dd>${traits.sex}</dd>
        <dt>Date de naissance</dt>
        <dd>${traits.birthDate}</dd>
        <dt>Lieu de naissance</dt>
        <dd>${traits.birthPlace ?? 'Non renseigné'}</dd>
        <dt>Nom utilisé</dt>
        <dd>${traits.usedName ?? 'Non renseigné'}</dd>
        <dt>Pièce présentée</dt>
        <dd>${DOCUMENT[patient.document]}</dd>
      </dl>
      ${locked ? html`<p class="aide">Traits stricts verrouillés : ils viennent d'INSi.</p>` : ''}
      <section aria-labelledby="agir">
        <h2 id="agir">Identité</h2>
        ${form(page, `/patients/${patient.id}/recherche-ins`, "Rechercher l'INS")}
        ${form(
          page,
          `/patients/${patient.id}/piece`,
          "Valider l'identité",
          choice('document', 'Pièce présentée', Object.entries(DOCUMENT)),
        )}
        ${
          patient.status === 'qualifiee' && patient.ins
            ? html`<p>
                <a
                  href="${webPs}/AccesDirect/TableauDeBord/${patient.ins.matricule}"
                  target="_blank"
                  rel="noopener noreferrer"
                  referrerpolicy="no-referrer"
                  >Ouvrir le DMP du patient (nouvel onglet)</a
                >
              </p>`
            : html`<p class="aide">Le DMP s'ouvre d'ici quand l'identité est qualifiée.</p>`
        }
      </section>
      ${table(
        'Historique INS',
        ['Matricule', 'OID'],
        patient.insHistory.map((ins) => [ins.matricule, ins.oid]),
      )}
      ${table(
        'Journal du patient',
        ['Date', 'Utilisateur', 'Action', 'Détail'],
        lab.traces
          .of(patient.id)
          .toReversed()
          .slice(0, 200)
          .map((trace) => [dateTime(trace.at), trace.user, TRACE[trace.kind], trace.detail]),
      )}`,
  };
}
