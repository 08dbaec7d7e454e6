import { Given } from '@cucumber/cucumber';
import type { IdentityDocument } from '#sut/driver/index.ts';
import type { ScenarioWorld } from './world/index.ts';

Given('la validation automatique activée', function (this: ScenarioWorld) {
  return this.settings.adjust({ automaticValidation: true });
});

Given('la validation automatique désactivée', function (this: ScenarioWorld) {
  return this.settings.adjust({ automaticValidation: false });
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
