import type { TestPatient } from '#mocks/population/index.ts';
import type { GuidePatient, GuideStep } from '#tracker/types.ts';

/**
 * What a scenario asks of a person: gestures that the driver does not play, and pictures that the bench cannot take. It
 * never touches the product; a scenario that holds anything here is at best to be reviewed.
 */
export class Guide {
  readonly steps: GuideStep[] = [];
  #seen = 0;

  /** Whether something was asked since the last time that this was called: tells which steps are a person's. */
  grown(): boolean {
    const grown = this.steps.length > this.#seen;
    this.#seen = this.steps.length;
    return grown;
  }

  /** @param text what the person does, as the feature writes it after « le testeur » */
  instruct(text: string): void {
    this.steps.push({ kind: 'action', text: sentence(text) });
  }

  /**
   * @param slot number of the embedded catalogue
   * @param owned slots that the scenario is tagged with
   * @throws when the scenario does not fill the slot, or shows nothing: a fault of the feature, hence of the bench
   */
  film(slot: string, shots: readonly string[], owned: readonly string[]): void {
    if (!owned.includes(slot))
      throw new Error(`Le scénario filme pour ${slot}, preuve dont il ne porte pas l'étiquette.`);
    if (shots.length === 0) throw new Error(`Le scénario filme pour ${slot} sans dire ce que l'image doit montrer.`);
    this.steps.push({ kind: 'prise-de-vue', slot, shots: [...shots] });
  }

  /** Why a person must look; undefined when nothing is asked of anybody. */
  reason(): string | undefined {
    if (this.steps.length === 0) return undefined;
    const slots = new Set(this.steps.flatMap((step) => (step.kind === 'prise-de-vue' ? [step.slot] : [])));
    return slots.size === 0
      ? 'Un testeur doit suivre ce scénario dans le produit.'
      : `Ce que l'écran montre reste à filmer pour ${[...slots].join(', ')} : voir « À filmer ».`;
  }
}

/**
 * The guide in the numbers of the REM in use; pictures that this REM does not ask for are left out.
 *
 * @param here number in the REM in use, by number of the embedded catalogue
 */
export function guideHere(steps: readonly GuideStep[], here: ReadonlyMap<string, string>): readonly GuideStep[] {
  return steps.flatMap((step): readonly GuideStep[] => {
    if (step.kind === 'action') return [step];
    const slot = here.get(step.slot);
    return slot === undefined ? [] : [{ ...step, slot }];
  });
}

/** What the person needs to find this patient on screen, or to type it in. */
export function guidePatient(patient: TestPatient, patientId: string | undefined): GuidePatient {
  const { birthName, firstNames, sex, birthDate, birthPlace, ins, oid } = patient;
  const shown = { birthName, firstNames, sex, birthDate, birthPlace, ins, oid };
  return patientId === undefined ? shown : { ...shown, patientId };
}

function sentence(text: string): string {
  const [first = ''] = text;
  return `Le testeur ${first.toLocaleLowerCase('fr')}${text.slice(first.length)}`.replace(/([^.!?…:])$/, '$1.');
}
