import { randomUUID } from 'node:crypto';
import { isBefore, parisDay, parseCivilDate, type Deadline } from '#dsr/dates/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import {
  refusal,
  type ComplementMove,
  type ComplementOutcome,
  type ComplementState,
  type ComplementSubject,
  type Outcome,
} from '../../domain/index.ts';
import {
  object,
  oneOf,
  paged,
  pageParameters,
  ref,
  written,
  instant,
  type Column,
  type Route,
} from '../contract/index.ts';
import type { ComplementView } from '../people-types.ts';
import { COMPLEMENT_OUTCOMES } from '../schemas/people.ts';
import { complementView } from '../views/people.ts';
import { campaignOf, granted, remOf, type Deps } from './deps.ts';

const PATH = '/api/campaigns/{campaign}/complements';
const PARAMETERS = {
  campaign: 'Identifiant de la campagne, ou « current »',
  complement: 'Identifiant de la demande',
} as const;

const SUBJECT = {
  oneOf: [
    object({ kind: { const: 'preuve' }, slot: written(60, 1) }),
    object({ kind: { const: 'exigence' }, requirement: written(60, 1) }),
    object({ kind: { const: 'chapitre' }, section: written(40, 1) }),
    object({ kind: { const: 'dossier' } }),
  ],
} as const;

const COLUMNS: readonly Column<ComplementView>[] = [
  { title: 'Demande', value: ({ id }) => id },
  { title: 'Objet', width: 30, value: ({ subject }) => subjectText(subject) },
  { title: 'Texte', width: 60, value: ({ text }) => text },
  { title: 'Reçue le', value: ({ receivedAt }) => receivedAt },
  { title: 'Réponse due le', value: ({ answerDue }) => answerDue && [answerDue.date, answerDue.time].join(' ').trim() },
  { title: 'État', value: ({ state }) => state },
  { title: 'Réponse', width: 60, value: ({ answer }) => answer?.text },
  { title: 'Répondue le', value: ({ answer }) => answer?.at },
  { title: 'Issue', value: ({ closed }) => closed?.outcome },
];

/** Requests of the authority for more. */
export function complementRoutes(deps: Deps): readonly Route[] {
  const { tracker } = deps;
  return [
    {
      id: 'complements',
      method: 'get',
      path: PATH,
      summary: 'Demandes de complément de l’autorité, la dernière reçue d’abord, avec le temps qui reste',
      permission: 'lire',
      parameters: PARAMETERS,
      query: [
        {
          name: 'state',
          description: 'État de la demande.',
          schema: oneOf(['recu', 'en-preparation', 'repondu', 'clos']),
        },
        ...pageParameters(),
      ],
      reply: {
        kind: 'view',
        schema: ref('ComplementList'),
        list: { items: 'complements', file: 'complements', columns: COLUMNS },
      },
      async handle({ params, query, page }) {
        const { id } = await campaignOf(deps, params['campaign'] ?? '');
        const { state } = query as { readonly state?: ComplementState };
        const now = deps.now();
        const all = (await tracker.complements(id)).filter(
          ({ complement }) => state === undefined || complement.state === state,
        );
        const { items, ...rest } = paged(all, ({ complement }) => complement.id, page);
        return { view: { ...rest, complements: items.map((stored) => complementView(stored, now)) } };
      },
    },
    {
      id: 'enterComplement',
      method: 'post',
      path: PATH,
      summary: 'Entre une demande de l’autorité',
      permission: 'correspondre',
      parameters: PARAMETERS,
      body: {
        kind: 'json',
        schema: object(
          {
            subject: SUBJECT,
            text: written(20_000, 1),
            receivedAt: instant,
            answerDue: object({ date: written(10, 1), time: written(5, 1) }, ['time']),
          },
          ['answerDue'],
        ),
      },
      reply: { kind: 'view', schema: ref('Complement'), status: 201 },
      async handle({ params, body, author }) {
        const campaign = await campaignOf(deps, params['campaign'] ?? '');
        const asked = body as {
          readonly subject: ComplementSubject;
          readonly text: string;
          readonly receivedAt: string;
          readonly answerDue?: { readonly date: string; readonly time?: string };
        };
        const subject = granted(subjectIn(await remOf(deps, campaign), asked.subject));
        const receivedAt = new Date(asked.receivedAt).toISOString();
        const answerDue = asked.answerDue && granted(dueOf(asked.answerDue, receivedAt));
        const stored = await tracker.enterComplement(
          campaign.id,
          {
            id: randomUUID(),
            subject,
            text: asked.text,
            receivedAt,
            ...(answerDue === undefined ? {} : { answerDue }),
            state: 'recu',
          },
          author,
        );
        return {
          view: complementView(stored, deps.now()),
          revision: stored.revision,
          location: `/api/campaigns/${campaign.id}/complements/${stored.complement.id}`,
        };
      },
    },
    {
      id: 'moveComplement',
      method: 'post',
      path: `${PATH}/{complement}/moves`,
      summary: 'Prépare, répond, clôt ou rouvre une demande',
      permission: 'correspondre',
      parameters: PARAMETERS,
      body: {
        kind: 'json',
        schema: {
          oneOf: [
            object({ kind: { const: 'preparer' } }),
            object({ kind: { const: 'repondre' }, text: written(20_000) }),
            object({ kind: { const: 'clore' }, outcome: oneOf(COMPLEMENT_OUTCOMES), note: written(4_000) }),
            object({ kind: { const: 'rouvrir' } }),
          ],
        },
      },
      reply: { kind: 'view', schema: ref('Complement') },
      ifMatch: true,
      async handle({ params, body, author, seen }) {
        const { id } = await campaignOf(deps, params['campaign'] ?? '');
        const asked = body as
          | { readonly kind: 'preparer' | 'rouvrir' }
          | { readonly kind: 'repondre'; readonly text: string }
          | { readonly kind: 'clore'; readonly outcome: ComplementOutcome; readonly note: string };
        const move: ComplementMove =
          asked.kind === 'repondre'
            ? { ...asked, author: author.by, at: author.at }
            : asked.kind === 'clore'
              ? { ...asked, at: author.at }
              : asked;
        const place = { campaign: id, id: params['complement'] ?? '', seen };
        const stored = granted(await tracker.moveComplement(place, move, author));
        return { view: complementView(stored, deps.now()), revision: stored.revision };
      },
    },
  ];
}

function subjectText(subject: ComplementSubject): string {
  switch (subject.kind) {
    case 'preuve':
      return `preuve ${subject.slot}`;
    case 'exigence':
      return `exigence ${subject.requirement}`;
    case 'chapitre':
      return `chapitre ${subject.section}`;
    case 'dossier':
      return 'dossier';
  }
}

/** The subject must be something of the list of the campaign. */
function subjectIn({ requirements }: Rem, subject: ComplementSubject): Outcome<ComplementSubject> {
  const found =
    subject.kind === 'dossier' ||
    requirements.some((one) => {
      if (subject.kind === 'exigence') return one.id === subject.requirement;
      if (subject.kind === 'chapitre') return one.section === subject.section;
      return one.scenarios.some(({ proofs }) => proofs.some(({ id }) => id === subject.slot));
    });
  if (found) return { ok: true, value: subject };
  return refusal(
    'COMPLEMENT_SUBJECT',
    `La REM de la campagne n’a pas de ${subjectText(subject)}.`,
    'Choisissez une preuve, une exigence ou un chapitre de la campagne.',
  );
}

function dueOf(
  { date, time }: { readonly date: string; readonly time?: string },
  receivedAt: string,
): Outcome<Deadline> {
  const day = parseCivilDate(date);
  const isHour = time === undefined || /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time);
  if (day === undefined || !isHour || isBefore(day, parisDay(new Date(receivedAt)))) {
    return refusal(
      'COMPLEMENT_DUE',
      'L’échéance de la réponse n’est pas une date, ou précède la demande.',
      'Écrivez AAAA-MM-JJ, et HH:MM si l’autorité donne une heure.',
    );
  }
  return { ok: true, value: { date: day, ...(time === undefined ? {} : { time }) } };
}
