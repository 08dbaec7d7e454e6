import { Then, When } from '@cucumber/cucumber';
import { checkPscLogin, RULES as PSC_RULES } from '#checks/oidc/index.ts';
import type { HttpExchange } from '#formats/exchange/index.ts';
import { CardholderLost } from '#mocks/psc/index.ts';
import type { SessionState } from '#sut/driver/index.ts';
import { judgeCallers, searchAs } from './insi.steps.ts';
import { captureHttp, unverifiable, type ScenarioWorld } from './world/index.ts';

/** Logs the next professional in, as a browser would, and remembers whose session it is. */
async function login(world: ScenarioWorld): Promise<void> {
  const { psc } = world.bench.mocks;
  world.professional = world.people.professional();
  const { url } = await world.perform('login', { mode: 'psc' });
  const page = await psc.cardholder.authenticate(url, world.professional.nationalId).catch((error: unknown) => {
    if (!(error instanceof CardholderLost)) throw error;
    throw unverifiable(
      'produit',
      `Le navigateur du professionnel n'a pas pu suivre la connexion commencée à l'adresse que rend le geste login : ${error.message} Vérifiez cette adresse et celle de retour (redirect_uri).`,
    );
  });
  // The service refuses what is asked badly: what was wrong in it says more than the error page.
  if (page.status >= 400) world.judgeAll(checkPscLogin(pscExchanges(world), { completed: false }), PSC_RULES);
  world.require(
    page.status < 400,
    `La connexion par Pro Santé Connect a fini sur une page d'erreur du produit (HTTP ${page.status}).`,
  );
}

function pscExchanges(world: ScenarioWorld): readonly HttpExchange[] {
  return world.seen({ service: 'psc' }).filter((exchange): exchange is HttpExchange => exchange.protocol === 'http');
}

export async function sessionOf(world: ScenarioWorld): Promise<SessionState> {
  const { sessions = [] } = await world.perform('readState', { what: 'sessions' });
  const session = sessions.find((each) => each.nationalId === world.professional.nationalId && each.means === 'psc');
  world.require(
    session !== undefined,
    'Le produit n’a pas ouvert de session Pro Santé Connect au nom de ce professionnel.',
  );
  return session;
}

When('un premier professionnel se connecte au produit par Pro Santé Connect', function (this: ScenarioWorld) {
  return login(this);
});

When('un second professionnel se connecte au produit par Pro Santé Connect', function (this: ScenarioWorld) {
  return login(this);
});

Then(
  "la connexion suit le code d'autorisation avec PKCE et {string}, et ouvre sa session",
  async function (this: ScenarioWorld, acr: string) {
    const exchanges = pscExchanges(this);
    this.judgeAll(checkPscLogin(exchanges, { acr }), PSC_RULES);
    for (const exchange of exchanges.filter(({ operation }) =>
      ['authorization', 'token', 'userinfo'].includes(operation),
    )) {
      for (const capture of captureHttp(
        exchange,
        `psc-${exchange.operation}`,
        `Pro Santé Connect, ${exchange.operation}`,
      ))
        this.capture(capture);
    }
    this.captureState('session', 'La session ouverte, telle que le produit la montre', await sessionOf(this));
  },
);

When("ce professionnel recherche l'identité du patient par traits", async function (this: ScenarioWorld) {
  const { user } = await sessionOf(this);
  await searchAs(this, user);
});

Then('le journal des appels du produit nomme les deux professionnels', async function (this: ScenarioWorld) {
  await judgeCallers(this);
});
