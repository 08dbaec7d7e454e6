import { Given, Then, When } from '@cucumber/cucumber';
import {
  checkPdfPages,
  exactMention,
  RULES as PDF_RULES,
  usualMention,
  type ExpectedMention,
  type PagesOptions,
  type PrintedIdentity,
} from '#checks/pdf/index.ts';
import { readPdf } from '#formats/pdf/index.ts';
import { readPdfPages } from '#formats/pdf-pages/index.ts';
import { capturedCda, documentOf } from './documents.steps.ts';
import { ANALYSES } from './reports.steps.ts';
import { judgeCda, type ScenarioWorld } from './world/index.ts';

/** Texts that no product prints before the bench sets them. */
const TEXTS = {
  privacy:
    'Texte de test du banc : vos données personnelles servent à rendre vos résultats ; écrivez au délégué à la protection des données du laboratoire.',
  automaticValidation:
    'Texte de test du banc : certains résultats ont été validés par un processus automatique, sans revue par un biologiste.',
} as const;

type TextName = keyof typeof TEXTS;

const MENTIONS: Readonly<Record<TextName, ExpectedMention>> = {
  privacy: exactMention('rgpd', 'le texte RGPD réglé', TEXTS.privacy),
  automaticValidation: exactMention(
    'validation-automatique',
    'le texte réglé pour la validation automatique',
    TEXTS.automaticValidation,
  ),
};

/** The text that the scenario set. */
const chosen = new WeakMap<ScenarioWorld, TextName>();

function chosenBy(world: ScenarioWorld): TextName {
  const name = chosen.get(world);
  if (name === undefined) throw new Error('le scénario ne règle aucun texte : une étape manque avant celle-ci');
  return name;
}

function setText(world: ScenarioWorld, name: TextName): Promise<void> {
  chosen.set(world, name);
  return world.settings.adjust({ reportTexts: { [name]: TEXTS[name] } });
}

Given("un texte d'information RGPD réglé dans le produit", function (this: ScenarioWorld) {
  return setText(this, 'privacy');
});

Given('un texte de validation automatique réglé dans le produit', function (this: ScenarioWorld) {
  return setText(this, 'automaticValidation');
});

/** A report of the analyses of the suite, the first ones with `mark`, kept in the laboratory. */
async function validateMarked(
  world: ScenarioWorld,
  count: number,
  mark: { readonly accredited?: boolean; readonly withoutReview?: boolean },
): Promise<void> {
  world.recipients = [];
  world.report = await world.perform('validateReport', {
    patientId: world.patientId,
    title: "Compte rendu d'examens biologiques",
    analyses: ANALYSES.map((analysis, index) => (index < count ? { ...analysis, ...mark } : analysis)),
    professionals: [],
    sendToPatient: false,
    sendToDmp: false,
  });
}

When("le produit valide de lui-même un examen d'un compte rendu, sans revue", function (this: ScenarioWorld) {
  return validateMarked(this, 1, { withoutReview: true });
});

When("l'utilisateur valide un compte rendu dont deux examens sont accrédités", function (this: ScenarioWorld) {
  return validateMarked(this, 2, { accredited: true });
});

async function judgePages(world: ScenarioWorld, options: PagesOptions): Promise<void> {
  const { bytes, fileName } = documentOf(world, 'pdf');
  world.capture({
    name: 'compte-rendu',
    extension: '.pdf',
    mediaType: 'application/pdf',
    bytes,
    caption: `Le compte rendu « ${fileName} » tel que le produit l'a rendu`,
  });
  const reading = readPdf(bytes);
  world.require(reading.ok, `Le fichier « ${fileName} » rendu par le produit n'est pas un PDF lisible.`);
  const { datamatrix } = world.bench.references;
  const held = datamatrix === undefined ? options : { ...options, layout: datamatrix };
  world.judge(checkPdfPages(await readPdfPages(bytes), held), PDF_RULES);
}

/** As the vendor writes it where it said so, else as it is usually written. */
function mentionOf(world: ScenarioWorld, id: ExpectedMention['id']): ExpectedMention {
  const own = world.bench.references.mentions?.find((mention) => mention.id === id);
  return own === undefined ? usualMention(id) : { ...own, expected: 'present' };
}

/** The patient as INSi knows it, once qualified. */
function identityOf({ patient }: ScenarioWorld, qualified: boolean): PrintedIdentity {
  const { ins, oid, birthName, firstNames, sex, birthDate, birthPlace } = patient;
  return { qualified, ins, oid, birthName, firstNames, sex, birthDate, birthPlace };
}

Then('le PDF produit porte le datamatrix INS de ce patient', function (this: ScenarioWorld) {
  return judgePages(this, { identity: identityOf(this, true) });
});

Then(
  'le PDF produit imprime les traits et le matricule de ce patient, chacun sous son libellé',
  function (this: ScenarioWorld) {
    return judgePages(this, { identity: identityOf(this, true), mentions: [mentionOf(this, 'ins')] });
  },
);

Then('le PDF produit ne porte ni le matricule ni le datamatrix INS', function (this: ScenarioWorld) {
  return judgePages(this, { identity: identityOf(this, false) });
});

Then('le PDF produit porte ce texte', function (this: ScenarioWorld) {
  return judgePages(this, { mentions: [MENTIONS[chosenBy(this)]] });
});

Then('le CDA N3 produit porte ce texte', function (this: ScenarioWorld) {
  return judgeCda(this, capturedCda(this, 'N3'), { texts: [TEXTS[chosenBy(this)]] }, 'cda-n3');
});

Then("le PDF produit ne dit d'aucun examen qu'il a été validé automatiquement", function (this: ScenarioWorld) {
  return judgePages(this, { mentions: [{ ...MENTIONS.automaticValidation, expected: 'absent' }] });
});

Then('le PDF produit porte les mentions du Cofrac', function (this: ScenarioWorld) {
  return judgePages(this, { mentions: [mentionOf(this, 'cofrac')] });
});

Then('le PDF produit ne porte aucune mention du Cofrac', function (this: ScenarioWorld) {
  return judgePages(this, { mentions: [{ ...mentionOf(this, 'cofrac'), expected: 'absent' }] });
});
