# language: fr
@vague:va1 @profil:general
Fonctionnalité: Le compte rendu de niveau 3 s'affiche seul dans un navigateur

  @exigence:DOC/va1.25 @preuve:DOC/va1.25.01.01
  Scénario: Chromium affiche en entier le CDA N3 auto-présentable
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors un navigateur l'affiche en entier, sans script ni réseau

  @exigence:DOC/va1.30 @exigence:DOC/va1.25 @preuve:DOC/va1.30.01.03
  Scénario: le CDA N3 auto-présentable passe les contrôles du banc
    Étant donné un patient qualifié dans le produit
    Quand l'utilisateur valide un compte rendu de biologie sans l'envoyer
    Alors le CDA N3 auto-présentable produit satisfait à l'exigence

  @guide @exigence:DOC/va1.25 @preuve:DOC/va1.25.01.02 @preuve:DOC/va1.25.01.03
  Scénario: Firefox et Safari affichent le CDA N3 auto-présentable
    Quand le testeur ouvre dans Firefox, puis dans Safari, le CDA N3 auto-présentable d'un compte rendu
    Alors le testeur filme pour la preuve "DOC/va1.25.01.02" :
      | la page entière dans Firefox, avec le nom et la version du navigateur |
    Et le testeur filme pour la preuve "DOC/va1.25.01.03" :
      | la page entière dans Safari, avec le nom et la version du navigateur |

  @guide @exigence:DOC/va1.23 @preuve:DOC/va1.23.01.01
  Scénario: l'utilisateur voit les trois formes de son compte rendu
    Quand le testeur ouvre dans le produit le CDA N3, le CDA N1 et le PDF/A-1 d'un même compte rendu
    Alors le testeur filme pour la preuve "DOC/va1.23.01.01" :
      | le CDA N3 affiché par le produit, avec l'identité du patient et les résultats |
      | le CDA N1 affiché par le produit                                              |
      | le PDF/A-1 affiché par le produit                                             |
