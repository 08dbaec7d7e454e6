import { Given, Then, When } from '@cucumber/cucumber';
import {
  checkInsiFailure,
  checkRefusedServer,
  FAILURE_RULES,
  SERVER_RULES,
  type BadServer,
} from '#checks/ins/index.ts';
import type { Exchange } from '#formats/exchange/index.ts';
import {
  insiAnswer,
  captureCalls,
  insiExchanges,
  Kept,
  nonConform,
  unverifiable,
  type ScenarioWorld,
} from './world/index.ts';

interface Shown {
  readonly server: BadServer;
  /** Name under which the bench plays it. */
  readonly situation: string;
  /** Journal position just before. */
  readonly since: string;
}

/** Words of a feature → what the server shows, and the situation of the bench that shows it. */
const SERVERS: Readonly<Record<string, { readonly server: BadServer; readonly situation: string }>> = {
  'un certificat expiré': { server: 'expired', situation: 'certificat-expire' },
  'un certificat pas encore valide': { server: 'not-yet-valid', situation: 'certificat-pas-encore-valide' },
  'un certificat révoqué': { server: 'revoked', situation: 'certificat-revoque' },
  "un certificat d'une autre autorité": { server: 'other-authority', situation: 'certificat-autre-ac' },
  'un certificat à un autre nom': { server: 'other-name', situation: 'certificat-autre-nom' },
  'TLS 1.1 seulement': { server: 'old-tls', situation: 'tls-1.1-seul' },
};

/** More handshakes than any product tries: what is left of them tells that some were tried. */
const HANDSHAKES = 10_000;

const shown = new WeakMap<ScenarioWorld, Kept<Shown>>();

function shownOf(world: ScenarioWorld): Kept<Shown> {
  const known = shown.get(world) ?? new Kept<Shown>('serveur présenté');
  shown.set(world, known);
  return known;
}

Given(/^INSi qui présente (.+)$/, function (this: ScenarioWorld, words: string) {
  const known = SERVERS[words];
  if (known === undefined) throw new Error(`serveur inconnu : ${words}`);
  const { journal, situations } = this.bench.mocks;
  shownOf(this).value = { ...known, since: journal.mark() };
  situations.set({ service: 'insi', situation: known.situation, times: HANDSHAKES });
});

When('le produit tente une recherche par traits', async function (this: ScenarioWorld) {
  const tried = await this.attempt('searchIns', { patientId: this.patientId, mode: 'traits' });
  this.search = tried.outcome === 'done' ? tried.output : { status: this.before.value.status, message: tried.message };
  this.captureState('message', 'Ce que le produit a montré à son utilisateur', this.search);
});

Then("la connexion a été tentée et aucune requête n'a été envoyée", async function (this: ScenarioWorld) {
  // What the product tried is counted as it begins: one that leaves abruptly may end without a line in the journal.
  const tried = await this.eventually(
    () => Promise.resolve(wasTried(this)),
    (yes) => yes,
  );
  const exchanges = sinceShown(this);
  captureCalls(this);
  this.captureState(
    'connexions',
    'Les connexions que le serveur a vues, et comment elles ont fini',
    exchanges.map(told),
  );
  this.judge(checkRefusedServer(shownOf(this).value.server, exchanges), SERVER_RULES);
  // Where nothing came, nothing was refused either.
  if (!tried) throw nonConform('Le produit devait tenter d’appeler INSi : aucune connexion n’est arrivée.');
  // The journal names the situation that each handshake was about.
  const other = exchanges.find(({ outcome }) => !outcome.includes(shownOf(this).value.situation));
  if (other !== undefined)
    throw unverifiable('configuration', `La connexion a échoué pour une autre raison : ${other.outcome}`);
});

Then("le produit dit l'échec à son utilisateur et laisse l'identité inchangée", async function (this: ScenarioWorld) {
  const after = await this.keepPatientState('fiche-apres', 'La fiche du patient après l’appel');
  const { message, returnCode } = this.search;
  this.judgeAll(
    checkInsiFailure({
      answer: insiAnswer(insiExchanges(this).at(-1), this),
      before: this.before.value,
      after,
      message,
      ...(returnCode === undefined ? {} : { returnCode }),
    }),
    FAILURE_RULES.filter(({ id }) => id !== 'INS-FAILURE-TRACED' && id !== 'INS-FAILURE-LOCAL'),
  );
});

/** Whether the situation was played at a handshake at least. */
function wasTried(world: ScenarioWorld): boolean {
  const { situation } = shownOf(world).value;
  const left = world.bench.mocks.situations.list().find((one) => one.service === 'insi' && one.situation === situation);
  return (left?.times ?? 0) < HANDSHAKES;
}

/** Whoever the product is calling about: what it sends to such a server is wrong for all. */
function sinceShown(world: ScenarioWorld): readonly Exchange[] {
  return world.seen({ service: 'insi', since: shownOf(world).value.since });
}

function told({ startedAt, protocol, operation, outcome, peer }: Exchange): object {
  const { tls } = peer;
  return {
    at: startedAt,
    protocol,
    operation,
    outcome,
    ...(tls === undefined ? {} : { tls: tls.protocol, sni: tls.sni }),
  };
}
