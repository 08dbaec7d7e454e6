# language: fr
@service:insi @vague:va1 @profil:general
Fonctionnalité: Ce qui vient d'INSi est verrouillé, le reste se modifie

  @exigence:INS/va1.18 @preuve:INS/va1.18.01.01
  Scénario: un utilisateur ordinaire ne modifie aucun trait strict d'une identité récupérée
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand un utilisateur ordinaire tente de modifier chacun des traits stricts
    Alors l'identité est restée telle qu'INSi l'a donnée
    Et les champs venus d'INSi sont verrouillés, les traits complémentaires ouverts
    Et le testeur filme pour la preuve "INS/va1.18.01.01" :
      | l'identité « récupérée » et l'utilisateur ordinaire qui l'ouvre                                    |
      | la tentative de modifier le matricule INS, puis l'OID, et leur blocage                          |
      | la tentative de modifier chacun des traits stricts, leur blocage, et ce qui les montre verrouillés |

  @exigence:INS/va1.18 @preuve:INS/va1.18.02.01
  Scénario: un utilisateur ordinaire ne modifie aucun trait strict d'une identité qualifiée
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Quand un utilisateur ordinaire tente de modifier chacun des traits stricts
    Alors l'identité est restée telle qu'INSi l'a donnée
    Et les champs venus d'INSi sont verrouillés, les traits complémentaires ouverts
    Et le testeur filme pour la preuve "INS/va1.18.02.01" :
      | l'identité « qualifiée » et l'utilisateur ordinaire qui l'ouvre                                    |
      | la tentative de modifier le matricule INS, puis l'OID, et leur blocage                          |
      | la tentative de modifier chacun des traits stricts, leur blocage, et ce qui les montre verrouillés |

  @exigence:INS/va1.47 @preuve:INS/va1.47.01.01
  Scénario: les champs verrouillés d'une identité récupérée se voient
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand un utilisateur ordinaire tente de modifier chacun des traits stricts
    Alors l'identité est restée telle qu'INSi l'a donnée
    Et les champs venus d'INSi sont verrouillés, les traits complémentaires ouverts
    Et le testeur filme pour la preuve "INS/va1.47.01.01" :
      | le statut « récupérée » de l'identité et l'utilisateur ordinaire qui la regarde                                                       |
      | le matricule, l'OID, le nom et les prénoms de naissance, la date, le sexe et le code du lieu, montrés comme non modifiables |

  @exigence:INS/va1.47 @preuve:INS/va1.47.02.01
  Scénario: les champs verrouillés d'une identité qualifiée se voient
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Quand un utilisateur ordinaire tente de modifier chacun des traits stricts
    Alors l'identité est restée telle qu'INSi l'a donnée
    Et les champs venus d'INSi sont verrouillés, les traits complémentaires ouverts
    Et le testeur filme pour la preuve "INS/va1.47.02.01" :
      | le statut « qualifiée » de l'identité et l'utilisateur ordinaire qui la regarde                                                       |
      | le matricule, l'OID, le nom et les prénoms de naissance, la date, le sexe et le code du lieu, montrés comme non modifiables |

  @exigence:INS/va1.48 @preuve:INS/va1.48.01.01
  Scénario: les traits complémentaires d'une identité récupérée se modifient
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand un utilisateur ordinaire modifie le nom et le prénom utilisés
    Alors les traits complémentaires ont changé, et eux seuls

  @exigence:INS/va1.48 @preuve:INS/va1.48.02.01
  Scénario: les traits complémentaires d'une identité qualifiée se modifient
    Étant donné un patient dont l'identité est "qualifiée" dans le produit
    Quand un utilisateur ordinaire modifie le nom et le prénom utilisés
    Alors les traits complémentaires ont changé, et eux seuls
