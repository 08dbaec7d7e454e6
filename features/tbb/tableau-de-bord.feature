# language: fr
@service:dmp @service:mssante @vague:va1 @profil:general
Fonctionnalité: Le tableau de bord compte les envois au DMP et par MSSanté

  Les chiffres sont lus avant et après : ce que le produit avait déjà compté n'entre pas en jeu.

  @exigence:TBB/va1.03 @preuve:TBB/va1.03.01.02 @preuve:TBB/va1.03.01.03
  Scénario: chaque période compte les comptes rendus et les dossiers de chaque canal
    Étant donné trois patients enregistrés dans le produit, deux identités qualifiées et une récupérée, et un professionnel correspondant
    Et le tableau de bord du laboratoire relevé
    Quand le laboratoire envoie leurs comptes rendus du mois par les trois canaux, et un compte rendu de l'année précédente au DMP
    Alors chaque période du tableau de bord compte ces envois, et eux seuls
    Et le tableau de bord d'un autre FINESS ne compte rien

  @exigence:TBB/va1.05 @preuve:TBB/va1.05.01.01 @preuve:TBB/va1.05.01.02 @preuve:TBB/va1.05.01.03
  Scénario: un envoi refusé par chaque canal est compté comme un échec
    Étant donné un patient qualifié et un professionnel correspondant
    Et le tableau de bord du laboratoire relevé
    Quand le laboratoire envoie un compte rendu par les trois canaux, et tous trois le refusent
    Alors chaque période du tableau de bord compte ces envois, et eux seuls

  @guide @exigence:TBB/va1.03 @preuve:TBB/va1.03.01.02 @preuve:TBB/va1.03.01.03
  Scénario: le tableau de bord de deux années d'activité
    Quand le testeur produit dix comptes rendus par mois sur deux ans, pour un FINESS géographique et un biologiste
    Et le testeur envoie ces comptes rendus au DMP, par MSSanté aux professionnels et aux patients
    Alors le testeur filme pour la preuve "TBB/va1.03.01.02" :
      | le tableau de bord du mois, de l'année et de l'année précédente, par FINESS et par RPPS                    |
      | les totaux par canal, avec INS qualifiée et non qualifiée, et les dossiers où les trois envois ont été faits |
    Et le testeur filme pour la preuve "TBB/va1.03.01.03" :
      | l'extraction demandée depuis le tableau de bord, puis le fichier obtenu |

  @guide @exigence:TBB/va1.05 @preuve:TBB/va1.05.01.01 @preuve:TBB/va1.05.01.02
  Scénario: le tableau de bord montre les échecs de deux années d'activité
    Quand le testeur reprend les comptes rendus de deux années et fait échouer un envoi par canal
    Alors le testeur filme pour la preuve "TBB/va1.05.01.01" :
      | l'endroit du tableau de bord ou de l'extraction où les échecs sont comptés |
    Et le testeur filme pour la preuve "TBB/va1.05.01.02" :
      | le nombre d'échecs au DMP, par MSSanté aux professionnels et aux patients |

  @exigence:TBB/va1.03
  Scénario: l'extraction porte les chiffres du tableau de bord
    Étant donné trois patients enregistrés dans le produit, deux identités qualifiées et une récupérée, et un professionnel correspondant
    Et le tableau de bord du laboratoire relevé
    Quand le laboratoire envoie leurs comptes rendus du mois par les trois canaux, et un compte rendu de l'année précédente au DMP
    Alors chaque période du tableau de bord compte ces envois, et eux seuls
    Et l'extraction de chaque période porte les chiffres du tableau de bord

  @exigence:TBB/va1.03
  Scénario: le tableau de bord se lit aussi par RPPS
    Étant donné un patient qualifié dans le produit
    Et le tableau de bord relevé par RPPS
    Quand le laboratoire envoie au DMP un compte rendu de son biologiste
    Alors le tableau de bord compte cet envoi pour ce biologiste, et pour lui seul
