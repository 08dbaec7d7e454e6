# language: fr
@vague:va2 @profil:general @guide
Fonctionnalité: Un document CDA se lit à l'écran, se trie et montre d'où il vient

  @exigence:CDA/VISU.01 @preuve:CDA/VISU.01.01.01
  Scénario: un CDA N1 et un CDA N3 se lisent dans le produit
    Quand le testeur ouvre dans le produit un CDA N1, puis un CDA N3
    Alors le testeur filme pour la preuve "CDA/VISU.01.01.01" :
      | l'en-tête du CDA N1 : le patient, l'auteur, la structure, la date et le titre            |
      | le corps du CDA N1                                                                       |
      | l'en-tête du CDA N3                                                                      |
      | la partie narrative de chaque section du CDA N3, rendue par une feuille de style          |

  @exigence:CDA/INT.15 @preuve:CDA/INT.15.01.01
  Scénario: un document intégré garde la feuille de style de son producteur
    Quand le testeur intègre un CDA N1, un CDA N3 accompagné de sa feuille de style, et un CDA N3 sans feuille de style
    Alors le testeur filme pour la preuve "CDA/INT.15.01.01" :
      | le CDA N1 intégré : les données d'en-tête conservées, puis son corps                                          |
      | le CDA N3 accompagné : les données d'en-tête conservées, puis ses sections rendues par la feuille de style du producteur |
      | le CDA N3 sans feuille de style : les données d'en-tête conservées, puis ses sections rendues par celle du produit |

  @exigence:CDA/INT.16 @preuve:CDA/INT.16.01.01
  Scénario: la feuille de style du produit rend aussi les sections ajoutées
    Quand le testeur produit un CDA N3 qui porte les sections de son volet et une section ajoutée, puis l'ouvre
    Alors le testeur filme pour la preuve "CDA/INT.16.01.01" :
      | les sections du volet, lisibles                                         |
      | la section que le volet ne prévoit pas, lisible elle aussi               |

  @exigence:CDA/INT.04 @preuve:CDA/INT.04.01.01
  Scénario: les documents du dossier se trient par type et par date de création
    Quand le testeur produit un document et en intègre un autre, d'un autre type et d'une autre date, puis trie la liste des documents du patient
    Alors le testeur filme pour la preuve "CDA/INT.04.01.01" :
      | le type (typeCode) et la date de création de chaque document                                 |
      | la liste triée par date de création, puis par type : les deux documents y sont chaque fois   |

  @exigence:CDA/INT.08 @preuve:CDA/INT.08.01.01
  Scénario: un document venu du DMP se reconnaît sans être ouvert
    Quand le testeur intègre dans le dossier d'un patient un document de son DMP
    Alors le testeur filme pour la preuve "CDA/INT.08.01.01" :
      | l'origine « DMP » du document, vue dans la liste sans aucun clic            |
      | la trace de cette intégration, telle que l'utilisateur la lit               |

  @exigence:CDA/DD.04 @preuve:CDA/DD.04.01.01
  Scénario: un document du DMP qui est déjà au dossier est dit tel, et c'est celui du dossier qui s'ouvre
    Quand le testeur verse au DMP un document du dossier, puis demande l'affichage de ce document depuis le DMP
    Alors le testeur filme pour la preuve "CDA/DD.04.01.01" :
      | les identifiants du document, les mêmes dans le dossier et dans le DMP               |
      | le message qui dit que le document est déjà intégré au dossier du patient            |
      | le document du dossier, affiché                                                      |
