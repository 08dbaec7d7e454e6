import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissionsOf, ROLES, type Permission, type Role } from '../access/index.ts';
import { SLOT_MOVES } from '../domain/index.ts';
import { startTeam, type TeamServer } from './team.fixture.ts';

/** What each route asks for. A new route is not published before somebody decides here who may call it. */
const RIGHTS: Readonly<Record<string, Permission | null>> = {
  currentCampaign: 'lire',
  campaigns: 'lire',
  openCampaign: 'conduire',
  campaign: 'lire',
  campaignSettings: 'lire',
  changeCampaign: 'conduire',
  nextCampaign: 'conduire',
  adoptRem: 'conduire',
  requirements: 'lire',
  requirement: 'lire',
  requirementFile: 'lire',
  leaveOut: 'relire',
  takeIn: 'relire',
  setCarrier: 'relire',
  assign: 'affecter',
  assignMany: 'affecter',
  discussion: 'lire',
  addRemark: 'commenter',
  retractRemark: 'commenter',
  slot: 'lire',
  moveSlot: 'lire',
  moveChapter: 'conduire',
  dossier: 'lire',
  buildDossier: 'relire',
  dossiers: 'lire',
  dossierContent: 'lire',
  verifyDossier: 'lire',
  evidenceList: 'lire',
  bringEvidence: 'verser',
  evidence: 'lire',
  evidenceContent: 'lire',
  evidenceOriginal: 'verser',
  settleEvidence: 'verser',
  fileEvidence: 'verser',
  withdrawEvidence: 'verser',
  removeEvidence: 'verser',
  complements: 'lire',
  enterComplement: 'correspondre',
  moveComplement: 'correspondre',
  runs: 'lire',
  bringRun: 'verser',
  run: 'lire',
  pieces: 'lire',
  piece: 'lire',
  pieceProvenance: 'lire',
  orders: 'lire-argent',
  importOrders: 'gerer-argent',
  order: 'lire-argent',
  money: 'lire-argent',
  paymentRequests: 'lire-argent',
  deadlines: 'lire',
  deadlinesCalendar: 'lire',
  history: 'lire-audit',
  events: 'lire',
  quoteForm: 'lire',
  quoteTemplate: 'lire',
  checkQuote: 'lire',
  sunesTemplate: 'lire',
  sunes: 'lire',
  session: null,
  logIn: null,
  logOut: null,
  changePassword: 'lire',
  logInWithProvider: null,
  returnFromProvider: null,
  accounts: 'administrer',
  addAccount: 'administrer',
  account: 'administrer',
  changeAccount: 'administrer',
  tokens: 'lire',
  addToken: 'lire',
  revokeToken: 'lire',
  webhooks: 'administrer',
  addWebhook: 'administrer',
  removeWebhook: 'administrer',
  openApi: null,
  problems: null,
  roles: 'lire',
};

interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

/** The words of `api/contract`: said to whoever may not. */
const REFUSED = new Set(['DROIT_ABSENT', 'NON_CONNECTE']);

let team: TeamServer;
let operations: readonly Operation[];

beforeAll(async () => {
  team = await startTeam();
  const { body } = await team.stranger.send('GET', '/api/openapi.json');
  const paths = body['paths'] as Record<string, Record<string, { readonly operationId: string }>>;
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({ operationId, method: method.toUpperCase(), path })),
  );
});

afterAll(() => team.close());

/** Places that exist where they may: a right is not confused with something that is not found. */
function addressOf({ path }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const known: Readonly<Record<string, string>> = {
      campaign: 'current',
      requirement: 'INS%2Fva1.60',
      slot: 'INS%2Fva1.60.01.03',
      section: 'INS',
      run: '20260112-143000-bb02',
      piece: '1',
    };
    return known[name] ?? 'inconnu';
  });
}

async function codeOf(operation: Operation, who: Role | 'personne', headers = {}): Promise<string> {
  const person = who === 'personne' ? team.stranger : await team.as(who);
  const sent = operation.method === 'GET' ? { headers } : { headers, json: { rien: true }, seen: 999 };
  const response = await person.fetch(operation.method, addressOf(operation), sent);
  if ((response.headers.get('content-type') ?? '').startsWith('text/event-stream')) {
    await response.body?.cancel();
    return '';
  }
  const text = await response.text();
  return response.status >= 400 ? (JSON.parse(text) as { readonly code: string }).code : '';
}

describe('every route', () => {
  it('has a right that somebody decided on', () => {
    expect(Object.fromEntries(operations.map(({ operationId }) => [operationId, null]))).toEqual(
      Object.fromEntries(Object.keys(RIGHTS).map((id) => [id, null])),
    );
  });

  // Logging out would close the session of the others.
  const played = Object.keys(RIGHTS).filter((id) => id !== 'logOut');
  it.each(played.flatMap((id) => ROLES.map((role) => [id, role] as const)))('%s, %s', async (id, role) => {
    const operation = operations.find(({ operationId }) => operationId === id)!;
    const right = RIGHTS[id] ?? null;
    const allowed = right === null || permissionsOf(role).includes(right);
    expect(REFUSED.has(await codeOf(operation, role))).toBe(!allowed);
  });

  it.each(played)('%s, nobody', async (id) => {
    const operation = operations.find(({ operationId }) => operationId === id)!;
    const code = await codeOf(operation, 'personne');
    expect(code === 'NON_CONNECTE').toBe((RIGHTS[id] ?? null) !== null);
    expect(code).not.toBe('DROIT_ABSENT');
  });
});

describe('each move of a slot', () => {
  const NEEDED: Readonly<Record<string, Permission>> = {
    verser: 'verser',
    vider: 'verser',
    renvoyer: 'relire',
    valider: 'relire',
    deposer: 'conduire',
    'demander-complement': 'conduire',
    accepter: 'conduire',
    corriger: 'conduire',
  };

  it.each(SLOT_MOVES.flatMap((move) => ROLES.map((role) => [move, role] as const)))('%s, %s', async (move, role) => {
    const person = await team.as(role);
    const path = '/api/campaigns/current/slots/INS%2Fva1.60.01.03/moves';
    // A revision that nobody has: nothing moves, whoever may.
    const { body } = await person.send('POST', path, { json: { move, reason: 'essai' }, seen: 999 });
    const allowed = permissionsOf(role).includes(NEEDED[move]!);
    expect(body['code'] === 'DROIT_ABSENT').toBe(!allowed);
  });
});
