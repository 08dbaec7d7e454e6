import { isUnder, restoreId } from './id.ts';
import { checkNumber } from './id-checks.ts';
import type { MessageCode } from './message.ts';
import type { FoundProof, ReadRequirement, ReadScenario } from './requirement.ts';

/** Takes a message about a row, which may be of another sheet than the one being read. */
export type SayAt = (code: MessageCode, found: FoundAt, column: string, value: string, detail?: string) => void;

type FoundAt = Pick<FoundProof, 'row' | 'sheet'>;

/**
 * Gives their ids to the scenarios without number and to the proofs, once every row is grouped.
 *
 * A number that is missing or taken is replaced in the order of the requirements, not in that of the rows: the same list
 * sorted otherwise, or written again by `rem export`, gets the same ids.
 *
 * @param requirements in the order in which they appear; their scenarios and proofs are completed in place
 */
export function settle(requirements: readonly ReadRequirement[], say: SayAt): void {
  for (const requirement of requirements) joinUnnumbered(requirement);
  const owned = ownScenarios(requirements);
  const scenarioIds = new Set(owned.filter(({ rawId }) => rawId !== '').map(({ id }) => id));
  for (const requirement of requirements) {
    for (const [index, scenario] of requirement.scenarios.entries()) {
      if (scenario.rawId !== '') continue;
      scenario.id = freeNumber(requirement.id, index + 1, scenarioIds);
      scenarioIds.add(scenario.id);
      say('J08', scenario, scenario.column, '', scenario.id);
    }
  }
  const proofIds = new Set<string>();
  const kept = owned.map((scenario) => [scenario, keptProofs(scenario, say)] as const);
  for (const [scenario, proofs] of kept) for (const proof of proofs) giveNumberedId(proof, scenario, proofIds, say);
  for (const [scenario, proofs] of kept) {
    for (const [index, proof] of proofs.entries()) {
      if (proof.rawId === '') {
        proof.id = freeNumber(scenario.id, index + 1, proofIds);
        proofIds.add(proof.id);
        const detail = `le numéro manque, Jalon lui donne ${proof.id}`;
        say('J10', proof.found, proof.found.idColumn, proof.text.slice(0, 60), detail);
      }
      scenario.proofs.push({ id: proof.id, rawId: proof.rawId, text: proof.text });
    }
  }
}

/** An unnumbered scenario that stands right under another one, with its text or none, continues it. */
function joinUnnumbered(requirement: ReadRequirement): void {
  const { scenarios } = requirement;
  for (let index = 1; index < scenarios.length; index += 1) {
    const [above, scenario] = [scenarios[index - 1], scenarios[index]];
    if (above === undefined || scenario === undefined || scenario.rawId !== '') continue;
    if (scenario.text !== '' && scenario.text !== above.text) continue;
    above.found.push(...scenario.found);
    scenarios.splice(index, 1);
    index -= 1;
  }
}

/** Each scenario once, under the first requirement that names it; its number is the one written there. */
function ownScenarios(requirements: readonly ReadRequirement[]): readonly ReadScenario[] {
  const owned = new Set<ReadScenario>();
  for (const requirement of requirements) {
    for (const scenario of requirement.scenarios) {
      if (owned.has(scenario)) continue;
      owned.add(scenario);
      scenario.owner = requirement.id;
      scenario.rawId = scenario.numbers.get(requirement.id) ?? scenario.rawId;
    }
  }
  return [...owned];
}

interface KeptProof {
  /** As the number reads, before another proof is known to have it; empty without number. */
  id: string;
  readonly rawId: string;
  readonly text: string;
  readonly found: FoundProof;
}

/** The proofs of a scenario without those that a row repeats. */
function keptProofs(scenario: ReadScenario, say: SayAt): readonly KeptProof[] {
  const kept: KeptProof[] = [];
  /** Requirements under which the same number and text were seen. */
  const seen = new Map<string, Set<string>>();
  for (const found of scenario.found) {
    const { id: rawId, text } = found;
    const id = rawId === '' ? '' : restoreId(rawId, scenario.id);
    const key = `${id}\n${text}`;
    const under = seen.get(key) ?? new Set();
    // A row of another requirement repeats the proofs of the scenario they share.
    if (under.size > 0 && (under.size > 1 || !under.has(found.requirement))) continue;
    if (under.size > 0 && rawId !== '') {
      say('J03', found, found.idColumn, rawId, 'cette ligne est la même et n’est pas reprise');
      continue;
    }
    if (text === '') say('J10', found, found.textColumn, rawId, 'le texte manque');
    kept.push({ id, rawId, text, found });
    seen.set(key, under.add(found.requirement));
  }
  return kept;
}

function giveNumberedId(proof: KeptProof, scenario: ReadScenario, taken: Set<string>, say: SayAt): void {
  const { rawId, found, id } = proof;
  if (rawId === '') return;
  if (id !== rawId) say('J05', found, found.idColumn, rawId, id);
  if (taken.has(id)) {
    let copy = 2;
    while (taken.has(`${id}-${copy}`)) copy += 1;
    proof.id = `${id}-${copy}`;
    say('J03', found, found.idColumn, rawId, `celle-ci est gardée sous ${proof.id}`);
  } else {
    if (!isUnder(id, scenario.id)) say('J04', found, found.idColumn, id, scenario.id);
    checkNumber(id, (code, value, detail) => say(code, found, found.idColumn, value, detail));
  }
  taken.add(proof.id);
}

/** First number from `rank` on that nothing has, under an id. */
function freeNumber(parent: string, rank: number, taken: ReadonlySet<string>): string {
  let number = rank;
  const idOf = (): string => `${parent}.${String(number).padStart(2, '0')}`;
  while (taken.has(idOf())) number += 1;
  return idOf();
}
