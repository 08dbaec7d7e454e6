import { isUnder, normaliseId, restoreId } from './id.ts';
import { remMessage } from './message.ts';
import { compareRequirement, readRequirement } from './requirement.ts';
import type { ReadProof, ReadRequirement, ReadScenario, Say } from './requirement.ts';
import type { ProofCell, Row } from './row.ts';
import type { Nature, RemMessage } from './types.ts';
import { isObsolete } from './values.ts';

const USUAL_ID = /^\p{L}[\p{L}_]*(?:[./]\p{L}[\p{L}\d_]*)*\.\d+p?(?: BIS)?$/u;

/**
 * Groups the rows of a table by requirement and scenario: the requirement id repeats on each row of a scenario (or of
 * a proof), and a row without id continues the one above.
 */
export class Grouping {
  readonly requirements = new Map<string, ReadRequirement>();
  readonly messages: RemMessage[] = [];
  readonly #scenarios = new Map<string, ReadScenario>();
  readonly #proofs = new Map<string, ReadProof>();
  readonly #obsolete = new Set<string>();
  /** Nature of a requirement whose workbook has no such column and whose statement has no verb. */
  readonly #knownNature: (id: string) => Nature | undefined;
  #current: ReadRequirement | undefined;
  #scenario: ReadScenario | undefined;
  #skipping = false;

  constructor(knownNature: (id: string) => Nature | undefined) {
    this.#knownNature = knownNature;
  }

  add(row: Row): void {
    const rawId = row.get('requirementId');
    if (rawId !== '') this.#open(row, rawId);
    else if (this.#current === undefined && !this.#skipping) {
      if (isContent(row)) this.#say('J06', row.number, row.header('requirementId'));
      return;
    } else if (row.get('statement') !== '' && row.get('statement') !== this.#current?.statement) {
      this.#say('J06', row.number, row.header('requirementId'), row.get('statement').slice(0, 60));
      return;
    }
    if (this.#skipping || this.#current === undefined) return;
    const scenario = this.#scenarioOf(row, this.#current);
    if (scenario === undefined) return;
    for (const proof of row.proofs) this.#addProof(row, proof, scenario, this.#current);
  }

  readonly #say: Say = (code, row, column = '', value = '', detail = '') => {
    this.messages.push(remMessage(code, { row, column }, value, detail));
  };

  #open(row: Row, rawId: string): void {
    const id = normaliseId(rawId);
    if (this.#current?.id !== id) this.#scenario = undefined;
    this.#skipping = isObsolete(row.get('publicationStatus'));
    if (this.#skipping) {
      this.#current = undefined;
      if (!this.#obsolete.has(id)) this.#say('C12', row.number, row.header('publicationStatus'), id);
      this.#obsolete.add(id);
      return;
    }
    const known = this.requirements.get(id);
    if (known !== undefined) {
      this.#current = known;
      compareRequirement(row, known, this.#say);
      return;
    }
    const column = row.header('requirementId');
    if (id !== rawId) this.#say('J05', row.number, column, rawId, id);
    if (!USUAL_ID.test(id)) this.#say('J12', row.number, column, rawId);
    this.#current = readRequirement(row, id, rawId, this.#say, this.#knownNature);
    this.requirements.set(id, this.#current);
  }

  /** The scenario of a row: named, continued from the row above, or numbered by us when it only has a content. */
  #scenarioOf(row: Row, requirement: ReadRequirement): ReadScenario | undefined {
    const rawId = row.get('scenarioId');
    const text = row.get('scenario');
    if (rawId === '') {
      if (row.proofs.length === 0 && text === '') return undefined;
      if (this.#scenario !== undefined && (text === '' || text === this.#scenario.text)) return this.#scenario;
      const id = this.#freeScenarioId(requirement);
      this.#say('J08', row.number, row.header('scenarioId'), '', id);
      return this.#newScenario(row, requirement, id, '');
    }
    const id = restoreId(rawId, requirement.id);
    const known = this.#scenarios.get(id);
    if (known === undefined) {
      if (id !== rawId) this.#say('J05', row.number, row.header('scenarioId'), rawId, id);
      if (!isUnder(id, requirement.id)) this.#say('J09', row.number, row.header('scenarioId'), id, requirement.id);
      return this.#newScenario(row, requirement, id, rawId);
    }
    this.#scenario = known;
    if (known.text === '') known.text = text;
    if (!requirement.scenarios.includes(known)) {
      this.#say('J14', row.number, row.header('scenarioId'), id);
      requirement.scenarios.push(known);
    }
    return known;
  }

  #newScenario(row: Row, requirement: ReadRequirement, id: string, rawId: string): ReadScenario {
    const scenario: ReadScenario = {
      id,
      rawId,
      row: row.number,
      owner: requirement.id,
      text: row.get('scenario'),
      proofs: [],
    };
    this.#scenarios.set(id, scenario);
    requirement.scenarios.push(scenario);
    this.#scenario = scenario;
    return scenario;
  }

  #freeScenarioId(requirement: ReadRequirement): string {
    let number = requirement.scenarios.length + 1;
    const idOf = (): string => `${requirement.id}.${String(number).padStart(2, '0')}`;
    while (this.#scenarios.has(idOf())) number += 1;
    return idOf();
  }

  #addProof(row: Row, cell: ProofCell, scenario: ReadScenario, requirement: ReadRequirement): void {
    if (cell.text === '') this.#say('J10', row.number, cell.textColumn, cell.id, 'le texte manque');
    let id = restoreId(cell.id, scenario.id);
    if (cell.id === '') {
      id = `${scenario.id}.${String(scenario.proofs.length + 1).padStart(2, '0')}`;
      this.#say('J10', row.number, cell.idColumn, cell.text.slice(0, 60), `le numéro manque, Jalon lui donne ${id}`);
    } else if (id !== cell.id) {
      this.#say('J05', row.number, cell.idColumn, cell.id, id);
    }
    const taken = this.#proofs.get(id);
    if (taken !== undefined) {
      const same = scenario.proofs.includes(taken) && taken.text === cell.text;
      if (same && scenario.owner !== requirement.id) return;
      const free = this.#freeProofId(id);
      const detail = same ? 'cette ligne est la même et n’est pas reprise' : `celle-ci est gardée sous ${free}`;
      this.#say('J03', row.number, cell.idColumn, cell.id || id, detail);
      if (same) return;
      id = free;
    } else if (!isUnder(id, scenario.id)) {
      this.#say('J04', row.number, cell.idColumn, id, scenario.id);
    }
    const proof = { id, rawId: cell.id, text: cell.text };
    this.#proofs.set(id, proof);
    scenario.proofs.push(proof);
  }

  #freeProofId(id: string): string {
    let copy = 2;
    while (this.#proofs.has(`${id}-${copy}`)) copy += 1;
    return `${id}-${copy}`;
  }
}

/** Whether a row above every requirement is more than a note. */
function isContent(row: Row): boolean {
  return row.proofs.length > 0 || row.get('scenarioId') !== '' || row.get('statement') !== '';
}
