# language: fr
@vague:va1 @profil:general
Fonctionnalité: Les codes LOINC du transcodeur entrent dans le catalogue

  Le banc joue le transcodeur : il rend les exports du produit, chaque ligne avec son code LOINC. Les codes du catalogue testé
  sont remplacés par ceux du banc.

  @exigence:LOI/va1.04 @preuve:LOI/va1.04.01.01
  Scénario: le fichier LOINC_4 donne son code à chaque chapitre et sous-chapitre
    Étant donné le fichier LOINC 4 que le transcodeur a rendu, juste
    Quand l'utilisateur intègre ce fichier
    Alors le catalogue montre les codes du fichier, et le rapport d'import ne signale rien
    Et le testeur filme pour la preuve "LOI/va1.04.01.01" :
      | chaque chapitre avec son code LOINC      |
      | chaque sous-chapitre avec son code LOINC |

  @exigence:LOI/va1.05 @preuve:LOI/va1.05.01.01 @preuve:LOI/va1.05.01.02
  Scénario: le fichier LOINC_5 donne son code à chaque examen prescriptible
    Étant donné le fichier LOINC 5 que le transcodeur a rendu, juste
    Et le testeur filme pour la preuve "LOI/va1.05.01.01" :
      | chaque examen prescriptible à paramétrer, avant l'intégration |
    Quand l'utilisateur intègre ce fichier
    Alors le catalogue montre les codes du fichier, et le rapport d'import ne signale rien
    Et le testeur filme pour la preuve "LOI/va1.05.01.02" :
      | chaque examen prescriptible avec son code LOINC |

  @exigence:LOI/va1.06 @preuve:LOI/va1.06.01.01 @preuve:LOI/va1.06.01.02
  Scénario: le fichier LOINC_6 donne son code à chaque analyse de résultat
    Étant donné le fichier LOINC 6 que le transcodeur a rendu, juste
    Et le testeur filme pour la preuve "LOI/va1.06.01.01" :
      | chaque analyse à paramétrer, avant l'intégration |
    Quand l'utilisateur intègre ce fichier
    Alors le catalogue montre les codes du fichier, et le rapport d'import ne signale rien
    Et le testeur filme pour la preuve "LOI/va1.06.01.02" :
      | chaque analyse avec son code LOINC |

  @exigence:LOI/va1.07 @preuve:LOI/va1.07.01.01 @preuve:LOI/va1.07.01.02
  Scénario: un code hors du circuit de la biologie est signalé sans bloquer
    Quand l'utilisateur intègre les trois fichiers du transcodeur, avec des codes hors du circuit de la biologie
    Alors chaque code hors du circuit est signalé comme une erreur non bloquante, et il est pris

  @exigence:LOI/va1.07
  Scénario: plusieurs codes LOINC pour une même analyse sont signalés comme une erreur bloquante
    Étant donné le fichier LOINC 6 que le transcodeur a rendu, avec deux codes pour une analyse
    Quand l'utilisateur intègre ce fichier
    Alors cette analyse est signalée comme une erreur bloquante, et garde le code qu'elle avait

  @exigence:LOI/va1.08 @preuve:LOI/va1.08.01.01
  Scénario: les codes LOINC se modifient à la main
    Quand l'utilisateur modifie le code LOINC d'un chapitre, d'un sous-chapitre, d'un examen et d'une analyse
    Alors le catalogue montre chaque code modifié
    Et le testeur filme pour la preuve "LOI/va1.08.01.01" :
      | le code LOINC d'un chapitre, modifié à l'écran                |
      | le code LOINC d'un sous-chapitre, modifié à l'écran           |
      | le code LOINC d'un examen prescriptible, modifié à l'écran    |
      | le code LOINC d'une analyse, modifié à l'écran                |

  @exigence:LOI/va1.09 @preuve:LOI/va1.09.01.01
  Scénario: la date de chaque modification d'un code LOINC est conservée
    Quand l'utilisateur modifie le code LOINC d'un chapitre, d'un sous-chapitre, d'un examen et d'une analyse
    Alors le catalogue montre la date de chaque code modifié
    Et le testeur filme pour la preuve "LOI/va1.09.01.01" :
      | la date de création ou de mise à jour du code LOINC du chapitre, du sous-chapitre, de l'examen et de l'analyse |
