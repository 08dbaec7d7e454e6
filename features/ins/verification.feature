# language: fr
@service:insi @vague:va1 @profil:general
Fonctionnalité: Une INS déjà connue se vérifie auprès d'INSi

  @exigence:INS/va1.06 @preuve:INS/va1.06.01.01
  Scénario: une vérification unitaire, répondue OK, est tracée et ne change rien
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Quand le produit vérifie cette identité auprès d'INSi
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une vérification unitaire et répondu "OK"
    Et le produit a traité le retour de la vérification comme l'exigence le demande
    Et le journal des appels du produit montre chaque appel avec son retour

  @exigence:INS/va1.08 @exigence:INS/va1.06 @preuve:INS/va1.08.01.01
  Scénario: une vérification répondue KO retire le matricule et rend l'identité provisoire
    Étant donné un patient dont INSi refuse toute vérification
    Et ce patient enregistré dans le produit avec une identité "qualifiée"
    Quand le produit vérifie cette identité auprès d'INSi
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une vérification unitaire et répondu "KO"
    Et le produit a traité le retour de la vérification comme l'exigence le demande
    Et le journal des appels du produit montre chaque appel avec son retour

  @exigence:INS/va1.08
  Scénario: une vérification sans réponse utilisable ne change rien
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Et INSi en panne pour ce patient avec le défaut "insi_103"
    Quand le produit vérifie cette identité auprès d'INSi
    Alors INSi a reçu une vérification unitaire et répondu "insi_103"
    Et le produit a traité le retour de la vérification comme l'exigence le demande

  @exigence:INS/va1.70 @exigence:INS/va1.08
  Scénario: une vérification en masse donne à chaque identité son retour
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Et cette identité à vérifier avec les autres
    Et un patient dont l'identité est "récupérée" dans le produit
    Et cette identité à vérifier avec les autres
    Et un patient dont INSi refuse toute vérification
    Et ce patient enregistré dans le produit avec une identité "qualifiée"
    Et cette identité à vérifier avec les autres
    Quand le produit vérifie ces identités en masse auprès d'INSi
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une vérification en masse et répondu "KO"
    Et le produit donne à chaque identité le retour que INSi lui a donné

  @exigence:INS/va1.06
  Scénario: la vérification porte sur les traits qu'INSi a donnés, non sur ceux que l'on avait saisis
    Étant donné un patient dont INSi renvoie d'autres prénoms que ceux saisis
    Et ce patient enregistré dans le produit avec une identité "récupérée"
    Quand le produit vérifie cette identité auprès d'INSi
    Alors la vérification porte sur l'identité telle qu'INSi l'a donnée
    Et INSi a reçu une vérification unitaire et répondu "OK"
    Et le produit a traité le retour de la vérification comme l'exigence le demande
