# language: fr
@service:dmp @vague:va1 @profil:general
Fonctionnalité: L'utilisateur choisit qui voit le compte rendu dans le DMP

  @exigence:DOC/va1.24 @exigence:DOC/va1.21 @preuve:DOC/va1.24.01.01
  Scénario: un compte rendu masqué aux professionnels arrive masqué dans le DMP
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu destiné au DMP, masqué aux professionnels
    Alors le DMP a reçu les deux documents avec la restriction "MASQUE_PS" et aucune autre
    Et le testeur filme pour la preuve "DOC/va1.24.01.01" :
      | l'écran où l'utilisateur règle le masquage aux professionnels pour le DMP     |
      | le réglage « masqué aux professionnels » choisi, puis le compte rendu validé |

  @exigence:DOC/va1.24 @exigence:DOC/va1.21 @preuve:DOC/va1.24.01.02 @preuve:DOC/va1.24.01.03
  Scénario: un compte rendu invisible au patient arrive invisible dans le DMP
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu destiné au DMP, invisible au patient
    Alors le DMP a reçu les deux documents avec la restriction "INVISIBLE_PATIENT" et aucune autre
    Et le testeur filme pour la preuve "DOC/va1.24.01.02" :
      | l'écran où l'utilisateur règle la visibilité au patient et à ses représentants légaux |
      | le réglage « invisible au patient » choisi, puis le compte rendu validé              |

  @exigence:DOC/va1.24 @exigence:DOC/va1.21
  Plan du Scénario: ce que l'utilisateur choisit arrive dans le DMP, et rien d'autre (<choix>)
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu destiné au DMP, <choix>
    Alors le DMP a reçu les deux documents <restriction>

    Exemples:
      | choix                              | restriction                                                          |
      | visible de tous                    | sans restriction                                                     |
      | invisible aux représentants légaux | avec la restriction "INVISIBLE_REPRESENTANTS_LEGAUX" et aucune autre |
      | invisible au patient et invisible aux représentants légaux | avec les restrictions "INVISIBLE_PATIENT, INVISIBLE_REPRESENTANTS_LEGAUX" et aucune autre |

  @exigence:DOC/va1.21
  Scénario: un compte rendu ne se cache pas à la fois aux professionnels et au patient
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur tente de valider un compte rendu destiné au DMP, masqué aux professionnels et invisible au patient
    Alors le produit ne laisse pas partir ce choix

  @exigence:DOC/va1.24
  Plan du Scénario: la visibilité d'un compte rendu versé se change dans le DMP (<geste>)
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu destiné au DMP, <départ>
    Et l'utilisateur <geste> ce compte rendu dans le DMP
    Alors le DMP porte les deux documents <arrivée>

    Exemples:
      | départ                                                          | geste             | arrivée                                                              |
      | visible de tous                                                 | masque            | avec la restriction "MASQUE_PS" et aucune autre                      |
      | masqué aux professionnels et invisible aux représentants légaux | démasque          | avec la restriction "INVISIBLE_REPRESENTANTS_LEGAUX" et aucune autre |
      | invisible au patient                                            | montre au patient | sans restriction                                                     |

  @exigence:DOC/va1.36 @exigence:DOC/va1.21
  Scénario: l'exemplaire du patient et celui des professionnels sont chacun cachés à qui a l'autre
    Étant donné un produit réglé sur deux exemplaires, patient et professionnel, si le produit les propose
    Et un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors le DMP a reçu l'exemplaire des professionnels et celui du patient, chacun caché à ceux qui ont l'autre
