# language: fr
@service:insi @vague:va1 @profil:general
Fonctionnalité: L'INS est recherchée par traits et chaque appel laisse une trace

  Le produit interroge INSi avec les seuls traits saisis ; son journal des appels montre qui a appelé, quand,
  et ce qu'INSi a répondu.

  @exigence:INS/va1.34 @preuve:INS/va1.34.01.01
  Scénario: la recherche par traits suit le guide d'intégration du téléservice
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une recherche par traits et répondu "00"

  @exigence:INS/va1.38 @preuve:INS/va1.38.02.01
  Scénario: l'appel par traits figure au journal des appels INSi
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le journal des appels du produit montre le retour "00" et son auteur

  @exigence:INS/va1.35 @preuve:INS/va1.35.02.01
  Scénario: le retour 00 est tracé et rapatrié avec le matricule, l'OID, l'historique et les traits
    Étant donné un patient que INSi connaît avec un historique, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le produit porte le matricule, l'OID, l'historique et les traits renvoyés par INSi
    Et le journal des appels du produit montre le retour "00" et son auteur

  @exigence:INS/va1.52 @preuve:INS/va1.52.01.01
  Plan du Scénario: les traits renvoyés par INSi remplacent les traits saisis (identité <statut>)
    Étant donné un patient dont INSi renvoie d'autres prénoms que ceux saisis
    Et ce patient enregistré dans le produit avec une identité "<statut>"
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le produit porte le matricule, l'OID, l'historique et les traits renvoyés par INSi
    Et l'identité est "<ensuite>" avec son INS
    Et le testeur filme pour la preuve "INS/va1.52.01.01" :
      | les champs de la fiche avant l'appel, puis l'appel à INSi                                             |
      | le comparatif des traits saisis et des traits renvoyés, les écarts mis en évidence                    |
      | la validation par l'utilisateur de la mise à jour avec les traits renvoyés                            |
      | les champs après l'appel : la liste des prénoms renvoyée, la date de naissance au format JJ/MM/AAAA   |

    Exemples:
      | statut     | ensuite   |
      | provisoire | récupérée |
      | validée    | qualifiée |

  @exigence:INS/va1.38 @exigence:INS/va1.35 @preuve:INS/va1.38.02.01
  Scénario: le retour 01 est tracé et n'attache aucune INS
    Étant donné un patient que INSi ne connaît pas, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "01"
    Et le produit a traité le retour d'INSi comme l'exigence le demande
    Et l'identité reste "provisoire", sans INS, avec les traits saisis
    Et le journal des appels du produit montre le retour "01" et son auteur

  @exigence:INS/va1.38 @exigence:INS/va1.35 @preuve:INS/va1.38.02.01
  Scénario: le retour 02 est tracé et n'attache aucune INS
    Étant donné un patient qui a un homonyme dans INSi, enregistré avec son seul premier prénom
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "02"
    Et le produit a traité le retour d'INSi comme l'exigence le demande
    Et l'identité reste "provisoire", sans INS, avec les traits saisis
    Et le journal des appels du produit montre le retour "02" et son auteur

  @exigence:INS/va1.38 @preuve:INS/va1.38.02.01
  Scénario: une panne d'INSi est tracée et ne change pas l'identité
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Et INSi en panne pour ce patient avec le défaut "insi_102"
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "insi_102"
    Et l'identité reste "provisoire", sans INS, avec les traits saisis
    Et le journal des appels du produit montre le retour "insi_102" et son auteur

  @exigence:INS/va1.34
  Plan du Scénario: la recherche écrit les traits comme INSi les attend (<cas>)
    Étant donné <patient>, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une recherche par traits et répondu "00"

    Exemples:
      | cas                | patient                                         |
      | apostrophe         | un patient dont le nom porte une apostrophe     |
      | tiret              | un patient dont le nom porte un tiret           |
      | double tiret       | un patient dont le nom porte un double tiret    |
      | nom long           | un patient dont le nom a au moins 54 caractères |
      | plusieurs prénoms  | un patient qui a plusieurs prénoms              |
      | Corse-du-Sud       | un patient né en Corse-du-Sud                   |
      | Haute-Corse        | un patient né en Haute-Corse                    |

  @exigence:INS/va1.35 @exigence:INS/va1.52
  Scénario: un matricule d'attente est rapatrié avec son propre OID
    Étant donné un patient à qui INSi donne un matricule d'attente (NIA), enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Et le produit porte le matricule, l'OID, l'historique et les traits renvoyés par INSi
    Et l'identité est "récupérée" avec son INS

  @exigence:INS/va1.34
  Scénario: un lieu de naissance inconnu n'est pas envoyé à INSi
    Étant donné un patient que INSi connaît, enregistré avec le lieu de naissance inconnu
    Quand le produit recherche son identité par traits
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une recherche par traits et répondu "00"

  @exigence:INS/va1.34
  Plan du Scénario: la recherche qui n'aboutit pas est reprise comme le guide le veut (<cas>)
    Étant donné <patient>
    Quand le produit recherche son identité par traits
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une recherche par traits et répondu "<code>"

    Exemples:
      | cas                  | code | patient                                                                          |
      | aucune identité      | 01   | un patient que INSi ne connaît pas, enregistré dans le produit                   |
      | plusieurs identités  | 02   | un patient qui a un homonyme dans INSi, enregistré avec son seul premier prénom |

  @exigence:INS/va1.34
  Scénario: deux recherches de suite ont chacune leurs identifiants
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors INSi a reçu une recherche par traits et répondu "00"
    Étant donné un patient qui a plusieurs prénoms, enregistré dans le produit
    Quand le produit recherche son identité par traits
    Alors chaque appel à INSi satisfait à l'exigence
    Et INSi a reçu une recherche par traits et répondu "00"

  @guide @exigence:INS/va1.38 @exigence:INS/va1.35 @preuve:INS/va1.38.02.02 @preuve:INS/va1.35.02.02
  Scénario: l'écran de l'appel par traits
    Étant donné un patient que INSi connaît
    Quand le testeur enregistre ce patient et lance la recherche dans INSi par ses traits
    Alors le testeur filme pour la preuve "INS/va1.38.02.02" :
      | le moyen d'appel choisi : les traits du patient |
    Et le testeur filme pour la preuve "INS/va1.35.02.02" :
      | le moyen d'appel choisi : les traits du patient |
