import { Then, When } from '@cucumber/cucumber';
import { checkMessage, MESSAGE_RULES } from '#checks/hl7v2/index.ts';
import { HL7_DOMAINS } from '#mocks/hl7/index.ts';
import { readingOf } from './dmp-consultation.steps.ts';
import { captureHl7, nonConform, sendFeed, unverifiable, type ScenarioWorld } from './world/index.ts';

/** What is wrong in a message that no product can take. */
const BROKEN = {
  "d'un type qui n'existe pas": (text: string) => text.replace('ADT^A28^ADT_A05', 'ZZZ^Z99^ZZZ_Z99'),
  'sans segment PID': (text: string) => text.replace(/\rPID[^\r]*/, ''),
} as const satisfies Readonly<Record<string, (text: string) => string>>;

const refusals = new WeakMap<ScenarioWorld, Uint8Array>();

When(
  /^un établissement envoie un message (d'un type qui n'existe pas|sans segment PID)$/,
  async function (this: ScenarioWorld, what: string) {
    const { hl7 } = this.bench.mocks;
    const address = await this.perform('receiveIdentityFeed', {});
    const feed = hl7.makeFeed({
      event: 'A28',
      patient: this.patient,
      domain: HL7_DOMAINS.hopital,
      localId: `BANC-${this.patient.key}`,
      identity: { reliability: 'PROV', withIns: false },
    });
    const whole = Buffer.from(feed).toString('utf8');
    const broken = BROKEN[what as keyof typeof BROKEN](whole);
    if (broken === whole) throw new Error(`le banc n'a rien abîmé : ${what}`);
    const { failure, exchange } = await hl7.send(address, broken, { about: this.patient.key });
    captureHl7(this, exchange, 'message-refuse', `Le message ${what} que le banc a envoyé au produit, et sa réponse`);
    if (failure?.code === 'HL7_UNREACHABLE') throw unverifiable('configuration', failure.message);
    if (exchange.received.byteLength === 0) throw nonConform(failure?.message ?? 'Le produit n’a pas répondu.');
    refusals.set(this, exchange.received);
  },
);

Then('le produit le refuse et dit pourquoi', function (this: ScenarioWorld) {
  const answer = refusals.get(this) ?? new Uint8Array();
  this.judge(checkMessage(answer), MESSAGE_RULES);
  const said = /\rMSA\|([AC][AER])/.exec(Buffer.from(answer).toString('latin1'))?.[1] ?? 'rien';
  this.require(/^.[ER]$/.test(said), `Le produit devait refuser le message (AE ou AR) ; il a répondu ${said}.`);
});

When(
  /^le système de l'établissement fait savoir que le patient (s'oppose|ne s'oppose pas) à la consultation de son DMP$/,
  async function (this: ScenarioWorld, said: string) {
    const choice = said === "s'oppose" ? 'opposition' : 'accord';
    const reading = readingOf(this);
    await sendFeed(this, HL7_DOMAINS.hopital, {
      event: 'A31',
      identity: { reliability: 'VALI', withIns: true },
      consent: { feeding: 'INO', consultation: choice === 'accord' ? 'IC' : 'INC' },
    });
    reading.consent = choice;
    reading.choices.push(choice);
    reading.since = this.bench.mocks.journal.mark();
  },
);
