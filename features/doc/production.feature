# language: fr
@vague:va1 @profil:general
Fonctionnalité: Le compte rendu de biologie est produit sous ses trois formes

  @exigence:DOC/va1.30 @preuve:DOC/va1.30.01.01
  Scénario: le CDA N3 passe les contrôles du banc
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors le CDA "N3" produit satisfait à l'exigence

  @exigence:DOC/va1.26 @preuve:DOC/va1.26.01.01
  Scénario: le CDA N3 nomme tous ses destinataires
    Étant donné un patient qualifié et un professionnel correspondant
    Quand l'utilisateur valide un compte rendu de biologie destiné à ce professionnel
    Alors le CDA "N3" produit satisfait à l'exigence

  @exigence:DOC/va1.27 @preuve:DOC/va1.27.01.01
  Scénario: le CDA N1 passe les contrôles du banc et dit la même chose que le N3
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors le CDA "N1" produit satisfait à l'exigence
    Et le CDA N1 et le CDA N3 parlent du même patient et du même compte rendu

  @exigence:DOC/va1.01 @preuve:DOC/va1.01.01.01
  Scénario: le PDF est un PDF/A-1 bien nommé
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors le PDF produit est un PDF/A-1 bien nommé

  @exigence:DOC/va1.27
  Scénario: les deux niveaux d'un compte rendu disent la même chose
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors le CDA N1 et le CDA N3 parlent du même patient et du même compte rendu

  @service:dmp @exigence:DOC/va1.30 @exigence:DOC/va1.27
  Scénario: les CDA versés au DMP passent les contrôles du banc
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie destiné au DMP
    Alors les CDA que le DMP a reçus satisfont à l'exigence
