# language: fr
@service:insi @vague:va1 @profil:general
Fonctionnalité: Un retour d'INSi incomplet ou incohérent ne devient pas une identité

  @exigence:INS/va1.31 @preuve:INS/va1.31.01.01
  Plan du Scénario: sans nom de naissance, rien n'est rapatrié (élément <forme>)
    Étant donné <patient>, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le produit a traité le retour d'INSi comme l'exigence le demande
    Et l'identité reste "provisoire", sans INS, avec les traits saisis

    Exemples:
      | forme  | patient                                               |
      | vide   | un patient dont INSi renvoie un nom de naissance vide |
      | absent | un patient dont INSi n'écrit pas le nom de naissance  |

  @exigence:INS/va1.31 @preuve:INS/va1.31.02.01
  Plan du Scénario: sans prénom de naissance, rien n'est rapatrié (élément <forme>)
    Étant donné <patient>, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le produit a traité le retour d'INSi comme l'exigence le demande
    Et l'identité reste "provisoire", sans INS, avec les traits saisis

    Exemples:
      | forme  | patient                                        |
      | vide   | un patient dont INSi renvoie des prénoms vides |
      | absent | un patient dont INSi n'écrit pas les prénoms   |

  @exigence:INS/va1.31 @preuve:INS/va1.31.03.01
  Plan du Scénario: sans sexe, rien n'est rapatrié (élément <forme>)
    Étant donné <patient>, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le produit a traité le retour d'INSi comme l'exigence le demande
    Et l'identité reste "provisoire", sans INS, avec les traits saisis

    Exemples:
      | forme  | patient                                    |
      | vide   | un patient dont INSi renvoie un sexe vide  |
      | absent | un patient dont INSi n'écrit pas le sexe   |

  @exigence:INS/va1.34
  Scénario: un matricule à la clé fausse n'est pas rapatrié
    Étant donné un patient dont INSi renvoie un matricule à la clé fausse, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le produit a traité le retour d'INSi comme l'exigence le demande
    Et l'identité reste "provisoire", sans INS, avec les traits saisis

  @exigence:INS/va1.51 @preuve:INS/va1.51.01.01
  Scénario: une liste de prénoms qui contredit le premier prénom saisi alerte l'utilisateur
    Étant donné un patient dont INSi renvoie une liste de prénoms qui ne commence pas par le premier prénom saisi, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et l'utilisateur est alerté que le premier prénom saisi n'ouvre pas la liste renvoyée
    Et le testeur filme pour la preuve "INS/va1.51.01.01" :
      | le premier prénom de la fiche avant l'appel                                        |
      | l'appel à INSi et le comparatif des traits saisis et des traits renvoyés           |
      | l'alerte : le premier prénom ne commence pas la liste des prénoms renvoyée          |
      | si le produit propose de mettre à jour l'identité malgré l'alerte : la validation par l'utilisateur |
      | la liste des prénoms de la fiche après l'appel, et le premier prénom, que le retour n'a pas rempli   |
