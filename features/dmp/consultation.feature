# language: fr
@service:dmp @vague:va2 @profil:general
Fonctionnalité: Le DMP se consulte dans le logiciel, une fois le droit d'accès de l'utilisateur vérifié

  Le produit teste l'existence du DMP et l'accès de l'utilisateur, puis cherche et lit des documents que d'autres
  professionnels ont déposés.

  @exigence:DMP/UX.08 @preuve:DMP/UX.08.01.01
  Scénario: le droit d'accès est vérifié avant la consultation d'un document
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur ouvre un document de son DMP
    Alors le DMP a été consulté comme l'exigence le veut
    Et le journal du produit montre le contrôle du droit d'accès, puis la consultation, au nom de son utilisateur

  @exigence:DMP/UX.08
  Plan du Scénario: le DMP n'est pas consulté quand <cas>
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Et le DMP qui répond "<situation>" au test d'existence de ce patient
    Quand l'utilisateur tente de consulter le DMP
    Alors le DMP n'a pas été consulté, et le produit en dit la raison

    Exemples:
      | cas                                                        | situation             |
      | le patient a bloqué l'utilisateur                          | acces-refuse          |
      | le DMP ne connaît pas l'utilisateur dans cette structure   | ps-structure-non-lies |
      | la structure est inconnue du DMP                           | structure-inconnue    |
      | le DMP est fermé                                           | ferme                 |
      | le DMP n'existe pas                                        | inexistant            |

  @exigence:DMP/UX.14 @exigence:DMP/UX.27 @preuve:DMP/UX.14.01.01
  Scénario: les documents du DMP sont listés avec leurs métadonnées, et chacun s'ouvre
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand l'utilisateur affiche la liste des documents du DMP
    Alors le DMP a été consulté comme l'exigence le veut
    Et la liste montre les trois documents, chacun avec ses métadonnées
    Et chacun de ces documents s'ouvre
    Et le testeur filme pour la preuve "DMP/UX.14.01.01" :
      | l'identité qualifiée, la non-opposition du patient et l'existence de son DMP                         |
      | les filtres de la liste (type, date, auteur…) et leur réglage                                         |
      | la liste selon ces filtres : titre, type, date, auteur et structure de chaque document               |
      | un document de la liste, ouvert                                                                       |

  @guide @exigence:DMP/UX.10 @preuve:DMP/UX.10.01.01
  Scénario: l'écran reste utilisable pendant les requêtes au DMP
    Étant donné un patient qualifié dans le produit
    Quand le testeur fait durer les réponses du DMP simulé (situation "latence" du banc, service dmp)
    Et le testeur cherche les documents du DMP de ce patient, puis, sans attendre, ouvre d'autres écrans du produit
    Alors le testeur filme pour la preuve "DMP/UX.10.01.01" :
      | la recherche lancée dans le DMP, et le signe qu'elle est en cours                     |
      | d'autres écrans ouverts et d'autres actions faites pendant ce temps, sans attente      |
      | le résultat de la recherche, affiché une fois la réponse du DMP arrivée                |

  @guide @exigence:DMP/UX.29 @preuve:DMP/INT.09.01.01
  Scénario: un CDA N3 s'affiche avec la feuille de style qui l'accompagne
    Quand le testeur ouvre un CDA N3 sans feuille de style, puis un CDA N3 accompagné de la sienne
    Alors le testeur filme pour la preuve "DMP/INT.09.01.01" :
      | le document sans feuille de style, rendu par le produit                                     |
      | le document accompagné d'une feuille de style, rendu avec celle-ci et non une autre          |

  @guide @exigence:DMP/UX.34 @preuve:DMP/UX.34.01.01
  Scénario: les documents du DMP sont préchargés pour une durée réglable
    Étant donné un patient qualifié dans le produit
    Quand le testeur règle le préchargement : les types ou les dates des documents, la durée maximale de leur conservation
    Et le testeur laisse le produit précharger les documents de plusieurs patients pris en charge
    Alors le testeur filme pour la preuve "DMP/UX.34.01.01" :
      | le réglage du préchargement et de la durée maximale                                                         |
      | les documents préchargés de plusieurs patients, et pour chacun le droit d'accès vérifié avant                 |
      | un document préchargé, choisi et téléchargé par l'utilisateur                                                 |
      | l'absence des documents préchargés une fois la durée écoulée, ou de ceux d'un patient qui s'y oppose           |

  @exigence:DMP/UX.08
  Scénario: le contrôle fait pour un utilisateur ne vaut pas pour son collègue
    Étant donné un patient qualifié dans le produit
    Et trois documents d'autres professionnels dans son DMP
    Et un premier utilisateur du produit, inscrit à l'annuaire
    Et un second utilisateur du produit, inscrit à l'annuaire
    Et un DMP que les utilisateurs du produit sont déjà autorisés à lire
    Et le patient ne s'oppose pas à la consultation de son DMP
    Quand le premier utilisateur consulte le DMP du patient
    Et le second utilisateur consulte le DMP du patient
    Alors le DMP a été consulté comme l'exigence le veut
