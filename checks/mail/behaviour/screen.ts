import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../../report/index.ts';
import { RULES } from './rules.ts';

/** Written by products, read by products: never for people. */
const PREFIX = 'XDM/1.0/DDM+';

/** A mail received, as the screen lists it. */
export interface MailShown {
  readonly messageId: string;
  readonly from: string;
  readonly subject: string;
  readonly sender?: 'professionnel' | 'patient' | 'operateur';
}

/** Who wrote the mail, as the bench knows it. */
export interface WriterKnown {
  readonly kind: 'professionnel' | 'patient';
  readonly address: string;
  /** Birth name; only of a patient. */
  readonly birthName?: string;
}

/**
 * Judges how a mail received is shown: without its technical prefix (UX.28), its sender told apart (UX.25), a patient by
 * his name (UX.31). The REM of laboratories asks for none of them, so they only warn.
 */
export function checkMailScreen(mail: MailShown, writer: WriterKnown): readonly Finding[] {
  const report = openReport(RULES);
  const where = `courriel ${mail.messageId}, tel que le produit le montre`;
  if (mail.subject.includes(PREFIX)) {
    report.add('MAIL-SUBJECT-SHOWN', {
      where,
      received: mail.subject,
      expected: `un objet sans ${PREFIX}`,
      remedy: 'Retirez le préfixe technique de l’objet montré à l’utilisateur.',
    });
  }
  if (mail.sender !== writer.kind) {
    report.add('MAIL-SENDER-KIND', {
      where,
      received: mail.sender ?? 'aucune nature d’expéditeur',
      expected: writer.kind,
      remedy: 'Distinguez les patients (domaine de Mon espace santé) des professionnels.',
    });
  }
  const { address, birthName } = writer;
  const named = birthName === undefined || mail.from.toUpperCase().includes(birthName.toUpperCase());
  const numbered = mail.from.toLowerCase().includes(address.toLowerCase().split('@')[0] ?? address);
  if (writer.kind === 'patient' && (!named || numbered)) {
    report.add('MAIL-PATIENT-NAMED', {
      where,
      received: mail.from,
      expected: 'le nom du patient, que son adresse désigne, sans son matricule',
      remedy: 'Retrouvez le patient par le matricule de son adresse et montrez son nom.',
    });
  }
  return report.findings;
}
