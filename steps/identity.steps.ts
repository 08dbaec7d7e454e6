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
import type { GestureInput, GestureOutput, Traits } from '#sut/driver/index.ts';
import { statusNamed } from './patients.steps.ts';
import { USED } from './registration.steps.ts';
import { captureCalls, insiExchanges, Kept, type ScenarioWorld } from './world/index.ts';

type As = GestureInput<'modifyIdentity'>['as'];

/** What a scenario did to an identity by hand. */
class Handled {
  readonly flag = new Kept<'douteuse' | 'fictive'>('attribut');
  readonly changes: ChangeCase[] = [];
}

const handled = new WeakMap<ScenarioWorld, Handled>();

function handledOf(world: ScenarioWorld): Handled {
  const known = handled.get(world) ?? new Handled();
  handled.set(world, known);
  return known;
}

When("l'utilisateur déclare l'identité {string}", async function (this: ScenarioWorld, flag: string) {
  if (flag !== 'douteuse' && flag !== 'fictive') throw new Error(`attribut inconnu : ${flag}`);
  handledOf(this).flag.value = flag;
  await this.perform('flagIdentity', { patientId: this.patientId, flag, on: true });
});

Then("l'identité garde l'attribut et passe au statut provisoire", async function (this: ScenarioWorld) {
  const flag = handledOf(this).flag.value;
  const after = await this.keepPatientState('fiche-apres', `La fiche du patient, identité « ${flag} »`);
  this.judge(checkFlaggedIdentity({ flag, before: this.before.value, after }), FLAG_RULES);
});

Then("le produit refuse l'appel et INSi ne reçoit rien", function (this: ScenarioWorld) {
  captureCalls(this);
  const { refused, message } = this.asked.value;
  this.judge(checkNoInsiCall(handledOf(this).flag.value, insiExchanges(this)), FLAG_RULES);
  this.require(!refused || message.trim() !== '', 'Le produit a bloqué l’appel sans le dire à son utilisateur.');
});

/** A value of each strict trait that nobody of the population has. */
function otherTraits({ sex }: Traits): Partial<Traits>[] {
  return [
    { birthName: 'PATTEST-MODIFIE' },
    { firstNames: ['ZENOBIE'] },
    { birthDate: '1951-11-23' },
    { sex: sex === 'F' ? 'M' : 'F' },
    { birthPlace: '01004' },
  ];
}

async function change(world: ScenarioWorld, changes: Partial<Traits>, as: As): Promise<void> {
  const { patientId } = world;
  const before = handledOf(world).changes.at(-1)?.after ?? world.before.value;
  const tried = await world.attempt('modifyIdentity', { patientId, changes, as });
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

When("l'utilisateur modifie le nom utilisé", function (this: ScenarioWorld) {
  return change(this, { usedName: USED.usedName }, 'utilisateur');
});

When('un super-utilisateur modifie le nom de naissance', function (this: ScenarioWorld) {
  return change(this, { birthName: 'PATTEST-MODIFIE' }, 'super-utilisateur');
});

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

Then('le journal des identités montre la modification, sa date et son auteur', async function (this: ScenarioWorld) {
  await judgeTraces(this, [{ kind: 'modification' }]);
});

Then("le journal des identités montre l'accès à la fiche, sa date et son auteur", async function (this: ScenarioWorld) {
  await judgeTraces(this, [{ kind: 'consultation' }]);
});

Then(
  'le journal des identités montre le passage de {string} à {string}, sa date et son auteur',
  async function (this: ScenarioWorld, from: string, to: string) {
    await judgeTraces(this, [{ kind: 'changement-statut', from: statusNamed(from), to: statusNamed(to) }]);
  },
);

Then("le journal des identités nomme le partenaire à qui l'INS a été transmise", async function (this: ScenarioWorld) {
  await judgeTraces(this, [{ kind: 'transmission' }]);
});

Then(
  "le journal des identités nomme ce professionnel parmi ceux qui ont reçu l'INS",
  async function (this: ScenarioWorld) {
    const { mailbox } = this.professional;
    const toOthers = ({ kind, partner = '' }: Trace): boolean => kind === 'transmission' && !partner.includes(mailbox);
    const traces = await this.eventually(
      () => tracesOf(this),
      (all) => all.some(({ kind, partner = '' }) => kind === 'transmission' && partner.includes(mailbox)),
    );
    this.captureState('journal-des-identites', 'Le journal des identités, tel que le produit le montre', traces);
    const withoutOthers = traces.filter((trace) => !toOthers(trace));
    this.judge(checkIdentityTraces(withoutOthers, [{ kind: 'transmission' }]), IDENTITY_TRACE_RULES);
  },
);

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
