# language: fr
@vague:va1 @profil:general
Fonctionnalité: Le PDF du compte rendu montre le datamatrix INS et les mentions qui lui sont dues

  Le banc dessine les pages du PDF, en lit le texte et les datamatrix.

  @exigence:INS/va1.03
  Scénario: le datamatrix INS d'une identité qualifiée se lit sur le PDF
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors le PDF produit porte le datamatrix INS de ce patient

  @exigence:INS/va1.15
  Scénario: les traits et le matricule d'une identité qualifiée sont imprimés en clair
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors le PDF produit imprime les traits et le matricule de ce patient, chacun sous son libellé

  @exigence:INS/va1.59
  Scénario: ni matricule ni datamatrix sur le PDF d'une identité récupérée
    Étant donné un patient dont l'identité est "récupérée" dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors le PDF produit ne porte ni le matricule ni le datamatrix INS

  @exigence:DOC/va1.03 @exigence:DOC/va1.05 @preuve:DOC/va1.03.01.01 @preuve:DOC/va1.05.01.01 @preuve:DOC/va1.05.01.02 @preuve:DOC/va1.05.01.03
  Scénario: l'information RGPD réglée par l'utilisateur est dans le compte rendu
    Étant donné un texte d'information RGPD réglé dans le produit
    Et un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors le PDF produit porte ce texte
    Et le CDA N3 produit porte ce texte
    Et le testeur filme pour la preuve "DOC/va1.05.01.01" :
      | le CDA N3 affiché par sa feuille de style, avec ce texte en bas du compte rendu |
    Et le testeur filme pour la preuve "DOC/va1.05.01.03" :
      | l'écran où ce texte se règle, et le texte saisi |

  @exigence:DOC/va1.18 @preuve:DOC/va1.18.01.02
  Scénario: un examen validé sans revue est dit par le texte que l'utilisateur a réglé
    Étant donné un texte de validation automatique réglé dans le produit
    Et un patient qualifié dans le produit
    Quand le produit valide de lui-même un examen d'un compte rendu, sans revue
    Alors le PDF produit porte ce texte
    Et le CDA N3 produit porte ce texte

  @exigence:DOC/va1.18
  Scénario: un compte rendu revu par un biologiste ne parle pas de validation automatique
    Étant donné un texte de validation automatique réglé dans le produit
    Et un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors le PDF produit ne dit d'aucun examen qu'il a été validé automatiquement

  @exigence:DOC/va1.29 @preuve:DOC/va1.29.01.02
  Scénario: le PDF d'un compte rendu sans examen accrédité ne porte aucune mention du Cofrac
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors le PDF produit ne porte aucune mention du Cofrac

  @exigence:DOC/va1.29 @preuve:DOC/va1.29.01.04
  Scénario: le PDF d'un compte rendu de deux examens accrédités porte les mentions du Cofrac
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu dont deux examens sont accrédités
    Alors le PDF produit porte les mentions du Cofrac
