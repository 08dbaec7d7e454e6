import { placeOf, type JudgedSeries } from './judged.ts';
import data from './series.json' with { type: 'json' };

/** What is known of a record before each call (D4 of protocols.md §2.11, DMP/CONF.05, DMP/UX.08). */
export function checkAccess({ calls, report, options }: JudgedSeries): void {
  for (const [index, call] of calls.entries()) {
    const before = calls.slice(0, index);
    const ofPatient = before.filter(({ ins }) => ins === call.ins && ins !== '');
    const test = ofPatient.findLast(({ transaction }) => transaction === 'TD0.2');
    const body = '/Envelope/Body[1]';
    if (call.transaction === 'TD2.1') {
      // A message that cannot be read names nobody: it is told as such, not as out of order.
      if (call.ins !== '' && test === undefined && !ofPatient.some(({ transaction }) => transaction === 'TD2.1')) {
        report.add('DMP-EXISTENCE-BEFORE-FEEDING', {
          where: placeOf(call, body),
          received: 'une alimentation (TD2.1) sans test d’existence (TD0.2) de ce patient avant elle',
          expected: 'TD0.2, puis TD2.1',
          remedy: 'Testez l’existence du DMP avant la première alimentation, et comparez les traits reçus.',
        });
      }
      const { record } = test?.answer ?? {};
      if (record === 'absent' || record === 'closed') {
        report.add('DMP-FEEDING-CLOSED', {
          where: placeOf(call, body),
          received: `une alimentation, alors que l’échange ${test?.id} dit le DMP ${record === 'absent' ? 'inexistant' : 'fermé'}`,
          expected: 'aucune alimentation de ce DMP',
          remedy: 'Arrêtez l’envoi et dites-en la raison à l’utilisateur.',
        });
      }
    }
    if (call.transaction === 'TD2.1' || call.transaction === 'TD3.3') {
      const asked = ofPatient.findLast((one) => one.authorises || one.reads);
      const delay = data.authorisationForFeedingSeconds;
      if (asked?.authorises === true && call.startedMs - asked.endedMs <= delay * 1000) {
        report.add('DMP-NO-AUTHORISATION-TO-FEED', {
          where: placeOf(asked, body),
          received: `une demande d’autorisation (TD0.3), puis ${call.transaction} (échange ${call.id}) sans consultation entre les deux`,
          expected: 'aucun TD0.3 pour alimenter, remplacer ou supprimer',
          remedy: 'Ne demandez une autorisation d’accès que pour consulter.',
        });
      }
    }
    if (call.reads) {
      // The right of access is that of the user: what another one was told does not open the record to him.
      const own = ofPatient.filter(({ user }) => user === call.user);
      const ownTest = own.findLast(({ transaction }) => transaction === 'TD0.2');
      const lists = before.filter(({ transaction, user }) => transaction === 'TD0.4' && user === call.user);
      const listed = lists.some(
        ({ answer }) => answer.outcome === 'done' && answer.listed?.includes(call.ins) === true,
      );
      if (call.ins !== '' && ownTest === undefined && !listed) {
        const other =
          test === undefined ? '' : ` (l’échange ${test.id}, de ${test.user || 'personne'}, ne vaut que pour lui)`;
        const empty = lists.length === 0 ? '' : ` (l’échange ${lists.at(-1)?.id} ne montre pas ce patient)`;
        report.add('DMP-ACCESS-BEFORE-READING', {
          where: placeOf(call, body),
          received: `${call.transaction} de l’utilisateur ${call.user || 'inconnu'}, sans TD0.2 de ce patient ni TD0.4 qui le montre avant elle${other}${empty}`,
          expected: 'TD0.2 ou TD0.4 au nom du même utilisateur, puis la consultation',
          remedy: 'Vérifiez le droit d’accès de l’utilisateur avant de chercher ou de lire.',
        });
      }
      const { authorisation } = ownTest?.answer ?? {};
      const since = own.slice(ownTest === undefined ? 0 : own.indexOf(ownTest) + 1);
      const granted = since.some((one) => one.authorises && one.answer.outcome === 'done');
      if (authorisation !== undefined && !data.authorised.includes(authorisation) && !granted) {
        report.add('DMP-ACCESS-REFUSED', {
          where: placeOf(call, body),
          received: `${call.transaction}, alors que l’échange ${ownTest?.id} a répondu ${authorisation === 'AE' ? 'un refus' : `AUTORISATION ${authorisation}`}`,
          expected: 'aucune consultation, ou d’abord une autorisation (TD0.3) si le patient est d’accord',
          remedy: 'Montrez à l’utilisateur qu’il n’a pas accès à ce DMP.',
        });
      }
    }
    const fed = ofPatient.findLast(({ transaction }) => transaction === 'TD2.1');
    const search = call.reads && call.transaction === 'TD3.1' && options.searchAsked !== true;
    if (search && fed !== undefined && call.startedMs - fed.endedMs <= data.automaticSearchSeconds * 1000) {
      report.add('DMP-NO-SEARCH-AFTER-FEEDING', {
        where: placeOf(call, body),
        received: `une recherche (TD3.1) juste après l’alimentation de l’échange ${fed.id}`,
        expected: 'une recherche demandée par l’utilisateur seulement',
        remedy: 'Croyez la réponse Success de l’alimentation : ne la vérifiez pas par une recherche.',
      });
    }
  }
}
