import { list, object, ref, text } from '../contract/index.ts';
import type { Route } from '../contract/index.ts';
import type { BuiltDossierListView } from '../dossier-port.ts';
import { problem } from '../problems/index.ts';
import { streamOf } from '../pieces/stream.ts';
import { campaignOf, granted, need, type Deps } from './deps.ts';

/** As large as what is written. */
const MAX_DOSSIER = 16 * 1024 * 1024 * 1024;
const CAMPAIGN = { campaign: 'Identifiant de la campagne, ou « current »' } as const;

/** Dossiers that are written on the server, signed with the key of the vendor. */
export function dossierRoutes(deps: Deps): readonly Route[] {
  return [
    {
      id: 'buildDossier',
      method: 'post',
      path: '/api/campaigns/{campaign}/dossier/builds',
      summary: 'Écrit le dossier, signé ; refusé tant qu’il manque une preuve, sauf partiel',
      permission: 'relire',
      parameters: CAMPAIGN,
      body: {
        kind: 'json',
        schema: object({ partial: { type: 'boolean' }, sections: { ...list(text), minItems: 1, maxItems: 100 } }, [
          'partial',
          'sections',
        ]),
      },
      reply: { kind: 'view', schema: ref('BuiltDossier'), status: 201 },
      async handle({ params, body, author }) {
        const { partial = false, sections } = body as {
          readonly partial?: boolean;
          readonly sections?: readonly string[];
        };
        const { id } = await campaignOf(deps, params['campaign'] ?? '');
        const order = { campaign: id, partial, by: author.by, ...(sections === undefined ? {} : { sections }) };
        const built = granted(await need(deps.dossiers).build(order));
        return { view: built, location: `/api/dossiers/${built.id}/content` };
      },
    },
    {
      id: 'dossiers',
      method: 'get',
      path: '/api/campaigns/{campaign}/dossier/builds',
      summary: 'Dossiers écrits pour une campagne, le dernier d’abord',
      permission: 'lire',
      parameters: CAMPAIGN,
      reply: { kind: 'view', schema: ref('BuiltDossierList') },
      async handle({ params }) {
        const { id } = await campaignOf(deps, params['campaign'] ?? '');
        return { view: { dossiers: await need(deps.dossiers).list(id) } satisfies BuiltDossierListView };
      },
    },
    {
      id: 'dossierContent',
      method: 'get',
      path: '/api/dossiers/{dossier}/content',
      summary: 'Le fichier d’un dossier',
      permission: 'lire',
      parameters: { dossier: 'Identifiant du dossier' },
      reply: { kind: 'bytes', types: ['application/zip'] },
      async handle({ params, context }) {
        const id = params['dossier'] ?? '';
        const found = await need(deps.dossiers).open(id);
        if (found === undefined) throw problem('DOSSIER_INCONNU', { id: id.slice(0, 40) });
        const { view, bytes } = found;
        return {
          response: context.body(streamOf(bytes), 200, {
            'content-type': 'application/zip',
            'content-length': String(view.size),
            'content-disposition': `attachment; filename="${view.file}"`,
          }),
        };
      },
    },
    {
      id: 'verifyDossier',
      method: 'post',
      path: '/api/dossier-verification',
      summary: 'Vérifie un dossier apporté : empreintes, signature, horodatage ; rien n’en est gardé',
      permission: 'lire',
      body: { kind: 'stream', maxBytes: MAX_DOSSIER },
      reply: { kind: 'view', schema: ref('DossierVerification') },
      async handle(call) {
        return { view: await need(deps.dossiers).verify(call.upload().stream) };
      },
    },
  ];
}
