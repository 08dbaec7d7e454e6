# language: fr
@service:dmp @vague:va1 @profil:general
Fonctionnalité: Un compte rendu versé dans le DMP est remplacé, supprimé, complété

  @exigence:DMP/va1.23 @preuve:DMP/va1.23.01.01 @preuve:DMP/va1.23.01.02
  Scénario: un compte rendu versé est remplacé par sa nouvelle version, puis supprimé
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un premier compte rendu destiné au DMP
    Et l'utilisateur corrige ce compte rendu
    Alors le DMP a reçu la nouvelle version à la place de la précédente
    Quand l'utilisateur supprime ce compte rendu du DMP
    Alors le DMP a reçu la suppression des deux documents
    Et la suite des appels au DMP satisfait au guide d'intégration

  @exigence:DMP/va1.23
  Scénario: un compte rendu versé par erreur est supprimé sans être remplacé
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un premier compte rendu destiné au DMP
    Et l'utilisateur supprime ce compte rendu du DMP
    Alors le DMP a reçu la suppression des deux documents
    Et la suite des appels au DMP satisfait au guide d'intégration

  @exigence:DMP/va1.15 @preuve:DMP/va1.15.01.01 @preuve:DMP/va1.15.01.02
  Scénario: un compte rendu partiel est versé, puis remplacé par le compte rendu complet
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu partiel destiné au DMP
    Alors le DMP a reçu le compte rendu partiel
    Quand l'utilisateur complète ce compte rendu
    Alors le DMP a reçu le compte rendu complet
    Et le DMP a reçu la nouvelle version à la place de la précédente
    Et la suite des appels au DMP satisfait au guide d'intégration

  @exigence:DMP/va1.23
  Scénario: remplacement et suppression partent de ce que le DMP montre
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un premier compte rendu destiné au DMP
    Et l'utilisateur corrige ce compte rendu
    Alors le DMP a reçu les deux documents de ce dernier compte rendu
    Quand l'utilisateur supprime ce compte rendu du DMP
    Alors la suite des appels au DMP satisfait au guide d'intégration
    Et le DMP a reçu la suppression des deux documents
