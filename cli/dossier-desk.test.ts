import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BuiltDossierView } from '#tracker/api/index.ts';
import { startTeam, type Person, type TeamServer } from '#tracker/api/team.fixture.ts';
import { dossierDesk } from './dossier-desk.ts';

const BUILDS = '/api/campaigns/current/dossier/builds';

let team: TeamServer;
let qa: Person;

beforeAll(async () => {
  team = await startTeam({ dossiers: dossierDesk });
  qa = await team.as('qa');
});
afterAll(() => team.close());

describe('dossiers of a server', () => {
  it('are refused while something is missing, and written partially on demand', async () => {
    const refused = await qa.send('POST', BUILDS, { json: {} });
    expect([refused.status, refused.body['code']]).toEqual([409, 'DOSSIER_INCOMPLETE']);
    expect((await qa.send('GET', BUILDS)).body).toEqual({ dossiers: [] });
    const built = await qa.send('POST', BUILDS, { json: { partial: true, sections: ['INS'] } });
    expect(built.status).toBe(201);
    const view = built.body as unknown as BuiltDossierView;
    expect(view).toMatchObject({
      by: 'qa',
      complete: false,
      sections: ['INS'],
      file: 'dossier_Labo-Exemple_7.2_INS_partiel.zip',
    });
    expect((await qa.send('GET', BUILDS)).body).toEqual({ dossiers: [view] });

    const file = await qa.fetch('GET', built.headers.get('location')!);
    expect(file.headers.get('content-disposition')).toContain(view.file);
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.length).toBe(view.size);
    const verify = (content: Buffer) =>
      qa.send('POST', '/api/dossier-verification', { bytes: content, type: 'application/zip' });
    expect((await verify(bytes)).body).toMatchObject({
      valid: true,
      about: { complete: false, sections: ['INS'] },
      signer: { fingerprint: view.signer },
    });
    const at = bytes.indexOf('PAT-TROIS');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect((await verify(bytes)).body).toMatchObject({ valid: false });
    // What is verified is not kept.
    expect(readdirSync(join(team.filled.dataDir, 'dossiers')).toSorted()).toEqual([
      `${view.id}.json`,
      `${view.id}.zip`,
    ]);
  });

  it('are not written by who may not, nor for a chapter that is not there', async () => {
    const reader = await team.as('lecteur');
    expect((await reader.send('POST', BUILDS, { json: { partial: true } })).body['code']).toBe('DROIT_ABSENT');
    const unknown = await qa.send('POST', BUILDS, { json: { partial: true, sections: ['XYZ'] } });
    expect([unknown.status, unknown.body['code']]).toEqual([404, 'CHAPTER_UNKNOWN']);
    const absent = await qa.send('GET', '/api/dossiers/..%2F..%2Fsuivi.sqlite/content');
    expect([absent.status, absent.body['code']]).toEqual([404, 'DOSSIER_INCONNU']);
  });
});
