import { Then, When } from '@cucumber/cucumber';
import {
  CHANGE_RULES,
  checkFlaggedIdentity,
  checkIdentityTraces,
  checkLockedTraits,
  checkNoInsiCall,
  checkOrdinaryChange,
  checkSuperUserChange,
  FLAG_RULES,
  IDENTITY_TRACE_RULES,
  LOCK_RULES,
  type ChangeCase,
} from '#checks/ins/index.ts';
import type { Exchange, HttpExchange } from '#formats/exchange/index.ts';
import type { GestureInput, GestureOutput, Traits } from '#sut/driver/index.ts';
import { statusNamed } from './patients.steps.ts';
import { USED } from './registration.steps.ts';
import {
  ACTOR,
  actedBy,
  authorOf,
  captureCalls,
  isOurs,
  Kept,
  OTHER_ACTOR,
  type Attempted,
  type ScenarioWorld,
} from './world/index.ts';

type As = GestureInput<'modifyIdentity'>['as'];

/** What a scenario did to an identity by hand. */
class Handled {
  /** Journal position just before the last change. */
  changeMark = '';
  readonly flag = new Kept<'douteuse' | 'fictive'>('attribut');
  readonly changes: ChangeCase[] = [];
  /** Journal position just before the attribute was set. */
  mark = '';
}

const CHANGING_USERS = [ACTOR, OTHER_ACTOR] as const;

const handled = new WeakMap<ScenarioWorld, Handled>();

function handledOf(world: ScenarioWorld): Handled {
  const known = handled.get(world) ?? new Handled();
  handled.set(world, known);
  return known;
}

/** Journal position just before the last change made by hand: what came earlier tells of something else. */
export function markOfChange(world: ScenarioWorld): string {
  return handledOf(world).changeMark;
}

When("l'utilisateur déclare l'identité {string}", async function (this: ScenarioWorld, flag: string) {
  if (flag !== 'douteuse' && flag !== 'fictive') throw new Error(`attribut inconnu : ${flag}`);
  handledOf(this).flag.value = flag;
  handledOf(this).mark = this.bench.mocks.journal.mark();
  const user = ACTOR;
  const { patientId } = this;
  await this.performIfProposed('flagIdentity', { patientId, flag, on: true, user }, `d’attribut « identité ${flag} »`);
  actedBy(this, 'provisoire', user);
});

Then("l'identité garde l'attribut et passe au statut provisoire", async function (this: ScenarioWorld) {
  const flag = handledOf(this).flag.value;
  const after = await this.keepPatientState('fiche-apres', `La fiche du patient, identité « ${flag} »`);
  this.judge(checkFlaggedIdentity({ flag, before: this.before.value, after }), FLAG_RULES);
});

When("l'utilisateur tente une recherche par carte Vitale pour cette identité", async function (this: ScenarioWorld) {
  const { patientId, patient } = this;
  keepAttempt(this, await this.attempt('searchIns', { patientId, mode: 'vitale', card: patient.card }));
});

When("l'utilisateur tente de faire vérifier cette identité par INSi", async function (this: ScenarioWorld) {
  keepAttempt(this, await this.attempt('verifyIns', { patientIds: [this.patientId], mode: 'unitaire' }));
});

function keepAttempt(world: ScenarioWorld, tried: Attempted<'searchIns'> | Attempted<'verifyIns'>): void {
  const refused = tried.outcome === 'refused';
  world.asked.value = { refused, message: refused ? tried.message : tried.output.message };
  world.captureState('tentative', 'Ce que le produit a répondu à l’appel demandé', world.asked.value);
}

/** No call since the attribute was set, nor until the run ends: a product may refuse its user and call all the same. */
function judgeNoCall(world: ScenarioWorld): void {
  const flag = handledOf(world).flag.value;
  const since = handledOf(world).mark;
  captureCalls(world);
  const calls = (exchanges: readonly Exchange[]): readonly HttpExchange[] =>
    exchanges.filter((exchange): exchange is HttpExchange => exchange.protocol === 'http' && isOurs(world, exchange));
  world.judge(checkNoInsiCall(flag, calls(world.seen({ service: 'insi', since }))), FLAG_RULES);
  world.watch(
    { service: 'insi', about: world.patient.key, since },
    `Le produit a appelé INSi pour une identité ${flag}.`,
    ({ protocol }) => protocol === 'http',
    (exchange) => checkNoInsiCall(flag, calls([exchange])),
  );
}

Then('INSi ne reçoit rien pour cette identité', function (this: ScenarioWorld) {
  judgeNoCall(this);
});

Then("le produit refuse l'appel et INSi ne reçoit rien", function (this: ScenarioWorld) {
  const { refused, message } = this.asked.value;
  judgeNoCall(this);
  this.require(!refused || message.trim() !== '', 'Le produit a bloqué l’appel sans le dire à son utilisateur.');
});

/** Another value of a trait; of the strict ones, nobody of the population has it, but for the sex. */
const OTHER_VALUES: Readonly<Record<string, (traits: Traits) => Partial<Traits>>> = {
  'le nom de naissance': () => ({ birthName: 'PATTEST-MODIFIE' }),
  'les prénoms de naissance': () => ({ firstNames: ['ZENOBIE'] }),
  'la date de naissance': () => ({ birthDate: '1951-11-23' }),
  'le sexe': ({ sex }) => ({ sex: sex === 'F' ? 'M' : 'F' }),
  'le lieu de naissance': () => ({ birthPlace: '01004' }),
};

function otherTraits(traits: Traits): Partial<Traits>[] {
  return Object.values(OTHER_VALUES).map((other) => other(traits));
}

async function change(world: ScenarioWorld, changes: Partial<Traits>, as: As, user?: string): Promise<void> {
  const { patientId } = world;
  handledOf(world).changeMark = world.bench.mocks.journal.mark();
  const before = handledOf(world).changes.at(-1)?.after ?? world.before.value;
  const tried = await world.attempt('modifyIdentity', {
    patientId,
    changes,
    as,
    ...(user === undefined ? {} : { user }),
  });
  const after = await world.keepPatientState(
    `fiche-apres-${handledOf(world).changes.length + 1}`,
    `La fiche après la modification demandée : ${Object.keys(changes).join(', ')}`,
  );
  const message = tried.outcome === 'refused' ? tried.message : tried.output.message;
  handledOf(world).changes.push({ changes, before, after, refused: tried.outcome === 'refused', message });
}

When('un utilisateur ordinaire tente de modifier chacun des traits stricts', async function (this: ScenarioWorld) {
  for (const changes of otherTraits(this.before.value.traits)) await change(this, changes, 'utilisateur');
});

When('un utilisateur ordinaire modifie le nom et le prénom utilisés', function (this: ScenarioWorld) {
  return change(this, USED, 'utilisateur');
});

When(
  "deux utilisateurs modifient l'un le lieu de naissance, l'autre le nom utilisé",
  async function (this: ScenarioWorld) {
    const [first, second] = CHANGING_USERS;
    await change(this, { birthPlace: '01004' }, 'utilisateur', first);
    await change(this, { usedName: USED.usedName }, 'utilisateur', second);
    const refused = handledOf(this).changes.find((one) => one.refused);
    this.require(
      refused === undefined,
      `Le produit a refusé de modifier une identité provisoire, et l'a dit ainsi : « ${refused?.message ?? ''} »`,
    );
  },
);

for (const [trait, other] of Object.entries(OTHER_VALUES)) {
  When(`un super-utilisateur modifie ${trait}`, function (this: ScenarioWorld) {
    return change(this, other(this.before.value.traits), 'super-utilisateur');
  });
}

When('un super-utilisateur modifie le nom utilisé', function (this: ScenarioWorld) {
  return change(this, { usedName: USED.usedName }, 'super-utilisateur');
});

Then("l'identité est restée telle qu'INSi l'a donnée", function (this: ScenarioWorld) {
  this.captureState('tentatives', 'Les modifications demandées et ce que le produit en a dit', handledOf(this).changes);
  this.judge(handledOf(this).changes.flatMap(checkOrdinaryChange), LOCK_RULES);
});

Then('les traits complémentaires ont changé, et eux seuls', function (this: ScenarioWorld) {
  this.judge(handledOf(this).changes.flatMap(checkOrdinaryChange), [...LOCK_RULES, ...CHANGE_RULES]);
});

Then(
  "les champs venus d'INSi sont verrouillés, les traits complémentaires ouverts",
  async function (this: ScenarioWorld) {
    const state = await this.keepPatientState('champs-verrouilles', 'Les champs que le produit dit verrouillés');
    this.judge(checkLockedTraits(state), LOCK_RULES);
  },
);

Then(
  "la modification est faite, avec les suites que l'exigence demande pour l'INS et le statut",
  function (this: ScenarioWorld) {
    this.captureState('modification', 'La modification, la fiche avant et la fiche après', handledOf(this).changes);
    this.judge(handledOf(this).changes.flatMap(checkSuperUserChange), CHANGE_RULES);
  },
);

Then(
  'le journal des identités montre chaque modification, sa date, son auteur et ce qui a été fait',
  async function (this: ScenarioWorld) {
    await judgeTraces(
      this,
      CHANGING_USERS.map((user) => ({ kind: 'modification', user, what: true })),
    );
  },
);

Then("le journal des identités montre l'accès à la fiche, sa date et son auteur", async function (this: ScenarioWorld) {
  await judgeTraces(this, [{ kind: 'consultation', ...authorOf(this, 'consultation') }]);
});

Then(
  'le journal des identités montre le passage de {string} à {string}, sa date et son auteur',
  async function (this: ScenarioWorld, from: string, to: string) {
    await judgeTraces(this, [
      {
        kind: 'changement-statut',
        from: statusNamed(from),
        to: statusNamed(to),
        ...authorOf(this, statusNamed(to)),
      },
    ]);
  },
);

Then("le journal des identités nomme le partenaire à qui l'INS a été transmise", async function (this: ScenarioWorld) {
  await judgeTraces(this, [{ kind: 'transmission', ...authorOf(this, 'transmission') }]);
});

Then(
  "le journal des identités nomme ce professionnel parmi ceux qui ont reçu l'INS",
  async function (this: ScenarioWorld) {
    const { mailbox } = this.professional;
    await judgeTransmission(this, ({ partner = '' }) => partner.includes(mailbox));
  },
);

/** Names under which a product may show the DMP to its user. */
const DMP = /\bdmp\b|dossier m[ée]dical partag[ée]|mon espace sant[ée]/i;

Then(
  "le journal des identités nomme le DMP parmi ceux à qui l'INS a été transmise",
  async function (this: ScenarioWorld) {
    await judgeTransmission(
      this,
      ({ partner = '', detail }) => partner.trim() !== '' && DMP.test(`${partner} ${detail}`),
    );
  },
);

/** Waits for the trace of a transmission to somebody in particular: those to others prove nothing of it. */
async function judgeTransmission(world: ScenarioWorld, toThem: (trace: Trace) => boolean): Promise<void> {
  const traces = await world.eventually(
    () => tracesOf(world),
    (all) => all.some((trace) => trace.kind === 'transmission' && toThem(trace)),
  );
  world.captureState('journal-des-identites', 'Le journal des identités, tel que le produit le montre', traces);
  const withoutOthers = traces.filter((trace) => trace.kind !== 'transmission' || toThem(trace));
  world.judge(checkIdentityTraces(withoutOthers, [{ kind: 'transmission' }]), IDENTITY_TRACE_RULES);
}

type Trace = NonNullable<GestureOutput<'readState'>['traces']>[number];

async function tracesOf(world: ScenarioWorld): Promise<readonly Trace[]> {
  const { patientId } = world;
  return (await world.perform('readState', { what: 'identity-traces', patientId })).traces ?? [];
}

async function judgeTraces(world: ScenarioWorld, expected: Parameters<typeof checkIdentityTraces>[1]): Promise<void> {
  const traces = await tracesOf(world);
  world.captureState('journal-des-identites', 'Le journal des identités, tel que le produit le montre', traces);
  world.judge(checkIdentityTraces(traces, expected), IDENTITY_TRACE_RULES);
}
