# language: fr
@service:dmp @vague:va2 @profil:general
Fonctionnalité: Les documents anciens d'un patient rejoignent son DMP

  L'utilisateur choisit ou filtre les documents des épisodes passés ; chacun garde la date de son acte et son auteur.

  @exigence:DMP/HISTO.01 @preuve:DMP/HISTO.01.01.01
  Scénario: le dossier montre les documents que le DMP a acceptés
    Étant donné un patient qualifié dans le produit
    Et deux comptes rendus anciens de ce patient, jamais envoyés au DMP
    Quand l'utilisateur choisit le premier de ces comptes rendus et l'envoie au DMP
    Alors le DMP a reçu le premier de ces comptes rendus seul
    Et le produit montre dans le DMP les documents que le DMP a acceptés, et eux seuls

  @exigence:DMP/HISTO.01
  Scénario: un document que le DMP a refusé n'est pas montré comme accepté
    Étant donné un patient qualifié dans le produit
    Et le DMP qui répond "XDSRepositoryError" à toute alimentation de ce patient
    Et deux comptes rendus anciens de ce patient, jamais envoyés au DMP
    Quand l'utilisateur choisit le premier de ces comptes rendus et l'envoie au DMP
    Alors le produit montre dans le DMP les documents que le DMP a acceptés, et eux seuls

  @exigence:DMP/HISTO.03 @preuve:DMP/HISTO.03.01
  Scénario: un document ancien est daté de son acte
    Étant donné un patient qualifié dans le produit
    Et un compte rendu ancien de ce patient, jamais envoyé au DMP
    Quand l'utilisateur reprend tous les documents anciens de ce patient
    Alors le DMP a reçu ces comptes rendus

  @exigence:DMP/HISTO.04 @preuve:DMP/HISTO.04.01
  Scénario: la structure rejoint l'auteur qui a quitté le RPPS
    Étant donné un patient qualifié dans le produit
    Et un compte rendu ancien de ce patient, dont l'auteur n'est plus au RPPS, jamais envoyé au DMP
    Quand l'utilisateur reprend tous les documents anciens de ce patient
    Alors le DMP l'a reçu avec son auteur d'origine et la structure pour auteurs

  @exigence:DMP/HISTO.05 @preuve:DMP/HISTO.05.01.01
  Scénario: l'utilisateur choisit un document ancien et l'envoie
    Étant donné un patient qualifié dans le produit
    Et trois comptes rendus anciens de ce patient, jamais envoyés au DMP
    Quand l'utilisateur choisit le premier de ces comptes rendus et l'envoie au DMP
    Alors le DMP a reçu le premier de ces comptes rendus seul

  @exigence:DMP/HISTO.05 @exigence:DMP/HISTO.06
  Plan du Scénario: rien n'est envoyé d'une identité <statut>
    Étant donné un patient dont l'identité est "<statut>" dans le produit
    Et deux comptes rendus anciens de ce patient, jamais envoyés au DMP
    Quand l'utilisateur choisit le premier de ces comptes rendus et l'envoie au DMP
    Alors aucun document n'est versé dans le DMP, et le produit en dit la raison

    Exemples:
      | statut    |
      | récupérée |
      | validée   |

  @exigence:DMP/HISTO.06 @preuve:DMP/HISTO.06.01.01
  Scénario: un document déjà accepté n'est pas envoyé à nouveau
    Étant donné un patient qualifié dans le produit
    Et deux comptes rendus anciens de ce patient, jamais envoyés au DMP
    Quand l'utilisateur reprend tous les documents anciens de ce patient
    Alors le DMP a reçu ces comptes rendus
    Quand l'utilisateur reprend tous les documents anciens de ce patient
    Alors aucun document n'est versé dans le DMP, et le produit en dit la raison

  @exigence:DMP/HISTO.06 @preuve:DMP/HISTO.06.01.01
  Scénario: rien n'est envoyé d'un patient décédé
    Étant donné un patient décédé, dont l'identité est qualifiée dans le produit
    Et deux comptes rendus anciens de ce patient, jamais envoyés au DMP
    Quand l'utilisateur reprend tous les documents anciens de ce patient
    Alors aucun document n'est versé dans le DMP, et le produit en dit la raison

  @exigence:DMP/HISTO.06 @preuve:DMP/HISTO.06.01.01
  Scénario: rien n'est envoyé d'un patient dont l'alimentation est bloquée
    Étant donné un patient qualifié dans le produit
    Et deux comptes rendus anciens de ce patient, jamais envoyés au DMP
    Et l'alimentation du DMP bloquée pour ce patient
    Quand l'utilisateur reprend tous les documents anciens de ce patient
    Alors aucun document n'est versé dans le DMP, et le produit en dit la raison

  @exigence:DMP/HISTO.06 @preuve:DMP/HISTO.06.02.01
  Scénario: la reprise s'en tient à la période réglée
    Étant donné un patient qualifié dans le produit
    Et trois comptes rendus anciens de ce patient, jamais envoyés au DMP
    Quand l'utilisateur reprend les documents du 2022-05-01 au 2022-05-31
    Alors le DMP a reçu le deuxième de ces comptes rendus seul
    Et le testeur filme pour la preuve "DMP/HISTO.06.02.01" :
      | le réglage des types de documents à reprendre, et de leur correspondance avec les types du DMP     |
      | le réglage de la période : depuis une durée, ou d'une date à une autre                              |
      | le réglage de l'événement qui déclenche la reprise, et d'un rattrapage planifié sur tous les patients |

  @exigence:DMP/HISTO.06
  Scénario: la reprise s'en tient aux types de documents réglés
    Étant donné un patient qualifié dans le produit
    Et deux comptes rendus anciens de ce patient, jamais envoyés au DMP
    Quand l'utilisateur reprend les documents du seul type "11490-0"
    Alors aucun document n'est versé dans le DMP, et le produit en dit la raison

  @exigence:DMP/HISTO.06 @preuve:DMP/HISTO.06.03.01
  Plan du Scénario: la reprise ne dépasse pas la vitesse réglée (<vitesse> par seconde)
    Étant donné un patient qualifié dans le produit
    Et trois comptes rendus anciens de ce patient, jamais envoyés au DMP
    Et la vitesse de la reprise réglée à <vitesse> alimentations par seconde
    Quand l'utilisateur reprend tous les documents anciens de ce patient
    Alors le DMP a reçu ces comptes rendus
    Et la reprise n'a pas dépassé <vitesse> alimentations par seconde

    Exemples:
      | vitesse |
      | 4       |
      | 1       |

  @guide @exigence:DMP/HISTO.06 @preuve:DMP/HISTO.06.04.01
  Scénario: la reprise réglée est lancée sur tous les patients
    Étant donné un patient qualifié dans le produit
    Quand le testeur prépare plusieurs patients : un décédé, un sans identité qualifiée, un opposé à l'alimentation, un dont les documents sont déjà au DMP, d'autres sans rien de cela
    Et le testeur règle les filtres, les types et la période de la reprise, sa vitesse à 4 alimentations par seconde, puis la lance
    Alors le testeur filme pour la preuve "DMP/HISTO.06.04.01" :
      | les filtres, les types de documents, la période, l'événement déclencheur et la vitesse réglés    |
      | la reprise lancée sur l'ensemble des patients                                                    |
      | les documents versés au DMP, patient par patient, et ceux que les filtres ont écartés            |

  @guide @profil:environnement-hospitalier @exigence:DMP/HISTO.07 @preuve:DMP/HISTO.07.01.01 @preuve:DMP/HISTO.07.01.02
  Scénario: un indicateur mesure chaque mois l'historique présent au DMP
    Quand le testeur affiche pour un mois l'indicateur d'alimentation de l'historique
    Alors le testeur filme pour la preuve "DMP/HISTO.07.01.01" :
      | l'indicateur du mois : la part des séjours clôturés dont un document d'un séjour précédent est au DMP |
    Et le testeur filme pour la preuve "DMP/HISTO.07.01.02" :
      | la formule de l'indicateur, à l'écran ou dans un extrait de code commenté qui explique ses variables |
