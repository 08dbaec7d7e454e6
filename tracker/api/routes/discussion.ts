import { randomUUID } from 'node:crypto';
import { openQuestions } from '../../domain/index.ts';
import { object, oneOf, ref, text, written, type Route } from '../contract/index.ts';
import type { DiscussionView } from '../people-types.ts';
import { granted, REQUIREMENT_PARAMETERS, requirementOf, type Deps } from './deps.ts';

const PATH = '/api/campaigns/{campaign}/requirements/{requirement}/remarks';
const PARAMETERS = { ...REQUIREMENT_PARAMETERS, remark: 'Identifiant du message' } as const;

/** What people say about a requirement. */
export function discussionRoutes(deps: Deps): readonly Route[] {
  const { tracker } = deps;
  return [
    {
      id: 'discussion',
      method: 'get',
      path: PATH,
      summary: 'Questions, réponses et commentaires sur une exigence',
      permission: 'lire',
      parameters: PARAMETERS,
      reply: { kind: 'view', schema: ref('Discussion') },
      async handle(call) {
        const { campaign, requirement } = await requirementOf(deps, call.params);
        const remarks = await tracker.remarks(campaign.id, requirement.id);
        return { view: discussionOf(requirement.id, remarks) };
      },
    },
    {
      id: 'addRemark',
      method: 'post',
      path: PATH,
      summary: 'Pose une question, y répond, ou commente',
      permission: 'commenter',
      parameters: PARAMETERS,
      body: {
        kind: 'json',
        schema: object({ kind: oneOf(['question', 'reponse', 'commentaire']), text: written(20_000), answers: text }, [
          'answers',
        ]),
      },
      reply: { kind: 'view', schema: ref('Discussion'), status: 201 },
      async handle(call) {
        const { campaign, requirement } = await requirementOf(deps, call.params);
        const { author } = call;
        const asked = call.body as {
          readonly kind: 'question' | 'reponse' | 'commentaire';
          readonly text: string;
          readonly answers?: string;
        };
        const remark = { id: randomUUID(), ...asked, author: author.by, at: author.at };
        const place = { campaign: campaign.id, requirement: requirement.id };
        return { view: discussionOf(requirement.id, granted(await tracker.discuss(place, { add: remark }, author))) };
      },
    },
    {
      id: 'retractRemark',
      method: 'delete',
      path: `${PATH}/{remark}`,
      summary: 'Retire un message dont on est l’auteur',
      permission: 'commenter',
      parameters: PARAMETERS,
      reply: { kind: 'view', schema: ref('Discussion') },
      async handle(call) {
        const { campaign, requirement } = await requirementOf(deps, call.params);
        const place = { campaign: campaign.id, requirement: requirement.id };
        const retract = call.params['remark'] ?? '';
        return {
          view: discussionOf(requirement.id, granted(await tracker.discuss(place, { retract }, call.author))),
        };
      },
    },
  ];
}

function discussionOf(requirement: string, remarks: DiscussionView['remarks']): DiscussionView {
  return { requirement, remarks, open: openQuestions(remarks).map(({ id }) => id) };
}
