import { describe, expect, it } from 'vitest';
import { createCorrespondents } from './correspondents.ts';
import { importLines } from './extraction.ts';

const HEADER =
  "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom d'exercice|Prénom d'exercice|Code profession|Code savoir-faire|";

async function* lines(...all: string[]): AsyncGenerator<string> {
  yield* all;
}

async function run(all: string[], overrides?: Record<string, string>) {
  const saved: string[] = [];
  const correspondents = createCorrespondents((professional) => saved.push(professional.nationalId));
  const report = await importLines(lines(...all), correspondents, overrides);
  return { report, correspondents, saved };
}

describe('import of the public extraction', () => {
  it('creates, updates, leaves alone and rejects, and says so', async () => {
    const { report, correspondents, saved } = await run([
      `\uFEFF${HEADER}`,
      '8|99700000001|899700000001|BLUE|EVA|10|SM03|',
      '8|99700000001|899700000001|BLUE|EVA|10|SM03|',
      '8|99700000001|899700000001|BLUE-GREEN|EVA|10|SM03|',
      '8|997|8997|COURT|NUM|10||',
      '8|99700000002|899700000002||SANS|10||',
      'trop|court',
      '',
      '8|99700000003|899700000003|<script>|X|10||',
    ]);
    expect(report).toMatchObject({ read: 7, created: 2, updated: 1, rejected: 3 });
    expect(report.report.split('\n')).toEqual([
      '7 lignes lues, 2 professionnels créés, 1 mis à jour, 3 lignes rejetées.',
      'ligne 5 : numéro RPPS mal formé',
      "ligne 6 : nom d'exercice absent",
      'ligne 7 : 2 champs au lieu de 8',
    ]);
    expect(correspondents.get('899700000001')).toEqual({
      nationalId: '899700000001',
      lastName: 'BLUE-GREEN',
      firstName: 'EVA',
      profession: '10',
      speciality: 'SM03',
    });
    expect(saved).toEqual(['899700000001', '899700000001', '899700000003']);
  });

  it('makes the national identifier from the RPPS when it is alone', async () => {
    const { correspondents } = await run(["Identifiant PP|Nom d'exercice", '99700000001|BLUE']);
    expect(correspondents.get('899700000001')?.lastName).toBe('BLUE');
  });

  it('finds the columns under the names of the configuration', async () => {
    const { correspondents } = await run(['id|nom|boite', '899700000001|BLUE|A@B.mssante.fr'], {
      nationalId: 'id',
      lastName: 'nom',
      mailbox: 'boite',
    });
    expect(correspondents.get('899700000001')?.mailbox).toBe('a@b.mssante.fr');
  });

  it.each([[[]], [['<html>']], [['a|b|c']]])('refuses a file without the columns', async (all) => {
    await expect(run(all)).rejects.toMatchObject({ code: 'ANNUAIRE_ENTETE' });
  });
});
