import type { Route, Schema } from '../contract/index.ts';
import { accountRoutes } from './accounts.ts';
import { calculatorRoutes } from './calculators.ts';
import { campaignRoutes } from './campaigns.ts';
import { complementRoutes } from './complements.ts';
import type { Deps } from './deps.ts';
import { descriptionRoutes } from './description.ts';
import { discussionRoutes } from './discussion.ts';
import { evidenceRoutes } from './evidence.ts';
import { dossierRoutes } from './dossiers.ts';
import { eventRoutes } from './events.ts';
import { moneyRoutes } from './money.ts';
import { requirementRoutes } from './requirements.ts';
import { runRoutes } from './runs.ts';
import { sessionRoutes, type Login } from './session.ts';
import { slotRoutes } from './slots.ts';
import { successionRoutes } from './succession.ts';
import { webhookRoutes } from './webhooks.ts';

/**
 * Every route of the tracker, in the order of the published document.
 *
 * @param login what a tracker with accounts has besides; accounts and tokens exist with it
 */
export function allRoutes(
  deps: Deps,
  login: Login | undefined,
  components: Readonly<Record<string, Schema>>,
): readonly Route[] {
  const routes: readonly Route[] = [
    ...campaignRoutes(deps),
    ...successionRoutes(deps),
    ...requirementRoutes(deps),
    ...discussionRoutes(deps),
    ...slotRoutes(deps),
    ...evidenceRoutes(deps),
    ...dossierRoutes(deps),
    ...complementRoutes(deps),
    ...runRoutes(deps),
    ...moneyRoutes(deps),
    ...eventRoutes(deps),
    ...calculatorRoutes(deps),
    ...sessionRoutes(deps, login),
    ...(login === undefined ? [] : accountRoutes(deps)),
    ...webhookRoutes(deps),
    ...descriptionRoutes(deps, () => routes, components),
  ];
  return routes;
}

export type { Deps } from './deps.ts';
export { OIDC_RETURN, type Login } from './session.ts';
