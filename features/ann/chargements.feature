# language: fr
@service:annuaire @vague:va1 @profil:general
Fonctionnalité: Le produit charge l'extraction de l'Annuaire Santé telle qu'elle arrive

  @exigence:ANN/va1.01
  Scénario: des lignes illisibles sont rejetées et comptées, les autres sont intégrées
    Étant donné une extraction dont des lignes sont illisibles
    Quand le produit charge l'extraction de l'annuaire
    Alors le rapport d'intégration compte les lignes illisibles, et elles seules

  @exigence:ANN/va1.01
  Scénario: une extraction dont les identifiants ont un autre titre ne change rien
    Étant donné un professionnel de l'annuaire
    Quand le produit charge l'extraction de l'annuaire
    Et ce professionnel change de nom à l'annuaire
    Et l'extraction arrive sous d'autres titres de colonnes
    Et le produit tente de charger l'extraction de l'annuaire
    Alors le produit n'a rien intégré de cette extraction

  @exigence:ANN/va1.01
  Scénario: une extraction coupée ne change rien
    Étant donné un professionnel de l'annuaire
    Quand le produit charge l'extraction de l'annuaire
    Et ce professionnel change de nom à l'annuaire
    Et l'extraction arrive coupée en son milieu
    Et le produit tente de charger l'extraction de l'annuaire
    Alors le produit n'a rien intégré de cette extraction

  @exigence:ANN/va1.01
  Scénario: une page HTML à la place de l'extraction ne change rien
    Étant donné un professionnel de l'annuaire
    Quand le produit charge l'extraction de l'annuaire
    Et ce professionnel change de nom à l'annuaire
    Et l'extraction arrive remplacée par une page HTML
    Et le produit tente de charger l'extraction de l'annuaire
    Alors le produit n'a rien intégré de cette extraction

  @exigence:ANN/va1.04
  Scénario: une extraction qui n'a pas changé n'est pas téléchargée une seconde fois
    Quand le produit charge l'extraction de l'annuaire
    Et le produit charge l'extraction de l'annuaire
    Alors l'annuaire n'a pas renvoyé l'extraction que le produit avait déjà
