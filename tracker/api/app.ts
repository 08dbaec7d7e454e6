import { Hono } from 'hono';
import type { Rem } from '#dsr/rem/index.ts';
import type { StoredPiece, Tracker } from '../store/index.ts';
import type { Calculators } from './calculators.ts';
import { RefusedCall } from './errors.ts';
import { guard, PIECE_POLICY, securityHeaders } from './guard.ts';
import { openApiDocument } from './openapi/document.ts';
import { servedAs } from './pieces/media.ts';
import { readPiece, readProvenance } from './pieces/read-piece.ts';
import { readFilter, readPage } from './query.ts';
import { calculatorRoutes } from './routes-calculators.ts';
import { staticFiles } from './static-files.ts';
import type { CurrentCampaignView, ErrorView, RequirementView, RunListView, RunView } from './types.ts';
import { readBoard, type Board } from './views/board.ts';
import { campaignView, remView } from './views/campaign.ts';
import { createDigests } from './views/digests.ts';
import { profileNames } from './views/profile-names.ts';
import { requirementView } from './views/requirement.ts';
import { requirementList } from './views/requirements.ts';
import { runView } from './views/run.ts';

export interface AppOptions {
  readonly tracker: Tracker;
  readonly uiDir: string;
  readonly version: string;
  /** Known once the server listens. */
  readonly port: () => number;
  /** Quotes and SUN-ES; without, their pages say so. */
  readonly calculators?: Calculators | undefined;
}

/** The routes of the tracker: `/api/…` in JSON, pieces, and the pages for every other path. */
export function trackerApp({ tracker, uiDir, version, port, calculators }: AppOptions): Hono {
  const digests = createDigests(tracker);
  const rems = new Map<string, Rem>();
  const board = (): Promise<Board | undefined> => readBoard(tracker, digests, rems);
  const app = new Hono();
  app.use(securityHeaders);
  app.use(guard(port));

  app.get('/api/campaigns/current', async (context) => {
    const current = await board();
    const answer: CurrentCampaignView = { benchVersion: version, campaign: null };
    if (!current) return context.json(answer);
    const runs = (await tracker.runs()).filter(({ campaign }) => campaign === current.campaign.id);
    const last = runs[0] ? ((await digests.of(runs[0].id))?.line ?? null) : null;
    return context.json({
      ...answer,
      campaign: campaignView(current, { total: runs.length, last }),
    } satisfies CurrentCampaignView);
  });

  app.get('/api/requirements', async (context) => {
    const filter = readFilter(context.req.query());
    return context.json(requirementList(await need(board()), filter));
  });

  app.get('/api/requirements/:id', async (context) => {
    const id = context.req.param('id');
    const view: RequirementView | undefined = await requirementView(tracker, await need(board()), id);
    if (view) return context.json(view);
    throw new RefusedCall(
      404,
      'EXIGENCE_INCONNUE',
      `La REM de la campagne n'a pas d'exigence « ${id} ».`,
      'Cherchez-la dans la liste des exigences ; dans une adresse, la barre s’écrit %2F.',
    );
  });

  app.get('/api/runs', async (context) => {
    const { limit } = readPage(context.req.query());
    const lines = await tracker.runs();
    const found = await Promise.all(lines.slice(0, limit).map(({ id }) => digests.of(id)));
    const runs = found.flatMap((digest) => (digest ? [digest.line] : []));
    return context.json({ total: lines.length, runs } satisfies RunListView);
  });

  app.get('/api/runs/:id', async (context) => {
    const id = context.req.param('id');
    const stored = await tracker.run(id);
    const digest = await digests.of(id);
    if (!stored || !digest) {
      throw new RefusedCall(
        404,
        'EXECUTION_INCONNUE',
        `Aucune exécution « ${id} ».`,
        'Revenez à la liste des exécutions.',
      );
    }
    const rem = rems.get(stored.run.rem.sha256) ?? (await tracker.rem(stored.run.rem.sha256));
    const view: RunView = runView(
      { ...stored, line: digest.line, official: rem ? remView(rem).official : false },
      await tracker.piecesOfRun(id),
      rem ? profileNames(rem, stored.run.profiles) : stored.run.profiles,
    );
    return context.json(view);
  });

  app.get('/api/pieces/:id', async (context) => {
    const stored = await pieceOf(tracker, context.req.param('id'));
    const { contentType, inline } = servedAs(stored.piece.provenance.mediaType);
    const attached = !inline || context.req.query('download') !== undefined;
    return context.body(new Uint8Array(await readPiece(stored)), 200, {
      'content-type': attached ? 'application/octet-stream' : contentType,
      'content-disposition': `${attached ? 'attachment' : 'inline'}; filename="${fileName(stored)}"`,
      'content-security-policy': PIECE_POLICY,
    });
  });

  app.get('/api/pieces/:id/provenance', async (context) => {
    const stored = await pieceOf(tracker, context.req.param('id'));
    return context.body(new Uint8Array(await readProvenance(stored)), 200, {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `inline; filename="${fileName(stored)}.provenance.txt"`,
      'content-security-policy': PIECE_POLICY,
    });
  });

  calculatorRoutes(app, calculators);
  app.get('/api/openapi.json', (context) => context.json(openApiDocument(version)));
  app.all('/api/*', (context) => {
    throw new RefusedCall(
      404,
      'ROUTE_INCONNUE',
      `L'API n'a pas de « ${context.req.path} ».`,
      'Les routes sont décrites dans /api/openapi.json.',
    );
  });
  app.get('*', staticFiles(uiDir));

  app.onError((error, context) => {
    if (error instanceof RefusedCall) {
      const { code, message, remedy, status } = error;
      return context.json({ error: { code, message, remedy } } satisfies ErrorView, status);
    }
    const view: ErrorView = {
      error: {
        code: 'SUIVI_EN_ECHEC',
        message: 'Le suivi a échoué en préparant cette réponse.',
        remedy: 'Relancez « npm run jalon -- serve » ; si cela dure, signalez l’anomalie avec la trace du terminal.',
      },
    };
    process.stderr.write(`Suivi : ${error.stack ?? error.message}\n`);
    return context.json(view, 500);
  });
  return app;
}

async function need(board: Promise<Board | undefined>): Promise<Board> {
  const current = await board;
  if (current) return current;
  throw new RefusedCall(
    404,
    'AUCUNE_CAMPAGNE',
    'Aucune exécution n’est encore enregistrée dans ce dossier de travail.',
    'Tapez « npm start » pour jouer la suite, puis rechargez la page.',
  );
}

async function pieceOf(tracker: Tracker, id: string): Promise<StoredPiece> {
  const stored = /^\d{1,15}$/.test(id) ? await tracker.piece(Number(id)) : undefined;
  if (stored) return stored;
  throw new RefusedCall(
    404,
    'PIECE_INCONNUE',
    `Aucune pièce n° ${id.slice(0, 20)}.`,
    'Passez par la page de l’exigence.',
  );
}

/** Only what a header and every file system take. */
function fileName({ piece }: StoredPiece): string {
  return piece.provenance.file.replaceAll(/[^\w.-]/g, '_').slice(0, 120);
}
