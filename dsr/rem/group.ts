import { isUnder, normaliseId, restoreId, visibleId } from './id.ts';
import { remMessage } from './message.ts';
import { MessageList } from './message-list.ts';
import { checkId, checkNumber } from './id-checks.ts';
import { completeRequirement, compareRequirement, readRequirement } from './requirement.ts';
import type { ReadingContext, ReadRequirement, ReadScenario, Say, Sayer } from './requirement.ts';
import { MAX_IDS } from './row.ts';
import type { Row } from './row.ts';
import { settle } from './settle.ts';
import { Size } from './size.ts';
import type { TooLarge } from './size.ts';
import { isObsolete } from './values.ts';

/** What one kind of rows gives; scenarios are known by id across its requirements. */
interface Book {
  readonly requirements: Map<string, ReadRequirement>;
  /** Those that have a number. */
  readonly scenarios: Map<string, ReadScenario>;
}

const newBook = (): Book => ({ requirements: new Map(), scenarios: new Map() });

/**
 * Groups the rows of the tables by requirement and scenario: the requirement id repeats on each row of a scenario (or of
 * a proof), and a row without id continues the one above. Obsolete requirements are kept apart, in the same shape.
 */
export class Grouping {
  readonly messages = new MessageList();
  readonly #live = newBook();
  readonly #obsolete = newBook();
  readonly #size = new Size();
  readonly #options: ReadingContext;
  /** Name of the sheet that rows come from, when it is not the main one. */
  #sheet: string | undefined;
  /** Ids of the main table, once it is read: another sheet adds to it and never replaces it. */
  #main: ReadonlySet<string> | undefined;
  #repeated = 0;
  #book = this.#live;
  #current: ReadRequirement | undefined;
  #scenario: ReadScenario | undefined;
  #skipping = false;

  constructor(options: ReadingContext) {
    this.#options = options;
  }

  get requirements(): readonly ReadRequirement[] {
    return [...this.#live.requirements.values()];
  }

  get obsolete(): readonly ReadRequirement[] {
    return [...this.#obsolete.requirements.values()];
  }

  /** What there is too much of; what is read is then worth nothing. */
  get tooLarge(): TooLarge | undefined {
    return this.#size.tooLarge;
  }

  /** Says that the rows to come are of another sheet. */
  openSheet(name: string): void {
    this.#closeSheet();
    this.#sheet = name;
    this.#main ??= new Set([...this.#live.requirements.keys(), ...this.#obsolete.requirements.keys()]);
    this.#current = undefined;
    this.#scenario = undefined;
    this.#skipping = false;
  }

  /** To be called after the last row. */
  end(): void {
    this.#closeSheet();
    if (this.tooLarge !== undefined) return;
    for (const book of [this.#live, this.#obsolete]) {
      this.#book = book;
      settle([...book.requirements.values()], (code, found, column, value, detail = '') => {
        this.#sheet = found.sheet;
        this.#say(code, found.row, column, value, detail);
      });
    }
    this.#size.measure([...this.requirements, ...this.obsolete]);
  }

  /** Reads a row; does nothing once the list is too large. */
  add(row: Row): void {
    if (this.tooLarge !== undefined) return;
    const [first, ...others] = row.requirementIds;
    if (row.moreIds > 0) {
      const count = String(row.moreIds + MAX_IDS);
      this.#say('J21', row.number, row.header('requirementId'), count, String(MAX_IDS));
    }
    if (others.length > 0) {
      for (const rawId of row.requirementIds) this.#addUnder(row, rawId, true);
      return;
    }
    if (first !== undefined && isBanner(row, first)) {
      this.#say('J22', row.number, row.header('requirementId'), visibleId(first.trim()).slice(0, 60));
      return;
    }
    if (row.isIdLost) {
      this.#say('J06_FORMULA', row.number, row.header('requirementId'));
      this.#skipping = true;
      this.#current = undefined;
      return;
    }
    if (first !== undefined) {
      this.#addUnder(row, first, false);
      return;
    }
    if (this.#current === undefined) {
      if (!this.#skipping && isContent(row)) this.#say('J06', row.number, row.header('requirementId'));
      return;
    }
    if (row.get('statement') !== '' && row.get('statement') !== this.#current.statement) {
      this.#say('J06', row.number, row.header('requirementId'), row.get('statement').slice(0, 60));
      return;
    }
    this.#addContent(row, this.#current);
  }

  /** Obsolete rows are kept but not judged: nothing of them is due. */
  readonly #say: Say = (code, row, column = '', value = '', detail = '') => {
    if (this.#book === this.#obsolete && code !== 'C12') return;
    const message = remMessage(code, { row, column }, value, detail);
    this.messages.add(this.#sheet === undefined ? message : { ...message, sheet: this.#sheet });
  };

  readonly #sayer: Sayer = { say: this.#say };

  #closeSheet(): void {
    if (this.#repeated > 0) this.#say('J16', 0, '', this.#sheet ?? '', String(this.#repeated));
    this.#repeated = 0;
  }

  #addUnder(row: Row, rawId: string, shared: boolean): void {
    const requirement = this.#open(row, rawId, shared);
    if (requirement !== undefined) this.#addContent(row, requirement);
  }

  #open(row: Row, rawId: string, shared: boolean): ReadRequirement | undefined {
    const id = normaliseId(rawId);
    const listsRequirements = row.has('statement') || row.has('profile');
    if (this.#main?.has(id) === true && listsRequirements) {
      this.#repeated += 1;
      this.#skipping = true;
      this.#current = undefined;
      return undefined;
    }
    this.#skipping = false;
    if (this.#current?.id !== id) this.#scenario = undefined;
    const status = row.get('publicationStatus');
    const gone = isObsolete(status) || (this.#obsolete.requirements.has(id) && !this.#live.requirements.has(id));
    this.#book = gone ? this.#obsolete : this.#live;
    const known = this.#book.requirements.get(id);
    if (known !== undefined) {
      this.#current = known;
      if (!shared) compareRequirement(row, known, this.#say);
      completeRequirement(row, known, this.#say);
      return known;
    }
    const column = row.header('requirementId');
    if (gone) this.#say('C12', row.number, row.header('publicationStatus'), id);
    else if (!listsRequirements) this.#say('J17', row.number, column, id);
    if (id !== rawId) this.#say('J05', row.number, column, visibleId(rawId), id);
    checkId(id, rawId, (code, value, detail) => this.#say(code, row.number, column, value, detail));
    const read = readRequirement(row, id, rawId, this.#sayer, this.#options);
    this.#book.requirements.set(id, read);
    this.#size.addRequirement(read);
    this.#current = read;
    return read;
  }

  #addContent(row: Row, requirement: ReadRequirement): void {
    const scenario = this.#scenarioOf(row, requirement);
    if (scenario === undefined) return;
    const sheet = this.#sheet === undefined ? {} : { sheet: this.#sheet };
    for (const proof of row.proofs) {
      this.#size.addProof(proof);
      scenario.found.push({ ...proof, ...sheet, row: row.number, requirement: requirement.id });
    }
  }

  /** The scenario of a row: named, continued from the row above, or one that `settle` numbers when it only has a content. */
  #scenarioOf(row: Row, requirement: ReadRequirement): ReadScenario | undefined {
    const rawId = row.rawId('scenarioId');
    const text = row.get('scenario');
    if (rawId === '') {
      if (row.proofs.length === 0 && text === '') return undefined;
      if (this.#scenario !== undefined && (text === '' || text === this.#scenario.text)) return this.#scenario;
      return this.#newScenario(row, requirement, '', '');
    }
    const id = restoreId(rawId, requirement.id);
    const known = this.#book.scenarios.get(id);
    if (known === undefined) {
      const column = row.header('scenarioId');
      if (id !== rawId) this.#say('J05', row.number, column, visibleId(rawId), id);
      if (!isUnder(id, requirement.id)) this.#say('J09', row.number, column, id, requirement.id);
      checkNumber(id, (code, value, detail) => this.#say(code, row.number, column, value, detail));
      return this.#newScenario(row, requirement, id, rawId);
    }
    this.#scenario = known;
    if (known.text === '') known.text = text;
    known.notes = { ...scenarioNotes(row), ...known.notes };
    if (!known.numbers.has(requirement.id)) {
      known.numbers.set(requirement.id, rawId);
      this.#say('J14', row.number, row.header('scenarioId'), id);
      requirement.scenarios.push(known);
      this.#size.addScenario(known);
    }
    return known;
  }

  #newScenario(row: Row, requirement: ReadRequirement, id: string, rawId: string): ReadScenario {
    const scenario: ReadScenario = {
      id,
      rawId,
      row: row.number,
      ...(this.#sheet === undefined ? {} : { sheet: this.#sheet }),
      column: row.header('scenarioId'),
      owner: requirement.id,
      numbers: new Map(rawId === '' ? [] : [[requirement.id, rawId]]),
      text: row.get('scenario'),
      notes: scenarioNotes(row),
      found: [],
      proofs: [],
    };
    if (id !== '') this.#book.scenarios.set(id, scenario);
    requirement.scenarios.push(scenario);
    this.#size.addScenario(scenario);
    this.#scenario = scenario;
    return scenario;
  }
}

function scenarioNotes(row: Row): ReadScenario['notes'] {
  const testCaseRef = row.get('testCaseRef');
  const verificationPoints = row.get('verificationPoints');
  return {
    ...(testCaseRef === '' ? {} : { testCaseRef }),
    ...(verificationPoints === '' ? {} : { verificationPoints }),
  };
}

/** A title between two sections, or a note under the table, written in the column of the numbers. */
function isBanner(row: Row, rawId: string): boolean {
  return (
    !/\d/u.test(rawId) &&
    row.proofs.length === 0 &&
    row.get('statement') + row.get('scenarioId') + row.get('scenario') === ''
  );
}

/** Whether a row above every requirement is more than a note. */
function isContent(row: Row): boolean {
  return row.proofs.length > 0 || row.get('scenarioId') !== '' || row.get('statement') !== '';
}
