import { shownRunState } from '#tracker/domain/index.ts';
import type { RunRecord } from '#tracker/types.ts';
import { moment } from '../words/index.ts';

/** One line, whatever the product calls itself. */
function line(text: string): string {
  return text.toWellFormed().replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

/** The guide of the run folder: plain text, UTF-8, lines of at most about 100 characters. */
export function renderReadme(run: RunRecord): string {
  const { product } = run;
  return `Jalon, exécution ${line(run.id)}
${line(product.name)} ${line(product.version)}, ${run.category} vague ${run.wave.slice(2)}, ${moment(run.startedAt)} (heure de Paris)
Verdict : ${shownRunState(run.lifecycle, run.verdict).label}

PAR OÙ COMMENCER
  index.html        Le rapport. Il s'ouvre d'un double-clic, sans réseau ni serveur.

CE QUE CONTIENT LE DOSSIER
  preuves/          Les pièces, un dossier par n° de preuve (« / » y devient « _ »). Chaque pièce est accompagnée
                    de sa fiche de provenance, pour une personne (.provenance.txt) et pour un programme
                    (.provenance.json) : produit, exigence, scénario, date, taille, empreinte SHA-256.
                    Absent si aucun scénario n'a versé de pièce.
  echecs/           Ce que les scénarios en échec avaient saisi, pour comprendre : ce ne sont pas des preuves.
                    Absent si tout est conforme.
  tracabilite.html  De chaque exigence à chaque pièce, et pourquoi il n'y en a pas ; tracabilite.csv pour un tableur.
  resume.md         Le résumé à coller dans une demande de fusion (Markdown).
  junit.xml         Les résultats au format JUnit, pour un serveur d'intégration continue.
  run.json          Tout ce que le rapport montre, pour un programme.
  rem.json          La liste d'exigences (REM) employée, telle que le banc l'a lue.
  messages.ndjson   Le déroulé des scénarios (messages Cucumber).
  prive/            Le journal réseau brut et les réglages du produit pendant l'exécution (poste-2, poste-3… :
                    ceux des autres processus, s'il y en avait plusieurs).

CE QUI RESTE À FILMER
  La section « À filmer » du rapport liste les preuves qui veulent une vidéo ou une capture d'écran, avec le
  patient de test et les étapes. Les services simulés se sont arrêtés avec l'exécution ; relancez-les :
    npm run jalon -- mocks --data <dossier>
  <dossier> est le dossier de données de cette exécution (par défaut .jalon) : mêmes patients de test.

CE QUI PEUT ÊTRE TRANSMIS
  Tout, sauf prive/. Dans les pièces, les mots de passe, jetons et clés sont masqués, et une pièce qui
  semble porter l'identité d'un vrai patient n'est pas versée. Le dossier prive/ n'est pas masqué :
  il reste chez l'éditeur. Retirez-le avant d'envoyer ou d'archiver ce dossier.

VÉRIFIER UNE PIÈCE
  Linux         sha256sum FICHIER
  macOS         shasum -a 256 FICHIER
  Windows       certutil -hashfile FICHIER SHA256
  L'empreinte obtenue doit être celle de la fiche de provenance et du rapport.

Ce rapport montre ce que le banc a vu. Il ne vaut pas référencement : seule l'ANS accepte une preuve.
`;
}
