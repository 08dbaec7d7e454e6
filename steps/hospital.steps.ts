import { Given, Then, When } from '@cucumber/cucumber';
import { documentAct } from '#formats/hl7v2/index.ts';
import { HL7_DOMAINS, type BusinessAckOrder } from '#mocks/hl7/index.ts';
import type { GestureInput, GestureOutput } from '#sut/driver/index.ts';
import { confidentialityOf } from './dmp-visibility.steps.ts';
import { expectation } from './documents.steps.ts';
import { transmissionsOf } from './mss-reports.steps.ts';
import { ANALYSES } from './reports.steps.ts';
import {
  askDelivery,
  captureHl7,
  closeDelivery,
  dmpCalls,
  hospitalMessages,
  judgeDelivery,
  judgeMessages,
  keepMessages,
  nonConform,
  patientAddress,
  submissions,
  unverifiable,
  wasTakenByHospital,
  type ScenarioWorld,
} from './world/index.ts';

type Transmission = NonNullable<GestureOutput<'readState'>['transmissions']>[number];

const SECRET = 'en connexion secrète';

Given("un produit qui envoie ses comptes rendus à l'établissement", function (this: ScenarioWorld) {
  return this.settings.adjustToOne([{ reportRoute: 'hl7-oru' }, { reportRoute: 'hl7-oul' }]);
});

Given(
  /^un produit qui envoie ses comptes rendus à l'établissement par messages (ORU|OUL|MDM), s'il le propose$/,
  function (this: ScenarioWorld, kind: string) {
    const reportRoute = ({ ORU: 'hl7-oru', OUL: 'hl7-oul', MDM: 'hl7-mdm' } as const)[kind as 'ORU' | 'OUL' | 'MDM'];
    return this.settings.adjustIfProposed({ reportRoute }, `les messages ${kind} vers l’établissement`);
  },
);

Given(/^un établissement qui ne répond pas au premier message sur ce patient$/, function (this: ScenarioWorld) {
  this.bench.mocks.situations.set({ service: 'hl7', about: this.patient.key, situation: 'document-coupure', times: 1 });
});

/** Answers that acknowledge nothing: HL7 v2.5 §2.9.2 knows an acknowledgement by its MSA-2. */
const NO_ACKS = {
  "l'acquittement d'un autre message": 'document-msa2-faux',
  "autre chose qu'un acquittement": 'document-accuse-illisible',
} as const;

Given(
  /^un établissement qui répond au premier message sur ce patient par (l'acquittement d'un autre message|autre chose qu'un acquittement)$/,
  function (this: ScenarioWorld, what: keyof typeof NO_ACKS) {
    this.bench.mocks.situations.set({ service: 'hl7', about: this.patient.key, situation: NO_ACKS[what], times: 1 });
  },
);

Given('un établissement qui ne connaît pas ce patient', function (this: ScenarioWorld) {
  this.bench.mocks.situations.set({ service: 'hl7', about: this.patient.key, situation: 'document-ae-207-902' });
});

When(
  /^l'utilisateur valide pour l'établissement un compte rendu destiné (au DMP|au DMP et à ce professionnel|au DMP, à ce professionnel et au patient), (visible .+|masqué .+|invisible .+|en connexion secrète)$/,
  async function (this: ScenarioWorld, to: string, words: string) {
    const confidentiality = words === SECRET ? { secretConnection: true } : confidentialityOf(words);
    const professionals = to.includes('professionnel') ? [this.professional.mailbox] : [];
    const recipients = { professionals, sendToPatient: to.includes('patient'), sendToDmp: true };
    this.recipients = professionals;
    askDelivery(this, { professionals, toPatient: recipients.sendToPatient, toDmp: true }, confidentiality);
    const order: GestureInput<'validateReport'> = {
      patientId: this.patientId,
      title: "Compte rendu d'examens biologiques",
      analyses: ANALYSES,
      ...recipients,
      ...(Object.keys(confidentiality).length === 0 ? {} : { confidentiality }),
    };
    this.report = await this.perform('validateReport', order);
  },
);

Then(
  "l'établissement a reçu le CDA N3 et le CDA N1, dans des messages qui satisfont à l'exigence",
  async function (this: ScenarioWorld) {
    const messages = await judgeDelivery(this, expectation(this));
    const refused = messages.find((one) => !wasTakenByHospital(one));
    this.require(
      refused === undefined,
      `L'établissement n'a pas pris un message du produit : ${refused?.exchange.outcome ?? ''}.`,
    );
    const shown = await this.eventually(
      () => hospitalLines(this),
      (lines) => lines.length > 0 && lines.every(({ state }) => state === 'transmis'),
    );
    this.captureState('transmissions', 'Les transmissions du compte rendu, telles que le produit les montre', shown);
    this.require(
      shown.length > 0 && shown.every(({ state }) => state === 'transmis'),
      'Le produit devait montrer chaque message transmis à l’établissement.',
    );
    closeDelivery(this);
  },
);

Then("rien n'est parti du produit vers le DMP ni par MSSanté", function (this: ScenarioWorld) {
  const why = 'Le compte rendu confié à l’établissement est aussi parti du produit lui-même.';
  const mailed = [patientAddress(this), ...this.recipients].some((to) => submissions(this, to).length > 0);
  this.require(dmpCalls(this, ['TD2.1']).length === 0 && !mailed, why);
  this.watch({ service: 'dmp', operation: 'TD2.1', about: this.patient.key, since: this.mark }, why);
});

/** Lines of the report that the product shows for the hospital. */
async function hospitalLines(world: ScenarioWorld): Promise<readonly Transmission[]> {
  return (await transmissionsOf(world)).filter(({ channel }) => channel === 'hl7');
}

Then(
  "l'établissement a reçu la nouvelle version en remplacement, et chaque message satisfait à l'exigence",
  async function (this: ScenarioWorld) {
    const messages = await judgeDelivery(this, expectation(this));
    for (const one of messages) {
      const act = documentAct(one.message);
      this.require(
        act === 'remplacement',
        `Le message ${one.message.controlId} devait demander un remplacement (ORC-1 RO, ou T10), il demande : ${act ?? 'rien'}.`,
      );
      this.require(wasTakenByHospital(one), `L'établissement n'a pas pris le remplacement : ${one.exchange.outcome}.`);
    }
    closeDelivery(this);
  },
);

When("l'utilisateur supprime le compte rendu confié à l'établissement", async function (this: ScenarioWorld) {
  closeDelivery(this);
  const { message } = await this.perform('deleteReport', {
    reportId: this.report.reportId,
    reason: 'mauvais patient',
  });
  this.captureState('suppression', 'La suppression du compte rendu, telle que le produit la montre', { message });
});

Then("l'établissement a reçu la suppression de chaque document", async function (this: ScenarioWorld) {
  const wanted = this.report.documents.filter(({ kind }) => kind === 'cda-n3' || kind === 'cda-n1').map(({ id }) => id);
  const deletions = () =>
    hospitalMessages(this).filter((one) => documentAct(one.message) === 'suppression' && wasTakenByHospital(one));
  const missing = (): readonly string[] => {
    const deleted = new Set(deletions().flatMap(({ documents }) => documents));
    return wanted.filter((id) => !deleted.has(id));
  };
  await this.eventually(
    () => Promise.resolve(missing()),
    ({ length }) => length === 0,
  );
  const messages = hospitalMessages(this);
  keepMessages(this, messages);
  judgeMessages(this, messages, expectation(this));
  this.require(missing().length === 0, `L'établissement n'a pas reçu la suppression de : ${missing().join(', ')}.`);
});

Then(
  'le produit renvoie le message sans réponse sous le même numéro, et l’établissement le prend',
  async function (this: ScenarioWorld) {
    const first = await this.eventually(
      () => Promise.resolve(hospitalMessages(this)[0]),
      (one) => one !== undefined,
    );
    this.require(first !== undefined, 'Aucun message n’est arrivé à l’établissement.');
    const again = await this.eventually(
      () => Promise.resolve(hospitalMessages(this).find((one) => isAgain(one, first) && wasTakenByHospital(one))),
      (one) => one !== undefined,
    );
    keepMessages(this, [first, ...(again === undefined ? [] : [again])]);
    this.require(
      again !== undefined,
      `Le produit n'a pas renvoyé le message ${first.message.controlId}, resté sans réponse, sous le même MSH-10.`,
    );
  },
);

type HospitalMessage = ReturnType<typeof hospitalMessages>[number];

function isAgain(one: HospitalMessage, first: HospitalMessage): boolean {
  return one.exchange.id !== first.exchange.id && one.message.controlId === first.message.controlId;
}

Then(
  "le produit montre que l'établissement n'a pas pris le compte rendu, et pourquoi",
  async function (this: ScenarioWorld) {
    await this.eventually(
      () => Promise.resolve(hospitalMessages(this)[0]),
      (one) => one !== undefined,
    );
    const [message] = hospitalMessages(this);
    if (message === undefined) throw nonConform('Aucun message n’est arrivé à l’établissement.');
    keepMessages(this, [message]);
    await judgeRefusalShown(this, /207|902|inconnu|application error/i);
  },
);

const OUTCOMES: Readonly<Record<string, Pick<BusinessAckOrder, 'event' | 'error'> & { readonly says: RegExp }>> = {
  'le DMP a refusé le document': {
    event: 'Z01',
    error: { code: 'DMPInvalidData', text: 'Document refusé par le DMP' },
    says: /DMPInvalidData|refusé par le DMP/i,
  },
  "le courriel n'a pas été remis": {
    event: 'Z02',
    error: { code: '422', text: 'Boîte du destinataire pleine' },
    says: /422|pleine/i,
  },
};

When(
  /^l'établissement fait savoir que (le DMP a refusé le document|le courriel n'a pas été remis)$/,
  async function (this: ScenarioWorld, what: string) {
    const outcome = OUTCOMES[what];
    if (outcome === undefined) throw new Error(`suite inconnue : ${what}`);
    const message = await this.eventually(
      () => Promise.resolve(hospitalMessages(this).find(wasTakenByHospital)),
      (one) => one !== undefined,
    );
    if (message === undefined) throw nonConform('Aucun message n’a été pris par l’établissement.');
    keepMessages(this, [message]);
    const { says: _, ...told } = outcome;
    const address = await this.perform('receiveIdentityFeed', {});
    const { hl7 } = this.bench.mocks;
    const zam = hl7.makeBusinessAck({ ...told, about: message.message.controlId, domain: HL7_DOMAINS.hopital });
    const { ack, failure, exchange } = await hl7.send(address, zam, { about: this.patient.key });
    captureHl7(this, exchange, 'acquittement-metier', 'L’acquittement métier que l’établissement a envoyé au produit');
    if (failure?.code === 'HL7_UNREACHABLE') throw unverifiable('configuration', failure.message);
    if (failure !== undefined) throw nonConform(failure.message);
    this.require(
      ack?.code === 'AA',
      `Le produit devait accepter l'acquittement métier ; il a répondu ${ack?.code ?? ''}.`,
    );
  },
);

Then(
  /^le produit montre que (le DMP a refusé le document|le courriel n'a pas été remis), et pourquoi$/,
  function (this: ScenarioWorld, what: string) {
    const outcome = OUTCOMES[what];
    if (outcome === undefined) throw new Error(`suite inconnue : ${what}`);
    return judgeRefusalShown(this, outcome.says);
  },
);

/** A line for the hospital that is not shown as sent, and whose detail says why. */
async function judgeRefusalShown(world: ScenarioWorld, says: RegExp): Promise<void> {
  const isTold = (line: Transmission): boolean => line.state !== 'transmis' && says.test(line.detail);
  const shown = await world.eventually(
    () => hospitalLines(world),
    (lines) => lines.some(isTold),
  );
  world.captureState('transmissions', 'Les transmissions du compte rendu, telles que le produit les montre', shown);
  const lines = shown.map(({ state, detail }) => `${state} (${detail})`).join(', ');
  world.require(
    shown.some(isTold),
    `Le produit devait montrer que le compte rendu n'est pas arrivé, et pourquoi ; il montre : ${lines || 'aucun envoi'}.`,
  );
}
