# language: fr
@vague:va1 @profil:general
Fonctionnalité: Le compte rendu porte les mentions qui lui sont dues, dans toutes ses formes

  Ces mentions se règlent dans le produit et se lisent à l'écran : un testeur les montre.

  @guide @exigence:DOC/va1.18 @preuve:DOC/va1.18.01.01 @preuve:DOC/va1.18.01.02 @preuve:DOC/va1.18.01.03
  Scénario: une validation sans relecture par un biologiste est dite dans le compte rendu
    Quand le testeur règle le texte qui signale une validation automatique
    Et le testeur laisse le produit valider de lui-même au moins un examen d'un compte rendu, sans relecture
    Alors le testeur filme pour la preuve "DOC/va1.18.01.03" :
      | l'écran où ce texte se règle, et le texte saisi |
    Et le testeur filme pour la preuve "DOC/va1.18.01.01" :
      | le CDA N3 affiché par sa feuille de style, avec ce texte |
    Et le testeur filme pour la preuve "DOC/va1.18.01.02" :
      | le fichier PDF/A-1 du même compte rendu, où ce texte se lit |

  @guide @exigence:DOC/va1.29 @preuve:DOC/va1.29.01.01 @preuve:DOC/va1.29.01.02
  Scénario: un compte rendu sans examen accrédité ne porte aucune mention du Cofrac
    Quand le testeur valide un compte rendu dont aucun examen n'est couvert par l'accréditation
    Alors le testeur filme pour la preuve "DOC/va1.29.01.01" :
      | le CDA N3 affiché par sa feuille de style : ni numéro d'accréditation, ni renvoi à la portée, ni signe devant un examen |
    Et le testeur filme pour la preuve "DOC/va1.29.01.02" :
      | le fichier PDF/A-1 du même compte rendu, sans aucune de ces mentions |

  @guide @exigence:DOC/va1.29 @preuve:DOC/va1.29.01.03 @preuve:DOC/va1.29.01.04
  Scénario: un compte rendu dit lesquels de ses examens sont accrédités
    Quand le testeur valide un compte rendu qui a deux examens couverts par l'accréditation et d'autres qui ne le sont pas
    Alors le testeur filme pour la preuve "DOC/va1.29.01.03" :
      | le CDA N3 affiché par sa feuille de style : sur la page du nom du laboratoire, le numéro d'accréditation et le renvoi à sa portée |
      | le signe des deux examens accrédités, son absence devant les autres, et la phrase qui l'explique                             |
    Et le testeur filme pour la preuve "DOC/va1.29.01.04" :
      | le fichier PDF/A-1 du même compte rendu, avec les mêmes mentions |

  @guide @exigence:DOC/va1.19 @preuve:DOC/va1.19.01.01
  Scénario: le compte rendu d'un sous-traitant ne part ni à part, ni en lien, ni en image
    Quand le testeur valide un compte rendu dont certains examens ont été sous-traités, vers le DMP et par MSSanté
    Et le testeur ouvre dans le suivi du banc les alimentations (TD2.1) et les courriels reçus pour ce patient
    Alors le testeur filme pour la preuve "DOC/va1.19.01.01" :
      | les seuls documents arrivés : le CDA N3, le CDA N1 et le PDF du compte rendu, aucun du sous-traitant     |
      | le CDA N3 affiché : les examens sous-traités y sont, sans lien ni image vers un autre document           |
      | le rapport du cas de test Create_doc-Sc1 dans l'espace de tests d'interopérabilité, et son lien permanent |
