import { Then, When, type DataTable } from '@cucumber/cucumber';
import type { ScenarioWorld } from './world/index.ts';

/** Free text: shown to the person, never played. */
When(/^le testeur (?!filme pour la preuve )(.+)$/, function (this: ScenarioWorld, instruction: string) {
  this.guide.instruct(instruction);
});

Then('le testeur filme pour la preuve {string} :', function (this: ScenarioWorld, slot: string, shots: DataTable) {
  this.guide.film(
    slot,
    shots.raw().map(([shot = '']) => shot),
    this.slots,
  );
});
