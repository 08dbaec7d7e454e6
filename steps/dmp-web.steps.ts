import { Then, When, type DataTable } from '@cucumber/cucumber';
import { checkWebAccess, checkWebVisit, RULES as XDS_RULES, type WebRequest } from '#checks/xds/index.ts';
import type { Exchange, HttpExchange } from '#formats/exchange/index.ts';
import type { DmpPage } from '#sut/driver/index.ts';
import { browse, ScenarioFailure, type ScenarioWorld, type WebPage } from './world/index.ts';

/** Name of each page in the address (TD0.9), and whether it is that of a patient. */
const PAGES = {
  accueil: { path: 'TableauDeBord', ofPatient: false },
  existence: { path: 'TableauDeBord', ofPatient: true },
  dossier: { path: 'DossierPatient', ofPatient: true },
  gestion: { path: 'GestionDMPPatient', ofPatient: true },
  documents: { path: 'Documents', ofPatient: true },
  parcours: { path: 'ParcoursDeSoins', ofPatient: true },
  historique: { path: 'HistoriqueAcces', ofPatient: true },
  parametrages: { path: 'Parametrages', ofPatient: false },
  volontes: { path: 'VolontesEtDroits', ofPatient: true },
  vaccination: { path: 'CarnetVaccination', ofPatient: true },
} as const satisfies Readonly<Record<DmpPage, { path: string; ofPatient: boolean }>>;

/** The functions that DMP/va1.21 asks of every product; the other pages are for those that propose them. */
const DEMANDED: ReadonlySet<string> = new Set<DmpPage>(['accueil', 'dossier']);

interface Opened {
  readonly page: DmpPage;
  readonly shown: WebPage;
}

const opened = new WeakMap<ScenarioWorld, Opened[]>();

function openedOf(world: ScenarioWorld): Opened[] {
  const known = opened.get(world) ?? [];
  opened.set(world, known);
  return known;
}

async function open(world: ScenarioWorld, page: DmpPage): Promise<void> {
  const input = { page, ...(PAGES[page].ofPatient ? { patientId: world.patientId } : {}) };
  const { request } = DEMANDED.has(page)
    ? await world.perform('openDmpWeb', input)
    : await world.performIfProposed('openDmpWeb', input, `la page « ${page} » de l’accès web au DMP`);
  world.captureState(`adresse-${page}`, 'L’adresse à laquelle le produit envoie le navigateur', request);
  world.judge(judged(world, page, request), XDS_RULES);
  openedOf(world).push({ page, shown: await browse(world, request) });
  judgeVisits(world);
}

/** What reached the site: the visits of the browser, and those that the product would make itself. */
function judgeVisits(world: ScenarioWorld): void {
  const visits = world
    .seen({ service: 'dmp', operation: 'TD0.9' })
    .filter((exchange): exchange is HttpExchange => exchange.protocol === 'http');
  world.judge(visits.flatMap(checkWebVisit), XDS_RULES);
}

When(
  "l'utilisateur ouvre la page {string} du DMP dans son navigateur",
  async function (this: ScenarioWorld, word: string) {
    await open(this, pageNamed(word));
  },
);

When(
  "l'utilisateur ouvre dans son navigateur chacune de ces pages du DMP que le produit propose :",
  async function (this: ScenarioWorld, pages: DataTable) {
    for (const [word = ''] of pages.raw()) {
      await open(this, pageNamed(word)).catch((error: unknown) => {
        // A page that the product does not propose is told; the others are judged all the same.
        if (!(error instanceof ScenarioFailure) || error.verdict !== 'a-verifier') throw error;
        this.review(error.message);
      });
    }
  },
);

function judged(world: ScenarioWorld, page: DmpPage, request: WebRequest): ReturnType<typeof checkWebAccess> {
  const { path, ofPatient } = PAGES[page];
  return checkWebAccess(request, { page: path, ...(ofPatient ? { ins: world.patient.ins } : {}) });
}

function pageNamed(word: string): DmpPage {
  const known = Object.keys(PAGES).find((name): name is DmpPage => name === word);
  if (known === undefined) throw new Error(`page du DMP inconnue : ${word}`);
  return known;
}

Then(/^l'accès web du DMP (?:affiche cette page|a affiché chacune d'elles)$/, function (this: ScenarioWorld) {
  for (const { page, shown } of openedOf(this)) {
    this.capture({
      name: `page-${page}`,
      extension: '.html',
      mediaType: 'text/html',
      bytes: Buffer.from(shown.html),
      caption: `La page « ${page} » que l’accès web simulé du DMP a affichée, avec ce qu’il a reçu`,
    });
    this.require(
      shown.status === 200,
      `L'accès web du DMP n'a pas affiché la page « ${page} » (HTTP ${shown.status}).`,
    );
  }
});

When("l'utilisateur tente d'ouvrir le dossier du patient dans le DMP", async function (this: ScenarioWorld) {
  const tried = await this.attempt('openDmpWeb', { page: 'dossier', patientId: this.patientId });
  this.captureState('ouverture-tentee', 'Ce que le produit a fait de la demande d’ouvrir le DMP', tried);
  this.asked.value = {
    refused: tried.outcome === 'refused',
    message: tried.outcome === 'refused' ? tried.message : tried.output.request.url,
  };
});

Then("le produit n'ouvre pas le DMP et dit pourquoi à l'utilisateur", function (this: ScenarioWorld) {
  const { refused, message } = this.asked.value;
  this.require(refused, `Le produit envoie le navigateur à « ${message} », alors que l'identité n'est pas qualifiée.`);
  this.require(message.trim() !== '', 'Le produit n’ouvre pas le DMP et ne dit pas pourquoi.');
  const isPage = ({ operation }: Exchange): boolean => operation === 'TD0.9';
  this.require(
    !this.seen({ service: 'dmp', about: this.patient.key }).some(isPage),
    'L’accès web du DMP a été appelé pour ce patient.',
  );
});
