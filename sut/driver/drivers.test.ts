import { createServer, type Server } from 'node:http';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createCommandDriver } from '../command/index.ts';
import { createHttpDriver } from '../http/index.ts';
import { gestureContracts, SutError, type SutDriver } from './index.ts';

const TRAITS = { birthName: 'PATTEST', firstNames: ['UN'], sex: 'F', birthDate: '1980-01-02' } as const;

type Answer = { status: number; body: string };

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function productThatAnswers(answer: (path: string) => Answer): Promise<SutDriver> {
  const server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? '');
    request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return createHttpDriver({
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/banc`,
    timeoutMs: 5_000,
  });
}

function commandThatRuns(script: string, timeoutMs = 5_000): SutDriver {
  const file = join(mkdtempSync(join(tmpdir(), 'jalon-command-')), 'product.mjs');
  writeFileSync(file, script);
  return createCommandDriver({ path: file, timeoutMs });
}

const answerScript = (answer: string): string =>
  `let text='';process.stdin.on('data',(d)=>text+=d).on('end',()=>{const {gesture,input}=JSON.parse(text);const answer=${answer};process.stdout.write(typeof answer==='string'?answer:JSON.stringify(answer));});`;

const DONE = JSON.stringify({ patientId: 'P1', status: 'provisoire' });

describe('http driver', () => {
  it('asks the gesture under the base and gives the answer back', async () => {
    const seen: string[] = [];
    const driver = await productThatAnswers((path) => {
      seen.push(path);
      return { status: 200, body: DONE };
    });
    const result = await driver.registerPatient({ traits: TRAITS });
    expect(seen).toEqual(['/banc/gestures/registerPatient']);
    expect(result).toMatchObject({ outcome: 'done', output: { patientId: 'P1', status: 'provisoire' } });
  });

  it('refuses an answer that does not follow the contract', async () => {
    const driver = await productThatAnswers(() => ({
      status: 200,
      body: JSON.stringify({ patientId: 'P1', status: 'inventé' }),
    }));
    expect(await driver.registerPatient({ traits: TRAITS })).toMatchObject({
      outcome: 'failed',
      code: 'SUT_BAD_ANSWER',
    });
  });

  it.each([
    [501, '{"reason":"pas de lecteur"}', { outcome: 'unsupported', reason: 'pas de lecteur' }],
    [404, '{}', { outcome: 'unsupported' }],
    [
      422,
      '{"code":"DOUBLON","reason":"existe","remedy":"fusionner"}',
      { outcome: 'failed', code: 'DOUBLON', remedy: 'fusionner' },
    ],
    [500, '<html>', { outcome: 'failed', code: 'SUT_BAD_ANSWER' }],
    [
      409,
      '{"message":"Le nom de naissance est obligatoire."}',
      { outcome: 'refused', message: 'Le nom de naissance est obligatoire.' },
    ],
    [409, '{"message":3}', { outcome: 'refused', message: '' }],
    [409, '<html>', { outcome: 'failed', code: 'SUT_BAD_ANSWER' }],
    // Pages of a framework that knows nothing of the contract.
    [404, '<html>', { outcome: 'unsupported' }],
    [501, '<!DOCTYPE html>', { outcome: 'unsupported' }],
  ])('turns HTTP %i into its outcome', async (status, body, expected) => {
    const driver = await productThatAnswers(() => ({ status, body }));
    expect(await driver.registerPatient({ traits: TRAITS })).toMatchObject(expected);
  });

  it('says that a product is unreachable, with what to do', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const driver = createHttpDriver({ base: `http://127.0.0.1:${port}` });
    const result = await driver.registerPatient({ traits: TRAITS });
    expect(result).toMatchObject({ outcome: 'failed', code: 'SUT_UNREACHABLE' });
    expect(result).toHaveProperty('remedy', expect.stringContaining('Démarrez le produit'));
  });

  it('says that a port is one that fetch never calls', async () => {
    const driver = createHttpDriver({ base: 'http://127.0.0.1:10080' });
    const result = await driver.registerPatient({ traits: TRAITS });
    expect(result).toHaveProperty('reason', expect.stringContaining('Le port 10080'));
  });

  it('says that a product hung up in the middle of a gesture, not that it was never there', async () => {
    const server = createServer((request) => request.socket.destroy());
    open.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const driver = createHttpDriver({ base: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    const result = await driver.registerPatient({ traits: TRAITS });
    expect(result).toMatchObject({ outcome: 'failed', code: 'SUT_UNREACHABLE' });
    expect(result).toHaveProperty('reason', expect.stringContaining('a coupé la connexion'));
  });

  it('says in French what is wrong with an answer', async () => {
    const driver = await productThatAnswers(() => ({ status: 200, body: '{"patientId":"","status":"x"}' }));
    const result = await driver.registerPatient({ traits: TRAITS });
    expect(result).toHaveProperty('reason', expect.stringContaining('/patientId : ne doit pas être vide'));
    expect(result).toHaveProperty('reason', expect.stringContaining('/status : valeur attendue parmi provisoire'));
    const mute = await productThatAnswers(() => ({ status: 200, body: '{}' }));
    expect(await mute.registerPatient({ traits: TRAITS })).toHaveProperty(
      'reason',
      expect.stringContaining('le champ « patientId » manque'),
    );
  });

  it('refuses an address that is none', () => {
    expect(() => createHttpDriver({ base: 'labo' })).toThrow(SutError);
  });

  it('reads the identity of the product', async () => {
    const driver = await productThatAnswers(() => ({ status: 200, body: '{"name":"Labo","version":"7"}' }));
    expect(await driver.identity()).toMatchObject({ name: 'Labo', version: '7' });
    const mute = await productThatAnswers(() => ({ status: 200, body: '{"name":"Labo"}' }));
    await expect(mute.identity()).rejects.toThrow('ne dit pas son nom et sa version');
    const broken = await productThatAnswers(() => ({ status: 500, body: '{"code":"ORA-1","reason":"base arrêtée"}' }));
    await expect(broken.identity()).rejects.toMatchObject({ code: 'SUT_NO_IDENTITY', message: 'base arrêtée' });
  });
});

describe('command driver', () => {
  it('runs the program with the gesture and its input', async () => {
    const driver = commandThatRuns(
      answerScript(
        `{outcome:'done',output:{patientId:gesture+'/'+input.traits.birthName+'/'+process.argv[2],status:'provisoire'}}`,
      ),
    );
    expect(await driver.registerPatient({ traits: TRAITS })).toMatchObject({
      outcome: 'done',
      output: { patientId: 'registerPatient/PATTEST/registerPatient' },
    });
  });

  it('keeps unsupported and failed apart', async () => {
    const unsupported = commandThatRuns(answerScript(`{outcome:'unsupported',reason:'sans annuaire'}`));
    expect(await unsupported.importDirectory({})).toEqual({ outcome: 'unsupported', reason: 'sans annuaire' });
    const failed = commandThatRuns(answerScript(`{outcome:'failed',code:'X',reason:'r',remedy:'m'}`));
    expect(await failed.importDirectory({})).toEqual({ outcome: 'failed', code: 'X', reason: 'r', remedy: 'm' });
  });

  it('tells a refusal from a failure', async () => {
    const refused = commandThatRuns(answerScript(`{outcome:'refused',message:'Trait verrouillé.'}`));
    const input = { patientId: 'P1', changes: { birthName: 'AUTRE' }, as: 'utilisateur' } as const;
    expect(await refused.modifyIdentity(input)).toEqual({ outcome: 'refused', message: 'Trait verrouillé.' });
    const mute = commandThatRuns(answerScript(`{outcome:'refused'}`));
    expect(await mute.modifyIdentity(input)).toEqual({ outcome: 'refused', message: '' });
  });

  it('says so when the program answers anything else', async () => {
    const driver = commandThatRuns(`console.error('boum');process.exitCode=3;`);
    const result = await driver.importDirectory({});
    expect(result).toMatchObject({ outcome: 'failed', code: 'SUT_BAD_ANSWER' });
    expect(result).toHaveProperty('reason', expect.stringContaining('boum'));
  });

  // A wrapper that starts a program of its own: killing the wrapper alone would leave the pipe open.
  const CHILD = `import {spawn} from 'node:child_process';spawn(process.execPath,['-e','setTimeout(()=>{},600000)'],{stdio:'inherit'});`;

  it('stops a program that is late, with what it started', async () => {
    const result = await commandThatRuns(CHILD, 500).importDirectory({});
    expect(result).toMatchObject({ outcome: 'failed', code: 'SUT_TIMEOUT' });
    expect(result).toHaveProperty('reason', expect.stringContaining('en 0.5 s'));
  });

  it('takes the answer of a program that leaves a server behind', async () => {
    const driver = commandThatRuns(
      `import {spawn} from 'node:child_process';` +
        `const left=spawn(process.execPath,['-e','setTimeout(()=>{},20000)'],{stdio:['ignore','inherit','inherit']});left.unref();` +
        `process.stdout.write('{"outcome":"unsupported","reason":"pid "}'.replace('pid ',String(left.pid)));`,
    );
    const result = await driver.importDirectory({});
    expect(result.outcome).toBe('unsupported');
    if (result.outcome === 'unsupported') process.kill(Number(result.reason));
  });

  it('refuses a program that does not exist', () => {
    expect(() => createCommandDriver({ path: 'nulle-part' })).toThrow('n’existe pas'.replace('’', "'"));
  });
});

describe('gestures of identity', () => {
  it.each([
    ['a trait is missing', { traits: { ...TRAITS, birthName: undefined } }],
    ['every trait is missing', { traits: {} }],
    ['a document is shown', { traits: TRAITS, document: 'passeport' }],
  ] as const)('asks for a registration where %s, and takes the refusal', async (_name, input) => {
    const driver = await productThatAnswers(() => ({ status: 409, body: '{"message":"Champ obligatoire."}' }));
    // JSON has no undefined: what is missing is not written at all.
    const sent = JSON.parse(JSON.stringify(input)) as Parameters<SutDriver['registerPatient']>[0];
    expect(await driver.registerPatient(sent)).toEqual({ outcome: 'refused', message: 'Champ obligatoire.' });
  });

  it.each([
    ['an address that is none', { host: '', port: 2575 }],
    ['a port out of range', { host: '127.0.0.1', port: 70_000 }],
  ])('does not take %s for the feeds', async (_name, output) => {
    const driver = await productThatAnswers(() => ({ status: 200, body: JSON.stringify(output) }));
    expect(await driver.receiveIdentityFeed({})).toMatchObject({ outcome: 'failed', code: 'SUT_BAD_ANSWER' });
  });

  it('takes the state of an account whose number was not found', async () => {
    const account = {
      user: 'tom.green',
      lastName: 'GREEN',
      firstName: 'TOM',
      profession: '10',
      nextCheckAt: '2026-11-23T10:00:00Z',
    };
    const body = JSON.stringify({ account, message: 'Compte ouvert, sans RPPS.' });
    const driver = await productThatAnswers(() => ({ status: 200, body }));
    const result = await driver.createAccount({ lastName: 'GREEN', firstName: 'TOM', profession: '10' });
    expect(result).toMatchObject({ outcome: 'done', output: { account } });
  });
});

describe('contract', () => {
  it('describes exactly the gestures of the port', async () => {
    const driver = await productThatAnswers(() => ({ status: 200, body: '{}' }));
    const methods = Object.keys(driver).filter((key) => !['label', 'identity', 'close'].includes(key));
    expect([...gestureContracts().keys()].toSorted()).toEqual(methods.toSorted());
  });

  it('judges inputs too, so that the bench cannot ask nonsense', async () => {
    const driver = await productThatAnswers(() => ({ status: 200, body: DONE }));
    await expect(driver.registerPatient({ traits: { ...TRAITS, birthDate: 'hier' } })).rejects.toThrow('mal formé');
  });
});
