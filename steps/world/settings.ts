import type { GestureInput } from '#sut/driver/index.ts';
import type { ScenarioWorld } from './scenario-world.ts';

type Settings = GestureInput<'adjustSettings'>;

/**
 * What a product is set to before any scenario: the plain laboratory of the suite, an identity repository that cares for
 * its patients and has no trust contract. The port shows no setting, so what a scenario changed goes back to these.
 */
const USUAL: Required<Settings> = {
  identityRole: 'referentiel',
  trustedDomains: [],
  directCare: true,
  automaticValidation: true,
  strongDocuments: ['carte-identite', 'passeport', 'titre-sejour'],
  reportVersions: 'unique',
  reportTexts: {},
  dmpHistoryRate: 4,
  mailSending: 'automatique',
  mailReplyTo: {},
  patientReplies: false,
  mailSender: 'organisationnelle',
  reportRoute: 'directe',
  directoryEveryHours: 24,
};

/** The settings that undo these. */
export function usualOf(changed: Settings): Settings {
  return Object.fromEntries(Object.entries(USUAL).filter(([name]) => name in changed));
}

/** What a scenario changes in the settings of the product, and has to put back. */
export class ScenarioSettings {
  readonly #world: ScenarioWorld;
  #changed: Settings = {};

  constructor(world: ScenarioWorld) {
    this.#world = world;
  }

  /** Changes them for this scenario only. */
  async adjust(settings: Settings): Promise<void> {
    this.#changed = { ...this.#changed, ...settings };
    await this.#world.perform('adjustSettings', settings);
  }

  /** Same, for what the REM asks only of the products that propose it (see `performIfProposed`). */
  async adjustIfProposed(settings: Settings, what: string): Promise<void> {
    await this.#world.performIfProposed('adjustSettings', settings, what);
    this.#changed = { ...this.#changed, ...settings };
  }

  /** Same, for a product that may do it in any of these ways: the first that it can is chosen. */
  async adjustToOne(ways: readonly [Settings, ...Settings[]]): Promise<void> {
    const last = ways.at(-1) ?? ways[0];
    for (const way of ways.slice(0, -1)) {
      const { outcome } = await this.#world.bench.sut.adjustSettings(way);
      if (outcome !== 'done') continue;
      this.#changed = { ...this.#changed, ...way };
      return;
    }
    await this.adjust(last);
  }

  /**
   * Same, for what a declared profile already says of the product: one that is always so has nothing to set, and its driver
   * need not know the gesture.
   */
  async adjustIfPossible(settings: Settings): Promise<void> {
    const { outcome } = await this.#world.bench.sut.adjustSettings(settings);
    if (outcome === 'done') this.#changed = { ...this.#changed, ...settings };
  }

  /**
   * Puts back what changed, however the scenario ended.
   *
   * @returns the failure to report when the product would not; undefined when there was nothing to do or all went well
   */
  async restore(): Promise<unknown> {
    const usual = usualOf(this.#changed);
    this.#changed = {};
    if (Object.keys(usual).length === 0) return undefined;
    return this.#world.perform('adjustSettings', usual).then(
      () => undefined,
      (error: unknown) => error,
    );
  }
}
