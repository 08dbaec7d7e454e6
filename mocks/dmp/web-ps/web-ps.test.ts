import { describe, expect, it } from 'vitest';
import { send, type TestAnswer } from '../../insi/testing.ts';
import { bench, useBench } from '../testing/use-bench.ts';

useBench();

const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };

/** As a browser does: no client certificate. */
const open = (path: string, headers: Readonly<Record<string, string>> = BROWSER): Promise<TestAnswer> =>
  send(`${bench.dmp.addresses.webPs}${path}`, bench.context.pki, { method: 'GET', headers });

describe('Web-PS', () => {
  it('shows the documents of the patient, escaped', async () => {
    const patient = bench.context.population.draw('nominal');
    await bench.feed(patient);
    const answer = await open(`/AccesDirect/Documents/${patient.ins}`);
    expect(answer).toMatchObject({ status: 200, contentType: 'text/html; charset=utf-8' });
    const html = answer.body.toString();
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('&lt;biologiques&gt;');
    expect(html).not.toContain('<biologiques>');
    expect(html).toContain('05/01/2026 10:00');
    expect(html).toContain('Documents (1)');
    expect(bench.last()).toMatchObject({
      operation: 'TD0.9',
      expected: true,
      attribution: { patient: patient.key, ins: patient.ins },
    });
  });

  it.each([
    'TableauDeBord',
    'DossierPatient',
    'GestionDMPPatient',
    'Documents',
    'ParcoursDeSoins',
    'HistoriqueAcces',
    'VolontesEtDroits',
    'CarnetVaccination',
  ])('serves %s of an active record', async (page) => {
    const patient = bench.context.population.draw('nominal');
    const answer = await open(`/AccesDirect/${page}/${patient.ins}`);
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toContain('DMP existant et actif');
    expect(answer.body.toString()).not.toContain('Non conforme');
    expect(bench.last().outcome).toBe(`affiché ${page} : DMP existant et actif`);
  });

  it.each(['TableauDeBord', 'Parametrages'])('serves %s without a patient', async (page) => {
    const patient = bench.context.population.draw('nominal');
    bench.dmp.registry.setAuthorisation(patient.ins, '899700000013', 'valide');
    const answer = await open(`/AccesDirect/${page}`);
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).not.toContain('Non conforme');
    expect(answer.body.toString().includes(patient.birthName)).toBe(page === 'TableauDeBord');
    expect(bench.last()).toMatchObject({ operation: 'TD0.9', outcome: `affiché ${page}`, attribution: {} });
  });

  it.each([
    ['/AccesDirect/Documents', 400, 'WEBPS-PATH'],
    ['/AccesDirect/Parametrages/279035121518989', 400, 'WEBPS-PATH'],
    ['/AccesDirect/tableaudebord/279035121518989', 404, 'WEBPS-PATH'],
    ['/AccesDirect/Documents/2790351215189', 400, 'WEBPS-INS'],
    ['/AccesDirect/Documents/279035121518990', 400, 'WEBPS-INS'],
    ['/AccesDirect/Documents/279035121518989?nom=DURAND', 200, 'WEBPS-CONTEXT'],
  ])('%s: answers %i and shows the finding %s', async (path, status, finding) => {
    const answer = await open(path);
    expect(answer.status).toBe(status);
    expect(answer.body.toString()).toContain(`<strong>Non conforme</strong> ${finding}`);
    expect(bench.last().outcome).toContain(`constats : ${finding} reçu`);
  });

  it.each([
    ['WEBPS-BROWSER', { 'user-agent': 'Java/21.0.2' }, 'Java/21.0.2'],
    ['WEBPS-REFERER', { ...BROWSER, referer: 'https://sgl.example/patient?nom=DURAND' }, 'sgl.example'],
    ['WEBPS-REFERER', { ...BROWSER, referer: 'https://sgl.example/279035121518989' }, 'sgl.example'],
  ])('finds %s in the headers, and shows the page', async (finding, headers, received) => {
    const patient = bench.context.population.draw('nominal');
    const answer = await open(`/AccesDirect/Documents/${patient.ins}`, headers);
    expect(answer.status).toBe(200);
    const html = answer.body.toString();
    expect(html).toContain(`<strong>Non conforme</strong> ${finding}`);
    expect(html.match(/Non conforme/g)).toHaveLength(1);
    expect(html).toContain(received);
  });

  it('shows what was asked', async () => {
    const patient = bench.context.population.draw('nominal');
    const html = (await open(`/AccesDirect/Documents/${patient.ins}?a=%3Cb%3E`)).body.toString();
    expect(html).toContain('Ce qui a été demandé');
    expect(html).toContain(`<th scope="row">INS reçu</th><td>${patient.ins}</td>`);
    expect(html).toContain('Firefox/140.0');
    expect(html).not.toContain('<b>');
  });

  it.each([
    ['web-ps-sans-autorisation', 'poser mon autorisation'],
    ['web-ps-choix-situation', "Choisissez la situation d'exercice"],
  ])('plays %s once, then shows the page', async (situation, said) => {
    const patient = bench.context.population.draw('nominal');
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation, times: 1 });
    const path = `/AccesDirect/Documents/${patient.ins}`;
    const asked = (await open(path)).body.toString();
    expect(asked).toContain(said);
    expect(asked).toContain(`href="${path}"`);
    expect(bench.last().outcome).toContain(`joué ${situation}`);
    expect((await open(path)).body.toString()).toContain('DMP existant et actif');
  });

  it.each([
    ['acces-refuse', /bloqué/],
    ['opposition', /oppose/],
    ['inexistant', /Aucun DMP/],
    ['ferme', /DMP fermé/],
  ])('plays %s: the dashboard says it, another page refuses', async (situation, said) => {
    const patient = bench.context.population.draw('nominal');
    bench.context.situations.set({ service: 'dmp', about: patient.key, situation });
    const dashboard = await open(`/AccesDirect/TableauDeBord/${patient.ins}`);
    expect(dashboard.status).toBe(200);
    expect(dashboard.body.toString()).toMatch(said);
    const refused = await open(`/AccesDirect/VolontesEtDroits/${patient.ins}`);
    expect(refused.status).toBe(403);
    expect(refused.body.toString()).toMatch(said);
  });

  it('a patient opposed to consultation closes every page but the dashboard', async () => {
    const patient = bench.context.population.draw('nominal');
    bench.dmp.registry.setOpposed(patient.ins, true);
    expect((await open(`/AccesDirect/Documents/${patient.ins}`)).status).toBe(403);
    expect((await open(`/AccesDirect/TableauDeBord/${patient.ins}`)).status).toBe(200);
  });

  it.each([
    ['dmp-ferme', 'DMP fermé'],
    ['dmp-inexistant', 'Aucun DMP'],
  ])('of a patient %s, shows the dashboard and refuses the other pages with a way back', async (situation, said) => {
    const patient = bench.context.population.draw(situation);
    const dashboard = await open(`/AccesDirect/TableauDeBord/${patient.ins}`);
    expect(dashboard.status).toBe(200);
    expect(dashboard.body.toString()).toContain(said);
    const refused = await open(`/AccesDirect/Documents/${patient.ins}`);
    expect(refused.status).toBe(403);
    expect(refused.body.toString()).toContain(`href="/AccesDirect/TableauDeBord/${patient.ins}"`);
  });

  it('refuses what is not an INS, without echoing markup', async () => {
    const answer = await open('/AccesDirect/Documents/%3Cscript%3E');
    expect(answer.status).toBe(400);
    expect(answer.body.toString()).not.toContain('<script>');
    expect(bench.last()).toMatchObject({ operation: 'TD0.9', expected: true });
  });

  it.each(['/AccesDirect/tableaudebord/279035121518989', '/AccesDirect/constructor/279035121518989', '/Autre'])(
    'does not know %s',
    async (path) => {
      expect((await open(path)).status).toBe(404);
      expect(bench.last().expected).toBe(false);
    },
  );
});
