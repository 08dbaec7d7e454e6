import { Then, When } from '@cucumber/cucumber';
import { checkCdaPair, checkCdaVersions, PAIR_RULES, VERSION_RULES, type CdaOptions } from '#checks/cda/index.ts';
import { checkDisplay, RULES as DISPLAY_RULES } from '#checks/cda/display/index.ts';
import { checkPdfFile, RULES as PDF_RULES } from '#checks/pdf/index.ts';
import { BrowserMissing, showInBrowser } from '#evidence/browser/index.ts';
import { readCda } from '#formats/cda/index.ts';
import { judgeRefused } from './dmp.steps.ts';
import { ANALYSES } from './reports.steps.ts';
import {
  awaitFeedings,
  dmpDocuments,
  judgeCda,
  nonConform,
  readCdaFindings,
  type ScenarioWorld,
} from './world/index.ts';

type Kind = ScenarioWorld['report']['documents'][number]['kind'];

const KINDS: Readonly<Record<string, Kind>> = { N3: 'cda-n3', N1: 'cda-n1' };

/** A form of the report, as the product gave it. */
export function documentOf(
  world: ScenarioWorld,
  kind: Kind,
  report: ScenarioWorld['report'] = world.report,
): { readonly fileName: string; readonly bytes: Uint8Array } {
  const found = report.documents.find((document) => document.kind === kind);
  if (!found) throw nonConform(`Le produit n'a pas rendu la forme « ${kind} » du compte rendu.`);
  return { fileName: found.fileName, bytes: Buffer.from(found.base64, 'base64') };
}

/** What the bench knows of the patient: the identity was qualified, hence the traits of INSi. */
export function expectation(world: ScenarioWorld): CdaOptions {
  const { ins, oid, birthName, firstNames, sex, birthDate, birthPlace } = world.patient;
  return {
    identityQualified: true,
    recipients: world.recipients,
    patient: { ins, oid, birthName, firstNames, sex, birthDate, birthPlace },
  };
}

/** The document of a level, kept as a piece. */
export function capturedCda(world: ScenarioWorld, level: string): Uint8Array {
  const kind = KINDS[level];
  if (!kind) throw new Error(`niveau de CDA inconnu : ${level}`);
  const { bytes } = documentOf(world, kind);
  world.capture({
    name: kind,
    extension: '.xml',
    mediaType: 'text/xml',
    bytes,
    caption: `Le CDA ${level} tel que le produit l'a rendu`,
  });
  return bytes;
}

Then("le CDA {string} produit satisfait à l'exigence", function (this: ScenarioWorld, level: string) {
  return judgeCda(this, capturedCda(this, level), expectation(this), KINDS[level]);
});

Then("le CDA {string} produit porte l'adresse MSSanté de ce demandeur", function (this: ScenarioWorld, level: string) {
  const bytes = capturedCda(this, level);
  const options = { ...expectation(this), requesterMailbox: this.professional.mailbox };
  return judgeCda(this, bytes, options, KINDS[level]);
});

/** The report of which the scenario made a new version. */
const formerOf = new WeakMap<ScenarioWorld, ScenarioWorld['report']>();

When("l'utilisateur corrige ce compte rendu et en valide une nouvelle version", async function (this: ScenarioWorld) {
  const former = this.report;
  formerOf.set(this, former);
  const analyses = ANALYSES.map((analysis, index) => (index === 0 ? { ...analysis, value: 1.02 } : analysis));
  this.report = await this.perform('replaceReport', { reportId: former.reportId, analyses });
});

Then("le nouveau CDA N3 remplace l'ancien, et chacun satisfait à l'exigence", async function (this: ScenarioWorld) {
  const former = formerOf.get(this);
  if (former === undefined) throw new Error('aucune nouvelle version : une étape manque avant celle-ci');
  const read = async (report: ScenarioWorld['report'], rank: 1 | 2) => {
    const { bytes } = documentOf(this, 'cda-n3', report);
    this.capture({
      name: `cda-n3-version-${rank}`,
      extension: '.xml',
      mediaType: 'text/xml',
      bytes,
      caption: `Le CDA N3 de la version ${rank}, tel que le produit l'a rendu`,
    });
    return {
      reading: readCda(bytes),
      ...(await readCdaFindings(this, bytes, expectation(this), `cda-n3-version-${rank}`)),
    };
  };
  const before = await read(former, 1);
  const after = await read(this.report, 2);
  // All at once: what is wrong between two versions is often wrong in one of them too.
  const between =
    before.reading.ok && after.reading.ok ? checkCdaVersions(before.reading.document, after.reading.document) : [];
  this.judge([...before.findings, ...after.findings, ...between], [...before.rules, ...VERSION_RULES]);
});

Then("le CDA N3 auto-présentable produit satisfait à l'exigence", function (this: ScenarioWorld) {
  const { bytes } = documentOf(this, 'cda-n3-auto');
  this.capture({
    name: 'cda-n3-auto',
    extension: '.xml',
    mediaType: 'text/xml',
    bytes,
    caption: "Le CDA N3 auto-présentable tel que le produit l'a rendu",
  });
  return judgeCda(this, bytes, { ...expectation(this), selfPresenting: true }, 'cda-n3-auto');
});

Then("un navigateur l'affiche en entier, sans script ni réseau", async function (this: ScenarioWorld) {
  const { bytes } = documentOf(this, 'cda-n3-auto');
  const reading = readCda(bytes);
  this.require(reading.ok, 'Le CDA N3 auto-présentable ne se lit pas.');
  const shown = await showInBrowser({ bytes, mediaType: 'text/xml' }).catch((error: unknown) => {
    if (!(error instanceof BrowserMissing)) throw error;
    return error;
  });
  if (shown instanceof BrowserMissing) {
    this.review(`${shown.message} Personne n'a vu ce document affiché. ${shown.remedy}`);
    return;
  }
  if (!shown.appliesStyleSheets) {
    this.review(
      `${shown.browser} n'applique plus les feuilles de style XSLT : il ne prouve rien de ce document. Donnez dans JALON_BROWSER un Chromium qui les applique encore, ou faites la copie d'écran à la main.`,
    );
    return;
  }
  if (!shown.ended) {
    this.review(
      `${shown.browser} n'a pas fini d'afficher ce document dans le temps que le banc lui donne : ouvrez-le vous-même, et faites-en la copie d'écran.`,
    );
    return;
  }
  if (shown.screenshot !== undefined) {
    this.capture({
      name: 'affichage',
      extension: '.png',
      mediaType: 'image/png',
      bytes: shown.screenshot,
      caption: `Le CDA N3 auto-présentable affiché par ${shown.browser}, sans script ni réseau`,
    });
  }
  this.judge(checkDisplay({ document: reading.document, text: shown.text, asked: shown.asked }), DISPLAY_RULES);
});

Then('le CDA N1 et le CDA N3 parlent du même patient et du même compte rendu', function (this: ScenarioWorld) {
  const n3 = readCda(documentOf(this, 'cda-n3').bytes);
  const n1 = readCda(documentOf(this, 'cda-n1').bytes);
  this.require(n3.ok && n1.ok, 'Un des deux CDA ne se lit pas.');
  this.judge(checkCdaPair(n3.document, n1.document), PAIR_RULES);
});

Then('le PDF produit est un PDF\\/A-1 bien nommé', function (this: ScenarioWorld) {
  const { bytes, fileName } = documentOf(this, 'pdf');
  this.capture({
    name: 'compte-rendu',
    extension: '.pdf',
    mediaType: 'application/pdf',
    bytes,
    caption: `Le compte rendu « ${fileName} » tel que le produit l'a rendu`,
  });
  this.judge(checkPdfFile(bytes, { fileName }), PDF_RULES);
});

Then("les CDA que le DMP a reçus satisfont à l'exigence", async function (this: ScenarioWorld) {
  await awaitFeedings(this, 2);
  const held = dmpDocuments(this).filter(({ status }) => status === 'Approved');
  if (held.length < 2) judgeRefused(this);
  this.require(
    held.length >= 2,
    `Le DMP devait recevoir le CDA N3 et le CDA N1 ; il tient ${held.length} document(s).`,
  );
  for (const [index, { bytes }] of held.entries()) {
    this.capture({
      name: `cda-verse-${index + 1}`,
      extension: '.xml',
      mediaType: 'text/xml',
      bytes,
      caption: `Le document n° ${index + 1} tel que le DMP l'a reçu`,
    });
    await judgeCda(this, bytes, expectation(this), `cda-verse-${index + 1}`);
  }
});
