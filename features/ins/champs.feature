# language: fr
@vague:va1 @profil:general
Fonctionnalité: La fiche du patient porte toute son identité

  Dix champs, des noms écrits comme le veut le référentiel national d'identitovigilance, des jours de 1 à 31 et des mois de 1 à 12.

  @service:insi @exigence:INS/va1.01 @preuve:INS/va1.01.01.01
  Scénario: une identité existante porte tous les champs
    Étant donné un patient que INSi connaît avec un historique
    Et ce patient enregistré dans le produit avec un nom et un prénom utilisés
    Quand le produit recherche son identité par traits
    Alors la fiche porte tous les champs de l'identité, le matricule INS et son OID
    Et le produit porte le matricule, l'OID, l'historique et les traits renvoyés par INSi

  @exigence:INS/va1.01 @preuve:INS/va1.01.03.01
  Plan du Scénario: un jour hors de 1 à 31, un mois hors de 1 à 12 est refusé (<raison>)
    Étant donné un patient que INSi connaît
    Quand l'utilisateur crée cette identité avec la date de naissance "<date>"
    Alors le produit refuse la création et dit pourquoi à l'utilisateur

    Exemples:
      | date       | raison   |
      | 1972-04-32 | 32e jour |
      | 1972-04-00 | jour 00  |
      | 1972-13-04 | 13e mois |
      | 1972-00-04 | mois 00  |

  @service:insi @exigence:INS/va1.56 @profil:referentiel-identites @preuve:INS/va1.56.01.01
  Scénario: l'identité que l'utilisateur crée porte tous les champs
    Étant donné un patient que INSi connaît
    Quand l'utilisateur crée cette identité avec un nom et un prénom utilisés
    Et le produit recherche son identité par traits
    Alors la fiche porte tous les champs de l'identité, le matricule INS et son OID

  @exigence:INS/va1.56 @profil:referentiel-identites @preuve:INS/va1.56.02.01
  Plan du Scénario: le nom saisi n'a ni minuscule, ni accent, ni signe diacritique (<nom>)
    Étant donné un patient que INSi connaît
    Quand l'utilisateur crée cette identité sous le nom de naissance "<nom>"
    Alors le nom est refusé, ou enregistré en majuscules sans accent ni signe diacritique

    Exemples:
      | nom           |
      | pattest       |
      | PATTÈST-ÉTÉ   |
      | PATTESÇ NOËL  |

  @exigence:INS/va1.56 @profil:referentiel-identites @preuve:INS/va1.56.02.01
  Plan du Scénario: le nom saisi garde ce qui est permis (<cas>)
    Étant donné <patient>, enregistré dans le produit
    Alors la fiche porte son nom de naissance tel quel

    Exemples:
      | cas                | patient                                        |
      | tiret              | un patient dont le nom porte un tiret          |
      | double tiret       | un patient dont le nom porte un double tiret   |
      | apostrophe         | un patient dont le nom porte une apostrophe    |
      | espace             | un patient dont le nom porte un espace         |
      | 54 à 100 caractères | un patient dont le nom a au moins 54 caractères |

  @exigence:INS/va1.56 @profil:referentiel-identites @preuve:INS/va1.56.03.01
  Plan du Scénario: à la saisie, <raison> est refusé
    Étant donné un patient que INSi connaît
    Quand l'utilisateur crée cette identité avec la date de naissance "<date>"
    Alors le produit refuse la création et dit pourquoi à l'utilisateur

    Exemples:
      | date       | raison                |
      | 1984-06-32 | un jour au-delà de 31 |
      | 1984-06-00 | le jour 00            |
      | 1984-13-06 | un mois au-delà de 12 |
      | 1984-00-06 | le mois 00            |

  @guide @exigence:INS/va1.56 @preuve:INS/va1.56.04.01
  Scénario: le numéro de sécurité sociale a son propre champ
    Étant donné un patient que INSi connaît
    Quand le testeur ouvre la fiche d'un patient dont le numéro de sécurité sociale est recueilli pour le remboursement
    Alors le testeur filme pour la preuve "INS/va1.56.04.01" :
      | le champ du matricule INS et son libellé                                              |
      | le champ, distinct, du numéro de sécurité sociale, dont le libellé ne dit pas « INS » |

  @guide @exigence:INS/va1.36 @preuve:INS/va1.36.01.01
  Scénario: les champs obligatoires restent à l'écran, les autres se règlent
    Étant donné un patient que INSi connaît
    Quand le testeur enregistre ce patient, le recherche dans INSi par traits, puis ouvre sa fiche
    Alors le testeur filme pour la preuve "INS/va1.36.01.01" :
      | le nom de naissance, le premier prénom de naissance, la date de naissance et le sexe, libellés en toutes lettres ou sous leur abréviation officielle |
      | le matricule INS suivi de sa nature (NIR ou NIA), l'OID, la liste des prénoms, le nom et le prénom utilisés, le code du lieu de naissance              |
      | si l'un de ces champs manque à l'écran : le réglage qui l'y ajoute, et qui ne laisse pas cacher les quatre premiers                                   |
