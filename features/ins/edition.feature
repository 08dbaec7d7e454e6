# language: fr
@guide @vague:va1 @profil:general
Fonctionnalité: Un document imprimé porte l'identité qualifiée, lisible et en datamatrix

  Ce que le papier montre se numérise : un testeur imprime et filme.

  @exigence:INS/va1.15 @preuve:INS/va1.15.01.01
  Scénario: les traits minimaux et le matricule sont imprimés en clair
    Étant donné un patient que INSi connaît
    Quand le testeur qualifie ce patient, valide pour lui un compte rendu et l'imprime
    Alors le testeur filme pour la preuve "INS/va1.15.01.01" :
      | l'édition numérisée : le nom de naissance et son libellé, sans équivoque (« Nom de naissance », « N. Nais. »)                |
      | le premier prénom de naissance et son libellé (« 1er prénom de naissance », « Pr. 1 »)                                     |
      | la date de naissance et son libellé (« Date de naissance », « DDN »), le sexe et le sien (« Sexe », « S »)                |
      | le matricule INS et son libellé (« Matricule INS », « INS »), suivi de sa nature, NIR ou NIA                                |

  @exigence:INS/va1.15 @preuve:INS/va1.15.01.02
  Scénario: les traits complémentaires sont imprimés sous leur libellé
    Étant donné un patient que INSi connaît
    Quand le testeur qualifie ce patient, lui donne un nom et un prénom utilisés, valide pour lui un compte rendu et l'imprime
    Alors le testeur filme pour la preuve "INS/va1.15.01.02" :
      | l'édition numérisée : nom et prénom utilisés, code du lieu de naissance, sous des libellés sans équivoque |

  @exigence:INS/va1.10 @preuve:INS/va1.10.01.01
  Scénario: les traits ajoutés aux éditions se règlent
    Étant donné un patient que INSi connaît
    Quand le testeur règle les traits imprimés en plus des traits obligatoires, puis imprime un compte rendu
    Alors le testeur filme pour la preuve "INS/va1.10.01.01" :
      | le réglage des traits ajoutés : nom utilisé, prénom utilisé, code du lieu de naissance |
      | l'édition avant et après ce réglage                                                    |

  @exigence:INS/va1.03 @preuve:INS/va1.03.01.01
  Scénario: le datamatrix INS est imprimé
    Étant donné un patient que INSi connaît
    Quand le testeur qualifie ce patient, valide pour lui un compte rendu et l'imprime
    Et le testeur lit le datamatrix imprimé avec un lecteur
    Alors le testeur filme pour la preuve "INS/va1.03.01.01" :
      | l'édition numérisée avec son datamatrix INS                                               |
      | ce que le lecteur en tire : le matricule, l'OID et les traits de ce patient, sans écart |
