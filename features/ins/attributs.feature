# language: fr
@service:insi @vague:va1 @profil:general
Fonctionnalité: Une identité douteuse ou fictive redevient provisoire et ne part plus vers INSi

  @exigence:INS/va1.44 @exigence:INS/va1.60 @preuve:INS/va1.44.01.01.01
  Scénario: une identité qualifiée déclarée douteuse
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Quand l'utilisateur déclare l'identité "douteuse"
    Alors l'identité garde l'attribut et passe au statut provisoire
    Et le journal des identités montre le passage de "qualifiée" à "provisoire", sa date et son auteur

  @exigence:INS/va1.44 @exigence:INS/va1.60 @preuve:INS/va1.44.01.01.02
  Scénario: une identité qualifiée déclarée fictive
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Quand l'utilisateur déclare l'identité "fictive"
    Alors l'identité garde l'attribut et passe au statut provisoire
    Et le journal des identités montre le passage de "qualifiée" à "provisoire", sa date et son auteur

  @exigence:INS/va1.44 @exigence:INS/va1.60 @preuve:INS/va1.44.01.02.01
  Scénario: une identité récupérée déclarée douteuse
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand l'utilisateur déclare l'identité "douteuse"
    Alors l'identité garde l'attribut et passe au statut provisoire
    Et le journal des identités montre le passage de "récupérée" à "provisoire", sa date et son auteur

  @exigence:INS/va1.44 @exigence:INS/va1.60 @preuve:INS/va1.44.01.02.02
  Scénario: une identité récupérée déclarée fictive
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand l'utilisateur déclare l'identité "fictive"
    Alors l'identité garde l'attribut et passe au statut provisoire
    Et le journal des identités montre le passage de "récupérée" à "provisoire", sa date et son auteur

  @exigence:INS/va1.44 @preuve:INS/va1.44.01.03.01
  Scénario: une identité validée déclarée douteuse
    Étant donné un patient dont l'identité est "validée" dans le produit
    Quand l'utilisateur déclare l'identité "douteuse"
    Alors l'identité garde l'attribut et passe au statut provisoire
    Et le journal des identités montre le passage de "validée" à "provisoire", sa date et son auteur

  @exigence:INS/va1.44 @preuve:INS/va1.44.01.03.02
  Scénario: une identité validée déclarée fictive
    Étant donné un patient dont l'identité est "validée" dans le produit
    Quand l'utilisateur déclare l'identité "fictive"
    Alors l'identité garde l'attribut et passe au statut provisoire
    Et le journal des identités montre le passage de "validée" à "provisoire", sa date et son auteur

  @exigence:INS/va1.20 @preuve:INS/va1.20.01.01
  Scénario: aucun appel à INSi pour une identité douteuse
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand l'utilisateur déclare l'identité "douteuse"
    Et l'utilisateur tente d'appeler INSi pour cette identité
    Alors le produit refuse l'appel et INSi ne reçoit rien

  @exigence:INS/va1.20 @preuve:INS/va1.20.02.01
  Scénario: aucun appel à INSi pour une identité fictive
    Étant donné un patient que INSi connaît, enregistré dans le produit
    Quand l'utilisateur déclare l'identité "fictive"
    Et l'utilisateur tente d'appeler INSi pour cette identité
    Alors le produit refuse l'appel et INSi ne reçoit rien

  @exigence:INS/va1.20
  Plan du Scénario: aucun autre appel à INSi pour une identité <attribut> (<appel>)
    Étant donné un patient dont l'identité est "<statut>" dans le produit
    Quand l'utilisateur déclare l'identité "<attribut>"
    Et l'utilisateur tente <appel>
    Alors le produit refuse l'appel et INSi ne reçoit rien

    Exemples:
      | attribut | statut     | appel                                                |
      | douteuse | provisoire | une recherche par carte Vitale pour cette identité   |
      | fictive  | provisoire | une recherche par carte Vitale pour cette identité   |
      | douteuse | qualifiée  | de faire vérifier cette identité par INSi            |
      | fictive  | qualifiée  | de faire vérifier cette identité par INSi            |

  @service:hl7 @exigence:INS/va1.20
  Plan du Scénario: un flux ne fait pas appeler INSi pour une identité <attribut>
    Étant donné un patient que INSi connaît
    Quand un établissement d'un autre domaine envoie l'identité de ce patient, sans INS
    Alors la fiche créée par le flux porte son nom de naissance tel quel
    Quand l'utilisateur déclare l'identité "<attribut>"
    Et le même établissement envoie la mise à jour de ce patient, avec son INS qualifiée
    Alors INSi ne reçoit rien pour cette identité

    Exemples:
      | attribut |
      | douteuse |
      | fictive  |
