import type { RemMessage } from './types.ts';

/** A list in which one thing is wrong everywhere is told by its first cases, then by their number. */
const MAX_PER_CODE = 500;

/** Messages of a reading, bounded whatever the workbook. */
export class MessageList {
  readonly #kept: RemMessage[] = [];
  readonly #counts = new Map<string, number>();
  /** First message of each code of which some are not kept. */
  readonly #over = new Map<string, RemMessage>();

  add(message: RemMessage): void {
    const count = (this.#counts.get(message.code) ?? 0) + 1;
    this.#counts.set(message.code, count);
    if (count <= MAX_PER_CODE) this.#kept.push(message);
    else if (!this.#over.has(message.code)) this.#over.set(message.code, message);
  }

  addAll(messages: Iterable<RemMessage>): void {
    for (const message of messages) this.add(message);
  }

  /** What was kept, in order, then one message for each code of which more was found. */
  sorted(compare: (left: RemMessage, right: RemMessage) => number): readonly RemMessage[] {
    return [...this.#kept.sort(compare), ...Array.from(this.#over.values(), (first) => this.#rest(first))];
  }

  #rest({ code, severity, remedy }: RemMessage): RemMessage {
    const more = (this.#counts.get(code) ?? 0) - MAX_PER_CODE;
    const message =
      more > 1
        ? `${more} autres remarques ${code} ne sont pas montrées.`
        : `Une autre remarque ${code} n'est pas montrée.`;
    return { code, severity, row: 0, column: '', value: String(more), message, remedy };
  }
}
