import { applicableRequirements, findSlot, slotsOf } from '#dsr/catalogue/index.ts';
import { madeByPerson } from '#dsr/proof-kinds/index.ts';
import type { ProofSlot, Rem } from '#dsr/rem/index.ts';
import type { RunRecord, ScenarioResult } from '#tracker/types.ts';

/** A slot that the REM wants on screen, and that no guided step shows how to film. */
export interface UnguidedSlot {
  readonly slot: ProofSlot;
  readonly section: string;
  /** First scenario that plays it without a red verdict: what to repeat on screen. */
  readonly scenario: ScenarioResult;
}

/** Every proof of a run that still wants a picture. */
export interface ToFilm {
  /** Ids of the slots that guided steps of a scenario to review show how to film. */
  readonly guided: readonly string[];
  readonly others: readonly UnguidedSlot[];
}

/** What a person has to film after a run: a played slot is not filmed because its network side holds. */
export function slotsToFilm(run: Pick<RunRecord, 'scenarios' | 'profiles'>, rem: Rem): ToFilm {
  const green = run.scenarios.filter(({ verdict }) => verdict === 'conforme' || verdict === 'a-verifier');
  const guided = new Set(
    green
      .filter(({ verdict }) => verdict === 'a-verifier')
      .flatMap(({ guide = [] }) => guide.flatMap((step) => (step.kind === 'prise-de-vue' ? [step.slot] : []))),
  );
  const others = slotsOf(applicableRequirements(rem, run.profiles)).flatMap(({ slot, requirement }) => {
    const scenario = green.find(({ slots }) => slots.includes(slot.id));
    if (scenario === undefined || guided.has(slot.id) || !wantsPicture(slot)) return [];
    return [{ slot, section: requirement.section, scenario }];
  });
  return { guided: [...guided].filter((id) => findSlot(rem, id) !== undefined), others };
}

/** `24 guidées, 65 autres à filmer pendant la même séance`. */
export function filmingCount({ guided, others }: ToFilm): string {
  const of = (count: number, one: string): string => `${count} ${one}${count < 2 ? '' : 's'}`;
  return `${of(guided.length, 'guidée')}, ${of(others.length, 'autre')} à filmer pendant la même séance`;
}

function wantsPicture({ evidenceClass, kinds, alternatives }: ProofSlot): boolean {
  return (
    evidenceClass === 'human' &&
    madeByPerson(kinds, alternatives).some((kind) => kind === 'screenshot' || kind === 'video')
  );
}
