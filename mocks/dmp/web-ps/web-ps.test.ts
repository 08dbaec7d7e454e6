import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { send, type TestAnswer } from '../../insi/testing.ts';
import { openBench, type TestBench } from '../testing/bench.ts';

let bench: TestBench;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

/** As a browser does: no client certificate. */
const open = (path: string): Promise<TestAnswer> =>
  send(`${bench.dmp.addresses.webPs}${path}`, bench.context.pki, { method: 'GET' });

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

  it.each(['TableauDeBord', 'DossierPatient', 'Documents'])('serves %s of an active record', async (page) => {
    const patient = bench.context.population.draw('nominal');
    const answer = await open(`/AccesDirect/${page}/${patient.ins}`);
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toContain('DMP existant et actif');
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
