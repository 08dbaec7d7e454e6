# language: fr
@guide @vague:va1 @profil:general
Fonctionnalité: Seules les personnes habilitées voient l'INS et appellent INSi

  Les habilitations se règlent et se montrent à l'écran : un testeur les filme.

  @exigence:INS/va1.50 @preuve:INS/va1.50.01.01
  Scénario: l'accès à l'INS se règle par habilitation
    Étant donné un patient que INSi connaît
    Quand le testeur enregistre ce patient et le recherche dans INSi par traits
    Et le testeur retire à un compte l'habilitation d'accéder à l'INS, puis se connecte sous ce compte
    Alors le testeur filme pour la preuve "INS/va1.50.01.01" :
      | le réglage des habilitations d'accès à l'INS, par profil ou par compte         |
      | le compte habilité qui ouvre la fiche et y lit le matricule                   |
      | le compte qui ne l'est pas, et à qui la fiche ou le matricule restent fermés  |

  @exigence:INS/va1.32 @preuve:INS/va1.32.01.01
  Scénario: l'appel à INSi se règle par habilitation
    Étant donné un patient que INSi connaît
    Quand le testeur enregistre ce patient
    Et le testeur retire à un compte l'habilitation d'appeler INSi, puis se connecte sous ce compte
    Alors le testeur filme pour la preuve "INS/va1.32.01.01" :
      | le réglage des habilitations d'appel au téléservice INSi                     |
      | le compte habilité, à qui l'appel est proposé                                |
      | le compte qui ne l'est pas, à qui l'appel n'est pas proposé, ou est refusé   |
