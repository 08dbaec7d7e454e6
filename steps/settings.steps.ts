import { Given } from '@cucumber/cucumber';
import type { IdentityDocument } from '#sut/driver/index.ts';
import type { ScenarioWorld } from './world/index.ts';

const AUTOMATISM = 'de valider de lui-même une identité au vu d’un justificatif à haut niveau de confiance';

Given('la validation automatique activée, si le produit la propose', function (this: ScenarioWorld) {
  return this.settings.adjustIfProposed({ automaticValidation: true }, AUTOMATISM);
});

Given('la validation automatique désactivée, si le produit la propose', function (this: ScenarioWorld) {
  return this.settings.adjustIfProposed({ automaticValidation: false }, AUTOMATISM);
});

/** For a scenario about something else: a product without this setting never validates by itself. */
Given('un produit qui ne valide rien de lui-même', function (this: ScenarioWorld) {
  return this.settings.adjustIfPossible({ automaticValidation: false });
});

Given(
  'le seul justificatif {string} réglé à haut niveau de confiance',
  function (this: ScenarioWorld, document: string) {
    return this.settings.adjust({ strongDocuments: [document as IdentityDocument] });
  },
);

Given('un produit qui reçoit ses identités de son domaine', function (this: ScenarioWorld) {
  return this.settings.adjustIfPossible({ identityRole: 'esclave' });
});
