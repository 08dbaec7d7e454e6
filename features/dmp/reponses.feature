# language: fr
@service:dmp @vague:va1 @profil:general
Fonctionnalité: Ce que le DMP répond à une alimentation est compris, et montré tel quel

  Un avertissement n'est pas un refus. Un refus est montré à l'utilisateur avec le code et le libellé que le DMP a donnés.

  @exigence:DMP/va1.01 @exigence:DMP/va1.23
  Scénario: un compte rendu accepté avec un avertissement est transmis, puis se remplace et se supprime
    Étant donné un patient qualifié dans le produit
    Et le DMP qui répond "succes-partiel" à toute alimentation de ce patient
    Quand l'utilisateur valide un premier compte rendu destiné au DMP
    Alors le produit montre l'envoi au DMP comme fait, malgré l'avertissement du DMP
    Quand l'utilisateur corrige ce compte rendu
    Alors le DMP a reçu la nouvelle version à la place de la précédente
    Quand l'utilisateur supprime ce compte rendu du DMP
    Alors le DMP a reçu la suppression des deux documents

  @exigence:DMP/va1.23
  Scénario: une suppression que le DMP refuse est dite refusée
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un premier compte rendu destiné au DMP
    Et le DMP qui répond "XDSMetadataUpdateError" à toute mise à jour de ce patient
    Et l'utilisateur supprime ce compte rendu du DMP
    Alors le produit dit à l'utilisateur que le DMP a refusé, avec son code et son libellé
    Et le DMP tient encore les deux documents

  @exigence:DMP/va1.01
  Plan du Scénario: le refus d'une alimentation est montré avec son code et son libellé (<cas>)
    Étant donné un patient qualifié dans le produit
    Et le DMP qui répond "<situation>" à toute alimentation de ce patient
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors le produit montre à l'utilisateur le refus du DMP, avec son code et son libellé

    Exemples:
      | cas                        | situation                      |
      | l'entrepôt est en erreur   | XDSRepositoryError             |
      | la structure est inconnue  | structure-inconnue             |
      | l'auteur n'est pas lié     | ps-structure-non-lies          |
      | le certificat de signature | DMPInvalidCertificate          |
      | la spécialité absente      | specialite-absente             |
      | un autre patient           | XDSPatientIdDoesNotMatch       |
      | un document déjà là        | XDSDuplicateUniqueIdInRegistry |
      | une métadonnée refusée     | XDSRegistryMetadataError       |
