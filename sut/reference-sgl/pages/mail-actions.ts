import { SglError } from '../model/index.ts';
import { CORRECT, type Action } from './action.ts';
import type { PageContext } from './view.ts';

const OPTIONS = ['html', 'deliveryReceipt', 'readReceipt', 'noReply'] as const;
const ADDRESS = /^[^\s@<>",;:]+@[^\s@<>",;:]+$/;

/** The forms of the mailboxes and of the correspondents of a file. */
export const MAIL_ACTIONS: Readonly<Record<string, Action>> = {
  async '/messagerie/releve'(page, { text }) {
    const { message } = await page.lab.mail.acts.fetch(text('mailbox') || undefined, userOf(page));
    return { to: '/messagerie', notice: message };
  },

  async '/messagerie/envoi'(page, { text, all }) {
    const ticked = all('options');
    const patientId = text('patientId');
    const { message } = await page.lab.mail.acts.send(
      {
        to: addressesIn(text('to')),
        ...(patientId && { patientId }),
        subject: text('subject'),
        text: text('text'),
        ...Object.fromEntries(OPTIONS.map((option) => [option, ticked.includes(option)])),
      },
      userOf(page),
    );
    return { to: '/messagerie', notice: message };
  },

  async '/messagerie/:id/reponse'(page, { text }) {
    const order = { messageId: idOf(page), text: text('text') };
    if (order.text === '') throw new SglError('REPONSE_VIDE', 'Écrivez une réponse.', CORRECT);
    return { to: '/messagerie', notice: (await page.lab.mail.acts.reply(order, userOf(page))).message };
  },

  async '/messagerie/:id/lecture'(page) {
    return { to: '/messagerie', notice: (await page.lab.mail.acts.open(idOf(page), userOf(page))).message };
  },

  async '/messagerie/:id/suppression'(page) {
    return { to: '/messagerie', notice: (await page.lab.mail.acts.remove(idOf(page), userOf(page))).message };
  },

  async '/patients/:id/correspondants'(page, { text }) {
    const rpps = text('rpps');
    if (!/^\d{11}$/.test(rpps)) throw new SglError('RPPS_INVALIDE', 'Un numéro RPPS compte 11 chiffres.', CORRECT);
    const followsAt = text('structure') || undefined;
    const { message } = await page.lab.fileCorrespondents.add(idOf(page), rpps, userOf(page), followsAt);
    return { to: `/patients/${idOf(page)}`, notice: message };
  },

  async '/patients/:id/correspondants/:correspondent/relecture'(page) {
    const { message } = await page.lab.fileCorrespondents.refresh(idOf(page), correspondentIn(page), userOf(page));
    return { to: `/patients/${idOf(page)}`, notice: message };
  },

  '/patients/:id/correspondants/:correspondent/retrait'(page) {
    const { message } = page.lab.fileCorrespondents.remove(idOf(page), correspondentIn(page), userOf(page));
    return { to: `/patients/${idOf(page)}`, notice: message };
  },

  '/patients/:id/refus-mss'(page, { text }) {
    const towards = text('towards') === 'patient' ? 'patient' : 'professionnels';
    const order = { patientId: idOf(page), towards, on: text('on') === 'oui' } as const;
    return { to: `/patients/${idOf(page)}`, notice: page.lab.mail.refusals.record(order, userOf(page)).message };
  },

  async '/comptes-rendus/:id/envoi'(page, { text, has }) {
    const order = {
      reportId: idOf(page),
      professionals: addressesIn(text('professionals')),
      toPatient: has('patient'),
    };
    return {
      to: `/comptes-rendus/${idOf(page)}`,
      notice: await page.lab.reports.sendByHand(order, page.session.account),
    };
  },

  '/parametres/messagerie'(page, { text, has }) {
    page.memory.rights.need(page.session.profile, 'parametres');
    const replyTo = { professionals: text('replyToProfessionals'), patients: text('replyToPatients') };
    const everyHours = Number(text('directoryEveryHours').replace(',', '.'));
    const wrong = Object.values(replyTo).some((address) => address !== '' && !ADDRESS.test(address));
    if (wrong) throw new SglError('ADRESSE_INVALIDE', 'Une adresse de retour est mal formée.', CORRECT);
    if (!(everyHours > 0 && everyHours <= 8_784)) {
      throw new SglError('FREQUENCE_INVALIDE', "La fréquence de l'annuaire est un nombre d'heures.", CORRECT);
    }
    page.lab.settings.adjust({
      mailSending: text('mailSending') === 'manuel' ? 'manuel' : 'automatique',
      reportRoute: ROUTES.find((route) => route === text('reportRoute')) ?? 'directe',
      mailSender: text('mailSender') === 'applicative' ? 'applicative' : 'organisationnelle',
      mailReplyTo: Object.fromEntries(Object.entries(replyTo).filter(([, address]) => address !== '')),
      patientReplies: has('patientReplies'),
      directoryEveryHours: everyHours,
    });
    page.lab.directorySchedule.replan();
    return { to: '/parametres', notice: 'Paramètres enregistrés.' };
  },
};

const ROUTES = ['directe', 'hl7-oru', 'hl7-oul', 'hl7-mdm'] as const;

function addressesIn(text: string): string[] {
  const addresses = text.split(/[\s,;]+/).filter((address) => address !== '');
  if (addresses.every((address) => ADDRESS.test(address))) return addresses;
  throw new SglError('ADRESSE_INVALIDE', 'Une adresse MSSanté est mal formée.', CORRECT);
}

function idOf({ http }: PageContext): string {
  return http.req.param('id') ?? '';
}

function correspondentIn({ http }: PageContext): string {
  return http.req.param('correspondent') ?? '';
}

function userOf({ session }: PageContext): string {
  return session.account.nationalId;
}
