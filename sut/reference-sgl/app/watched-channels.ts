import type { MailDesk } from '../mailbox/index.ts';
import type { Professional } from '../model/index.ts';
import type { Channels } from '../outbox/index.ts';
import { recordExistence, type Actor, type RecordDeps } from '../record/index.ts';
import { patientCx } from '../xds/index.ts';

/** The channels of the outbox, with what they learn and do about the DMP written down. */
export function watchedChannels(channels: Channels, record: RecordDeps, mail: MailDesk): Channels {
  return {
    async sendReport(report, documents, recipient, config, faults, order = {}) {
      const { operator = report.biologist } = report;
      const terms = mail.termsFor(recipient.kind, actorOf(operator).user);
      const delivery = await channels.sendReport(report, documents, recipient, config, faults, { ...order, ...terms });
      mail.keep(delivery, { patientId: report.patient.id, kind: order.deleted ? 'message' : 'document' });
      return delivery;
    },
    async testExistence(patient, config, author, faults) {
      const told = await channels.testExistence(patient, config, author, faults);
      if (patient.status === 'qualifiee') recordExistence(patient.id, actorOf(author), told, record);
      return told;
    },
    async feedDmp(report, documents, config, faults, again) {
      const { biologist, operator = biologist, patient } = report;
      const context = { author: operator, patient: patientCx(patient, config), config, faults };
      if (faults.has('dmp-td03-alimentation')) await record.services.authorise(context);
      const answer = await channels.feedDmp(report, documents, config, faults, again);
      record.journal.add({
        at: record.now(),
        user: actorOf(operator).user,
        patientId: patient.id,
        action: 'TD2.1',
        outcome: answer.state === 'transmis' ? 'reussite' : 'echec',
        message: answer.detail,
        nationalId: operator.nationalId,
        documents: documents.map(({ id }) => id),
      });
      if (answer.state === 'refuse' && faults.has('dmp-versement-montre-refuse')) {
        for (const document of documents) record.fed.add(report, document, record.now());
      }
      if (answer.state === 'transmis' && faults.has('dmp-recherche-automatique')) {
        const approved = 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved';
        await record.services.queryDmp(
          'findDocuments',
          [
            ['$XDSDocumentEntryPatientId', `'${context.patient}'`],
            ['$XDSDocumentEntryStatus', [approved]],
          ],
          context,
        );
      }
      return answer;
    },
  };
}

function actorOf(person: Professional): Actor {
  return { user: person.user ?? person.nationalId, person };
}
