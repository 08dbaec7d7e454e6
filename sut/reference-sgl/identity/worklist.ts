/** Something that waits for a person (rules 49, 51, 55). */
export interface WorklistTask {
  at: Date;
  kind: 'identite-a-verifier' | 'donnee-non-integree';
  /** French sentence for the user. */
  reason: string;
  patientId?: string;
  /** MSH-10 of the message that brought it. */
  messageId?: string;
}

export interface Worklist {
  add(task: WorklistTask): void;
  list(): readonly WorklistTask[];
}

const KEPT = 5_000;

/** In memory; the oldest lines go when there are too many. */
export function createWorklist(): Worklist {
  const tasks: WorklistTask[] = [];
  return {
    add(task) {
      tasks.push(task);
      if (tasks.length > KEPT) tasks.splice(0, tasks.length - KEPT);
    },
    list: () => [...tasks],
  };
}
