import { isUnder, restoreId, visibleId } from './id.ts';
import { checkNumber } from './id-checks.ts';
import type { MessageCode } from './message.ts';
import { Numbers } from './numbers.ts';
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
  const scenarioIds = new Numbers(owned.filter(({ rawId }) => rawId !== '').map(({ id }) => id));
  for (const requirement of requirements) {
    for (const [index, scenario] of requirement.scenarios.entries()) {
      if (scenario.rawId !== '') continue;
      scenario.id = scenarioIds.takeFree(requirement.id, index + 1);
      say('J08', scenario, scenario.column, '', scenario.id);
    }
  }
  const proofIds = new Numbers();
  const kept = owned.map((scenario) => [scenario, keptProofs(scenario, say)] as const);
  for (const [scenario, proofs] of kept) for (const proof of proofs) giveNumberedId(proof, scenario, proofIds, say);
  for (const [scenario, proofs] of kept) {
    for (const [index, proof] of proofs.entries()) {
      if (proof.rawId === '') {
        proof.id = proofIds.takeFree(scenario.id, index + 1);
        const detail = `le numéro manque, Jalon lui donne ${proof.id}`;
        say('J10', proof.found, proof.found.idColumn, proof.text.slice(0, 60), detail);
      }
      scenario.proofs.push({ id: proof.id, rawId: proof.rawId, text: proof.text });
    }
  }
}

/** An unnumbered scenario that stands right under another one, with its text or none, continues it. */
function joinUnnumbered(requirement: ReadRequirement): void {
  const apart: ReadScenario[] = [];
  for (const scenario of requirement.scenarios) {
    const above = apart.at(-1);
    const continues = scenario.rawId === '' && (scenario.text === '' || scenario.text === above?.text);
    if (above === undefined || !continues) apart.push(scenario);
    else for (const proof of scenario.found) above.found.push(proof);
  }
  requirement.scenarios.length = 0;
  for (const scenario of apart) requirement.scenarios.push(scenario);
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
  const seen = new Map<string, Map<string, Set<string>>>();
  for (const found of scenario.found) {
    const { id: rawId, text } = found;
    const id = rawId === '' ? '' : restoreId(rawId, scenario.id);
    const texts = seen.get(id) ?? new Map<string, Set<string>>();
    const under = texts.get(text) ?? new Set();
    // A row of another requirement repeats the proofs of the scenario they share.
    if (under.size > 0 && (under.size > 1 || !under.has(found.requirement))) continue;
    if (under.size > 0 && rawId !== '') {
      say('J03', found, found.idColumn, visibleId(rawId), 'cette ligne est la même et n’est pas reprise');
      continue;
    }
    if (text === '') say('J10', found, found.textColumn, visibleId(rawId), 'le texte manque');
    kept.push({ id, rawId, text, found });
    seen.set(id, texts.set(text, under.add(found.requirement)));
  }
  return kept;
}

function giveNumberedId(proof: KeptProof, scenario: ReadScenario, taken: Numbers, say: SayAt): void {
  const { rawId, found, id } = proof;
  if (rawId === '') return;
  if (id !== rawId) say('J05', found, found.idColumn, visibleId(rawId), id);
  if (taken.has(id)) {
    proof.id = taken.takeCopy(id);
    say('J03', found, found.idColumn, visibleId(rawId), `celle-ci est gardée sous ${proof.id}`);
    return;
  }
  taken.take(id);
  if (!isUnder(id, scenario.id)) say('J04', found, found.idColumn, id, scenario.id);
  checkNumber(id, (code, value, detail) => say(code, found, found.idColumn, value, detail));
}
