import { html } from 'hono/html';
import type { ValidatedReport } from '../validation/index.ts';
import { choice, dateTime, field, form, table } from './layout.ts';
import type { PageContext, PageContent } from './view.ts';
import { CHANNEL, DOCUMENT_KIND, REQUEST_STATE, STATE } from './words.ts';

const RESULT_ROWS = [1, 2, 3];

/** Requests, and the form that enters results and validates them. */
export function requestsPage(page: PageContext): PageContent {
  const { lab } = page;
  const patients = lab.patients
    .list()
    .map((patient) => [patient.id, `${patient.traits.birthName} ${patient.traits.firstNames[0]} (${patient.localId})`]);
  return {
    title: 'Demandes',
    main: html`${table(
        'Demandes',
        ['Demande', 'Patient', 'Reçue le', 'Résultats', 'État'],
        lab.requests
          .list()
          .toReversed()
          .map((request) => [
            request.id,
            lab.patients.get(request.patientId).localId,
            dateTime(request.receivedAt),
            request.results.map((result) => `${result.label} : ${result.value} ${result.unit}`).join(' ; '),
            REQUEST_STATE[request.state],
          ]),
      )}
      <section aria-labelledby="saisir">
        <h2 id="saisir">Saisir des résultats et valider</h2>
        ${
          patients.length === 0
            ? html`<p>Créez d'abord un patient.</p>`
            : form(
                page,
                '/demandes',
                'Valider le compte rendu',
                html`${choice('patientId', 'Patient', patients as [string, string][])}
                  ${field('title', 'Titre du compte rendu', { required: true, value: "CR d'examens biologiques" })}
                  ${RESULT_ROWS.map(
                    (row) =>
                      html`<fieldset>
                        <legend>Analyse ${row}</legend>
                        ${field(`code-${row}`, 'Code LOINC', { required: row === 1 })}
                        ${field(`label-${row}`, 'Libellé', { required: row === 1 })}
                        ${field(`value-${row}`, 'Valeur', { required: row === 1 })}
                        ${field(`unit-${row}`, 'Unité UCUM', { required: row === 1 })}
                        ${field(`low-${row}`, 'Borne basse')} ${field(`high-${row}`, 'Borne haute')}
                      </fieldset>`,
                  )}
                  ${field('professionals', 'Adresses MSSanté des professionnels', { hint: 'Séparées par des virgules', max: 2000 })}
                  <p class="champ">
                    <label><input type="checkbox" name="patient" value="oui" checked /> Envoyer au patient</label>
                    <label><input type="checkbox" name="dmp" value="oui" checked /> Envoyer au DMP</label>
                  </p>`,
              )
        }
      </section>`,
  };
}

export function reportsPage(page: PageContext): PageContent {
  return {
    title: 'Comptes rendus',
    main: table(
      'Comptes rendus validés',
      ['Compte rendu', 'Patient', 'Titre', 'Validé le', 'Biologiste', 'Documents'],
      page.lab.reports
        .list()
        .toReversed()
        .map(({ report }) => [
          html`<a href="/comptes-rendus/${report.id}">${report.id}</a>`,
          report.patient.localId,
          report.title,
          dateTime(report.validatedAt),
          `${report.biologist.firstName} ${report.biologist.lastName}`,
          html`${(['cda-n3', 'cda-n3-auto', 'cda-n1', 'pdf'] as const).map(
            (kind) => html`<a href="/comptes-rendus/${report.id}/${kind}">${DOCUMENT_KIND[kind]}</a> `,
          )}`,
        ]),
    ),
  };
}

export function reportPage(page: PageContext, { report }: ValidatedReport): PageContent {
  return {
    title: `Compte rendu ${report.id}`,
    main: html`${table(
      'Résultats',
      ['Analyse', 'Valeur', 'Unité', 'Intervalle'],
      report.results.map((result) => [
        result.label,
        String(result.value),
        result.unit,
        `${result.low ?? '…'} – ${result.high ?? '…'}`,
      ]),
    )}
    ${form(
      page,
      `/comptes-rendus/${report.id}/envoi`,
      'Envoyer par MSSanté',
      html`${field('professionals', 'Adresses MSSanté des professionnels', { hint: 'Séparées par des virgules', max: 2000 })}
        <p class="champ">
          <label><input type="checkbox" name="patient" value="oui" /> Envoyer au patient</label>
        </p>`,
    )}
    ${transmissions(page, report.id)}`,
  };
}

/** The outbox, whole or for one report. */
export function outboxPage(page: PageContext): PageContent {
  return { title: "Boîte d'envoi", main: transmissions(page) };
}

function transmissions(page: PageContext, reportId?: string) {
  return table(
    'Envois',
    ['Compte rendu', 'Canal', 'Destinataire', 'État', 'Détail', 'Références', 'Le', 'Relancer'],
    [...page.lab.outbox.list(reportId), ...page.lab.hospital.list(reportId)]
      .toReversed()
      .toSorted((one, other) => other.at.getTime() - one.at.getTime())
      .map((line) => [
        html`<a href="/comptes-rendus/${line.reportId}">${line.reportId}</a>`,
        CHANNEL[line.channel],
        line.recipient,
        STATE[line.state],
        line.detail,
        line.references.join(', '),
        dateTime(line.at),
        'id' in line && line.state === 'en-attente' ? form(page, `/envois/${line.id}/relancer`, 'Relancer') : '',
      ]),
  );
}
