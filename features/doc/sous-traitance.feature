# language: fr
@vague:va1 @profil:general
Fonctionnalité: Les examens sous-traités sont dans le compte rendu du laboratoire de première intention

  Le banc donne au produit l'analyse, le laboratoire qui l'a réalisée et le PDF qu'il a envoyé : le produit attache le PDF, ou
  structure l'analyse sous son exécutant.

  @exigence:DOC/va1.22 @preuve:DOC/va1.22.01.01
  Scénario: le CDA N3 porte l'examen sous-traité et le laboratoire qui l'a réalisé
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu dont un examen a été sous-traité
    Alors le CDA N3 produit porte cet examen et son sous-traitant
