import { parisDay } from '#dsr/dates/index.ts';
import {
  assign,
  declareCarrier,
  declareNotApplicable,
  type AssignmentChange,
  type Carrier,
  type Outcome,
} from '../../domain/index.ts';
import type { RequirementFile } from '../../store/index.ts';
import {
  change,
  list,
  object,
  orNull,
  pageParameters,
  ref,
  written,
  type Call,
  type Column,
  type Route,
} from '../contract/index.ts';
import type { RequirementFileView } from '../people-types.ts';
import { problem } from '../problems/index.ts';
import { REQUIREMENT_FILTERS } from '../schemas/parameters.ts';
import type { RequirementLineView } from '../types.ts';
import { requirementFileView } from '../views/people.ts';
import { requirementView } from '../views/requirement.ts';
import { requirementList, type RequirementFilter } from '../views/requirements.ts';
import {
  boardOf,
  campaignOf,
  granted,
  remOf,
  REQUIREMENT_PARAMETERS,
  requirementIn,
  requirementOf,
  type Deps,
} from './deps.ts';

const LIST = '/api/campaigns/{campaign}/requirements';
const ONE = `${LIST}/{requirement}`;

/** A REM holds some two thousand requirements at most: a page shows them all unless somebody asks for less. */
const WHOLE = 2_000;

const COLUMNS: readonly Column<RequirementLineView>[] = [
  { title: 'Exigence', value: ({ id }) => id },
  { title: 'Intitulé', width: 60, value: ({ title }) => title },
  { title: 'Section', value: ({ section }) => section },
  { title: 'Profil', width: 30, value: ({ profile }) => profile },
  { title: 'Nature', value: ({ nature }) => nature },
  { title: 'État', value: ({ state }) => state ?? 'sans preuve' },
  { title: 'Verdict', value: ({ verdict }) => verdict ?? 'non jouée' },
  { title: 'Preuves', value: ({ slots }) => slots.total },
  { title: 'Preuves prêtes', value: ({ slots }) => slots.done },
  { title: 'Portée par', width: 40, value: ({ carrier }) => carrier },
  { title: 'Responsable', value: ({ owner }) => owner },
  { title: 'Échéance', value: ({ due }) => due },
  { title: 'Charge (demi-journées)', value: ({ halfDays }) => halfDays },
  { title: 'Questions ouvertes', value: ({ openQuestions: open }) => open },
];

const ASSIGNMENT = {
  owner: orNull(written(100, 1)),
  due: orNull(written(10, 1)),
  halfDays: orNull({ type: 'integer' }),
} as const;

const CARRIER = {
  oneOf: [
    object({ kind: { const: 'produit' } }),
    object(
      {
        kind: { const: 'partenaire' },
        product: written(200),
        editor: written(200),
        reference: written(200),
        version: written(100),
      },
      ['version'],
    ),
  ],
} as const;

/** Requirements of a campaign: what is asked, what was played, what people decide. */
export function requirementRoutes(deps: Deps): readonly Route[] {
  const { tracker } = deps;
  return [
    {
      id: 'requirements',
      method: 'get',
      path: LIST,
      summary: 'Exigences des profils déclarés',
      permission: 'lire',
      parameters: REQUIREMENT_PARAMETERS,
      query: [...REQUIREMENT_FILTERS, ...pageParameters(WHOLE)],
      reply: {
        kind: 'view',
        schema: ref('RequirementList'),
        list: { items: 'requirements', file: 'exigences', columns: COLUMNS },
      },
      remembered: true,
      async handle({ params, page, query }) {
        const board = await boardOf(deps, params['campaign'] ?? '');
        return { view: requirementList(board, query as RequirementFilter, page, parisDay(deps.now())) };
      },
    },
    {
      id: 'requirement',
      method: 'get',
      path: ONE,
      summary: 'Une exigence, ses preuves, ses pièces, ses constats, ce qui en est décidé et dit',
      permission: 'lire',
      parameters: REQUIREMENT_PARAMETERS,
      reply: { kind: 'view', schema: ref('Requirement') },
      async handle({ params }) {
        const board = await boardOf(deps, params['campaign'] ?? '');
        const { id } = requirementIn(board.rem, params['requirement'] ?? '');
        const view = await requirementView(tracker, board, id, { now: deps.now(), results: deps.results });
        if (view === undefined) throw problem('EXIGENCE_INCONNUE', { id });
        return { view };
      },
    },
    {
      id: 'requirementFile',
      method: 'get',
      path: `${ONE}/file`,
      summary: 'Ce qui est décidé d’une exigence : applicabilité, porteur, affectation',
      permission: 'lire',
      parameters: REQUIREMENT_PARAMETERS,
      reply: { kind: 'view', schema: ref('RequirementFile') },
      handle: async (call) => {
        const { campaign, requirement } = await requirementOf(deps, call.params);
        const file = await tracker.requirementFile(campaign.id, requirement.id);
        return fileReply(requirementFileView(requirement, campaign.profiles, file));
      },
    },
    decision(deps, {
      id: 'leaveOut',
      method: 'put',
      path: `${ONE}/file/not-applicable`,
      summary: 'Dit qu’une exigence ne s’applique pas au produit, dans quelle condition et pourquoi',
      permission: 'relire',
      body: { kind: 'json', schema: object({ condition: written(2_000), reason: written(4_000) }) },
      action: 'non applicable',
      decide: ({ body, author }, { profile }, declared, former) => {
        const { condition, reason } = body as { readonly condition: string; readonly reason: string };
        const declaredBy = { condition, reason, author: author.by, at: author.at };
        const judged = declareNotApplicable(profile, declared, declaredBy);
        return judged.ok ? { ok: true, value: { ...former, notApplicable: judged.value } } : judged;
      },
    }),
    decision(deps, {
      id: 'takeIn',
      method: 'delete',
      path: `${ONE}/file/not-applicable`,
      summary: 'L’exigence s’applique de nouveau',
      permission: 'relire',
      action: 'applicable de nouveau',
      decide: (_call, _requirement, _declared, { carrier, assignment }) => ({
        ok: true,
        value: { ...(carrier && { carrier }), ...(assignment && { assignment }) },
      }),
    }),
    decision(deps, {
      id: 'setCarrier',
      method: 'put',
      path: `${ONE}/file/carrier`,
      summary: 'Dit qui porte une exigence : le produit, ou un produit partenaire et sa référence',
      permission: 'relire',
      body: { kind: 'json', schema: CARRIER },
      action: 'porteur',
      decide: ({ body }, _requirement, _declared, former) => {
        const judged = declareCarrier(body as Carrier);
        return judged.ok ? { ok: true, value: { ...former, carrier: judged.value } } : judged;
      },
    }),
    decision(deps, {
      id: 'assign',
      method: 'patch',
      path: `${ONE}/file/assignment`,
      summary: 'Responsable, échéance et charge d’une exigence ; null retire',
      permission: 'affecter',
      body: { kind: 'json', schema: change(ASSIGNMENT) },
      action: 'affectation',
      decide: ({ body }, _requirement, _declared, former) => assigned(former, body as AssignmentChange),
    }),
    {
      id: 'assignMany',
      method: 'post',
      path: '/api/campaigns/{campaign}/assignments',
      summary: 'Affecte plusieurs exigences ; chacune est changée, ou dite',
      permission: 'affecter',
      parameters: REQUIREMENT_PARAMETERS,
      body: {
        kind: 'json',
        schema: object({
          requirements: { ...list(written(60, 1)), minItems: 1, maxItems: WHOLE, uniqueItems: true },
          change: change(ASSIGNMENT),
        }),
      },
      reply: { kind: 'view', schema: ref('BulkAssigned') },
      async handle({ params, body, author }) {
        const campaign = await campaignOf(deps, params['campaign'] ?? '');
        const rem = await remOf(deps, campaign);
        const asked = body as { readonly requirements: readonly string[]; readonly change: AssignmentChange };
        const requirements = asked.requirements.map((id) => requirementIn(rem, id));
        const changed: string[] = [];
        const refused: { requirement: string; code: string; message: string }[] = [];
        for (const { id } of requirements) {
          const { revision } = await tracker.requirementFile(campaign.id, id);
          const outcome = await tracker.decide(
            {
              campaign: campaign.id,
              requirement: id,
              seen: revision,
              action: 'affectation',
              decide: (former) => assigned(former, asked.change),
            },
            author,
          );
          if (outcome.ok) changed.push(id);
          else refused.push({ requirement: id, code: outcome.refusal.code, message: outcome.refusal.message });
        }
        return { view: { changed, refused } };
      },
    },
  ];
}

type Decided = Omit<RequirementFile, 'requirement' | 'revision' | 'updatedAt'>;

interface DecisionRoute extends Pick<Route, 'id' | 'method' | 'path' | 'summary' | 'permission' | 'body'> {
  /** For the audit, French. */
  readonly action: string;
  readonly decide: (
    call: Call,
    requirement: ReturnType<typeof requirementIn>,
    declared: readonly string[],
    former: RequirementFile,
  ) => Outcome<Decided>;
}

/** A route that changes what is decided about a requirement, against the revision that was seen. */
function decision(deps: Deps, { action, decide, ...route }: DecisionRoute): Route {
  return {
    ...route,
    parameters: REQUIREMENT_PARAMETERS,
    reply: { kind: 'view', schema: ref('RequirementFile') },
    ifMatch: true,
    async handle(call) {
      const { campaign, requirement } = await requirementOf(deps, call.params);
      const file = granted(
        await deps.tracker.decide(
          {
            campaign: campaign.id,
            requirement: requirement.id,
            seen: call.seen,
            action,
            decide: (former) => decide(call, requirement, campaign.profiles, former),
          },
          call.author,
        ),
      );
      return fileReply(requirementFileView(requirement, campaign.profiles, file));
    },
  };
}

function assigned(former: RequirementFile, asked: AssignmentChange): Outcome<Decided> {
  const judged = assign(former.assignment ?? {}, asked);
  return judged.ok ? { ok: true, value: { ...former, assignment: judged.value } } : judged;
}

const fileReply = (view: RequirementFileView) => ({ view, revision: view.revision });
