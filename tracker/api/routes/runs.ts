import { RUN_ARCHIVE_TYPE } from '../readers.ts';
import { cursorOf, pageParameters, readCursor, ref, PAGE_LIMIT, type Column, type Route } from '../contract/index.ts';
import { PIECE_POLICY } from '../entry/headers.ts';
import { servedAs } from '../pieces/media.ts';
import { readPiece, readProvenance } from '../pieces/read-piece.ts';
import { problem } from '../problems/index.ts';
import { runDigest, type RunLine } from '../../domain/index.ts';
import type { StoredPiece, Tracker } from '../../store/index.ts';
import type { PieceListView, PieceView, RunListView, RunView } from '../types.ts';
import { remView } from '../views/campaign.ts';
import { pieceView } from '../views/piece.ts';
import { profileNames } from '#dsr/profiles/index.ts';
import { runView } from '../views/run.ts';
import { campaignOf, granted, need, type Deps } from './deps.ts';

/** A run with its pieces; longer ones are recorded by « jalon » on the machine of the tracker. */
const MAX_RUN_BYTES = 512 * 1024 * 1024;

const COLUMNS: readonly Column<RunLine>[] = [
  { title: 'Exécution', width: 26, value: ({ id }) => id },
  { title: 'Début', width: 26, value: ({ startedAt }) => startedAt },
  { title: 'Produit', value: ({ product }) => product.name },
  { title: 'Version', value: ({ product }) => product.version },
  { title: 'État', value: ({ shown }) => shown.label },
  { title: 'Verdict', value: ({ verdict }) => verdict },
  { title: 'Scénarios', value: ({ scenarios }) => scenarios.total },
  { title: 'Conformes', value: ({ scenarios }) => scenarios.conforme },
  { title: 'Non conformes', value: ({ scenarios }) => scenarios['non-conforme'] },
  { title: 'À vérifier', value: ({ scenarios }) => scenarios['a-verifier'] },
  { title: 'Non vérifiables', value: ({ scenarios }) => scenarios['non-verifiable'] },
  { title: 'Pièces', value: ({ pieces }) => pieces },
];

const PIECES: readonly Column<PieceView>[] = [
  { title: 'N°', value: ({ id }) => id },
  { title: 'Preuve', width: 26, value: ({ slot }) => slot },
  { title: 'Pièce', width: 40, value: ({ caption }) => caption },
  { title: 'Fichier', width: 30, value: ({ file }) => file },
  { title: 'Type', width: 24, value: ({ mediaType }) => mediaType },
  { title: 'Octets', value: ({ size }) => size },
  { title: 'SHA-256', width: 66, value: ({ sha256 }) => sha256 },
  { title: 'Classe', value: ({ evidenceClass }) => evidenceClass },
  { title: 'Verdict', value: ({ verdict }) => verdict },
  { title: 'Version', value: ({ product }) => product.version },
  { title: 'Recueillie le', width: 26, value: ({ collectedAt }) => collectedAt },
  { title: 'Exécution', width: 26, value: ({ run }) => run },
];

/** Runs and the pieces that they collected. */
export function runRoutes(deps: Deps): readonly Route[] {
  const { tracker } = deps;
  return [
    {
      id: 'runs',
      method: 'get',
      path: '/api/runs',
      summary: 'Exécutions, la plus récente d’abord',
      permission: 'lire',
      query: [
        {
          name: 'campaign',
          description: 'Seulement celles d’une campagne.',
          schema: { type: 'string', maxLength: 40 },
        },
        ...pageParameters(PAGE_LIMIT),
      ],
      reply: { kind: 'view', schema: ref('RunList'), list: { items: 'runs', file: 'executions', columns: COLUMNS } },
      remembered: true,
      async handle({ page, query }) {
        const { campaign } = query as { readonly campaign?: string };
        const after = page.after === undefined ? undefined : keyOf(page.after);
        const { total, runs } = await tracker.runPage({
          limit: Math.min(page.limit, 100_000),
          ...(campaign === undefined ? {} : { campaign }),
          ...(after === undefined ? {} : { after }),
        });
        const last = runs.at(-1);
        const next =
          last !== undefined && runs.length === page.limit ? cursorOf(JSON.stringify([last.startedAt, last.id])) : null;
        return { view: { total, next, runs } satisfies RunListView };
      },
    },
    {
      id: 'bringRun',
      method: 'post',
      path: '/api/runs',
      summary: 'Reçoit une exécution jouée ailleurs : un zip de son dossier, avec ses pièces',
      permission: 'verser',
      body: { kind: 'file', types: [RUN_ARCHIVE_TYPE], maxBytes: MAX_RUN_BYTES },
      reply: { kind: 'view', schema: ref('RunLine'), status: 201 },
      idempotent: true,
      async handle({ file, key, actor, author }) {
        const { bytes, sha256 } = file();
        const call = { actor: actor.name, key, request: sha256 };
        const before = await tracker.receipt(call);
        if (before !== undefined) return { view: JSON.parse(before) as RunLine };
        const { run, rem, unpack, discard } = granted(await need(deps.readers).run(bytes));
        let recorded = false;
        try {
          const runDir = await unpack();
          const answer = JSON.stringify(runDigest(run).line);
          await tracker.recordRun({ run, rem, runDir, brought: { ...author, call, answer } });
          recorded = true;
        } finally {
          if (!recorded) await discard();
        }
        return { view: runDigest(run).line, location: `/api/runs/${run.id}` };
      },
    },
    {
      id: 'run',
      method: 'get',
      path: '/api/runs/{run}',
      summary: 'Une exécution',
      permission: 'lire',
      parameters: { run: 'Identifiant d’exécution' },
      reply: { kind: 'view', schema: ref('Run') },
      remembered: 'for-good',
      async handle({ params }) {
        const id = params['run'] ?? '';
        const stored = await tracker.run(id);
        const line = await tracker.runLine(id);
        if (!stored || !line) throw problem('EXECUTION_INCONNUE', { id: id.slice(0, 60) });
        const { sha256 } = stored.run.rem;
        const rem = deps.rems.get(sha256) ?? (await tracker.rem(sha256));
        const view: RunView = runView(
          {
            run: stored.run,
            dir: deps.entry.team ? null : stored.dir,
            line,
            official: rem ? remView(rem).official : false,
          },
          await tracker.piecesOfRun(id),
          rem ? profileNames(rem, stored.run.profiles) : stored.run.profiles,
        );
        return { view };
      },
    },
    {
      id: 'pieces',
      method: 'get',
      path: '/api/campaigns/{campaign}/pieces',
      summary: 'Pièces d’une campagne, la dernière versée d’abord',
      permission: 'lire',
      parameters: { campaign: 'Identifiant de la campagne, ou « current »' },
      query: [
        { name: 'slot', description: 'D’une preuve.', schema: { type: 'string', maxLength: 60 } },
        ...pageParameters(PAGE_LIMIT),
      ],
      reply: { kind: 'view', schema: ref('PieceList'), list: { items: 'pieces', file: 'pieces', columns: PIECES } },
      remembered: true,
      async handle({ params, page, query }) {
        const { id } = await campaignOf(deps, params['campaign'] ?? '');
        const { slot } = query as { readonly slot?: string };
        const before = page.after === undefined ? undefined : Number(readCursor(page.after));
        if (before !== undefined && !Number.isSafeInteger(before)) throw problem('PAGE_PERDUE');
        const pieces = await tracker.piecesOfCampaign(id, {
          limit: Math.min(page.limit, 100_000),
          ...(before === undefined ? {} : { before }),
          ...(slot === undefined ? {} : { slot }),
        });
        const last = pieces.at(-1);
        const next = last !== undefined && pieces.length === page.limit ? cursorOf(String(last.id)) : null;
        return { view: { next, pieces: pieces.map(pieceView) } satisfies PieceListView };
      },
    },
    {
      id: 'piece',
      method: 'get',
      path: '/api/pieces/{piece}',
      summary: 'Octets d’une pièce ; rien de ce qu’elle contient ne s’exécute',
      permission: 'lire',
      parameters: { piece: 'Numéro de pièce' },
      query: [{ name: 'download', description: 'Présent : en téléchargement.', schema: { type: 'string' } }],
      reply: { kind: 'bytes', types: ['*/*'] },
      async handle({ params, context }) {
        const stored = await pieceOf(tracker, params['piece'] ?? '');
        const { contentType, inline } = servedAs(stored.piece.provenance.mediaType);
        // Present without a value is enough.
        const attached = !inline || context.req.query('download') !== undefined;
        return {
          response: context.body(new Uint8Array(await readPiece(stored)), 200, {
            'content-type': attached ? 'application/octet-stream' : contentType,
            'content-disposition': `${attached ? 'attachment' : 'inline'}; filename="${fileName(stored)}"`,
            'content-security-policy': PIECE_POLICY,
          }),
        };
      },
    },
    {
      id: 'pieceProvenance',
      method: 'get',
      path: '/api/pieces/{piece}/provenance',
      summary: 'Fiche de provenance, en texte',
      permission: 'lire',
      parameters: { piece: 'Numéro de pièce' },
      reply: { kind: 'bytes', types: ['text/plain'] },
      async handle({ params, context }) {
        const stored = await pieceOf(tracker, params['piece'] ?? '');
        return {
          response: context.body(new Uint8Array(await readProvenance(stored)), 200, {
            'content-type': 'text/plain; charset=utf-8',
            'content-disposition': `inline; filename="${fileName(stored)}.provenance.txt"`,
            'content-security-policy': PIECE_POLICY,
          }),
        };
      },
    },
  ];
}

function keyOf(cursor: string): { readonly startedAt: string; readonly id: string } {
  try {
    const [startedAt, id] = JSON.parse(readCursor(cursor)) as readonly unknown[];
    if (typeof startedAt === 'string' && typeof id === 'string') return { startedAt, id };
  } catch {
    // Not one of ours: refused like a page of another list.
  }
  throw problem('PAGE_PERDUE');
}

async function pieceOf(tracker: Tracker, id: string): Promise<StoredPiece> {
  const stored = /^\d{1,15}$/.test(id) ? await tracker.piece(Number(id)) : undefined;
  if (stored) return stored;
  throw problem('PIECE_INCONNUE', { id: id.slice(0, 20) });
}

/** Only what a header and every file system take. */
function fileName({ piece }: StoredPiece): string {
  return piece.provenance.file.replaceAll(/[^\w.-]/g, '_').slice(0, 120);
}
