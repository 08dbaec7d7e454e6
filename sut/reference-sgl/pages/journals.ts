import { html } from 'hono/html';
import type { InsiIdentity } from '../identity/index.ts';
import { choice, dateTime, form, table } from './layout.ts';
import type { Html, PageContent, PageContext } from './view.ts';
import { AUTHENTICATION, frenchDate, HL7_STATE, MODE, STATUS, TASK, TRACE } from './words.ts';

const MAX_LINES = 500;

/** Every call of INSi: who, how, what came back (rules 4, 37, 39 and 48). */
export function insiJournalPage({ lab }: PageContext): PageContent {
  return {
    title: 'Journal INSi',
    main: table(
      'Appels du téléservice INSi',
      [
        'Date',
        'Utilisateur',
        'Patient',
        'Modalité',
        'Authentification',
        'Opération',
        'Retour',
        'Libellé',
        'Données renvoyées',
      ],
      lab.insiJournal
        .list()
        .toReversed()
        .slice(0, MAX_LINES)
        .map((call) => [
          dateTime(call.at),
          call.user,
          call.patientId,
          MODE[call.mode],
          AUTHENTICATION[call.authentication],
          call.operation,
          call.returned,
          call.message,
          call.identity ? returned(call.identity) : '',
        ]),
    ),
  };
}

/** All that a return 00 brought (rule 39). */
function returned(identity: InsiIdentity): Html {
  const { ins, history, birthName, firstName, firstNameList, sex, birthDate, birthPlace } = identity;
  const rows: [string, string | undefined][] = [
    ['Matricule INS', ins.matricule],
    ['OID', ins.oid],
    ['Nom de naissance', birthName],
    ['1er prénom', firstName],
    ['Prénoms', firstNameList],
    ['Sexe', sex],
    ['Date de naissance', birthDate === undefined ? undefined : frenchDate(birthDate)],
    ['Lieu de naissance', birthPlace],
    ...history.map((old): [string, string] => ['Historique', `${old.matricule} (${old.oid})`]),
  ];
  return html`${rows.map(([label, value]) => html`<span class="ligne">${label} : ${value || '(vide)'}</span>`)}`;
}

/** Who touched which identity (rules 4, 16, 21 and 31), for one patient or for all. */
export function identityJournalPage({ lab, http }: PageContext): PageContent {
  const chosen = http.req.query('patient') ?? '';
  const patients = lab.patients.list();
  const shown = patients.filter(({ id }) => chosen === '' || id === chosen).slice(-200);
  const lines = shown
    .flatMap(({ id, localId }) => lab.traces.of(id).map((trace) => ({ ...trace, localId })))
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, MAX_LINES);
  return {
    title: 'Traces des identités',
    main: html`<form method="get" action="/journal-identites">
        ${choice(
          'patient',
          'Patient',
          [['', 'Tous'], ...patients.map(({ id, localId, traits }) => [id, `${localId} ${traits.birthName}`] as const)],
          { chosen },
        )}
        <button type="submit">Afficher</button>
      </form>
      ${table(
        'Accès, modifications, changements de statut et transmissions',
        ['Date', 'Utilisateur', 'Patient', 'Action', 'Détail', 'Statut avant', 'Statut après', 'Partenaire'],
        lines.map((trace) => [
          dateTime(trace.at),
          trace.user,
          html`<a href="/patients/${trace.patientId}">${trace.localId}</a>`,
          TRACE[trace.kind],
          trace.detail,
          trace.from ? STATUS[trace.from] : '',
          trace.to ? STATUS[trace.to] : '',
          trace.partner ?? '',
        ]),
      )}`,
  };
}

/** Messages to and from other systems, with their acknowledgements. */
export function hl7JournalPage(page: PageContext): PageContent {
  const { hl7 } = page.lab;
  const waits = (state: string): boolean => state === 'en-attente' || state === 'refuse';
  return {
    title: 'Échanges HL7',
    main: html`${table(
      'Messages envoyés',
      [
        'Date',
        'Message',
        'Identifiant',
        'Patient',
        'Utilisateur',
        'Partenaire',
        'INS transmis',
        'État',
        'Détail',
        'Relancer',
      ],
      hl7
        .sent()
        .toReversed()
        .slice(0, MAX_LINES)
        .map((message) => [
          dateTime(message.at),
          message.type,
          message.controlId,
          html`<a href="/patients/${message.patientId}">${message.patientId}</a>`,
          message.user,
          message.partner,
          message.carriesIns ? 'Oui' : 'Non',
          HL7_STATE[message.state],
          message.detail,
          waits(message.state) ? form(page, `/journal-hl7/${message.controlId}/relancer`, 'Relancer') : '',
        ]),
    )}
    ${table(
      'Messages reçus',
      ['Date', 'Message', 'Identifiant', 'Émetteur', 'Acquittement', 'Suite donnée', 'Patient'],
      hl7
        .received()
        .toReversed()
        .slice(0, MAX_LINES)
        .map(({ at, type, controlId, sender, ack, detail, again, patientId }) => [
          dateTime(at),
          type,
          controlId,
          sender,
          ack,
          again ? `Déjà reçu : rien de plus. ${detail}` : detail,
          patientId === undefined ? '' : html`<a href="/patients/${patientId}">${patientId}</a>`,
        ]),
    )}`,
  };
}

/** What waits for a person (rules 49, 51 and 55). */
export function worklistPage({ lab }: PageContext): PageContent {
  return {
    title: 'Liste de travail',
    main: table(
      'À traiter',
      ['Depuis', 'Nature', 'Motif', 'Patient', 'Message'],
      lab.worklist
        .list()
        .toReversed()
        .slice(0, MAX_LINES)
        .map(({ at, kind, reason, patientId, messageId }) => [
          dateTime(at),
          TASK[kind],
          reason,
          patientId === undefined ? '' : html`<a href="/patients/${patientId}">${patientId}</a>`,
          messageId ?? '',
        ]),
    ),
  };
}
