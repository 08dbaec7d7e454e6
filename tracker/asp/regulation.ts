import { milestone, type Calendar, type MilestoneKind } from '#dsr/calendar/index.ts';
import { isMissed, parisDay } from '#dsr/dates/index.ts';
import { advanceRateFor, bandFor, type Scales } from '#dsr/scales/index.ts';
import { deadlinesOf } from '../ledger/deadlines.ts';
import type { Order } from '../orders/types.ts';
import { explainWindow, judgeWindow, type WindowInput } from '../window/index.ts';
import type { Completion, Regulation, RequestDeadline, WindowVerdict } from './ports.ts';
import type { RequestKind } from './types.ts';

export interface RegulationInput {
  readonly now: Date;
  readonly calendar: Calendar;
  readonly scales: Scales;
  /** The codec of identifiers is not this room's. */
  readonly identifierProblem: Regulation['identifierProblem'];
}

const MILESTONES: Readonly<Record<RequestKind, MilestoneKind>> = {
  avance: 'advance-request',
  solde: 'balance-request',
};

/** The calendar, the scale and the window as the rules of a request ask for them. */
export function regulationOf({ now, calendar, scales, identifierProblem }: RegulationInput): Regulation {
  const today = parisDay(now);
  // A batch asks the same of ten thousand orders.
  const dated = remembered((couloir: string, wave: string, kind: RequestKind) =>
    milestone(couloir, wave, MILESTONES[kind], { calendar }),
  );
  const windowed = remembered(windowOf);
  const banded = remembered((couloir: string, wave: string, sites: number) => bandFor(couloir, wave, sites, scales));
  return {
    now,
    today,
    identifierProblem,
    window({ signedOn, couloir, wave }, dates) {
      const last = dates.advancePeriodEndsOn ?? dated(couloir, wave, 'avance').milestone?.date;
      const { sentOn, deemedCompleteOn, referencedOn } = dates;
      return windowed({ signedOn, sentOn, deemedCompleteOn, referencedOn, advancePeriodEndsOn: last, today });
    },
    ceiling(couloir, wave, sites) {
      const answer = banded(couloir, wave, Math.max(1, sites));
      if (answer.status === 'unknown') return { status: 'unknown' };
      const edition = `barème ${answer.data.version}`;
      if (answer.status !== 'known') return { status: 'no-band', scale: `${couloir} vague ${wave}, ${edition}` };
      const { band, ceilingHt } = answer.band;
      return { status: 'known', band, ceilingHt, scale: `${couloir} vague ${wave}, tranche ${band}, ${edition}` };
    },
    countsSites: (couloir, wave) =>
      scales.bands.filter((band) => band.couloir === couloir && band.wave === wave).length > 1,
    advanceShare: (couloir, wave, sites) => advanceRateFor(couloir, wave, Math.max(1, sites), scales),
    deadline: remembered((couloir: string, wave: string, kind: RequestKind): RequestDeadline | undefined => {
      const { milestone: found, data } = dated(couloir, wave, kind);
      if (found === undefined) return undefined;
      const { date, time, rankLabel } = found;
      const deadline = time === undefined ? { date } : { date, time };
      return {
        deadline,
        missed: isMissed(deadline, now),
        calendar: `${couloir} vague ${wave}, ${rankLabel}, calendrier ${data.version}`,
      };
    }),
    completion: remembered((couloir: string, wave: Order['wave']): Completion | undefined => {
      const { service, noticeDue } = deadlinesOf({ couloir, wave }, calendar);
      return service === undefined ? undefined : { deadline: service, noticeDue };
    }),
  };
}

function remembered<P extends readonly unknown[], R>(ask: (...asked: P) => R): (...asked: P) => R {
  const answers = new Map<string, R>();
  return (...asked) => {
    const key = JSON.stringify(asked);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(...asked);
    answers.set(key, answer);
    return answer;
  };
}

function windowOf(input: WindowInput): WindowVerdict {
  const judged = judgeWindow(input);
  const said = explainWindow(input, judged).filter(({ kind }) => kind !== 'warning');
  return {
    status: judged.status,
    reasons: said.map(({ code, message, remedy }) => ({
      code,
      what: message.replace(/\.$/u, ''),
      remedy: remedy ?? 'Voyez le détail : npm run jalon -- orders window.',
    })),
  };
}
