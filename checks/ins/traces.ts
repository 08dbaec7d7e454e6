import type { Finding } from '#dsr/verdict/index.ts';
import { openReport, type Report } from '../report/index.ts';
import type { CallTrace, ExpectedTrace, IdentityTrace, SeenCall } from './cases.ts';
import { RULES, type InsRule } from './rules.ts';
import { STRICT_TRAITS, traitText } from './state-text.ts';
import type { InsiAnswer } from './types.ts';

const CALLS = 'journal des appels INSi';
const IDENTITIES = 'journal des identités';
/** Between what the bench saw and what the journal says. */
const SLACK_MS = 5 * 60 * 1000;

type Found = Extract<InsiAnswer, { kind: 'found' }>;

/**
 * Judges the product's journal of calls against the calls that the bench saw (rules 4, 37, 39 and 48 of the INS guide;
 * INS/va1.06, 35, 38, 49).
 *
 * @param traces what the product shows for this patient
 * @param calls the calls of this patient, in order, each with its answer
 */
export function checkCallTraces(traces: readonly CallTrace[], calls: readonly SeenCall[]): readonly Finding[] {
  const report = openReport(RULES);
  const left = [...traces];
  const take = (fits: (trace: CallTrace) => boolean): CallTrace | undefined => {
    const index = left.findIndex(fits);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  // Calls whose return is shown are paired first: a trace with another return must not be taken from its own call.
  const waiting = calls.flatMap((call, index) => {
    const returned = returnOf(call.answer);
    const same = (trace: CallTrace): boolean => trace.returned === returned && near(trace, call);
    const trace =
      take((one) => same(one) && one.mode === call.mode && (call.user === undefined || one.user === call.user)) ??
      take((one) => same(one) && one.mode === call.mode) ??
      take(same);
    if (trace === undefined) return [{ call, index }];
    checkOneCall(report, call, trace, index);
    return [];
  });
  for (const { call, index } of waiting) {
    const trace = take(() => true);
    if (trace === undefined) {
      report.add('INS-TRACE-CALL', {
        where: CALLS,
        received: `${traces.length} trace(s) pour ${calls.length} appel(s)`,
        expected: `la trace de l’appel n° ${index + 1} (${call.mode}, retour ${returnOf(call.answer) || 'aucun'})`,
        remedy: 'Tracez chaque appel à INSi, quel qu’en soit le retour.',
      });
      continue;
    }
    report.add(call.mode.startsWith('verification') ? 'INS-TRACE-VERIFY-RETURN' : 'INS-TRACE-SEARCH-RETURN', {
      where: `${CALLS}, appel n° ${index + 1}`,
      received: trace.returned || 'aucun retour',
      expected: returnOf(call.answer) || 'l’absence de réponse d’INSi',
      remedy: 'Enregistrez dans la trace le retour d’INSi tel quel.',
    });
    checkOneCall(report, call, trace, index);
  }
  return report.findings;
}

/** What a trace must show of an answer. A silence may be told in any words: it has no code of its own. */
function returnOf(answer: InsiAnswer): string {
  return answer.code;
}

function near(trace: CallTrace, { at }: SeenCall): boolean {
  const instant = Date.parse(trace.at);
  return at === undefined || Number.isNaN(instant) || Math.abs(instant - Date.parse(at)) <= SLACK_MS;
}

function checkOneCall(report: Report<InsRule>, call: SeenCall, trace: CallTrace, index: number): void {
  const where = `${CALLS}, appel n° ${index + 1}`;
  const dated = !Number.isNaN(Date.parse(trace.at));
  if (!dated || trace.user.trim() === '' || (call.user !== undefined && trace.user !== call.user)) {
    report.add('INS-TRACE-CALLER', {
      where,
      received: `${trace.at || 'sans date'}, ${trace.user || 'sans auteur'}`,
      expected: `une date et heure, et l’auteur${call.user === undefined ? '' : ` ${call.user}`}`,
      remedy: 'Enregistrez la date, l’heure et l’utilisateur de chaque appel à INSi.',
    });
  }
  if (trace.mode !== call.mode) {
    report.add('INS-TRACE-MODE', {
      where,
      received: trace.mode ?? 'absente',
      expected: call.mode,
      remedy: 'Enregistrez la modalité de l’appel : traits, carte Vitale ou vérification.',
    });
  }
  if (call.answer.kind === 'found') checkData(report, call.answer, trace, where);
}

function checkData(report: Report<InsRule>, answer: Found, trace: CallTrace, where: string): void {
  const { identity } = trace;
  const missing: string[] = [];
  if (identity?.ins !== answer.active.ins) missing.push(`matricule ${answer.active.ins}`);
  if (identity?.oid !== answer.active.oid) missing.push(`OID ${answer.active.oid}`);
  for (const past of answer.history) {
    if (identity?.history.some((one) => one.ins === past.ins && one.oid === past.oid)) continue;
    missing.push(`historique ${past.ins}`);
  }
  for (const trait of STRICT_TRAITS) {
    const expected = answer.traits[trait];
    if (expected !== '' && traitText(trait, identity?.traits ?? {}) !== expected) missing.push(`${trait} ${expected}`);
  }
  if (missing.length === 0) return;
  report.add('INS-TRACE-DATA', {
    where,
    received: identity === undefined ? 'aucune donnée' : 'des données incomplètes ou différentes',
    expected: missing.join(', '),
    remedy: 'Au retour 00, enregistrez dans la trace le matricule, l’OID, l’historique et les traits renvoyés.',
  });
}

const RULE_OF: Readonly<Record<ExpectedTrace['kind'], InsRule>> = {
  consultation: 'INS-TRACE-ACCESS',
  creation: 'INS-TRACE-CHANGE',
  modification: 'INS-TRACE-CHANGE',
  piece: 'INS-TRACE-CHANGE',
  'changement-statut': 'INS-TRACE-STATUS',
  transmission: 'INS-TRACE-PARTNER',
};

/**
 * Judges the product's journal of identities against what the bench did (rules 4, 16, 21 and 31 of the INS guide;
 * INS/va1.27, 39, 44, 46).
 *
 * @param traces what the product shows for this patient
 * @param expected what must be found in them; other traces are welcome
 */
export function checkIdentityTraces(
  traces: readonly IdentityTrace[],
  expected: readonly ExpectedTrace[],
): readonly Finding[] {
  const report = openReport(RULES);
  for (const [index, trace] of traces.entries()) {
    if (!Number.isNaN(Date.parse(trace.at)) && trace.user.trim() !== '') continue;
    report.add('INS-TRACE-WHO', {
      where: `${IDENTITIES}, trace n° ${index + 1} (${trace.kind})`,
      received: `${trace.at || 'sans date'}, ${trace.user || 'sans auteur'}`,
      expected: 'une date et heure, et l’auteur',
      remedy: 'Enregistrez la date, l’heure et l’auteur de chaque action sur une identité.',
    });
  }
  const left = [...traces];
  for (const wanted of expected) {
    const index = left.findIndex((trace) => shows(trace, wanted));
    if (index >= 0) {
      const [trace] = left.splice(index, 1);
      if (wanted.what === true && trace?.detail.trim() === '') {
        report.add(RULE_OF[wanted.kind], {
          where: `${IDENTITIES}, ${describe(wanted)}`,
          received: 'une trace qui ne dit pas ce qui a été fait',
          expected: 'le type de modification, ou le champ modifié',
          remedy: 'Enregistrez dans la trace le type de la modification, ou le nom du champ modifié.',
        });
      }
      continue;
    }
    const same = left.filter((trace) => trace.kind === wanted.kind);
    report.add(RULE_OF[wanted.kind], {
      where: IDENTITIES,
      received: same.map(describe).join(' ; ') || `aucune trace « ${wanted.kind} »`,
      expected: describe(wanted),
      remedy: 'Tracez l’action avec sa date, son auteur, sa nature et, pour un statut, les valeurs avant et après.',
    });
  }
  return report.findings;
}

function shows(trace: IdentityTrace, wanted: ExpectedTrace): boolean {
  if (trace.kind !== wanted.kind) return false;
  if (wanted.kind === 'transmission' && (trace.partner ?? '').trim() === '') return false;
  return (['user', 'from', 'to'] as const).every((key) => wanted[key] === undefined || trace[key] === wanted[key]);
}

function describe(trace: (ExpectedTrace & { readonly partner?: string }) | IdentityTrace): string {
  return [
    trace.kind,
    trace.user === undefined ? '' : `par ${trace.user || 'personne'}`,
    trace.from === undefined && trace.to === undefined ? '' : `de ${trace.from ?? '?'} à ${trace.to ?? '?'}`,
    trace.kind === 'transmission' ? `vers ${trace.partner ?? 'un partenaire nommé'}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
