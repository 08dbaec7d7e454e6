import { Given, Then, When } from '@cucumber/cucumber';
import type { Finding } from '#dsr/verdict/index.ts';
import { MESSAGE_RULES } from '#checks/hl7v2/index.ts';
import {
  CALL_RULES,
  checkIdentityFeed,
  checkPartnerIdentity,
  FEED_RULES,
  PARTNER_RULES,
  type PartnerCase,
} from '#checks/ins/index.ts';
import { HL7_DOMAINS } from '#mocks/hl7/index.ts';
import type { PatientState } from '#sut/driver/index.ts';
import {
  insiAnswer,
  ACTOR,
  actedBy,
  awaitEmitted,
  captureCalls,
  captureHl7,
  checkEmitted,
  checkTransmittedVerification,
  feedOf,
  isVerification,
  nonConform,
  ORU,
  receivedIdentity,
  sendFeed,
  verificationsOf,
  type ScenarioWorld,
} from './world/index.ts';

const QUALIFIED = { reliability: 'VALI', withIns: true } as const;

When("un établissement d'un autre domaine envoie l'identité qualifiée de ce patient", function (this: ScenarioWorld) {
  return sendFeed(this, HL7_DOMAINS.hopital, { event: 'A28', identity: QUALIFIED });
});

When(
  "un établissement d'un autre domaine envoie un résultat référencé par l'INS de ce patient",
  function (this: ScenarioWorld) {
    feedOf(this).healthData = true;
    return sendFeed(this, HL7_DOMAINS.hopital, { event: 'A28', identity: QUALIFIED, overrides: ORU });
  },
);

When(
  'le même établissement envoie la mise à jour de ce patient, avec son INS qualifiée',
  function (this: ScenarioWorld) {
    return sendFeed(this, HL7_DOMAINS.hopital, { event: 'A31', identity: QUALIFIED });
  },
);

When("un établissement d'un autre domaine envoie l'identité de ce patient, sans INS", function (this: ScenarioWorld) {
  return sendFeed(this, HL7_DOMAINS.hopital, { event: 'A28', identity: { reliability: 'PROV', withIns: false } });
});

When("le référentiel de son domaine envoie l'identité qualifiée de ce patient", function (this: ScenarioWorld) {
  return sendFeed(this, HL7_DOMAINS.laboratoire, { event: 'A28', identity: QUALIFIED });
});

When(
  "le référentiel de son domaine envoie l'identité de ce patient avec son INS, mais non qualifiée",
  function (this: ScenarioWorld) {
    return sendFeed(this, HL7_DOMAINS.laboratoire, { event: 'A28', identity: { reliability: 'PROV', withIns: true } });
  },
);

When('le référentiel de son domaine envoie la mise à jour de ce patient', function (this: ScenarioWorld) {
  const traits = { usedName: 'USAGE-ESSAI', usedFirstName: 'ALIX' };
  return sendFeed(this, HL7_DOMAINS.laboratoire, { event: 'A31', identity: QUALIFIED, overrides: { traits } });
});

When("le référentiel de son domaine envoie la suppression de l'INS de ce patient", function (this: ScenarioWorld) {
  return sendFeed(this, HL7_DOMAINS.laboratoire, { event: 'A47', identity: { reliability: 'PROV', withIns: false } });
});

Given(
  /^un produit qui ne prend pas les patients en charge, (sous|sans) contrat de confiance avec l'établissement$/,
  function (this: ScenarioWorld, how: string) {
    feedOf(this).trusted = how === 'sous';
    return this.settings.adjust({ directCare: false, trustedDomains: how === 'sous' ? [HL7_DOMAINS.hopital.oid] : [] });
  },
);

async function storyOf(world: ScenarioWorld): Promise<PartnerCase> {
  const { sent, before, healthData, trusted, domain } = feedOf(world);
  const after = await receivedIdentity(world);
  const { other } = feedOf(world);
  const otherNow = other && (await world.perform('readState', { what: 'patient', patientId: other.patientId })).patient;
  if (other && !otherNow) throw nonConform('Le produit ne montre plus la fiche de l’autre personne.');
  const { tasks = [] } = await world.perform('readState', { what: 'worklist' });
  const waits = tasks.some((task) => task.messageId === sent.value.messageId);
  return {
    sent: sent.value,
    ...(trusted ? { trustedDomains: [domain.oid], directCare: false } : {}),
    verifications: verificationsOf(world).map((exchange) => insiAnswer(exchange, world)),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(other && otherNow ? { other: { before: other.before, after: otherNow } } : {}),
    tasks,
    // The port shows what waits for somebody: a result that does not wait was integrated.
    ...(healthData ? { healthDataIntegrated: !waits } : {}),
  };
}

Then("le produit a traité l'identité reçue comme l'exigence le demande", async function (this: ScenarioWorld) {
  const story = await settledStory(this);
  captureCalls(this);
  this.captureState('fiche-apres', 'La fiche que le produit tient après le flux', story.after ?? null);
  this.captureState('liste-de-travail', 'La liste de travail du produit', story.tasks);
  if (story.other) this.captureState('fiche-autre', 'La fiche de l’autre personne après le flux', story.other.after);
  this.judge(checkPartnerIdentity(story), PARTNER_RULES);
});

/** Rules that say that a message was dealt with, whatever came of it. */
const DEALT_WITH: ReadonlySet<string> = new Set(['INS-PARTNER-VERIFY', 'INS-PARTNER-RECEIVED']);

/**
 * The story once the product has dealt with the message: it may acknowledge first and work afterwards, and an identity
 * that is still as it was proves nothing until then.
 */
async function settledStory(world: ScenarioWorld): Promise<PartnerCase> {
  const holds = (story: PartnerCase): boolean =>
    checkPartnerIdentity(story).every(
      (finding) => finding.severity !== 'error' || !(world.decides(finding) || DEALT_WITH.has(finding.rule)),
    );
  const story = await world.eventually(() => storyOf(world), holds);
  const { acknowledgedAt } = feedOf(world);
  const late = verificationsOf(world).some(({ startedAt }) => Date.parse(startedAt) >= acknowledgedAt);
  if (!late || !holds(story)) return story;
  // What INSi answered after the acknowledgement may not have reached the record yet: seen right twice, then.
  let readings = 0;
  return world.eventually(
    () => storyOf(world),
    (again) => (readings += 1) > 1 || !holds(again),
  );
}

Then(
  "INSi a reçu la vérification de l'INS transmise et répondu {string}",
  async function (this: ScenarioWorld, expected: string) {
    const { mark } = feedOf(this);
    await this.httpExchange(
      { service: 'insi', operation: 'verifierIns', since: mark },
      'vérifier auprès d’INSi l’INS qu’un autre domaine lui a transmise',
    );
    const last = verificationsOf(this).at(-1);
    const code = last === undefined ? '' : insiAnswer(last, this).code;
    this.require(
      code === expected,
      `INSi devait répondre « ${expected} » à la vérification ; il a répondu « ${code} ».`,
    );
    const findings = checkTransmittedVerification(this);
    const transmitted = ({ rule }: Finding): boolean => TRANSMITTED.has(rule);
    this.judgeAll(
      findings.filter(transmitted),
      CALL_RULES.filter(({ id }) => TRANSMITTED.has(id)),
    );
    this.judge(
      findings.filter((finding) => !transmitted(finding)),
      CALL_RULES.filter(({ id }) => !TRANSMITTED.has(id)),
    );
  },
);

/** Rules that make a verification that of the INS and the traits transmitted. */
const TRANSMITTED: ReadonlySet<string> = new Set(['INSI-VERIF-IDENTITY', 'INSI-VERIF-CONTENT', 'INSI-SENT-TRAITS']);

const HELD_ALREADY = 'Le produit a vérifié une INS qu’il tenait déjà d’INSi pour ce patient.';

Then("INSi n'a reçu aucune vérification de cette INS", async function (this: ScenarioWorld) {
  const story = await storyOf(this);
  this.captureState('fiche-apres', 'La fiche que le produit tient après le flux', story.after ?? null);
  this.require(story.verifications.length === 0, HELD_ALREADY);
  this.watch({ service: 'insi', about: this.patient.key, since: feedOf(this).mark }, HELD_ALREADY, isVerification);
});

Then("l'identité reçue est {string} dans le produit", async function (this: ScenarioWorld, status: string) {
  const after = await this.eventually(
    () => receivedIdentity(this),
    (state) => state?.status === status,
  );
  this.captureState('fiche-apres', 'La fiche que le produit tient après le flux', after ?? null);
  this.require(after !== undefined, 'Le produit n’a pas créé l’identité reçue.');
  this.require(after.status === status, `L'identité reçue devait être « ${status} », elle est « ${after.status} ».`);
});

Then('la fiche créée par le flux porte son nom de naissance tel quel', async function (this: ScenarioWorld) {
  const { birthName } = this.patient;
  const after = await this.eventually(
    () => receivedIdentity(this),
    (state) => state?.traits.birthName === birthName,
  );
  this.captureState('fiche-apres', 'La fiche que le produit tient après le flux', after ?? null);
  this.require(after !== undefined, 'Le produit n’a pas créé l’identité reçue.');
  this.require(
    after.traits.birthName === birthName,
    `Le nom de naissance devait être « ${birthName} » ; le produit garde « ${after.traits.birthName} ».`,
  );
});

Then(
  /^le produit a suivi (la création|la mise à jour|la suppression) envoyée par son domaine$/,
  async function (this: ScenarioWorld, what: string) {
    const event = what === 'la création' ? 'creation' : what === 'la mise à jour' ? 'update' : 'removal';
    const { sent } = feedOf(this);
    const check = (after: PatientState | undefined) =>
      checkIdentityFeed({ event, sent: sent.value, ...(after === undefined ? {} : { after }) });
    const after = await this.eventually(
      () => receivedIdentity(this),
      (state) => check(state).length === 0,
    );
    this.captureState(`fiche-apres-${event}`, 'La fiche que le produit tient après le flux', after ?? null);
    this.judge(check(after), FEED_RULES);
  },
);

When('le produit émet un message HL7 sur ce patient', async function (this: ScenarioWorld) {
  const { controlId } = await this.perform('sendHl7Message', { patientId: this.patientId, user: ACTOR });
  actedBy(this, 'transmission', ACTOR);
  feedOf(this).emitted.value = controlId;
});

Then(
  "le message HL7 reçu du produit porte l'INS qualifiée et satisfait à l'exigence",
  async function (this: ScenarioWorld) {
    // Other messages about the same patient may be on their way: this one is known by its number.
    const exchange = await awaitEmitted(this);
    captureHl7(this, exchange, 'message-emis', 'Le message HL7 que le produit a émis');
    const { traits, ins, oid } = await this.keepPatientState('fiche', 'La fiche du patient au moment de l’envoi');
    const expected = { traits, ...(ins === undefined ? {} : { ins }), ...(oid === undefined ? {} : { oid }) };
    this.judge(checkEmitted(exchange, { expected, qualified: true }), MESSAGE_RULES);
  },
);
