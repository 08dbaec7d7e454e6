# language: fr
@service:annuaire @service:mssante @vague:va1 @profil:general
Fonctionnalité: Le produit écrit aux boîtes que l'Annuaire Santé publie

  @exigence:ANN/va1.05
  Scénario: le compte rendu part à la boîte que l'annuaire donne du correspondant
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur inscrit ce correspondant au dossier du patient
    Et l'utilisateur valide un compte rendu de biologie destiné au patient
    Alors le courriel part à une boîte que l'annuaire publie

  @exigence:ANN/va1.05
  Scénario: rien n'est écrit au correspondant qui n'exerce plus
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur inscrit ce correspondant au dossier du patient
    Et ce professionnel part de l'annuaire
    Et l'utilisateur met ce correspondant à jour
    Et l'utilisateur valide un compte rendu de biologie destiné au patient
    Alors aucun courriel ne part au professionnel qui n'exerce plus

  @exigence:ANN/va1.05
  Scénario: au correspondant qui exerce en deux lieux, le produit écrit là où il suit le patient
    Étant donné un patient qualifié et un professionnel correspondant
    Et ce professionnel exerce dans deux structures, avec une boîte dans chacune
    Quand l'utilisateur inscrit ce correspondant au dossier du patient, que celui-ci suit dans sa seconde structure
    Et l'utilisateur valide un compte rendu de biologie destiné au patient
    Alors le courriel part à une boîte que l'annuaire publie, celle de cette structure s'il choisit une structure
