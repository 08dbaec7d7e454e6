# language: fr
@service:psc @vague:va2 @profil:general @guide
Fonctionnalité: La connexion Pro Santé Connect se voit à l'écran, dans la modalité du produit

  Une seule modalité est celle du produit : les preuves des autres se remplissent par celle-ci, comme la REM le dit.

  @exigence:PSC.01 @preuve:PSC.01.01.01
  Scénario: en mode web
    Quand le testeur (si le produit s'ouvre dans un navigateur) ouvre les conditions d'utilisation, se connecte par Pro Santé Connect, se déconnecte, puis demande à se connecter de nouveau
    Alors le testeur filme pour la preuve "PSC.01.01.01" :
      | le navigateur entier, l'adresse de la page et l'horloge du poste, du début à la fin                     |
      | le document lu avant l'usage du service, jusqu'au paragraphe sur Pro Santé Connect, puis fermé          |
      | la page de connexion, le bouton Pro Santé Connect et la mire nationale                                 |
      | l'authentification par carte CPS ou par e-CPS, et le retour dans le produit sous le bon professionnel   |
      | la déconnexion, puis le bouton Pro Santé Connect : une nouvelle authentification est demandée           |

  @exigence:PSC.01 @preuve:PSC.01.01.02
  Scénario: en client lourd, par un navigateur externe
    Quand le testeur (si le produit est un client lourd qui renvoie vers le navigateur du poste) ouvre les conditions d'utilisation, se connecte par Pro Santé Connect, se déconnecte, puis demande à se connecter de nouveau
    Alors le testeur filme pour la preuve "PSC.01.01.02" :
      | le navigateur entier, l'adresse de la page et l'horloge du poste, du début à la fin                     |
      | le document lu avant l'usage du service, jusqu'au paragraphe sur Pro Santé Connect, puis fermé          |
      | le bouton Pro Santé Connect du produit, puis la mire nationale dans le navigateur du poste             |
      | l'authentification par carte CPS ou par e-CPS, et le retour dans le produit sous le bon professionnel   |
      | la déconnexion, puis le bouton Pro Santé Connect : une nouvelle authentification est demandée           |

  @exigence:PSC.01 @preuve:PSC.01.01.03
  Scénario: en client lourd, par CIBA
    Quand le testeur (si le produit est un client lourd qui connecte par CIBA) ouvre les conditions d'utilisation, se connecte par Pro Santé Connect, se déconnecte, puis demande à se connecter de nouveau
    Alors le testeur filme pour la preuve "PSC.01.01.03" :
      | l'écran entier, du début à la fin                                                                      |
      | le document lu avant l'usage du service, jusqu'au paragraphe sur Pro Santé Connect, puis fermé         |
      | la demande de connexion dans le produit, et ce qu'il affiche ou demande pour elle                      |
      | l'authentification par carte CPS ou par e-CPS, et la zone du produit qui dit que la connexion est faite |
      | la déconnexion, puis une nouvelle demande de connexion                                                 |

  @exigence:PSC.01 @preuve:PSC.01.04.05
  Scénario: en client lourd, par un navigateur interne
    Quand le testeur (si le produit est un client lourd qui porte son propre navigateur) ouvre les conditions d'utilisation, se connecte par Pro Santé Connect, se déconnecte, puis demande à se connecter de nouveau
    Alors le testeur filme pour la preuve "PSC.01.04.05" :
      | le navigateur interne entier, l'adresse de la page et l'horloge du poste, du début à la fin             |
      | le document lu avant l'usage du service, jusqu'au paragraphe sur Pro Santé Connect, puis fermé          |
      | le bouton Pro Santé Connect, puis la mire nationale dans le navigateur interne                         |
      | l'authentification par carte CPS ou par e-CPS, et le retour dans le produit sous le bon professionnel   |
      | la déconnexion, puis le bouton Pro Santé Connect : une nouvelle authentification est demandée           |

  @exigence:PSC.02 @preuve:PSC.01.02.01
  Scénario: le compte est le même, quel que soit le moyen de connexion
    Quand le testeur (si le produit a un autre moyen de connexion) rapproche un compte de Pro Santé Connect par le numéro RPPS, puis se connecte tour à tour par les deux moyens
    Alors le testeur filme pour la preuve "PSC.01.02.01" :
      | le rapprochement du compte autour du numéro RPPS, puis la déconnexion                                    |
      | la connexion par Pro Santé Connect, puis la déconnexion                                                  |
      | la connexion par l'autre moyen, et le même compte ouvert                                                 |
      | si Pro Santé Connect est le seul moyen : la mire de connexion du produit, qui n'en propose pas d'autre    |
