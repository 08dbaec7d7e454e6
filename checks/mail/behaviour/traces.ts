import type { Finding } from '#dsr/verdict/index.ts';
import { openReport, type Report } from '../../report/index.ts';
import { RULES, type BehaviourRule } from './rules.ts';
import type { MailTraceShown, SeenAction } from './types.ts';

const JOURNAL = 'journal de la messagerie';
/** Between what the bench saw and what the journal says. */
const SLACK_MS = 5 * 60 * 1000;
/** Local time with its offset; `Z` is the time of no workstation in France. */
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?[+-]\d\d:\d\d$/;

/**
 * Judges the functional journal of the messaging against what the bench saw (SC.MSS/CONF.17, SC.MSS/CONF.18).
 *
 * @param traces what the product shows, for the mailbox of the actions
 * @param actions what the bench saw, in order; `refusal` is the reply code of one that the operator refused
 * @param secrets passwords and tokens of the mailboxes, which no trace may hold; no finding repeats one
 */
export function checkMailTraces(
  traces: readonly MailTraceShown[],
  actions: readonly SeenAction[],
  secrets: readonly string[] = [],
): readonly Finding[] {
  const report = openReport(RULES);
  for (const { at, action, request, response } of traces) {
    if (!secrets.some((secret) => secret !== '' && [request, response].some((text) => text.includes(secret)))) continue;
    report.add('MAIL-TRACE-SECRET', {
      where: `${JOURNAL}, trace « ${action} » de ${at || 'date absente'}`,
      received: 'le mot de passe ou le jeton d’une boîte, en clair',
      expected: 'la demande et la réponse, sans le secret',
      remedy: 'Retirez les secrets de ce que le journal enregistre.',
    });
  }
  const left = [...traces];
  for (const seen of actions) {
    const found = traceOf(seen, left);
    if (found !== undefined && answers(found, seen)) left.splice(left.indexOf(found), 1);
    if (found === undefined) {
      report.add('MAIL-TRACE-ACTION', {
        where: JOURNAL,
        received: traces.map(({ action }) => action).join(', ') || 'aucune trace',
        expected: `la trace de l’action « ${seen.action} »${seen.messageId === undefined ? '' : ` sur ${seen.messageId}`}`,
        remedy: 'Tracez chaque connexion, envoi, consultation et suppression faits sur une boîte MSSanté.',
      });
      continue;
    }
    judgeOne(report, found, seen);
  }
  return report.findings;
}

/** The trace of an action: the one that has its answer, then the nearest in time. A journal also tells what came long before. */
function traceOf(seen: SeenAction, traces: readonly MailTraceShown[]): MailTraceShown | undefined {
  const fit = traces.filter((trace) => trace.action === seen.action && about(trace, seen));
  const answering = fit.filter((trace) => answers(trace, seen));
  const away = ({ at }: MailTraceShown): number => {
    const gap = Math.abs(Date.parse(at) - Date.parse(seen.at));
    return Number.isNaN(gap) ? Number.MAX_SAFE_INTEGER : gap;
  };
  return (answering.length > 0 ? answering : fit).toSorted((one, other) => away(one) - away(other))[0];
}

function about(trace: MailTraceShown, seen: SeenAction): boolean {
  return seen.messageId === undefined || trace.messageId === undefined || trace.messageId === seen.messageId;
}

function answers(trace: MailTraceShown, { refusal }: SeenAction): boolean {
  return refusal === undefined || trace.response.includes(refusal);
}

function judgeOne(report: Report<BehaviourRule>, trace: MailTraceShown, seen: SeenAction): void {
  const where = `${JOURNAL}, trace « ${trace.action} » de ${trace.at || 'date absente'}`;
  const missing = [
    trace.author.trim() === '' ? 'l’identifiant de l’auteur' : undefined,
    isLocal(trace.at, seen.at) ? undefined : 'l’heure locale du poste, avec son décalage',
    trace.request.trim() === '' ? 'la demande faite au serveur' : undefined,
    trace.response.trim() === '' ? 'la réponse du serveur' : undefined,
  ].filter((one) => one !== undefined);
  if (missing.length > 0) {
    report.add('MAIL-TRACE-CONTENT', {
      where,
      received: [trace.at, trace.author, trace.request, trace.response].map((one) => one || '(vide)').join(' ; '),
      expected: missing.join(', '),
      remedy: 'Enregistrez avec chaque action son auteur, l’heure locale, la demande et la réponse du serveur.',
    });
  }
  if (!answers(trace, seen)) {
    report.add('MAIL-TRACE-ANSWER', {
      where,
      received: trace.response || '(vide)',
      expected: `la réponse du serveur, de code ${seen.refusal ?? ''}`,
      remedy: 'Enregistrez la réponse du serveur telle quelle, y compris quand il refuse.',
    });
  }
}

function isLocal(at: string, seenAt: string): boolean {
  return LOCAL.test(at) && Math.abs(Date.parse(at) - Date.parse(seenAt)) <= SLACK_MS;
}
