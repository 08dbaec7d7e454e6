# language: fr
@vague:va1 @profil:general
Fonctionnalité: Le catalogue d'analyses s'exporte pour le transcodeur LOINC

  L'export est comparé au catalogue que le produit montre : chaque donnée doit être dans son champ.

  @exigence:LOI/va1.01 @preuve:LOI/va1.01.01.01
  Scénario: les chapitres et sous-chapitres sont dans le fichier LOINC_1
    Quand l'utilisateur exporte le fichier LOINC 1
    Alors le fichier LOINC 1 satisfait à l'exigence

  @exigence:LOI/va1.02 @preuve:LOI/va1.02.01.01
  Scénario: les examens prescriptibles sont dans le fichier LOINC_2, une ligne par analyse
    Quand l'utilisateur exporte le fichier LOINC 2
    Alors le fichier LOINC 2 satisfait à l'exigence

  @exigence:LOI/va1.03 @preuve:LOI/va1.03.01.01
  Scénario: les analyses de résultat sont dans le fichier LOINC_3
    Quand l'utilisateur exporte le fichier LOINC 3
    Alors le fichier LOINC 3 satisfait à l'exigence

  @exigence:LOI/va1.02 @exigence:LOI/va1.03
  Scénario: les trois exports parlent du même catalogue
    Quand l'utilisateur exporte les trois fichiers LOINC
    Alors les codes que les exports se renvoient existent

  @guide @exigence:LOI/va1.02 @preuve:LOI/va1.02.01.02
  Scénario: l'export des examens prescriptibles se demande à l'écran
    Quand le testeur exporte les examens prescriptibles depuis l'interface du produit
    Alors le testeur filme pour la preuve "LOI/va1.02.01.02" :
      | l'écran d'où l'export est demandé, puis le fichier LOINC_2 ouvert |

  @guide @exigence:LOI/va1.03 @preuve:LOI/va1.03.01.02
  Scénario: l'export des analyses de résultat se demande à l'écran
    Quand le testeur exporte les analyses de résultat depuis l'interface du produit
    Alors le testeur filme pour la preuve "LOI/va1.03.01.02" :
      | l'écran d'où l'export est demandé, puis le fichier LOINC_3 ouvert |
