import { html } from 'hono/html';
import { offsetTime } from '../documents/index.ts';
import { type Mail, shownMails } from '../mailbox/index.ts';
import type { Patient } from '../model/index.ts';
import { boxes, choice, dateTime, field, form, table } from './layout.ts';
import type { Html, PageContent, PageContext } from './view.ts';
import { DOCUMENT_STATE, MAIL_ACTION, MAIL_KIND, MAIL_SENDER, RECEIPT } from './words.ts';

const MAX_LINES = 500;

/** Mails sent and received: the sender told apart, the patient by his name, one line for a document and its PDF. */
export function mailPage(page: PageContext): PageContent {
  const { book, desk } = page.lab.mail;
  const mails = shownMails(book, page.lab.faults).toReversed().slice(0, MAX_LINES);
  return {
    title: 'Messagerie MSSanté',
    main: html`${form(
      page,
      '/messagerie/releve',
      'Relever la boîte',
      choice(
        'mailbox',
        'Boîte',
        desk.boxes().map(({ address, label }) => [address, `${label} (${address})`]),
      ),
    )}
    ${table(
      'Messages reçus',
      [
        'Reçu le',
        'De',
        'Expéditeur',
        'Objet',
        'Nature',
        'Documents',
        'Patient',
        'Texte',
        'Ouvrir',
        'Répondre',
        'Supprimer',
      ],
      mails.filter(({ direction }) => direction === 'recu').map((mail) => receivedLine(page, mail)),
    )}
    ${table(
      'Messages envoyés',
      ['Envoyé le', 'Depuis', 'À', 'Objet', 'Accusés'],
      mails
        .filter(({ direction }) => direction === 'emis')
        .map(({ at, from, to, subject, receipts }) => [
          dateTime(at),
          from,
          to.join(', '),
          subject,
          html`${receipts.map(
            (receipt) =>
              html`<span class="ligne"
                >${RECEIPT[receipt.kind]}, ${dateTime(receipt.at)} : ${receipt.detail} ${receipt.recipient ?? ''}</span
              >`,
          )}`,
        ]),
    )}
    ${form(
      page,
      '/messagerie/envoi',
      'Envoyer le message',
      html`${field('to', 'Adresses MSSanté des professionnels', { hint: 'Séparées par des virgules', max: 2000 })}
      ${choice('patientId', 'Ou le patient', [['', 'Aucun'], ...patientsOf(page)])}
      ${field('subject', 'Objet', { required: true, max: 500 })}
      ${field('text', 'Message', { required: true, max: 5000 })}
      ${boxes(
        'options',
        'Options',
        [
          ['html', 'Mise en forme HTML'],
          ['deliveryReceipt', 'Demander un accusé de réception'],
          ['readReceipt', 'Demander un accusé de lecture'],
          ['noReply', 'Le patient ne doit pas répondre'],
        ],
        () => false,
      )}`,
    )}`,
  };
}

function receivedLine(page: PageContext, mail: Mail): (Html | string)[] {
  const { at, from, sender, subject, kind, documents = [], patientId, text = '', messageId } = mail;
  const id = encodeURIComponent(messageId);
  return [
    dateTime(at),
    from,
    sender ? MAIL_SENDER[sender] : '',
    subject,
    MAIL_KIND[kind],
    html`${documents.map(
      ({ title = '', state, reason = '' }) =>
        html`<span class="ligne">${title} ${DOCUMENT_STATE[state]}. ${reason}</span>`,
    )}`,
    patientId === undefined ? '' : html`<a href="/patients/${patientId}">${patientId}</a>`,
    text.slice(0, 300),
    form(page, `/messagerie/${id}/lecture`, 'Ouvrir'),
    sender === 'operateur'
      ? ''
      : form(
          page,
          `/messagerie/${id}/reponse`,
          'Répondre',
          field('text', 'Réponse', { id: `reponse-${id}`, max: 5000 }),
        ),
    form(page, `/messagerie/${id}/suppression`, 'Supprimer'),
  ];
}

function patientsOf({ lab }: PageContext): [string, string][] {
  return lab.patients
    .list()
    .slice(-500)
    .map(({ id, traits, localId }) => [id, `${traits.birthName} ${traits.firstNames[0] ?? ''} (${localId})`]);
}

/** Everything done on the mailboxes, with the answers of the server (SC.MSS/CONF.17 and 18). */
export function mailJournalPage({ lab }: PageContext): PageContent {
  return {
    title: 'Traces MSSanté',
    main: table(
      'Actions sur les boîtes MSSanté',
      ['Heure locale', 'Auteur', 'Action', 'Boîte', 'Demande', 'Réponse', 'Message', 'Partenaire'],
      lab.mail.journal
        .list()
        .toReversed()
        .slice(0, MAX_LINES)
        .map(({ at, author, action, mailbox, request, response, messageId = '', partner = '' }) => [
          offsetTime(at),
          author,
          MAIL_ACTION[action],
          mailbox,
          request,
          response,
          messageId,
          partner,
        ]),
    ),
  };
}

/** Correspondents of a file, and what the patient refuses. */
export function mailSection(page: PageContext, { id }: Patient): Html {
  const { fileCorrespondents, mail } = page.lab;
  const refusal = (towards: 'professionnels' | 'patient', label: string): Html => {
    const refused = mail.refusals.has(id, towards);
    return form(
      page,
      `/patients/${id}/refus-mss`,
      refused ? `Le patient accepte à nouveau ${label}` : `Le patient refuse ${label}`,
      html`<input type="hidden" name="towards" value="${towards}" />
        <input type="hidden" name="on" value="${refused ? 'non' : 'oui'}" />`,
    );
  };
  return html`${table(
    'Correspondants du dossier',
    ['RPPS', 'Nom', 'Prénom', 'Boîte MSSanté', "Relu dans l'annuaire", 'En activité', 'Relire', 'Retirer'],
    fileCorrespondents
      .of(id)
      .map(({ correspondentId, rpps, lastName, firstName, mailbox = 'Aucune', checkedAt, gone }) => [
        rpps,
        lastName,
        firstName,
        mailbox,
        dateTime(checkedAt),
        gone === true ? "N'exerce plus" : 'Oui',
        form(page, `/patients/${id}/correspondants/${correspondentId}/relecture`, 'Relire'),
        form(page, `/patients/${id}/correspondants/${correspondentId}/retrait`, 'Retirer'),
      ]),
  )}
  ${form(
    page,
    `/patients/${id}/correspondants`,
    'Ajouter un correspondant',
    html`${field('rpps', 'Numéro RPPS', { required: true, pattern: '[0-9]{11}', max: 11, id: 'rpps-correspondant' })}
    ${field('structure', 'Structure où il suit le patient', {
      max: 14,
      id: 'structure-correspondant',
      hint: 'Numéro FINESS ou identifiant national, quand il exerce dans plusieurs',
    })}`,
  )}
  ${refusal('professionnels', "l'envoi aux professionnels")} ${refusal('patient', "l'envoi dans sa messagerie")}`;
}
